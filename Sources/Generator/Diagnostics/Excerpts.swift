/// The lines of a file, to be shown beside what is wrong in them.
struct Excerpts {
    private let bytes: [UInt8]
    /// Where each line begins.
    private let starts: [Int]

    /// The longest excerpt that is printed, in characters; longer lines are cut around the column.
    static let excerptWidth = 160

    /// The line of a location and a caret under its column.
    func excerpt(at location: Location) -> (line: String, caret: String)? {
        guard let range = range(ofLine: Int(location.line)) else { return nil }
        // A tab is one column wide here, or the caret would miss its character.
        var scalars = String(decoding: bytes[range], as: UTF8.self).unicodeScalars
            .map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
        var column = min(max(Int(location.column) - 1, 0), scalars.count)
        if scalars.count > Self.excerptWidth {
            let start = max(0, min(column - Self.excerptWidth / 2, scalars.count - Self.excerptWidth))
            scalars = Array(scalars[start..<start + Self.excerptWidth])
            column -= start
        }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        return (String(line), String(repeating: " ", count: column) + "^")
    }

    init(_ file: SourceFile) {
        bytes = file.bytes
        starts = file.lineStarts
    }

    private func range(ofLine number: Int) -> Range<Int>? {
        guard starts.indices.contains(number - 1) else { return nil }
        let start = starts[number - 1]
        var end = number < starts.count ? starts[number] : bytes.count
        while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }
}
