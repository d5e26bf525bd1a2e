/// Values of JSON as they arrive, a line each: `application/jsonl`, `application/x-ndjson` and, with a record separator in
/// front of each value, `application/json-seq` ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)). They are read once;
/// letting go of them before the end ends the exchange.
public struct JSONLines<Value: Decodable>: AsyncSequence {
    private let lines: LineReader
    private let reader: AnswerReader

    init(_ stream: any ByteStream, _ reader: AnswerReader) {
        lines = LineReader(stream, limit: reader.configuration.maximumBodyBytes, acceptsCarriageReturns: false)
        self.reader = reader
    }

    /// The next value; `nil` at the end. Empty lines are none.
    public nonisolated(nonsending) func next() async throws(ClientFailure) -> Value? {
        while let (text, _) = try await lines.next() {
            var line = text
            if line.first == 0x1E { line = line.dropFirst() }
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            do throws(ClientFailure) {
                return try reader.value(line)
            } catch {
                lines.cancel()
                throw error
            }
        }
        return nil
    }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { lines.cancel() }

    /// The values.
    public func makeAsyncIterator() -> Iterator { Iterator(lines: self) }

    /// The values, one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let lines: JSONLines

        /// The next value.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ClientFailure) -> Value? {
            try await lines.next()
        }
    }
}
