/// The parts of a head, each checked while it is written. A part that throws may have been written in part.
@usableFromInline
enum HeadWriter {
    /// What the caller of `field` has to count.
    @usableFromInline
    enum WrittenField {
        case host, other
    }

    @usableFromInline
    static func requestLine(method: String, target: String, into buffer: inout [UInt8]) throws(HTTP1Error) {
        guard withBytes(of: method, { !$0.isEmpty && $0.allSatisfy { Byte.lowercasedToken($0) != 0 } }) else {
            throw .unwritable("The method is not a token.")
        }
        guard !method.utf8.elementsEqual("CONNECT".utf8) else { throw .unwritable("CONNECT is not written.") }
        let isTarget = withBytes(of: target) { bytes in
            guard let first = bytes.first else { return false }
            if first == UInt8(ascii: "*") {
                return bytes.count == 1 && method.utf8.elementsEqual("OPTIONS".utf8)
            }
            return first == UInt8(ascii: "/") && isWhole(bytes)
        }
        guard isTarget else { throw .unwritable("The target is not a percent-encoded path with an optional query.") }
        append(method, to: &buffer)
        buffer.append(Byte.space)
        append(target, to: &buffer)
        append(literal: " HTTP/1.1\r\n", to: &buffer)
    }

    @usableFromInline
    static func statusLine(_ status: Int, into buffer: inout [UInt8]) throws(HTTP1Error) {
        guard status == 100 || (200...599).contains(status) else {
            throw .unwritable("The status is neither 100 nor within 200–599.")
        }
        append(literal: "HTTP/1.1 ", to: &buffer)
        append(decimal: status, to: &buffer)
        buffer.append(Byte.space)
        append(literal: ReasonPhrase.of(status), to: &buffer)
        append(literal: "\r\n", to: &buffer)
    }

    @usableFromInline
    static func field(_ name: String, _ value: String, into buffer: inout [UInt8]) throws(HTTP1Error) -> WrittenField {
        let known = try withBytes(of: name) { bytes throws(HTTP1Error) in
            guard !bytes.isEmpty else { throw .unwritable("A field has no name.") }
            for byte in bytes where Byte.lowercasedToken(byte) == 0 {
                throw .unwritable("A field's name holds a character that names cannot hold.")
            }
            let known = KnownField(name: bytes)
            if let known, known.isFraming {
                throw .unwritable("Content-Length, Transfer-Encoding and Connection are written from the framing.")
            }
            buffer.append(contentsOf: bytes)
            return known
        }
        buffer.append(UInt8(ascii: ":"))
        buffer.append(Byte.space)
        try withBytes(of: value) { bytes throws(HTTP1Error) in
            var index = bytes.firstSpecial(from: 0, to: bytes.count)
            while index < bytes.count {
                guard bytes[index] == Byte.tab || bytes[index] >= 0x80 else {
                    throw .unwritable("A field's value holds a control character.")
                }
                index = bytes.firstSpecial(from: index + 1, to: bytes.count)
            }
            if let first = bytes.first, let last = bytes.last, Byte.isBlank(first) || Byte.isBlank(last) {
                throw .unwritable("A field's value begins or ends with white space, which would be lost.")
            }
            if known == .host, !HostSyntax.isValid(bytes) {
                throw .unwritable("Host is not a host with an optional port.")
            }
            buffer.append(contentsOf: bytes)
        }
        buffer.append(Byte.carriageReturn)
        buffer.append(Byte.lineFeed)
        return known == .host ? .host : .other
    }

    @usableFromInline
    static func endOfRequest(
        hosts: Int, framing: HTTP1Framing, keepAlive: Bool, into buffer: inout [UInt8]
    ) throws(HTTP1Error) {
        guard hosts == 1 else { throw .unwritable("A request has exactly one Host.") }
        guard framing != .untilClose else { throw .unwritable("A request cannot end with the connection.") }
        try write(framing, into: &buffer)
        append(literal: keepAlive ? "\r\n" : "connection: close\r\n\r\n", to: &buffer)
    }

    @usableFromInline
    static func endOfResponse(
        status: Int, framing: HTTP1Framing, keepAlive: Bool, minorVersion: Int, into buffer: inout [UInt8]
    ) throws(HTTP1Error) {
        if status < 200 || status == 204 {
            guard framing == .none else { throw .unwritable("This status has no body and no framing.") }
        }
        try write(framing, into: &buffer)
        if status < 200 {
            append(literal: "\r\n", to: &buffer)
        } else if !keepAlive || framing == .untilClose {
            append(literal: "connection: close\r\n\r\n", to: &buffer)
        } else {
            append(literal: minorVersion == 0 ? "connection: keep-alive\r\n\r\n" : "\r\n", to: &buffer)
        }
    }

    private static func write(_ framing: HTTP1Framing, into buffer: inout [UInt8]) throws(HTTP1Error) {
        switch framing {
        case .none, .untilClose:
            break
        case .length(let length):
            guard length >= 0 else { throw .unwritable("A length is negative.") }
            append(literal: "content-length: ", to: &buffer)
            append(decimal: length, to: &buffer)
            append(literal: "\r\n", to: &buffer)
        case .chunked:
            append(literal: "transfer-encoding: chunked\r\n", to: &buffer)
        }
    }

    /// Whether every character may stand in a target and every percent sign has two hexadecimal digits.
    private static func isWhole(_ target: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < target.count {
            let byte = target[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < target.count, Byte.isHexDigit(target[index + 1]), Byte.isHexDigit(target[index + 2])
                else { return false }
            } else if !Byte.isPlainInTargets(byte), byte != UInt8(ascii: "?") {
                return false
            }
            index += 1
        }
        return true
    }

    @inline(__always)
    private static func withBytes<Value, Failure: Error>(
        of string: String, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        var string = string
        return try string.withUTF8 { bytes in
            Result { () throws(Failure) in try body(UnsafeRawBufferPointer(bytes)) }
        }.get()
    }

    @inline(__always)
    static func append(literal text: StaticString, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func append(_ text: String, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: text.utf8)
    }

    private static func append(decimal number: Int, to buffer: inout [UInt8]) {
        if number >= 10 { append(decimal: number / 10, to: &buffer) }
        buffer.append(UInt8(truncatingIfNeeded: number % 10) &+ 0x30)
    }
}
