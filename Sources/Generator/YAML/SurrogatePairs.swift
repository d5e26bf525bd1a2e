/// JSON writes a character beyond U+FFFF as two escapes, `\uD83D\uDE00`, which libyaml does not know. Each such pair
/// becomes one escape of YAML's, `\U0001F600`, and marks are told where they are in the text as it was written.
/// https://www.rfc-editor.org/rfc/rfc8259#section-7
struct SurrogatePairs {
    private(set) var bytes: ArraySlice<UInt8>
    /// Where the escapes that were put in stand, by line, each as a column of the new text.
    private var columns: [Int: [Int]] = [:]

    /// Pairs are two characters longer than what stands for them.
    private static let difference = 2

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        guard Self.hasSurrogate(bytes[...]) else { return }
        var replaced: [Int] = []
        // Only libyaml knows what is a double-quoted scalar: it stops at the first such escape of each.
        while let offset = failure(), replaced.last.map({ $0 < offset }) ?? true, replace(from: offset, &replaced) {}
        locate(replaced)
    }

    /// Where it stands in the text that was given.
    func original(_ mark: YAMLEvents.Mark) -> YAMLEvents.Mark {
        guard let columns = columns[mark.line] else { return mark }
        var range = 0..<columns.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = columns[middle] < mark.column ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return YAMLEvents.Mark(line: mark.line, column: mark.column + Self.difference * range.lowerBound)
    }

    /// The offset of the first escape that libyaml takes for none.
    private func failure() -> Int? {
        do throws(YAMLEvents.SyntaxError) {
            var events = try YAMLEvents(bytes)
            while true {
                if case .streamEnd = try events.next().kind { return nil }
            }
        } catch {
            // The mark is behind `\u`.
            guard let mark = error.mark, let digits = offset(of: mark), digits - 2 >= bytes.startIndex,
                pair(at: digits - 2) != nil
            else { return nil }
            return digits - 2
        }
    }

    /// Replaces the pairs from there to the end of the scalar. In what looks like JSON every backslash is in a scalar, so
    /// that all others are replaced at once.
    private mutating func replace(from start: Int, _ replaced: inout [Int]) -> Bool {
        let first = bytes.first { !" \t\r\n".utf8.contains($0) }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        var result = Array(bytes[..<start])
        var index = start
        var isQuoted = true
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch (isQuoted, byte) {
            case (true, UInt8(ascii: "\\")):
                if let scalar = pair(at: index) {
                    replaced.append(result.count)
                    let digits = String(scalar, radix: 16)
                    result += Array("\\U\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)".utf8)
                    index += 12
                } else {
                    result += bytes[index..<min(index + 2, bytes.endIndex)]
                    index += 2
                }
                continue
            case (true, UInt8(ascii: "\"")): isQuoted = false
            case (false, UInt8(ascii: "\"")): isQuoted = true
            case (false, UInt8(ascii: "'")), (false, UInt8(ascii: "#")): return finish(result, index)
            default: break
            }
            if !isQuoted, !isJSON { return finish(result, index) }
            result.append(byte)
            index += 1
        }
        return finish(result, bytes.endIndex)
    }

    private mutating func finish(_ result: [UInt8], _ index: Int) -> Bool {
        bytes = (result + bytes[min(index, bytes.endIndex)...])[...]
        return true
    }

    /// The character that two escapes make.
    private func pair(at index: Int) -> UInt32? {
        guard let high = unit(at: index), let low = unit(at: index + 6), (0xD800...0xDBFF).contains(high),
            (0xDC00...0xDFFF).contains(low)
        else { return nil }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    /// What an escape of four digits says.
    private func unit(at index: Int) -> UInt32? {
        guard index + 6 <= bytes.endIndex, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { return nil }
        return UInt32(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }

    private static func hasSurrogate(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.indices.dropLast(5).contains { index in
            bytes[index] == UInt8(ascii: "\\") && bytes[index + 1] == UInt8(ascii: "u")
                && (bytes[index + 2] | 0x20) == UInt8(ascii: "d")
        }
    }

    private func offset(of mark: YAMLEvents.Mark) -> Int? {
        let starts = SourceFile(path: "", bytes: Array(bytes)).lineStarts
        guard starts.indices.contains(mark.line) else { return nil }
        var column = 0
        var index = bytes.startIndex + starts[mark.line]
        while index < bytes.endIndex {
            if bytes[index] & 0xC0 != 0x80 {
                if column == mark.column { return index }
                column += 1
            }
            index += 1
        }
        return nil
    }

    private mutating func locate(_ replaced: [Int]) {
        guard !replaced.isEmpty else { return }
        let starts = SourceFile(path: "", bytes: Array(bytes)).lineStarts
        var line = 0
        for offset in replaced {
            while line + 1 < starts.count, starts[line + 1] <= offset { line += 1 }
            let before = bytes[bytes.startIndex + starts[line]..<bytes.startIndex + offset]
            columns[line, default: []].append(before.count { $0 & 0xC0 != 0x80 })
        }
    }
}
