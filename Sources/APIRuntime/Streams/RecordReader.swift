import JSON

/// Values of JSON in a body, a line or a record each.
final class RecordReader {
    private let lines: LineReader
    private let format: ItemFormat
    /// The line on which the record that was read last begins, counted from 1.
    private(set) var line = 0

    init(_ stream: any ByteStream, _ format: ItemFormat, limit: Int) {
        lines = LineReader(stream, limit: limit, acceptsCarriageReturns: false)
        self.format = format
    }

    func cancel() { lines.cancel() }

    /// The next value; `nil` at the end. Empty lines are none.
    ///
    /// - Throws: ``ItemStreamProblem``, ``ItemTooLarge`` or what the stream throws.
    nonisolated(nonsending) func next() async throws -> JSONValue? {
        while let (text, isWhole) = try await lines.next() {
            line = lines.number
            var record = Array(text.first == 0x1E ? text.dropFirst() : text)
            if record.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            if case .sequence = format { try await complete(&record, isWhole: isWhole) }
            do throws(JSONError) {
                return try JSONParser.parse(record)
            } catch {
                lines.cancel()
                throw ItemStreamProblem(
                    rule: "json", message: error.message, line: line + error.line - 1, column: error.column)
            }
        }
        return nil
    }

    /// A record of a sequence may have line breaks in it. One without a line break at its end is cut, whatever it looks
    /// like: `12` may have been `123`.
    private nonisolated(nonsending) func complete(_ record: inout [UInt8], isWhole: Bool) async throws {
        var nesting = Nesting()
        nesting.read(record[...])
        var isWhole = isWhole
        while isWhole, !nesting.isComplete {
            guard let (text, hasEnd) = try await lines.next() else { break }
            isWhole = hasEnd
            // Nothing within JSON looks like this.
            guard text.first != 0x1E else {
                lines.cancel()
                throw ItemStreamProblem(rule: "json-seq", message: "has a record that breaks off", line: line)
            }
            record.append(0x0A)
            nesting.read(text)
            record += text
            guard record.count <= lines.limit else { throw lines.tooLarge() }
        }
        guard isWhole, nesting.isComplete else {
            lines.cancel()
            throw ItemStreamProblem(rule: "json-seq", message: "ends within a record", line: line)
        }
    }
}

/// How deep within brackets a text of JSON ends.
private struct Nesting {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    var isComplete: Bool { depth <= 0 && !isInString }

    mutating func read(_ text: ArraySlice<UInt8>) {
        for byte in text {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                default: break
                }
            }
        }
    }
}
