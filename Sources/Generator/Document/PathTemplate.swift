/// A path with parameters in braces. https://spec.openapis.org/oas/v3.1.0#path-templating
///
/// The specification has neither queries nor fragments here, but some documents do: then a request has to have the pairs
/// of the query, and the fragment, which no request has, is ignored.
struct PathTemplate: Sendable, Hashable {
    /// As the document has it.
    var text: Name
    var segments: [Segment]
    /// Pairs of the query as they are written, each of which a request has to have.
    var query: [Name] = []
    var hasFragment = false

    enum Segment: Sendable, Hashable {
        case literal(Name)
        case parameter(Name)
        /// Text and parameters in turn, such as `{id}.json`.
        case mixed([Segment])
    }

    /// Why a text is no path template.
    struct Problem: Error {
        var message: String
    }

    init(_ text: Name) throws(Problem) {
        self.text = text
        guard text.hasPrefix("/") else { throw Problem(message: "a path has to begin with `/`") }
        var rest = Substring(text.text).utf8
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            hasFragment = true
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            for pair in rest[rest.index(after: mark)...].split(separator: UInt8(ascii: "&")) {
                try Self.check(pair)
                query.append(Name(String(decoding: pair, as: UTF8.self)))
            }
            rest = rest[..<mark]
        }
        segments = []
        for piece in rest.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            segments.append(try Self.segment(piece))
        }
        var seen: Set<Name> = []
        for name in parameters where !seen.insert(name).inserted {
            throw Problem(message: "the parameter `{\(name)}` stands twice in the path")
        }
    }

    private static func segment(_ piece: Substring.UTF8View) throws(Problem) -> Segment {
        var parts: [Segment] = []
        var rest = piece
        while !rest.isEmpty {
            let literal = rest.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}") }
            if !literal.isEmpty {
                try check(literal)
                parts.append(.literal(Name(String(decoding: literal, as: UTF8.self))))
            }
            rest = rest[literal.endIndex...]
            guard let brace = rest.popFirst() else { break }
            let name = rest.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}") }
            guard brace == UInt8(ascii: "{"), name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "}")
            else { throw Problem(message: "unbalanced braces in the segment `\(Substring(piece))`") }
            guard !name.isEmpty else { throw Problem(message: "a parameter needs a name") }
            if case .parameter = parts.last {
                throw Problem(message: "nothing tells where `{\(Substring(name))}` begins in `\(Substring(piece))`")
            }
            parts.append(.parameter(Name(String(decoding: name, as: UTF8.self))))
            rest = rest[rest.index(after: name.endIndex)...]
        }
        if parts.isEmpty { return .literal("") }
        return parts.count == 1 ? parts[0] : .mixed(parts)
    }

    /// Requests are compared with it byte for byte, and no request can hold any other.
    private static func check(_ text: Substring.UTF8View) throws(Problem) {
        guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#\"<>\\^`|{}".utf8.contains($0) }) else {
            throw Problem(message: "what no URL contains has to be percent-encoded in a path")
        }
    }

    /// Whether the specification has no such paths.
    var isOdd: Bool { hasFragment || !query.isEmpty }

    var parameters: [Name] { segments.flatMap { Self.parameters(of: $0) } }

    private static func parameters(of segment: Segment) -> [Name] {
        switch segment {
        case .literal: []
        case .parameter(let name): [name]
        case .mixed(let parts): parts.flatMap { parameters(of: $0) }
        }
    }

    /// What the router is told: the path and the query, without the fragment.
    var route: String {
        String(decoding: text.text.utf8.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
    }

    /// The same for all templates that match the same requests.
    var shape: Name {
        Name(
            segments.map { "/" + Self.shape(of: $0) }.joined() + "?"
                + query.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "&"))
    }

    private static func shape(of segment: Segment) -> String {
        switch segment {
        case .literal(let text): text.text
        case .parameter: "{}"
        case .mixed(let parts): parts.map { shape(of: $0) }.joined()
        }
    }

    /// The path in words: `/pets/{id}.json` is `pets by id json`.
    var words: String {
        segments.map { Self.words(of: $0) }.joined(separator: " ") + " " + query.map(\.text).joined(separator: " ")
    }

    private static func words(of segment: Segment) -> String {
        switch segment {
        case .literal(let text): text.text
        case .parameter(let name): "by \(name)"
        case .mixed(let parts): parts.map { words(of: $0) }.joined(separator: " ")
        }
    }
}
