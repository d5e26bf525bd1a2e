/// A document as lint looks at it: every object that is reached from its root or by a reference, by its kind, and what
/// does not have the form that its kind demands.
final class LintDocument {
    /// An object of the document.
    struct Site {
        var kind: Shape.Kind
        var node: Node
        var mapping: Mapping
        /// The name under which it stands, where it has one.
        var key: Name?
        /// Where that name is, or the object itself.
        var keyLocation: Location
        var origin: Origin
    }

    /// What part of the document an object was reached from.
    enum Origin {
        case paths, webhooks, elsewhere
    }

    /// A `$ref` where an object of a kind is expected.
    struct ReferenceSite {
        var reference: Node
        var kind: Shape.Kind
        var target: References.Target
        /// Beside what the reference stands.
        var parent: Mapping
    }

    struct Problem {
        var location: Location
        var message: String
        var advice: String?
    }

    let root: Node
    let version: Document.Version
    let references: References
    private(set) var referenceSites: [ReferenceSite] = []
    /// What is not of the form that OpenAPI demands.
    private(set) var problems: [Problem] = []
    /// Every operation of every path item, also of webhooks and callbacks.
    private(set) lazy var operations = findOperations()
    private var sites: [Shape.Kind: [Site]] = [:]
    private var visited: Set<Visit> = []
    private var fields: [Shape.Kind: Fields] = [:]
    private var pending: [Pending] = []

    private struct Visit: Hashable {
        var location: Location
        var kind: Shape.Kind
    }

    private struct Pending {
        var node: Node
        var kind: Shape.Kind
        var key: Name?
        var keyLocation: Location
        var origin: Origin
    }

    init(_ root: Node, version: Document.Version, references: References) {
        self.root = root
        self.version = version
        self.references = references
        visit(root, .document, key: nil, keyLocation: root.location, origin: .elsewhere)
        // What references lead to comes after all that stands in the document, however deep the references go.
        while let next = pending.popLast() {
            visit(next.node, next.kind, key: next.key, keyLocation: next.keyLocation, origin: next.origin)
        }
    }

    /// All objects of a kind, each once.
    func all(_ kind: Shape.Kind) -> [Site] { sites[kind] ?? [] }

    private func fields(of kind: Shape.Kind, in mapping: Mapping) -> Fields {
        if let known = fields[kind] { return known }
        let found = DocumentShapes.fields(of: kind, in: mapping, version)
        if kind != .securityScheme { fields[kind] = found }
        return found
    }

    private func visit(_ node: Node, _ kind: Shape.Kind, key: Name?, keyLocation: Location, origin: Origin) {
        guard let mapping = node.mapping else {
            // A schema may be true or false since 3.1, also where a reference leads.
            if kind == .schema, version != .v30, node.boolean != nil { return }
            report(node.location, "\(kind.article) has to be an object, not \(node.kindDescription)")
            return
        }
        guard visited.insert(Visit(location: node.location, kind: kind)).inserted else { return }
        var isReference = false
        if let reference = mapping["$ref"]?.value {
            isReference = true
            let target = references.target(of: reference)
            referenceSites.append(
                ReferenceSite(reference: reference, kind: kind, target: target, parent: mapping))
            if case .found(let target) = target {
                pending.append(
                    Pending(
                        node: target, kind: kind,
                        // A path item is that of its path wherever it is written.
                        key: kind == .pathItem ? key : reference.string.flatMap(Self.lastName) ?? key,
                        keyLocation: kind == .pathItem ? keyLocation : target.location, origin: origin))
            }
            // Beside a reference, keywords count in schemas since 3.1 and in path items.
            guard kind == .pathItem || kind == .schema && version != .v30 else { return }
        }
        sites[kind, default: []].append(
            Site(
                kind: kind, node: node, mapping: mapping, key: key, keyLocation: keyLocation,
                origin: origin))
        let fields = fields(of: kind, in: mapping)
        if !isReference { checkRequired(mapping, kind, fields, at: keyLocation) }
        for entry in mapping.entries {
            if let shape = fields.known[entry.key] ?? fields.others(entry.key) {
                visit(entry, as: shape, origin: self.origin(of: entry, in: kind, origin))
            } else if !(fields.allowsExtensions && entry.key.hasPrefix("x-")) {
                report(entry.keyLocation, unexpected(entry.key, kind), advice: suggestion(entry.key, fields, kind))
            }
        }
    }

    private static func lastName(_ reference: String) -> Name? {
        JSONPointer(fragment: (reference.split(separator: "#", maxSplits: 1).last ?? "").utf8)?.tokens.last
    }

    private func origin(of entry: Mapping.Entry, in kind: Shape.Kind, _ origin: Origin) -> Origin {
        guard kind == .document else { return origin }
        return entry.key == "paths" ? .paths : entry.key == "webhooks" ? .webhooks : .elsewhere
    }

    private func checkRequired(_ mapping: Mapping, _ kind: Shape.Kind, _ fields: Fields, at location: Location) {
        for name in fields.required where mapping[name] == nil {
            report(location, "\(kind.article) needs `\(name)`")
        }
        if !fields.requiredOneOf.isEmpty, !fields.requiredOneOf.contains(where: { mapping[$0] != nil }) {
            let names = fields.requiredOneOf.map { "`\($0)`" }.joined(separator: " or ")
            report(location, "\(kind.article) needs \(names)")
        }
    }

    private func visit(_ entry: Mapping.Entry, as shape: Shape, origin: Origin) {
        visit(entry.value, as: shape, key: entry.key, keyLocation: entry.keyLocation, origin: origin)
    }

    private func visit(_ node: Node, as shape: Shape, key: Name, keyLocation: Location, origin: Origin) {
        func expect(_ holds: Bool, _ expected: String) {
            if !holds { report(node.location, "`\(key)` has to be \(expected), not \(node.kindDescription)") }
        }
        switch shape {
        case .any: break
        case .string: expect(node.string != nil, "a string")
        case .boolean: expect(node.boolean != nil, "true or false")
        case .number: expect(node.scalar?.isNumber == true, "a number")
        case .integer:
            if let scalar = node.scalar, case .integer = scalar.kind { return }
            expect(false, "an integer")
        case .choice(let words):
            guard let text = node.string else { return expect(false, "a string") }
            if !words.contains(where: { Name($0) == Name(text) }) {
                let known = words.map { "`\($0)`" }.joined(separator: ", ")
                report(node.location, "`\(key)` cannot be `\(text)`", advice: "it is one of \(known)")
            }
        case .object(let kind):
            visit(node, kind, key: key, keyLocation: keyLocation, origin: origin)
        case .schemaOrBoolean:
            if node.boolean == nil { visit(node, .schema, key: key, keyLocation: keyLocation, origin: origin) }
        case .list(let shape):
            guard let nodes = node.sequence else { return expect(false, "an array") }
            for node in nodes { visit(node, as: shape, key: key, keyLocation: node.location, origin: origin) }
        case .oneOrMany(let shape):
            for node in node.sequence ?? [node] {
                visit(node, as: shape, key: key, keyLocation: node.location, origin: origin)
            }
        case .map(let shape):
            guard let mapping = node.mapping else { return expect(false, "an object") }
            for entry in mapping.entries { visit(entry, as: shape, origin: origin) }
        }
    }

    private func report(_ location: Location, _ message: String, advice: String? = nil) {
        problems.append(Problem(location: location, message: message, advice: advice))
    }

    private func unexpected(_ key: Name, _ kind: Shape.Kind) -> String {
        switch kind {
        case .paths: "a path has to begin with `/`, and `\(key)` does not"
        case .responses: "`\(key)` is no status code"
        default: "\(kind.article) has no keyword `\(key)`"
        }
    }

    private func suggestion(_ key: Name, _ fields: Fields, _ kind: Shape.Kind) -> String? {
        if kind == .schema, version != .v30, key == "nullable" {
            return "in 3.1 null is a type: `type: [string, \"null\"]`"
        }
        let near = fields.known.keys.sorted().first { editDistance($0.text, key.text) <= 2 }
        return near.map { "did you mean `\($0)`?" }
    }
}
