/// One field line, taken apart ([RFC 9112 §5](https://www.rfc-editor.org/rfc/rfc9112#section-5)).
struct FieldLine {
    let name: UnsafeRawBufferPointer
    let known: KnownField?
    /// What follows the colon, with the white space around it.
    let untrimmed: UnsafeRawBufferPointer
    let value: UnsafeRawBufferPointer
    private let hasHighBytes: Bool

    /// Takes apart a line that the scanner found.
    ///
    /// - Throws: 400 for a folded line, an empty or malformed name, or white space before the colon.
    @inline(__always)
    init(_ line: UnsafeRawBufferPointer, hasHighBytes: Bool) throws(HTTP1Error) {
        var colon = 0
        while colon < line.count, Byte.lowercasedToken(line[colon]) != 0 { colon += 1 }
        guard colon > 0, colon < line.count, line[colon] == UInt8(ascii: ":") else {
            throw Self.malformed(line, at: colon)
        }
        name = line.slice(0..<colon)
        known = KnownField(name: name)
        untrimmed = line.slice(colon + 1..<line.count)
        value = untrimmed.trimmed(tabs: true)
        self.hasHighBytes = hasHighBytes
    }

    private static func malformed(_ line: UnsafeRawBufferPointer, at index: Int) -> HTTP1Error {
        guard index < line.count else { return .badRequest("A header field has no colon.") }
        if Byte.isBlank(line[index]) {
            return index == 0
                ? .badRequest("A header field is folded over two lines.")
                : .badRequest("White space stands within or behind a header field's name.")
        }
        return line[index] == UInt8(ascii: ":")
            ? .badRequest("A header field has no name.")
            : .badRequest("A header field's name holds a character that names cannot hold.")
    }

    /// The name in lower case.
    @inline(__always)
    var nameString: String {
        if let known { return known.rawValue }
        return String(unsafeUninitializedCapacity: name.count) { buffer in
            var index = 0
            while index < name.count {
                buffer[index] = Byte.lowercasedToken(name[index])
                index += 1
            }
            return index
        }
    }

    /// The value as text.
    ///
    /// - Throws: 400 if it is not UTF-8.
    @inline(__always)
    func valueString() throws(HTTP1Error) -> String {
        if hasHighBytes {
            guard let text = String(validating: value, as: UTF8.self) else {
                throw .badRequest("A header field's value is not UTF-8.")
            }
            return text
        }
        return String(decoding: value, as: UTF8.self)
    }
}
