/// Where and why a query was refused.
///
/// Lines and columns are counted as Tempo counts them: from one, columns in code points, lines ended by LF.
public struct TraceQLError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, in Tempo's own words where Tempo has words for it.
    public let message: String
    /// The line, from 1.
    public let line: Int
    /// The column in code points, from 1.
    public let column: Int
    /// The position in bytes from the start of the query.
    public let offset: Int

    init(_ message: String, at offset: Int, in source: UnsafeBufferPointer<UInt8>) {
        let offset = min(max(offset, 0), source.count)
        var line = 1
        var column = 1
        for index in 0..<offset {
            let byte = source[index]
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.message = message
        self.line = line
        self.column = column
        self.offset = offset
    }

    init(_ message: String, at offset: Int, in source: [UInt8]) {
        self = source.withUnsafeBufferPointer { TraceQLError(message, at: offset, in: $0) }
    }

    /// `1:5: parse error: …`.
    public var description: String { "\(line):\(column): parse error: \(message)" }

    /// The line of the query where the error stands and a caret below the place.
    ///
    /// At most `width` bytes before and after the place are shown; control characters become spaces, so that the
    /// two lines stay two lines.
    public func excerpt(of text: String, width: Int = 60) -> String {
        let bytes = Array(text.utf8)
        let place = min(offset, bytes.count)
        var first = place
        while first > 0, bytes[first - 1] != UInt8(ascii: "\n"), place - first < width { first -= 1 }
        var last = place
        while last < bytes.count, bytes[last] != UInt8(ascii: "\n"), last - place < width { last += 1 }
        while first < place, bytes[first] & 0xC0 == 0x80 { first += 1 }
        while last < bytes.count, last > place, bytes[last] & 0xC0 == 0x80 { last -= 1 }
        let shown = bytes[first..<last].map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        let before = String(decoding: shown[..<(place - first)], as: UTF8.self).unicodeScalars.count
        return String(decoding: shown, as: UTF8.self) + "\n" + String(repeating: " ", count: before) + "^"
    }
}
