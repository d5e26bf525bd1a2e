/// A `multipart` body ([RFC 2046 §5.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1), for forms
/// [RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)), read part by part as it arrives; no part is held in memory.
///
/// It belongs to the shard of its request and is deliberately not `Sendable`.
public class MultipartBody {
    /// What the document says of the parts of one name.
    public struct Rule: Sendable {
        let name: String
        let isRequired: Bool
        let isRepeated: Bool

        /// A rule from its parts.
        public init(_ name: String, required: Bool, repeated: Bool) {
            self.name = name
            isRequired = required
            isRepeated = repeated
        }
    }

    /// One part.
    public struct Part {
        /// The field's name; `nil` in a body that is no form.
        public let name: String?
        /// The file's name as the client gave it. Never to be used as a path.
        public let fileName: String?
        /// As it was sent; `nil` without one.
        public let contentType: String?
        /// The part's header fields; names in lower case.
        public let headers: HeaderFields
        /// The content. What is not read of it is skipped when the next part is asked for.
        public let body: any ByteStream
    }

    /// The most bytes of a part's header fields.
    static let maximumHeaderBytes = 16_384
    /// The most parts.
    static let maximumParts = 10_000

    private let source: (any ByteStream)?
    private let rules: [Rule]
    /// `CR LF -- boundary`
    private let delimiter: [UInt8]
    private var buffer: [UInt8] = []
    private var position = 0
    private var isSourceAtEnd = false
    private var isFinished = false
    private var current: PartStream?
    private var counts: [Int]
    private var count = 0

    init(_ body: RequestBody, boundary: String, rules: [Rule]) {
        if case .stream(let stream) = body { source = stream } else { source = nil }
        self.rules = rules
        counts = rules.map { _ in 0 }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very beginning.
        buffer = Array("\r\n".utf8)
    }

    /// The boundary that a `Content-Type` names.
    static func boundary(of contentType: String) -> String? {
        // A boundary may hold bytes that are no token, in quotes.
        let bytes = Array(contentType.utf8)
        for part in bytes.split(separator: UInt8(ascii: ";")).dropFirst() {
            let text = part.drop { $0 == 0x20 || $0 == 0x09 }
            let key = Array("boundary=".utf8)
            guard text.count > key.count, zip(text, key).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { continue }
            var value = text.dropFirst(key.count)
            while value.last == 0x20 || value.last == 0x09 { value = value.dropLast() }
            if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
                value = value.dropFirst().dropLast()
            }
            guard (1...70).contains(value.count), value.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
            return String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    /// The next part; `nil` at the end, once all parts are there that the document demands.
    ///
    /// - Throws: ``APIFailure`` for a body that is no multipart or breaks the document's rules, or what its stream throws.
    public nonisolated(nonsending) func next() async throws -> Part? { try await next(holdingToRules: true) }

    /// Whoever does not hold the parts to the rules holds the whole form to its schema.
    nonisolated(nonsending) func next(holdingToRules: Bool) async throws -> Part? {
        if isFinished { return nil }
        if let current {
            while try await current.next() != nil {}
        } else {
            // What stands before the first delimiter is of no interest.
            while try await take() != nil {}
        }
        guard try await closesPart() else {
            isFinished = true
            if holdingToRules { try checkRequired() }
            return nil
        }
        count += 1
        guard count <= Self.maximumParts else { throw malformed("there are too many parts") }
        let headers = try await readHeaders()
        let disposition = headers["content-disposition"].map(Self.parameters) ?? []
        let name = disposition.first { $0.name == "name" }?.value
        if holdingToRules, let name { try check(name) }
        let stream = PartStream(self)
        current = stream
        return Part(
            name: name, fileName: disposition.first { $0.name == "filename" }?.value,
            contentType: headers["content-type"], headers: headers, body: stream)
    }

    private func check(_ name: String) throws(APIFailure) {
        guard let index = rules.firstIndex(where: { bytesEqual($0.name, name) }) else { return }
        counts[index] += 1
        if counts[index] > 1, !rules[index].isRepeated {
            throw .invalidInput([
                Violation(
                    .body, "/" + InputDecoder.pointerToken(name), rule: "unique", message: "is given more than once")
            ])
        }
    }

    private func checkRequired() throws(APIFailure) {
        let missing = zip(rules, counts).filter { $0.isRequired && $1 == 0 }
        guard !missing.isEmpty else { return }
        throw .invalidInput(
            missing.map { rule, _ in
                Violation(.body, "/" + InputDecoder.pointerToken(rule.name), rule: "required", message: "is required")
            })
    }

    private func malformed(_ message: String) -> APIFailure {
        .invalidInput([Violation(.body, "", rule: "multipart", message: message)])
    }

    /// Reads more; false at the end of the body.
    private nonisolated(nonsending) func fill() async throws -> Bool {
        guard !isSourceAtEnd, let piece = try await source?.next() else {
            isSourceAtEnd = true
            return false
        }
        // The last two bytes may still be needed, where a delimiter shares a line break.
        if position > 2 {
            buffer.removeFirst(position - 2)
            position = 2
        }
        buffer += piece
        return true
    }

    /// The next bytes before the next delimiter; nil where it stands.
    fileprivate nonisolated(nonsending) func take() async throws -> [UInt8]? {
        while true {
            if let found = firstDelimiter() {
                guard found > position else { return nil }
                defer { position = found }
                return Array(buffer[position..<found])
            }
            // A delimiter may have begun at the end.
            let safe = buffer.count - delimiter.count
            if safe > position {
                defer { position = safe }
                return Array(buffer[position..<safe])
            }
            guard try await fill() else { throw malformed("the body ends within a part") }
        }
    }

    private func firstDelimiter() -> Int? {
        var index = position
        let last = buffer.count - delimiter.count
        while index <= last {
            if buffer[index] == 0x0D, buffer[index..<index + delimiter.count].elementsEqual(delimiter) { return index }
            index += 1
        }
        return nil
    }

    /// Goes past a delimiter; false if it was the last one.
    private nonisolated(nonsending) func closesPart() async throws -> Bool {
        position += delimiter.count
        while true {
            while buffer.count - position < 2 {
                guard try await fill() else { throw malformed("the body ends within a delimiter") }
            }
            switch (buffer[position], buffer[position + 1]) {
            case (0x2D, 0x2D):
                // What follows the last delimiter is of no interest, but has to be read for the next request's sake.
                while try await fill() { position = buffer.count }
                return false
            case (0x0D, 0x0A):
                position += 2
                return true
            case (0x20, _), (0x09, _): position += 1
            default: throw malformed("a delimiter is followed by other text")
            }
        }
    }

    private nonisolated(nonsending) func readHeaders() async throws -> HeaderFields {
        var fields = HeaderFields()
        var size = 0
        while true {
            guard let end = firstLineEnd() else {
                guard buffer.count - position < Self.maximumHeaderBytes else {
                    throw malformed("the header fields of a part are too long")
                }
                guard try await fill() else { throw malformed("the body ends within a part's header fields") }
                continue
            }
            let line = buffer[position..<end]
            position = end + 2
            if line.isEmpty {
                // The delimiter of an empty part begins with the line break that ends the header fields.
                try await keepLineEnd()
                return fields
            }
            size += line.count
            guard size < Self.maximumHeaderBytes, let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let name = String(validating: line[..<colon], as: UTF8.self),
                let value = String(validating: line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
            else { throw malformed("the header fields of a part cannot be read") }
            fields.add(name: name.lowercased(), value: value)
        }
    }

    /// An empty part has nothing between its header fields and the delimiter, whose line break it shares with them.
    private nonisolated(nonsending) func keepLineEnd() async throws {
        while buffer.count - position < delimiter.count - 2, try await fill() {}
        guard buffer.count - position >= delimiter.count - 2,
            buffer[position..<position + delimiter.count - 2].elementsEqual(delimiter.dropFirst(2))
        else { return }
        position -= 2
    }

    private func firstLineEnd() -> Int? {
        var index = position
        while index + 1 < buffer.count {
            if buffer[index] == 0x0D, buffer[index + 1] == 0x0A { return index }
            index += 1
        }
        return nil
    }

    /// `form-data; name="a"; filename="b"`
    private static func parameters(_ text: String) -> [(name: String, value: String)] {
        var found: [(String, String)] = []
        var rest = Array(text.utf8)[...].drop { $0 != UInt8(ascii: ";") }
        while rest.popFirst() != nil {
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(name.count)
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            var value: [UInt8] = []
            if rest.first == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
                    let isEscape = byte == UInt8(ascii: "\\") && rest.first == UInt8(ascii: "\"")
                    value.append(isEscape ? rest.removeFirst() : byte)
                }
                rest = rest.drop { $0 != UInt8(ascii: ";") }
            } else {
                let plain = rest.prefix { $0 != UInt8(ascii: ";") }
                rest = rest.dropFirst(plain.count)
                value = Array(plain)
            }
            let key = String(decoding: name.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self).lowercased()
            found.append((key, String(decoding: value, as: UTF8.self)))
        }
        return found
    }
}

/// The content of one part, up to the next delimiter.
private final class PartStream: ByteStream {
    let length: Int? = nil
    private let body: MultipartBody
    private var isAtEnd = false

    init(_ body: MultipartBody) { self.body = body }

    func next() async throws -> [UInt8]? {
        guard !isAtEnd else { return nil }
        let piece = try await body.take()
        if piece == nil { isAtEnd = true }
        return piece
    }

    func cancel() {}
}
