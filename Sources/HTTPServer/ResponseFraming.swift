import APIRuntime
import EventLoop
import HTTP1

/// How the end of an answer's body is told to the client
/// ([RFC 9112 §6](https://www.rfc-editor.org/rfc/rfc9112#section-6)).
struct ResponseFraming {
    /// What the head says.
    let wire: HTTP1Framing
    /// The body follows the head.
    let sendsBody: Bool

    init(_ response: borrowing Response, isHead: Bool, minorVersion: Int) {
        let length: Int? =
            switch response.body {
            case .none: 0
            case .bytes(let bytes): bytes.count
            case .stream(let stream): stream.length
            }
        if response.status == 204 || response.status == 304 {
            wire = .none
            sendsBody = false
        } else if let length {
            wire = .length(length)
            sendsBody = !isHead
        } else {
            wire = minorVersion == 0 ? .untilClose : .chunked
            sendsBody = !isHead
        }
    }

    /// The connection can stay open behind such an answer.
    var canKeepAlive: Bool { wire != .untilClose }
}

/// A response's fields followed by `Date`, unless it has one of its own.
struct ResponseFields: Sequence, IteratorProtocol {
    private let fields: [HeaderFields.Field]
    private var date: String?
    private var position = 0

    init(fields: [HeaderFields.Field], date: String) {
        self.fields = fields
        self.date = date
    }

    mutating func next() -> HTTP1Field? {
        guard position < fields.count else {
            guard let date else { return nil }
            self.date = nil
            return HTTP1Field(name: "date", value: date)
        }
        let field = fields[position]
        position += 1
        if field.name.utf8.count == 4, asciiCaseInsensitiveEqual(field.name, "date") { date = nil }
        return HTTP1Field(name: field.name, value: field.value)
    }
}

extension WriteQueue {
    /// From this size on a chunk's bytes are not copied.
    private static var largeChunk: Int { 8_192 }

    /// Appends one chunk of a chunked body.
    mutating func appendChunk(_ bytes: [UInt8]) {
        guard bytes.count >= Self.largeChunk else {
            return withTail { HTTP1Writer.chunk(bytes, into: &$0) }
        }
        withTail { tail in
            tail.append(contentsOf: String(bytes.count, radix: 16).utf8)
            tail.append(0x0d)
            tail.append(0x0a)
        }
        append(bytes)
        withTail { tail in
            tail.append(0x0d)
            tail.append(0x0a)
        }
    }
}
