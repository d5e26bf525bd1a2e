/// Follows `$ref`s through a document and the files that it refers to, as they are written: nothing is checked but
/// whether there is something. https://spec.openapis.org/oas/v3.1.0#reference-object
final class References {
    let diagnostics: Diagnostics
    /// The files that could be loaded, by path, with what they hold.
    private var files: [String: Node?] = [:]
    private var roots: [UInt32: Node] = [:]
    private var targets: [Key: Target] = [:]
    private var indices: [Location: [Name: Node]] = [:]
    private var anchors: [UInt32: [Name: Node]] = [:]
    private let load: (String) -> SourceFile?
    private let fetch: RemoteFiles.Fetch?

    private struct Key: Hashable {
        var file: UInt32
        var text: Name
    }

    /// Where a reference leads.
    enum Target {
        case found(Node)
        /// Why there is nothing.
        case missing(message: String, advice: String?)
    }

    /// `load` reads a file by its path, which is relative to where the document's own path is.
    /// `fetch` gives what another host has; without it, nothing leads there.
    init(
        _ root: Node, diagnostics: Diagnostics, fetch: RemoteFiles.Fetch? = nil,
        load: @escaping (String) -> SourceFile? = { _ in nil }
    ) {
        self.diagnostics = diagnostics
        self.fetch = fetch
        self.load = load
        add(root)
    }

    /// Makes a further document known, whose references are followed as well.
    func add(_ root: Node) {
        roots[root.location.file] = root
        files[Self.normalized(path(of: root))] = root
    }

    /// What the node is, after all references that it may consist of; nil where one leads nowhere or in a circle.
    func resolved(_ node: Node) -> Node? {
        var node = node
        var rest = 100
        while let reference = node.mapping?["$ref"]?.value, reference.string != nil {
            guard rest > 0, case .found(let next) = target(of: reference) else { return nil }
            rest -= 1
            node = next
        }
        return node
    }

    /// Where the text of a `$ref` leads, from the file that it stands in.
    func target(of reference: Node) -> Target {
        guard let text = reference.string else {
            return .missing(message: "a reference has to be a string, not \(reference.kindDescription)", advice: nil)
        }
        let key = Key(file: reference.location.file, text: Name(text))
        if let known = targets[key] { return known }
        let target = find(text, from: reference)
        targets[key] = target
        return target
    }

    private func find(_ text: String, from node: Node) -> Target {
        let pieces = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let address = String(pieces.first ?? "")
        let root: Node
        switch document(address, of: text, from: node) {
        case .found(let found): root = found
        case let missing: return missing
        }
        guard pieces.count == 2, !pieces[1].isEmpty else { return .found(root) }
        guard let pointer = JSONPointer(fragment: pieces[1].utf8) else {
            if let anchored = anchor(Name(String(pieces[1])), in: root) { return .found(anchored) }
            return .missing(
                message: "`\(text)` is no JSON pointer",
                advice: "write `#/` and the names on the way to the object; `~1` stands for `/`")
        }
        if let found = member(at: pointer, of: root) { return .found(found) }
        var known = JSONPointer.root
        for token in pointer.tokens {
            let next = known.appending(token)
            guard root.member(at: next) == nil else {
                known = next
                continue
            }
            let near = root.member(at: known)?.mapping?.entries.first { editDistance($0.key.text, token.text) <= 2 }
            return .missing(
                message: "`\(text)` leads nowhere: there is no `\(token)` in `\(address)\(known)`",
                advice: near.map { "did you mean `\(address)\(known.appending($0.key))`?" })
        }
        return .missing(message: "`\(text)` leads nowhere", advice: nil)
    }

    /// By the names of large objects, most of which are looked up again and again.
    private func member(at pointer: JSONPointer, of root: Node) -> Node? {
        pointer.tokens.reduce(root as Node?) { node, token in
            guard let node, let mapping = node.mapping, mapping.entries.count > 16 else {
                return node?.member(at: JSONPointer(tokens: [token]))
            }
            if indices[node.location] == nil {
                indices[node.location] = Dictionary(mapping.entries.map { ($0.key, $0.value) }) { first, _ in first }
            }
            return indices[node.location]?[token]
        }
    }

    /// The whole document that a reference leads to.
    private func document(_ address: String, of text: String, from node: Node) -> Target {
        do throws(FileReference.Problem) {
            if let file = file(of: node), case .remote(let url) = try FileReference(address).place(from: file) {
                return remote(url, of: text)
            }
        } catch .malformedPath {
            // Names of files need not be what URLs are.
        } catch .malformedURL {
            return .missing(message: "`\(text)` is no URL", advice: nil)
        } catch {
            return .missing(
                message: "`\(text)` leads to no file, and what is fetched are `http` and `https`", advice: nil)
        }
        return root(address, from: node).map { .found($0) }
            ?? .missing(message: "the file `\(address)` cannot be read", advice: nil)
    }

    private func remote(_ url: String, of text: String) -> Target {
        guard let fetch else {
            return .missing(
                message: "`\(text)` leads to another host, and nothing is fetched from there",
                advice: "keep a copy beside the document, or allow it with `\(Option.allowRemoteReferences.name)`")
        }
        if let known = files[url] {
            return known.map { .found($0) } ?? .missing(message: "`\(url)` holds no document", advice: nil)
        }
        do throws(FileError) {
            let file = try fetch(url)
            let root = files[file.path] ?? YAMLReader.read(file, diagnostics: diagnostics)
            files[url] = root
            files[file.path] = root
            if let root { roots[root.location.file] = root }
            return root.map { .found($0) } ?? .missing(message: "`\(url)` holds no document", advice: nil)
        } catch {
            return .missing(message: error.message, advice: nil)
        }
    }

    private func root(_ address: String, from node: Node) -> Node? {
        if address.isEmpty { return roots[node.location.file] }
        let folder = path(of: node).split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let decoded = Self.percentDecoded(address)
        let path = Self.normalized(
            decoded.utf8.first == UInt8(ascii: "/") || folder.isEmpty
                ? decoded : "\(folder.joined(separator: "/"))/\(decoded)")
        if let known = files[path] { return known }
        let root = load(path).flatMap { YAMLReader.read($0, diagnostics: diagnostics) }
        files[path] = root
        if let root { roots[root.location.file] = root }
        return root
    }

    private func path(of node: Node) -> String {
        file(of: node)?.path ?? ""
    }

    private func file(of node: Node) -> SourceFile? {
        let file = Int(node.location.file)
        return diagnostics.files.indices.contains(file) ? diagnostics.files[file] : nil
    }

    /// Without `.` and `..`, as far as they can be taken out.
    static func normalized(_ path: String) -> String {
        var pieces: [Substring] = []
        for piece in path.split(separator: "/", omittingEmptySubsequences: false) {
            if piece == "." { continue }
            if piece == "..", let last = pieces.last, last != "..", !last.isEmpty {
                pieces.removeLast()
            } else {
                pieces.append(piece)
            }
        }
        return pieces.joined(separator: "/")
    }

    private static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return JSONPointer(fragment: Substring("/\(text.split(separator: "/").joined(separator: "~1"))").utf8)?
            .tokens.first?.text ?? text
    }

    /// The schema that calls itself by a name of its own. https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.2
    private func anchor(_ name: Name, in root: Node) -> Node? {
        if let known = anchors[root.location.file] { return known[name] }
        var found: [Name: Node] = [:]
        func collect(_ node: Node) {
            switch node.content {
            case .scalar: break
            case .sequence(let nodes): nodes.forEach(collect)
            case .mapping(let mapping):
                for entry in mapping.entries {
                    if entry.key == "$anchor" || entry.key == "$dynamicAnchor", let text = entry.value.string {
                        found[Name(text)] = node
                    }
                    collect(entry.value)
                }
            }
        }
        collect(root)
        anchors[root.location.file] = found
        return found[name]
    }
}
