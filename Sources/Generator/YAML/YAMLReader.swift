/// Turns the events of one YAML (or JSON) document into located nodes. Everything that a JSON value cannot say (tags,
/// merge keys, several documents, keys that are no scalars) is refused where it stands.
struct YAMLReader: ~Copyable {
    /// Deeper nesting is refused, so that no later walk over the nodes can exhaust the stack.
    static let maximumDepth = 200
    /// How many nodes aliases may add in all. Aliases of aliases grow exponentially.
    static let maximumAliasedNodes = 100_000

    private let diagnostics: Diagnostics
    private let file: UInt32
    private let text: SurrogatePairs
    private var events: YAMLEvents
    private var anchors: [Name: (node: Node, size: Int, depth: Int)] = [:]
    private var openAnchors: Set<Name> = []
    private var aliasedNodes = 0

    /// The reader has reported what makes the rest of the document unreadable.
    private struct Stop: Error {}

    /// Reads the document of a file, or returns nil after reporting why there is none.
    static func read(_ source: SourceFile, diagnostics: Diagnostics) -> Node? {
        let file = diagnostics.add(source)
        let start = Location(file: file, line: 1, column: 1)
        if let offset = invalidUTF8Offset(source.bytes) {
            diagnostics.report(
                .invalidUTF8, at: source.location(ofByte: offset, file: file), "the file is not valid UTF-8 here")
            return nil
        }
        if let offset = lineSeparatorOffset(source.bytes) {
            diagnostics.report(
                .lineSeparator, at: source.location(ofByte: offset, file: file),
                "the line separators U+0085, U+2028 and U+2029 end a line for some YAML parsers only",
                advice: "write `\\N`, `\\L` or `\\P` in a double-quoted string")
            return nil
        }
        // A byte order mark is no part of the document, and would shift the first line's columns.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = source.bytes.starts(with: mark) ? source.bytes.dropFirst(3) : source.bytes[...]
        let text = SurrogatePairs(body)
        do {
            var reader = YAMLReader(
                diagnostics: diagnostics, file: file, text: text, events: try YAMLEvents(text.bytes))
            return try reader.document()
        } catch let error as YAMLEvents.SyntaxError {
            let location =
                if let mark = error.mark.map(text.original) {
                    Location(file: file, line: UInt32(mark.line) + 1, column: UInt32(mark.column) + 1)
                } else if let offset = error.offset {
                    source.location(ofByte: offset + (source.bytes.count - body.count), file: file)
                } else {
                    start
                }
            diagnostics.report(.yamlSyntax, at: location, error.message)
            return nil
        } catch {
            return nil
        }
    }

    private init(diagnostics: Diagnostics, file: UInt32, text: SurrogatePairs, events: consuming YAMLEvents) {
        self.text = text
        self.diagnostics = diagnostics
        self.file = file
        self.events = events
    }

    private mutating func document() throws -> Node {
        var root: Node?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd:
                guard let root else {
                    diagnostics.report(.emptyDocument, at: location(event), "the file holds no document")
                    throw Stop()
                }
                return root
            case .documentStart:
                guard root == nil else {
                    diagnostics.report(
                        .multipleDocuments, at: location(event), "a second document starts here",
                        advice: "keep one document a file")
                    throw Stop()
                }
            case .documentEnd, .other:
                continue
            default:
                root = try node(event, depth: 0).node
            }
        }
    }

    private func location(_ event: YAMLEvents.Event) -> Location {
        let mark = text.original(event.mark)
        return Location(file: file, line: UInt32(mark.line) + 1, column: UInt32(mark.column) + 1)
    }

    /// A node with the number of nodes in it and of levels that it nests, which is what an alias to it costs. `depth`
    /// is the number of levels around it.
    private mutating func node(
        _ event: YAMLEvents.Event, depth: Int
    ) throws -> (node: Node, size: Int, depth: Int) {
        let location = location(event)
        if let tag = event.tag {
            diagnostics.report(
                .yamlTag, at: location, "the tag `\(tag)` is not supported",
                advice: "remove it; quote the value to make it a string")
        }
        let anchor = event.anchor.map { Name($0) }
        // An alias to an anchor that is still open would be a value that contains itself.
        if let anchor { openAnchors.insert(anchor) }
        let result: (node: Node, size: Int, depth: Int)
        switch event.kind {
        case .alias(let name):
            return try alias(Name(name), at: location, depth: depth)
        case .scalar(let text, let plain):
            let kind = plain && event.tag == nil ? CoreSchema.kind(of: text) : .string
            if case .float = kind, !text.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            {
                diagnostics.report(
                    .notANumber, at: location, "`\(text)` has no form in JSON", advice: "quote it if it is a string")
            }
            result = (Node(content: .scalar(Scalar(kind: kind, text: text)), location: location), 1, 0)
        case .sequenceStart:
            result = try sequence(at: location, depth: depth)
        default:
            result = try mapping(at: location, depth: depth)
        }
        if let anchor {
            openAnchors.remove(anchor)
            anchors[anchor] = result
        }
        return result
    }

    private mutating func sequence(at location: Location, depth: Int) throws -> (node: Node, size: Int, depth: Int) {
        try check(depth: depth + 1, at: location)
        var nodes: [Node] = []
        var size = 1
        var height = 1
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { break }
            let (node, nodeSize, nodeDepth) = try node(event, depth: depth + 1)
            nodes.append(node)
            size += nodeSize
            height = max(height, nodeDepth + 1)
        }
        return (Node(content: .sequence(nodes), location: location), size, height)
    }

    private mutating func mapping(at location: Location, depth: Int) throws -> (node: Node, size: Int, depth: Int) {
        try check(depth: depth + 1, at: location)
        var entries: [Mapping.Entry] = []
        var positions: [Name: Location] = [:]
        var size = 1
        var height = 1
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let keyLocation = self.location(event)
            guard case .scalar(let text, let plain) = event.kind else {
                diagnostics.report(.mappingKey, at: keyLocation, "a key has to be a plain or quoted string")
                throw Stop()
            }
            if event.tag != nil || event.anchor != nil {
                diagnostics.report(.mappingKey, at: keyLocation, "a key cannot have a tag or an anchor")
            }
            let key = Name(text)
            let (value, valueSize, valueDepth) = try node(try events.next(), depth: depth + 1)
            size += valueSize + 1
            height = max(height, valueDepth + 1)
            if plain && key == "<<" {
                diagnostics.report(
                    .mergeKey, at: keyLocation, "merge keys are not part of YAML 1.2",
                    advice: "write the keys out, or use a $ref")
                continue
            }
            if let first = positions.updateValue(keyLocation, forKey: key) {
                positions[key] = first
                diagnostics.report(
                    .duplicateKey, at: keyLocation, "the key `\(key)` is already defined",
                    notes: [.init(location: first, message: "first defined here")])
                continue
            }
            entries.append(Mapping.Entry(key: key, keyLocation: keyLocation, value: value))
        }
        return (Node(content: .mapping(Mapping(entries: entries)), location: location), size, height)
    }

    private mutating func alias(
        _ name: Name, at location: Location, depth: Int
    ) throws -> (node: Node, size: Int, depth: Int) {
        guard !openAnchors.contains(name), let target = anchors[name] else {
            diagnostics.report(
                .unknownAlias, at: location,
                openAnchors.contains(name)
                    ? "the alias `*\(name)` stands inside the value it means"
                    : "no anchor `&\(name)` stands before this alias")
            throw Stop()
        }
        aliasedNodes += target.size
        guard aliasedNodes <= Self.maximumAliasedNodes else {
            diagnostics.report(
                .aliasExpansion, at: location,
                "aliases repeat more than \(Self.maximumAliasedNodes) values", advice: "use a $ref")
            throw Stop()
        }
        try check(depth: depth + target.depth, at: location)
        // What is wrong inside an aliased value is shown where the value is written.
        return target
    }

    private func check(depth: Int, at location: Location) throws {
        guard depth <= Self.maximumDepth else {
            diagnostics.report(
                .nestingDepth, at: location, "values are nested more than \(Self.maximumDepth) levels deep")
            throw Stop()
        }
    }

    private static func invalidUTF8Offset(_ bytes: [UInt8]) -> Int? {
        var decoder = Unicode.UTF8.ForwardParser()
        if bytes.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) != nil { return nil }
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error, .emptyInput: return offset
            }
        }
    }

    private static func lineSeparatorOffset(_ bytes: [UInt8]) -> Int? {
        bytes.indices.first { index in
            switch bytes[index] {
            case 0xC2: bytes[index + 1] == 0x85
            case 0xE2: bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
            default: false
            }
        }
    }
}
