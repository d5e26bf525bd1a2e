extension RegularExpressionParser {
    mutating func parseClass() throws(RegularExpressionFailure) {
        let start = position
        position += 1
        if byte(position) == UInt8(ascii: "^") { position += 1 }
        var isFirst = true
        while byte(position) != UInt8(ascii: "]") || isFirst {
            isFirst = false
            if byte(position) == UInt8(ascii: "["), byte(position + 1) == UInt8(ascii: ":"),
                position + 2 < bytes.count, try skipPosixClass()
            {
                continue
            }
            if byte(position) == UInt8(ascii: "\\"), try skipNamedClass() { continue }
            let rangeStart = position
            let low = try parseClassCharacter(of: start)
            if byte(position) == UInt8(ascii: "-"), position + 1 < bytes.count,
                bytes[position + 1] != UInt8(ascii: "]")
            {
                position += 1
                let high = try parseClassCharacter(of: start)
                if high < low {
                    throw RegularExpressionFailure("invalid character class range", part(rangeStart..<position))
                }
            }
        }
        position += 1
    }

    mutating func parseClassCharacter(of start: Int) throws(RegularExpressionFailure) -> UInt32 {
        guard position < bytes.count else {
            throw RegularExpressionFailure("missing closing ]", part(start..<bytes.count))
        }
        return bytes[position] == UInt8(ascii: "\\") ? try parseEscape() : try nextScalar()
    }

    /// `[:alpha:]` inside a class.
    mutating func skipPosixClass() throws(RegularExpressionFailure) -> Bool {
        if hasNoPosixEnd { return false }
        var end = position + 2
        while end + 1 < bytes.count, bytes[end] != UInt8(ascii: ":") || bytes[end + 1] != UInt8(ascii: "]") {
            end += 1
        }
        guard end + 1 < bytes.count else {
            hasNoPosixEnd = true
            return false
        }
        var name = position + 2..<end
        if name.count > 0, bytes[name.lowerBound] == UInt8(ascii: "^") {
            name = name.lowerBound + 1..<name.upperBound
        }
        guard isPosixClass(part(name)) else {
            throw RegularExpressionFailure("invalid character class range", part(position..<end + 2))
        }
        position = end + 2
        return true
    }
}
