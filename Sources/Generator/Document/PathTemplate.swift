/// A path with parameters in braces, each of which is a whole segment.
/// https://spec.openapis.org/oas/v3.1.0#path-templating
struct PathTemplate: Sendable, Hashable {
    var text: Name
    var segments: [Segment]

    enum Segment: Sendable, Hashable {
        case literal(Name)
        case parameter(Name)
    }

    /// Why a text is no path template.
    enum Problem: Error {
        case invalid(String)
        case unsupported(String)
    }

    init(_ text: Name) throws(Problem) {
        self.text = text
        guard text.hasPrefix("/") else { throw .invalid("a path has to begin with `/`") }
        var segments: [Segment] = []
        for piece in text.text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            let segment = Name(String(decoding: piece, as: UTF8.self))
            let opening = piece.filter { $0 == UInt8(ascii: "{") }.count
            let closing = piece.filter { $0 == UInt8(ascii: "}") }.count
            if opening == 0 && closing == 0 {
                // Requests are compared with it byte for byte, and no request can hold any of these.
                guard piece.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#\"<>\\^`|".utf8.contains($0) }) else {
                    throw .invalid(
                        "a path cannot contain `?` or `#`, and what no URL contains has to be percent-encoded")
                }
                segments.append(.literal(segment))
                continue
            }
            guard opening == closing else { throw .invalid("unbalanced braces in the segment `\(segment)`") }
            guard opening == 1, piece.first == UInt8(ascii: "{"), piece.last == UInt8(ascii: "}") else {
                throw .unsupported("a parameter that is not a whole segment, as in `\(segment)`, is not supported yet")
            }
            let name = String(decoding: piece.dropFirst().dropLast(), as: UTF8.self)
            guard !name.isEmpty else { throw .invalid("a parameter needs a name") }
            guard !segments.contains(.parameter(Name(name))) else {
                throw .invalid("the parameter `{\(name)}` stands twice in the path")
            }
            segments.append(.parameter(Name(name)))
        }
        self.segments = segments
    }

    var parameters: [Name] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}
