/// Compares two versions of a document, and reports every change with what it does to callers.
final class Comparison {
    typealias Direction = ChangeRule.Direction

    let diagnostics: Diagnostics
    let old: Side
    let new: Side
    /// The extensions that `generator.yaml` gives a meaning.
    let extensions: Set<Name>
    /// Pairs of schemas that were compared, or are being compared: schemas lead back to themselves.
    var compared: Set<Pair> = []
    /// Schemas that others refer to: however deep references go, they are compared one after the other.
    var pending: [PendingSchemas] = []
    private var seen: Set<Change> = []

    struct Pair: Hashable {
        var old: Location
        var new: Location
        var direction: Direction
    }

    struct PendingSchemas {
        var old: Node
        var new: Node
        var subject: String
        var direction: Direction
    }

    private struct Change: Hashable {
        var rule: ChangeRule
        var old: Location?
        var new: Location?
        var message: String
    }

    /// One of the two documents.
    struct Side {
        let root: Node
        let references: References

        var mapping: Mapping { root.mapping ?? Mapping(entries: []) }

        /// Every component of a kind.
        func components(_ kind: Name) -> [Mapping.Entry] {
            mapping["components"]?.value.mapping?[kind]?.value.mapping?.entries ?? []
        }
    }

    init(old: Side, new: Side, extensions: Set<Name> = [], diagnostics: Diagnostics) {
        self.old = old
        self.new = new
        self.extensions = extensions
        self.diagnostics = diagnostics
    }

    /// Compares everything that is promised to callers.
    func compare() {
        compareVersions()
        compareServers(old.mapping["servers"]?.value, new.mapping["servers"]?.value)
        compareSecuritySchemes()
        comparePaths()
        compareWebhooks()
        while let next = pending.popLast() {
            compareSchemas(
                next.old, next.new, next.subject, next.direction, old: next.old.location, new: next.new.location)
        }
    }

    /// Reports a change once; `level` where it is not the rule's own.
    func report(
        _ rule: ChangeRule, _ direction: Direction = .request, level: ChangeRule.Level? = nil, old: Location?,
        new: Location?, _ message: String
    ) {
        guard let location = new ?? old else { return }
        guard seen.insert(Change(rule: rule, old: old, new: new, message: message)).inserted else { return }
        let level = level ?? (direction == .request ? rule.levels.request : rule.levels.response)
        var notes: [Diagnostic.Note] = []
        if new != nil, let old { notes.append(.init(location: old, message: "before")) }
        diagnostics.report(
            Diagnostic(
                location: location, rule: .change, member: rule.rawValue, message: message,
                severity: level == .breaking ? .error : level == .warning ? .warning : .notice, notes: notes,
                advice: level == .fine ? nil : rule.advice))
    }

    private func compareVersions() {
        guard let before = old.mapping["openapi"], let after = new.mapping["openapi"] else { return }
        if !NodeValue.same(before.value, after.value) {
            report(
                .openAPIVersionChanged, old: before.value.location, new: after.value.location,
                "the document is of OpenAPI \(after.value.scalar?.text ?? "?") now")
        }
    }

    func compareServers(_ before: Node?, _ after: Node?) {
        func urls(_ node: Node?) -> [(url: Name, location: Location)] {
            (node?.sequence ?? []).compactMap { server in
                server.mapping?["url"]?.value.string.map { (Name($0), server.location) }
            }
        }
        let before = urls(before)
        let after = urls(after)
        for server in before where !after.contains(where: { $0.url == server.url }) {
            report(.serverRemoved, old: server.location, new: nil, "the server `\(server.url)` is gone")
        }
        for server in after where !before.contains(where: { $0.url == server.url }) {
            report(.serverAdded, old: nil, new: server.location, "there is a new server `\(server.url)`")
        }
    }

    private func comparePaths() {
        let before = old.mapping["paths"]?.value.mapping?.entries.filter { $0.key.hasPrefix("/") } ?? []
        let after = new.mapping["paths"]?.value.mapping?.entries.filter { $0.key.hasPrefix("/") } ?? []
        let byPath = Dictionary(after.map { ($0.key, $0) }) { first, _ in first }
        let byShape = Dictionary(after.map { (Self.shape($0.key), $0) }) { first, _ in first }
        let kept = Set(before.map(\.key))
        var matched: Set<Name> = []
        for path in before {
            // A path that differs in the names of parameters only is the same to callers.
            let candidate =
                byPath[path.key] ?? byShape[Self.shape(path.key)].flatMap { kept.contains($0.key) ? nil : $0 }
            guard let other = candidate else {
                for operation in operations(path, old) { reportRemoved(operation) }
                continue
            }
            matched.insert(other.key)
            compareItems(path, other)
        }
        for path in after where !matched.contains(path.key) {
            for operation in operations(path, new) { reportAdded(operation) }
        }
    }

    /// The path with parameters that have no names.
    static func shape(_ path: Name) -> Name {
        var shape: [UInt8] = []
        var depth = 0
        for byte in path.text.utf8 {
            if byte == UInt8(ascii: "}") { depth = 0 }
            if depth == 0 { shape.append(byte) }
            if byte == UInt8(ascii: "{") { depth = 1 }
        }
        return Name(String(decoding: shape, as: UTF8.self))
    }
}
