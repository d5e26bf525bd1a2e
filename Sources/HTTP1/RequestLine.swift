/// `METHOD SP target SP HTTP/1.x` ([RFC 9112 §3](https://www.rfc-editor.org/rfc/rfc9112#section-3)).
///
/// The target is a path with an optional query, or `*` with OPTIONS. The absolute form is refused: what it says about
/// the host could contradict `Host`, and no client sends it to a server that is not a proxy.
struct RequestLine: Sendable {
    let method: String
    let path: String
    let query: String?
    let minorVersion: Int

    /// Takes apart a line that the scanner found.
    ///
    /// - Throws: 400 for anything malformed, 501 for CONNECT, 505 for another version than HTTP/1.0 and HTTP/1.1.
    @inline(__always)
    init(_ line: UnsafeRawBufferPointer) throws(HTTP1Error) {
        var methodEnd = 0
        while methodEnd < line.count, Byte.lowercasedToken(line[methodEnd]) != 0 { methodEnd += 1 }
        guard methodEnd > 0, methodEnd < line.count, line[methodEnd] == Byte.space else {
            throw .badRequest("The request line does not begin with a method and a space.")
        }
        let targetStart = methodEnd + 1
        var question: Int?
        var index = targetStart
        while index < line.count {
            let byte = line[index]
            if !Byte.isPlainInTargets(byte) {
                if byte == Byte.space { break }
                if byte == UInt8(ascii: "?") {
                    if question == nil { question = index }
                } else if byte == UInt8(ascii: "%") {
                    guard index + 2 < line.count, Byte.isHexDigit(line[index + 1]), Byte.isHexDigit(line[index + 2])
                    else {
                        throw .badRequest("The request target holds a percent sign without two hexadecimal digits.")
                    }
                } else {
                    throw byte == UInt8(ascii: "#")
                        ? .badRequest("The request target holds a fragment.")
                        : .badRequest("The request target holds a character that is neither visible nor ASCII.")
                }
            }
            index += 1
        }
        guard index > targetStart, index < line.count else {
            throw .badRequest("The request line is not a method, a target and a version.")
        }
        minorVersion = try Self.minorVersion(line.slice(index + 1..<line.count))
        let methodBytes = line.slice(0..<methodEnd)
        try Self.checkForm(line.slice(targetStart..<index), method: methodBytes)
        method = String(decoding: methodBytes, as: UTF8.self)
        path = String(decoding: line.slice(targetStart..<(question ?? index)), as: UTF8.self)
        query = question.map { String(decoding: line.slice($0 + 1..<index), as: UTF8.self) }
    }

    private static func minorVersion(_ version: UnsafeRawBufferPointer) throws(HTTP1Error) -> Int {
        guard let (major, minor) = VersionSyntax.read(version), version.count == VersionSyntax.length else {
            throw .badRequest("The request line does not end with a version.")
        }
        guard major == 1, minor <= 1 else {
            throw HTTP1Error(status: 505, detail: "The versions that are understood are HTTP/1.0 and HTTP/1.1.")
        }
        return minor
    }

    private static func checkForm(
        _ target: UnsafeRawBufferPointer, method: UnsafeRawBufferPointer
    ) throws(HTTP1Error) {
        if method.elementsEqual("CONNECT".utf8) {
            throw HTTP1Error(status: 501, detail: "CONNECT is not implemented.")
        }
        if target[0] == UInt8(ascii: "/") { return }
        if target.count == 1, target[0] == UInt8(ascii: "*") {
            guard method.elementsEqual("OPTIONS".utf8) else {
                throw .badRequest("The target * goes with OPTIONS only.")
            }
            return
        }
        throw .badRequest("The request target does not begin with a slash.")
    }
}

/// `HTTP/` digit `.` digit ([RFC 9112 §2.3](https://www.rfc-editor.org/rfc/rfc9112#section-2.3)).
enum VersionSyntax {
    static let length = 8

    /// The two digits of the version that the bytes begin with, or `nil`.
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer) -> (major: Int, minor: Int)? {
        guard bytes.count >= length, bytes[0] == UInt8(ascii: "H"), bytes[1] == UInt8(ascii: "T"),
            bytes[2] == UInt8(ascii: "T"), bytes[3] == UInt8(ascii: "P"), bytes[4] == UInt8(ascii: "/"),
            Byte.isDigit(bytes[5]), bytes[6] == UInt8(ascii: "."), Byte.isDigit(bytes[7])
        else { return nil }
        return (Int(bytes[5] &- 0x30), Int(bytes[7] &- 0x30))
    }
}
