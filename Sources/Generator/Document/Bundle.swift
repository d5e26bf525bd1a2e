/// Makes one document of a document and the files that it refers to: what they hold becomes a component, and where
/// components have no place for it, it is written out where it is referred to.
struct Bundle {
    private let document: LintDocument
    private let diagnostics: Diagnostics
    /// Where a reference stands, with the kind of object that it leads to.
    private var kinds: [Location: Shape.Kind] = [:]
    /// The names of components that were brought in, by where they stood.
    private var names: [Component: Name] = [:]
    private var taken: [Name: Set<Name>] = [:]
    /// What was brought in, in the order in which it was met.
    private var added: [(kind: Name, entry: Mapping.Entry)] = []
    private var open: Set<Location> = []

    private struct Component: Hashable {
        var location: Location
        var kind: Name
    }

    /// The document as one; what leads nowhere is reported.
    static func bundled(
        _ root: Node, version: Document.Version, diagnostics: Diagnostics, load: @escaping (String) -> SourceFile?
    ) -> Node {
        let references = References(root, diagnostics: diagnostics, load: load)
        let document = LintDocument(root, version: version, references: references)
        var bundle = Bundle(document, diagnostics)
        return bundle.bundled()
    }

    private init(_ document: LintDocument, _ diagnostics: Diagnostics) {
        self.document = document
        self.diagnostics = diagnostics
        for site in document.referenceSites {
            kinds[site.reference.location] = site.kind
            if case .missing(let message, let advice) = site.target {
                diagnostics.report(.unresolvedReference, at: site.reference.location, message, advice: advice)
            }
        }
        for kind in document.root.mapping?["components"]?.value.mapping?.entries ?? [] {
            taken[kind.key] = Set(kind.value.mapping?.entries.map(\.key) ?? [])
        }
    }

    private mutating func bundled() -> Node {
        var root = rewritten(document.root)
        // What is brought in may bring in more.
        var position = 0
        while position < added.count {
            added[position].entry.value = rewritten(added[position].entry.value)
            position += 1
        }
        guard !added.isEmpty, var mapping = root.mapping else { return root }
        let location = root.location
        func member(_ key: Name, of mapping: inout Mapping) -> Int {
            if let index = mapping.entries.firstIndex(where: { $0.key == key }) { return index }
            mapping.entries.append(
                Mapping.Entry(
                    key: key, keyLocation: location,
                    value: Node(content: .mapping(Mapping(entries: [])), location: location)))
            return mapping.entries.count - 1
        }
        let index = member("components", of: &mapping)
        var components = mapping.entries[index].value.mapping ?? Mapping(entries: [])
        for (kind, entry) in added {
            let position = member(kind, of: &components)
            var named = components.entries[position].value.mapping ?? Mapping(entries: [])
            named.entries.append(entry)
            components.entries[position].value.content = .mapping(named)
        }
        mapping.entries[index].value.content = .mapping(components)
        root.content = .mapping(mapping)
        return root
    }

    /// The node with references that hold in the document that everything is brought into.
    private mutating func rewritten(_ node: Node) -> Node {
        var node = node
        switch node.content {
        case .scalar: break
        case .sequence(let nodes):
            var result: [Node] = []
            for element in nodes { result.append(rewritten(element)) }
            node.content = .sequence(result)
        case .mapping(var mapping):
            if let reference = mapping["$ref"]?.value, let kind = kinds[reference.location],
                case .found(let target) = document.references.target(of: reference), !isHome(reference)
            {
                guard let pointer = place(of: target, kind, reference) else {
                    return inlined(target, beside: mapping, reference)
                }
                for index in mapping.entries.indices where mapping.entries[index].key == "$ref" {
                    mapping.entries[index].value.content = .scalar(Scalar(kind: .string, text: "\(pointer)"))
                }
            }
            for index in mapping.entries.indices where mapping.entries[index].key != "$ref" {
                mapping.entries[index].value = rewritten(mapping.entries[index].value)
            }
            node.content = .mapping(mapping)
        }
        return node
    }

    /// Whether the reference stands in the document itself and leads to a place in it.
    private func isHome(_ reference: Node) -> Bool {
        reference.location.file == document.root.location.file && reference.string?.utf8.first == UInt8(ascii: "#")
    }

    /// Where the target is in the document, brought in if it was not there; nil where components have no place for it.
    private mutating func place(of target: Node, _ kind: Shape.Kind, _ reference: Node) -> JSONPointer? {
        let text = reference.string ?? ""
        let pieces = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let pointer = JSONPointer(fragment: (pieces.count == 2 ? pieces[1] : "").utf8)
        if target.location.file == document.root.location.file, let pointer { return pointer }
        guard let section = Self.sections[kind], kind != .pathItem else { return nil }
        let components = JSONPointer.root.appending("components").appending(section)
        let component = Component(location: target.location, kind: section)
        if let name = names[component] { return components.appending(name) }
        // The last name on the way there, or else the file's.
        let file = (pieces.first ?? "").split(separator: "/").last ?? ""
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        let name = claim(pointer?.tokens.last?.text ?? String(stem), in: section)
        names[component] = name
        added.append((section, Mapping.Entry(key: name, keyLocation: target.location, value: target)))
        return components.appending(name)
    }

    private mutating func claim(_ text: String, in section: Name) -> Name {
        let base = String(
            decoding: text.utf8.map { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "._-".utf8.contains(byte)
                    ? byte : UInt8(ascii: "_")
            }, as: UTF8.self)
        var name = Name(base.isEmpty ? "_" : base)
        var number = 2
        while taken[section]?.contains(name) == true {
            name = Name("\(base)-\(number)")
            number += 1
        }
        taken[section, default: []].insert(name)
        return name
    }

    /// What is referred to in the place of the reference, with what stands beside it.
    private mutating func inlined(_ target: Node, beside mapping: Mapping, _ reference: Node) -> Node {
        guard open.insert(target.location).inserted else {
            diagnostics.report(
                .referenceCycle, at: reference.location,
                "this reference leads back to itself, and no component can take what it leads to")
            return target
        }
        defer { open.remove(target.location) }
        var node = rewritten(target)
        if var inner = node.mapping {
            for entry in mapping.entries where entry.key != "$ref" && inner[entry.key] == nil {
                var entry = entry
                entry.value = rewritten(entry.value)
                inner.entries.append(entry)
            }
            node.content = .mapping(inner)
        }
        return node
    }

    /// Where components keep what is referred to.
    private static let sections: [Shape.Kind: Name] = [
        .schema: "schemas", .response: "responses", .parameter: "parameters", .example: "examples",
        .requestBody: "requestBodies", .header: "headers", .securityScheme: "securitySchemes", .link: "links",
        .callback: "callbacks",
    ]
}
