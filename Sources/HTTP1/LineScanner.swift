/// A line found in the input.
struct ScannedLine {
    /// Its bytes, without the line end of two bytes behind them.
    let length: Int
    /// Whether there is a byte above 0x7f in it.
    let hasHighBytes: Bool
}

/// Finds the ends of lines and refuses what may stand in no line.
///
/// It remembers how far an unfinished line has been looked at, so input that drips in is not read twice. What it
/// throws depends on the bytes alone, not on how they were cut into pieces.
struct LineScanner: Sendable {
    private var scanned = 0
    private var hasHighBytes = false

    /// The line that begins at `start`, or `nil` if its end is not there yet.
    ///
    /// - Throws: `tooLong` if the line has more than `limit` bytes; 400 for a control character other than a tab, a
    ///   carriage return without a line feed, or a line feed alone.
    @inline(__always)
    mutating func next(
        in input: UnsafeRawBufferPointer, from start: Int, limit: Int, tooLong: @autoclosure () -> HTTP1Error
    ) throws(HTTP1Error) -> ScannedLine? {
        guard limit >= 0 else { throw tooLong() }
        let available = input.count - start
        let bound = available > limit ? limit + 1 : available
        var index = scanned
        while true {
            index = input.firstSpecial(from: start + index, to: start + bound) - start
            guard index < bound else { break }
            let byte = input[start + index]
            if byte == Byte.carriageReturn {
                guard index + 1 < available else { break }
                guard input[start + index + 1] == Byte.lineFeed else {
                    throw .badRequest("A carriage return stands without a line feed.")
                }
                let line = ScannedLine(length: index, hasHighBytes: hasHighBytes)
                scanned = 0
                hasHighBytes = false
                return line
            } else if byte >= 0x80 {
                hasHighBytes = true
            } else if byte == Byte.lineFeed {
                throw .badRequest("A line feed stands without a carriage return.")
            } else if byte != Byte.tab {
                throw .badRequest("The head holds a control character.")
            }
            index += 1
        }
        if index > limit { throw tooLong() }
        scanned = index
        return nil
    }
}
