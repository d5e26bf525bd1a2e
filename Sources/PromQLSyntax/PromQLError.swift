/// Where and why a query was refused.
///
/// Lines and columns are counted as Prometheus counts them: from one, columns in bytes, lines ended by LF.
public struct PromQLError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, in Prometheus' own words where Prometheus has words for it.
    public let message: String
    /// The line, from 1.
    public let line: Int
    /// The column in bytes, from 1.
    public let column: Int
    /// The position in bytes from the start of the query.
    public let offset: Int

    init(_ message: String, at offset: Int, in source: UnsafeBufferPointer<UInt8>) {
        let offset = min(max(offset, 0), source.count)
        var line = 1
        var lineStart = 0
        for index in 0..<offset where source[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        self.message = message
        self.line = line
        self.column = offset - lineStart + 1
        self.offset = offset
    }

    init(_ message: String, at offset: Int, in source: [UInt8]) {
        self = source.withUnsafeBufferPointer { PromQLError(message, at: offset, in: $0) }
    }

    /// `1:5: parse error: …`, the form of Prometheus' own answers.
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
