/// https://spec.openapis.org/oas/v3.1.0#server-object
extension DocumentReader {
    /// The `servers` of the document, a path item or an operation.
    func servers(_ object: ObjectReader) -> [Document.Server] {
        (object.sequence("servers") ?? []).compactMap { node in
            guard let server = self.object(node, .server), let url = server.requiredString("url") else { return nil }
            var found = Document.Server(
                url: url, name: server.string("name")?.value, description: server.string("description")?.value)
            found.variables = (server.map("variables")?.entries ?? []).compactMap(variable)
            for name in Self.variables(in: url.value) where !found.variables.contains(where: { $0.name == name }) {
                diagnostics.report(
                    .invalidValue, at: url.location, "the server has no variable `\(name)`",
                    advice: "add it to the server's `variables`")
            }
            return found
        }
    }

    private func variable(_ entry: Mapping.Entry) -> Document.Server.Variable? {
        guard let object = object(entry.value, .serverVariable), let value = object.requiredString("default") else {
            return nil
        }
        let values = object.strings("enum")
        if !values.isEmpty, !values.contains(where: { Name($0.value) == Name(value.value) }) {
            diagnostics.report(
                .invalidValue, at: value.location, "the default of `\(entry.key)` is none of its values",
                advice: "the values are \(values.map { "`\($0.value)`" }.joined(separator: ", "))")
        }
        return Document.Server.Variable(
            name: entry.key, defaultValue: value.value, values: values,
            description: object.string("description")?.value)
    }

    /// The names in braces.
    static func variables(in url: String) -> [Name] {
        url.utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: UInt8(ascii: "}")).map { Name(String(Substring(part[..<$0]))) }
        }
    }
}
