/// Makes one document of many files: what references lead to in other files becomes a part of `components`, and the
/// references lead there. Every value keeps its place in the file where it was written.
final class Bundler {
    /// A place in a file.
    private struct Target: Hashable {
        var file: UInt32
        var pointer: JSONPointer
    }

    private struct Addition {
        var section: Name
        var name: Name
        var target: Target
        var kind: ReferenceGrammar.Kind
    }

    private let diagnostics: Diagnostics
    private let files: ReferredFiles
    private let root: Node
    private let main: UInt32
    private var homes: [Target: JSONPointer] = [:]
    private var names: [Name: Set<Name>] = [:]
    private var additions: [Addition] = []
    private var isChanged = false

    private init(_ root: Node, _ files: ReferredFiles, diagnostics: Diagnostics) {
        self.root = root
        self.files = files
        self.diagnostics = diagnostics
        main = root.location.file
    }

    /// The document with all that it refers to, and whether that is another one. Nil where it refers to no other file.
    /// `read` gives a file, nil where there is none; `fetch` what another host has, and without it nothing is fetched.
    static func bundle(
        _ root: Node, diagnostics: Diagnostics, fetch: RemoteFiles.Fetch? = nil,
        read: @escaping (String) -> SourceFile?
    ) -> Node? {
        guard refersToFiles(root) else { return nil }
        let files = ReferredFiles(root, diagnostics: diagnostics, fetch: fetch, read: read)
        let bundler = Bundler(root, files, diagnostics: diagnostics)
        let bundled = bundler.bundled()
        return bundler.isChanged ? bundled : nil
    }

    private static func refersToFiles(_ node: Node) -> Bool {
        switch node.content {
        case .scalar: false
        case .sequence(let nodes): nodes.contains(where: refersToFiles)
        case .mapping(let mapping):
            mapping.entries.contains { entry in
                if entry.key == "$ref", let text = entry.value.string { return text.utf8.first != UInt8(ascii: "#") }
                return refersToFiles(entry.value)
            }
        }
    }

    private func bundled() -> Node {
        // A component that is only a reference to a file is where that file's part has its place.
        for section in root.mapping?["components"]?.value.mapping?.entries ?? [] {
            guard case .map(let kind)? = ReferenceGrammar.shape(of: section.key, in: .components) else { continue }
            for entry in section.value.mapping?.entries ?? [] {
                names[section.key, default: []].insert(entry.key)
                guard let reference = entry.value.mapping, reference.entries.count == 1,
                    reference.entries[0].key == "$ref", let target = target(reference.entries[0], isSilent: true),
                    target.file != main, homes[target] == nil,
                    kind != .pathItem
                else { continue }
                homes[target] = JSONPointer(tokens: ["components", section.key, entry.key])
            }
        }
        var result = rewritten(root, .document, at: .root)
        var index = 0
        while index < additions.count {
            let addition = additions[index]
            index += 1
            guard let node = files[addition.target.file]?.member(at: addition.target.pointer) else { continue }
            let pointer = JSONPointer(tokens: ["components", addition.section, addition.name])
            let entry = Mapping.Entry(
                key: addition.name, keyLocation: node.location, value: rewritten(node, addition.kind, at: pointer))
            result.insert(entry, into: ["components", addition.section])
        }
        return result
    }

    private func rewritten(_ node: Node, _ kind: ReferenceGrammar.Kind, at pointer: JSONPointer?) -> Node {
        guard var mapping = node.mapping else { return node }
        if let inlined = inlined(mapping, kind, at: pointer) { return inlined }
        for index in mapping.entries.indices {
            let entry = mapping.entries[index]
            let inner = pointer?.appending(entry.key)
            if entry.key == "$ref", kind.section != nil {
                mapping.entries[index].value = address(entry, kind) ?? entry.value
            } else if entry.key == "discriminator", kind == .schema {
                mapping.entries[index].value = discriminator(entry.value)
            } else if let shape = ReferenceGrammar.shape(of: entry.key, in: kind) {
                mapping.entries[index].value = rewritten(entry.value, shape, at: inner)
            }
        }
        return Node(content: .mapping(mapping), location: node.location)
    }

    private func rewritten(_ node: Node, _ shape: ReferenceGrammar.Shape, at pointer: JSONPointer?) -> Node {
        switch shape {
        case .one(let kind): return rewritten(node, kind, at: pointer)
        case .list(let kind):
            guard let nodes = node.sequence else { return node }
            return Node(content: .sequence(nodes.map { rewritten($0, kind, at: nil) }), location: node.location)
        case .map(let kind):
            guard var mapping = node.mapping else { return node }
            for index in mapping.entries.indices where !mapping.entries[index].key.hasPrefix("x-") || kind == .schema {
                let key = mapping.entries[index].key
                mapping.entries[index].value = rewritten(
                    mapping.entries[index].value, kind, at: pointer?.appending(key))
            }
            return Node(content: .mapping(mapping), location: node.location)
        }
    }

    /// What stands in the place of a reference: a path item, which has no place of its own in every version, and a part
    /// whose home this is.
    private func inlined(_ mapping: Mapping, _ kind: ReferenceGrammar.Kind, at pointer: JSONPointer?) -> Node? {
        guard mapping.entries.count == 1, mapping.entries[0].key == "$ref" else { return nil }
        var entry = mapping.entries[0]
        guard var target = target(entry, isSilent: true), target.file != main else { return nil }
        if kind != .pathItem {
            guard let pointer, homes[target] == pointer else { return nil }
        }
        var visited: Set<Target> = [target]
        while true {
            guard let node = node(at: target, for: entry) else { return nil }
            isChanged = true
            guard let next = node.mapping?["$ref"], kind == .pathItem, node.mapping?.entries.count == 1,
                let further = self.target(next, isSilent: false)
            else { return rewritten(node, kind, at: pointer) }
            guard visited.insert(further).inserted else {
                diagnostics.report(.referenceCycle, at: next.value.location, "this reference leads back to itself")
                return Node(content: .mapping(Mapping(entries: [])), location: node.location)
            }
            entry = next
            target = further
        }
    }

    /// The address of what a reference leads to, in the bundled document.
    private func address(_ entry: Mapping.Entry, _ kind: ReferenceGrammar.Kind) -> Node? {
        let isLocal = entry.value.string?.utf8.first == UInt8(ascii: "#")
        if entry.value.location.file == main, isLocal { return nil }
        guard let target = target(entry, isSilent: false) else { return nil }
        let pointer: JSONPointer
        if target.file == main {
            pointer = target.pointer
        } else if let home = homes[target] {
            pointer = home
        } else {
            guard node(at: target, for: entry) != nil, let section = kind.section else { return nil }
            let name = name(for: target, in: section)
            pointer = JSONPointer(tokens: ["components", section, name])
            homes[target] = pointer
            additions.append(Addition(section: section, name: name, target: target, kind: kind))
        }
        isChanged = true
        return Node(
            content: .scalar(Scalar(kind: .string, text: "\(pointer)")), location: entry.value.location)
    }

    /// `mapping` and `defaultMapping` name schemas, or refer to them.
    private func discriminator(_ node: Node) -> Node {
        guard var object = node.mapping else { return node }
        for position in object.entries.indices {
            let entry = object.entries[position]
            if entry.key == "defaultMapping" {
                object.entries[position].value = chosen(entry)
            } else if entry.key == "mapping", var mapping = entry.value.mapping {
                for index in mapping.entries.indices {
                    mapping.entries[index].value = chosen(mapping.entries[index])
                }
                object.entries[position].value.content = .mapping(mapping)
            }
        }
        return Node(content: .mapping(object), location: node.location)
    }

    /// The address of the schema that a discriminator chooses, unless it is named.
    private func chosen(_ entry: Mapping.Entry) -> Node {
        guard let text = entry.value.string,
            text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#") })
                || [".yaml", ".yml", ".json"].contains(where: { text.hasSuffix($0) })
        else { return entry.value }
        return address(entry, .schema) ?? entry.value
    }

    // MARK: Files

    /// The place that a reference means; nil, and a diagnostic unless the reader of the document will say it, where
    /// there is none.
    private func target(_ entry: Mapping.Entry, isSilent: Bool) -> Target? {
        guard let text = entry.value.string else { return nil }
        let reference = FileReference(text)
        guard let root = files.root(reference, for: entry, isSilent: isSilent) else { return nil }
        guard let pointer = JSONPointer(fragment: reference.fragment) else {
            if !isSilent {
                diagnostics.report(
                    .unresolvedReference, at: entry.value.location, "`\(text)` has no JSON pointer behind the `#`",
                    advice: "write `#/` and the names on the way to the object; `~1` stands for `/`")
            }
            return nil
        }
        return Target(file: root.location.file, pointer: pointer)
    }

    private func node(at target: Target, for entry: Mapping.Entry) -> Node? {
        if let node = files[target.file]?.member(at: target.pointer) { return node }
        guard files.isFirstProblem(at: entry.value.location) else { return nil }
        diagnostics.report(
            .unresolvedReference, at: entry.value.location,
            "there is no `\(target.pointer)` in `\(files.path(of: target.file))`")
        return nil
    }

    // MARK: Names

    /// What the part is called where it stands, or like its file; with the file's name in front where that is taken.
    private func name(for target: Target, in section: Name) -> Name {
        let file = files.path(of: target.file).utf8.split(separator: UInt8(ascii: "/")).last ?? ""[...].utf8
        let dot = file.lastIndex(of: UInt8(ascii: ".")) ?? file.endIndex
        let stem = String(Substring(file[..<dot]))
        let tokens = target.pointer.tokens
        let containers: Set<Name> = [section, "definitions", "$defs"]
        let isNamed = tokens.count == 1 || tokens.dropLast().last.map(containers.contains) == true
        let last = tokens.last?.text ?? stem
        let base = tokens.isEmpty ? stem : isNamed ? last : ([stem] + tokens.map(\.text)).joined(separator: "_")
        var candidate = Self.sanitized(base)
        if names[section, default: []].contains(candidate) { candidate = Self.sanitized("\(stem)_\(last)") }
        let first = candidate
        var number = 2
        while names[section, default: []].contains(candidate) {
            candidate = Name("\(first)_\(number)")
            number += 1
        }
        names[section, default: []].insert(candidate)
        return candidate
    }

    /// Names of components are made of letters, digits, points, hyphens and underscores.
    private static func sanitized(_ text: String) -> Name {
        let bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        return Name(bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self))
    }
}
