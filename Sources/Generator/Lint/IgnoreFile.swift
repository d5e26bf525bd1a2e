/// `.redocly.lint-ignore.yaml`: problems of a document that are known and accepted, by file, rule and JSON pointer.
struct IgnoreFile {
    /// Where a problem is accepted. A pointer of which only the key exists means the key.
    private var accepted: Set<Key> = []

    private struct Key: Hashable {
        var rule: String
        var location: Location
    }

    /// `folder` is that of the ignore file; paths in it are relative to it.
    init(_ root: Node, folder: String, document: Node, path: String, diagnostics: Diagnostics) {
        for file in root.mapping?.entries ?? [] {
            guard References.normalized(folder + file.key.text) == References.normalized(path) else { continue }
            for rule in file.value.mapping?.entries ?? [] {
                for pointer in rule.value.sequence ?? [] {
                    let locations = pointer.string.map { Self.locations($0, in: document) } ?? []
                    if locations.isEmpty {
                        diagnostics.report(
                            Diagnostic(
                                location: pointer.location, rule: .lintConfiguration,
                                message: "`\(pointer.scalar?.text ?? "")` leads nowhere in \(path)",
                                severity: .warning))
                    }
                    for location in locations { accepted.insert(Key(rule: rule.key.text, location: location)) }
                }
            }
        }
    }

    func accepts(_ rule: String, at location: Location) -> Bool {
        accepted.contains(Key(rule: rule, location: location))
    }

    /// Where the value and its name stand; where there is no such member, where the object is that lacks it.
    private static func locations(_ text: String, in document: Node) -> [Location] {
        // `#/` is the whole document here.
        if text == "#/" { return [document.location] }
        guard text.utf8.first == UInt8(ascii: "#"),
            var pointer = JSONPointer(fragment: Substring(text).utf8.dropFirst())
        else { return [] }
        if let node = document.member(at: pointer) {
            guard let last = pointer.tokens.popLast() else { return [node.location] }
            let entry = document.member(at: pointer)?.mapping?[last]
            return [node.location] + (entry.map { [$0.keyLocation] } ?? [])
        }
        guard !pointer.tokens.isEmpty else { return [] }
        pointer.tokens.removeLast()
        guard let parent = document.member(at: pointer) else { return [] }
        guard let last = pointer.tokens.popLast() else { return [parent.location] }
        let entry = document.member(at: pointer)?.mapping?[last]
        return [parent.location] + (entry.map { [$0.keyLocation] } ?? [])
    }
}
