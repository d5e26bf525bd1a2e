/// Writes heads and chunks, appended to a buffer ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)).
///
/// `Content-Length`, `Transfer-Encoding` and `Connection` come from the arguments; fields of these names are refused.
/// Fields may be any sequence: another type's fields go in without a copy as
/// `fields.lazy.map { HTTP1Field(name: $0.name, value: $0.value) }`. If a call throws, the buffer is as it was.
public enum HTTP1Writer {
    /// Appends a request's head.
    ///
    /// - Parameters:
    ///   - method: A token, not CONNECT.
    ///   - target: In origin form, percent-encoded, or `*` with OPTIONS.
    ///   - fields: Exactly one of them is `Host`.
    ///   - framing: `none`, `length` or `chunked`.
    ///   - keepAlive: `false` writes `connection: close`.
    ///   - buffer: Where the head goes.
    /// - Throws: 500 if a part could break the framing, would not arrive as it was given, or is missing.
    @inlinable
    public static func requestHead(
        method: String, target: String, fields: some Sequence<HTTP1Field>, framing: HTTP1Framing,
        keepAlive: Bool = true, into buffer: inout [UInt8]
    ) throws(HTTP1Error) {
        let start = buffer.count
        do throws(HTTP1Error) {
            try HeadWriter.requestLine(method: method, target: target, into: &buffer)
            var hosts = 0
            for field in fields {
                if try HeadWriter.field(field.name, field.value, into: &buffer) == .host { hosts += 1 }
            }
            try HeadWriter.endOfRequest(hosts: hosts, framing: framing, keepAlive: keepAlive, into: &buffer)
        } catch {
            buffer.removeSubrange(start...)
            throw error
        }
    }

    /// Appends an answer's head, always as HTTP/1.1.
    ///
    /// - Parameters:
    ///   - status: 100 or 200–599.
    ///   - fields: The other fields.
    ///   - framing: `none` only where the answer has no body by its nature (1xx, 204, 304, to HEAD); `untilClose`
    ///     implies `connection: close`.
    ///   - keepAlive: `false` writes `connection: close`.
    ///   - requestMinorVersion: 0 writes `connection: keep-alive` if the connection is to stay, which a client of
    ///     HTTP/1.0 needs to be told.
    ///   - buffer: Where the head goes.
    /// - Throws: 500 if a part could break the framing or would not arrive as it was given.
    @inlinable
    public static func responseHead(
        status: Int, fields: some Sequence<HTTP1Field>, framing: HTTP1Framing, keepAlive: Bool,
        requestMinorVersion: Int = 1, into buffer: inout [UInt8]
    ) throws(HTTP1Error) {
        let start = buffer.count
        do throws(HTTP1Error) {
            try HeadWriter.statusLine(status, into: &buffer)
            for field in fields {
                _ = try HeadWriter.field(field.name, field.value, into: &buffer)
            }
            try HeadWriter.endOfResponse(
                status: status, framing: framing, keepAlive: keepAlive, minorVersion: requestMinorVersion,
                into: &buffer)
        } catch {
            buffer.removeSubrange(start...)
            throw error
        }
    }

    /// Appends one chunk. Nothing is written for no bytes, as an empty chunk would end the body.
    public static func chunk(_ bytes: UnsafeRawBufferPointer, into buffer: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let digits = (Int.bitWidth - bytes.count.leadingZeroBitCount + 3) / 4
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: bytes.count >> (place * 4) & 0xf)
            buffer.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        HeadWriter.append(literal: "\r\n", to: &buffer)
        buffer.append(contentsOf: bytes)
        HeadWriter.append(literal: "\r\n", to: &buffer)
    }

    /// Appends one chunk. Nothing is written for no bytes, as an empty chunk would end the body.
    public static func chunk(_ bytes: [UInt8], into buffer: inout [UInt8]) {
        bytes.withUnsafeBytes { chunk($0, into: &buffer) }
    }

    /// Appends the end of a chunked body, without trailers.
    public static func lastChunk(into buffer: inout [UInt8]) {
        HeadWriter.append(literal: "0\r\n\r\n", to: &buffer)
    }
}
