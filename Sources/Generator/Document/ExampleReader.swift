/// https://spec.openapis.org/oas/v3.1.0#working-with-examples
extension DocumentReader {
    /// The example of a parameter, header or media type, or the first of several; nil for one that is elsewhere.
    func example(_ object: ObjectReader) -> Node? {
        if let node = object.node("example") { return node }
        guard let first = object.node("examples")?.mapping?.entries.first?.value else { return nil }
        let target = first.mapping?["$ref"]?.value.string.flatMap { text in
            text.utf8.first == UInt8(ascii: "#") ? JSONPointer(fragment: Substring(text).utf8.dropFirst()) : nil
        }
        let example = target.flatMap { root.member(at: $0) } ?? first
        return (example.mapping?["value"] ?? example.mapping?["dataValue"])?.value
    }
}

extension Schema {
    /// The example, or the first of several.
    var example: Node? {
        guard let mapping = node?.mapping else { return nil }
        return mapping["example"]?.value ?? mapping["examples"]?.value.sequence?.first
    }
}
