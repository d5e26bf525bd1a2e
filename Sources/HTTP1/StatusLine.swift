/// `HTTP/1.x SP status [SP reason]` ([RFC 9112 §4](https://www.rfc-editor.org/rfc/rfc9112#section-4)).
///
/// The reason may be anything that may stand in a line; it is not kept. The space before an empty one may be missing,
/// as many servers leave it out.
struct StatusLine: Sendable {
    let status: Int
    let minorVersion: Int

    /// Takes apart a line that the scanner found.
    ///
    /// - Throws: 502 for anything malformed and for other versions than HTTP/1.0 and HTTP/1.1.
    init(_ line: UnsafeRawBufferPointer) throws(HTTP1Error) {
        guard let (major, minor) = VersionSyntax.read(line) else {
            throw .badAnswer("The answer does not begin with a version.")
        }
        guard major == 1, minor <= 1 else { throw .badAnswer("The answer's version is not HTTP/1.0 or HTTP/1.1.") }
        guard line.count >= 12, line[8] == Byte.space, Byte.isDigit(line[9]), Byte.isDigit(line[10]),
            Byte.isDigit(line[11]), line.count == 12 || line[12] == Byte.space
        else { throw .badAnswer("The answer's status is not a number of three digits.") }
        let status = Int(line[9] &- 0x30) * 100 + Int(line[10] &- 0x30) * 10 + Int(line[11] &- 0x30)
        guard (100...599).contains(status) else { throw .badAnswer("The answer's status is not within 100–599.") }
        self.status = status
        minorVersion = minor
    }
}
