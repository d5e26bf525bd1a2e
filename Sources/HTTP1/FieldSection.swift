/// The fields of a head while they come in, and what they say about framing and the connection.
struct FieldSection: Sendable {
    private(set) var fields: [HTTP1Field] = []
    private(set) var contentLength: Int?
    private(set) var transferEncoding = TransferEncoding.absent
    private(set) var closes = false
    private(set) var keepsAlive = false
    private(set) var expectation = Expectation.none
    private var seen: Singletons = []

    /// What `Transfer-Encoding` says.
    enum TransferEncoding: Sendable {
        case absent, chunked, unsupported
    }

    /// What `Expect` says.
    enum Expectation: Sendable {
        case none, continuation, unsupported
    }

    /// Fields that may stand once.
    private struct Singletons: OptionSet {
        let rawValue: UInt8
        static let host = Singletons(rawValue: 1)
        static let authorization = Singletons(rawValue: 2)
        static let contentLength = Singletons(rawValue: 4)
        static let contentType = Singletons(rawValue: 8)
        static let expect = Singletons(rawValue: 16)
        static let transferEncoding = Singletons(rawValue: 32)
    }

    var hasHost: Bool { seen.contains(.host) }

    /// Adds one line of the head.
    ///
    /// - Throws: 400 if it is malformed or repeats a field that may stand once.
    @inline(__always)
    mutating func add(_ line: UnsafeRawBufferPointer, hasHighBytes: Bool) throws(HTTP1Error) {
        let field = try FieldLine(line, hasHighBytes: hasHighBytes)
        if let known = field.known { try interpret(known, field) }
        if fields.isEmpty { fields.reserveCapacity(12) }
        fields.append(HTTP1Field(name: field.nameString, value: try field.valueString()))
    }

    private mutating func interpret(_ known: KnownField, _ field: FieldLine) throws(HTTP1Error) {
        switch known {
        case .host:
            try once(.host, "Host stands twice.")
            guard HostSyntax.isValid(field.value) else {
                throw .badRequest("Host is not a host with an optional port.")
            }
        case .authorization:
            try once(.authorization, "Authorization stands twice.")
        case .contentType:
            try once(.contentType, "Content-Type stands twice.")
        case .contentLength:
            try once(.contentLength, "Content-Length stands twice.")
            contentLength = try Self.length(field.untrimmed)
        case .transferEncoding:
            try once(.transferEncoding, "Transfer-Encoding stands twice.")
            // A tab before `chunked` is white space to some and part of the name to others: it is no `chunked` here.
            transferEncoding =
                field.untrimmed.trimmed(tabs: false).equalsIgnoringCase("chunked") ? .chunked : .unsupported
        case .connection:
            try readConnection(field.value)
        case .expect:
            try once(.expect, "Expect stands twice.")
            expectation = field.value.equalsIgnoringCase("100-continue") ? .continuation : .unsupported
        default:
            break
        }
    }

    private mutating func once(_ field: Singletons, _ detail: StaticString) throws(HTTP1Error) {
        guard seen.insert(field).inserted else { throw .badRequest(detail.description) }
    }

    /// A `Content-Length` of digits only, spaces around them ([RFC 9110 §8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
    private static func length(_ untrimmed: UnsafeRawBufferPointer) throws(HTTP1Error) -> Int {
        let digits = untrimmed.trimmed(tabs: false)
        guard !digits.isEmpty else { throw .badRequest("Content-Length is empty.") }
        var length = 0
        for byte in digits {
            guard Byte.isDigit(byte) else { throw .badRequest("Content-Length is not one number.") }
            let (shifted, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = shifted.addingReportingOverflow(Int(byte &- 0x30))
            guard !overflow, !carry else { throw .badRequest("Content-Length is too large a number.") }
            length = sum
        }
        return length
    }

    /// The options of one `Connection` line ([RFC 9110 §7.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1)).
    private mutating func readConnection(_ value: UnsafeRawBufferPointer) throws(HTTP1Error) {
        var start = 0
        while start <= value.count {
            var end = start
            while end < value.count, value[end] != UInt8(ascii: ",") { end += 1 }
            let option = value.slice(start..<end).trimmed(tabs: true)
            for byte in option where Byte.lowercasedToken(byte) == 0 {
                throw .badRequest("Connection is not a list of options.")
            }
            if option.equalsIgnoringCase("close") {
                closes = true
            } else if option.equalsIgnoringCase("keep-alive") {
                keepsAlive = true
            }
            start = end + 1
        }
    }

    /// Whether the connection outlives the message, by version and `Connection`
    /// ([RFC 9112 §9.3](https://www.rfc-editor.org/rfc/rfc9112#section-9.3)).
    func outlives(minorVersion: Int) -> Bool {
        !closes && (minorVersion > 0 || keepsAlive)
    }

    /// What the two framing fields say together, `none` if neither is there. A message with both is not trusted, nor
    /// is a transfer coding in HTTP/1.0.
    ///
    /// - Throws: 400, or 501 for a transfer coding other than `chunked`.
    func framing(minorVersion: Int) throws(HTTP1Error) -> HTTP1Framing {
        guard transferEncoding != .absent else {
            guard let contentLength else { return .none }
            return .length(contentLength)
        }
        guard contentLength == nil else {
            throw .badRequest("Content-Length and Transfer-Encoding stand together.")
        }
        guard minorVersion > 0 else { throw .badRequest("HTTP/1.0 knows no Transfer-Encoding.") }
        guard transferEncoding == .chunked else {
            throw HTTP1Error(status: 501, detail: "The only transfer coding that is understood is chunked.")
        }
        return .chunked
    }
}
