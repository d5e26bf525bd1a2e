/// Which operations and components of a document have to do with a place in it: those that hold it, and those that refer
/// to what holds it.
struct Reachability {
    /// Something that can be left out on its own.
    private struct Part {
        var locations: Set<Location> = []
        var references: [JSONPointer] = []
    }

    private var parts: [JSONPointer: Part] = [:]
    private let root: Node
    private var places: Set<Location>

    /// `places` are those of problems.
    init(_ root: Node, places: Set<Location>) {
        self.root = root
        self.places = places
        let components = JSONPointer.root.appending("components")
        for kind in root.mapping?["components"]?.value.mapping?.entries ?? [] {
            for entry in kind.value.mapping?.entries ?? [] {
                add(entry, at: components.appending(kind.key).appending(entry.key))
            }
        }
        for section in ["paths", "webhooks"] as [Name] {
            for path in root.mapping?[section]?.value.mapping?.entries ?? [] {
                addPath(path, at: JSONPointer.root.appending(section).appending(path.key))
            }
        }
        var pending = parts.values.flatMap(\.references)
        while let pointer = pending.popLast() {
            guard parts[pointer] == nil, let node = root.member(at: pointer) else { continue }
            var part = Part()
            collect(node, into: &part)
            parts[pointer] = part
            pending += part.references
        }
    }

    private mutating func add(_ entry: Mapping.Entry, at pointer: JSONPointer) {
        var part = Part()
        note(entry.keyLocation, in: &part)
        collect(entry.value, into: &part)
        parts[pointer] = part
    }

    /// Each operation is a part; what stands beside them belongs to all of them.
    private mutating func addPath(_ path: Mapping.Entry, at pointer: JSONPointer) {
        var common = Part()
        note(path.keyLocation, in: &common)
        note(path.value.location, in: &common)
        var operations: [Mapping.Entry] = []
        for entry in path.value.mapping?.entries ?? [] {
            if Operation.Method(rawValue: entry.key.text) != nil {
                operations.append(entry)
            } else {
                note(entry.keyLocation, in: &common)
                collect(entry.value, into: &common)
                if entry.key == "$ref", let target = Self.target(entry.value) { common.references.append(target) }
            }
        }
        parts[pointer] = common
        for entry in operations {
            add(entry, at: pointer.appending(entry.key))
            parts[pointer.appending(entry.key)]?.references.append(pointer)
        }
    }

    private func note(_ location: Location, in part: inout Part) {
        if places.contains(location) { part.locations.insert(location) }
    }

    private func collect(_ node: Node, into part: inout Part) {
        note(node.location, in: &part)
        switch node.content {
        case .scalar: break
        case .sequence(let nodes): for node in nodes { collect(node, into: &part) }
        case .mapping(let mapping):
            for entry in mapping.entries {
                note(entry.keyLocation, in: &part)
                if entry.key == "$ref", let target = Self.target(entry.value) { part.references.append(target) }
                collect(entry.value, into: &part)
            }
        }
    }

    private static func target(_ node: Node) -> JSONPointer? {
        guard let text = node.string, text.utf8.first == UInt8(ascii: "#") else { return nil }
        return JSONPointer(fragment: Substring(text).utf8.dropFirst())
    }

    /// The parts that hold a place or refer to one that does, and the places that are in any part.
    func affected() -> (parts: Set<JSONPointer>, places: Set<Location>) {
        var referrers: [JSONPointer: [JSONPointer]] = [:]
        for (pointer, part) in parts {
            for reference in part.references { referrers[reference, default: []].append(pointer) }
        }
        var pending = parts.filter { !$1.locations.isEmpty }.map(\.key)
        var found = Set(pending)
        while let pointer = pending.popLast() {
            for referrer in referrers[pointer] ?? [] where found.insert(referrer).inserted { pending.append(referrer) }
        }
        return (found, parts.values.reduce(into: []) { $0.formUnion($1.locations) })
    }
}

extension Document {
    /// Leaves out what has to do with problems, and says which operations that were. What the problems were becomes a
    /// warning; what is not part of anything that can be left out stays an error.
    mutating func leaveOut(_ diagnostics: Diagnostics) {
        let places = Set(diagnostics.all.filter { $0.severity == .error }.map(\.location))
        let (parts, found) = Reachability(root, places: places).affected()
        diagnostics.demote { found.contains($0.location) }
        let paths = JSONPointer.root.appending("paths")
        operations.removeAll { operation in
            let path = paths.appending(operation.path.text)
            let isAffected =
                parts.contains(path) || parts.contains(path.appending(Name(operation.method.rawValue)))
            if isAffected {
                diagnostics.report(
                    Diagnostic(
                        location: operation.location, rule: .leftOut, message: "\(operation.title) is left out",
                        severity: .warning))
            }
            return isAffected
        }
        let isLeftOut = { (pointer: JSONPointer) in
            // A schema within a part goes with it.
            (1...max(1, pointer.tokens.count)).contains { count in
                parts.contains(JSONPointer(tokens: Array(pointer.tokens.prefix(count))))
            }
        }
        schemaOrder.removeAll(where: isLeftOut)
        for pointer in schemas.keys.filter(isLeftOut) { schemas[pointer] = nil }
        outgoing.removeAll { outgoing in
            [outgoing.operation.requestBody?.pointer].compactMap { $0 }.contains(where: isLeftOut)
                || outgoing.operation.responses.contains { isLeftOut($0.pointer) }
        }
    }
}
