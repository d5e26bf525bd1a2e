/// Values of JSON as they arrive, a line each: `application/jsonl`, `application/x-ndjson` and, with a record separator in
/// front of each value, `application/json-seq` ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)). They are read once;
/// letting go of them before the end ends the exchange.
public struct JSONLines<Value: Decodable>: AsyncSequence {
    private let records: RecordReader
    private let answer: AnswerReader

    init(_ stream: any ByteStream, _ format: ItemFormat, _ answer: AnswerReader) {
        records = RecordReader(stream, format, limit: answer.configuration.maximumBodyBytes)
        self.answer = answer
    }

    /// The next value; `nil` at the end. Empty lines are none.
    public nonisolated(nonsending) func next() async throws(ClientFailure) -> Value? {
        do {
            guard let value = try await records.next() else { return nil }
            return try answer.value(of: answer.outcome(value), line: records.line)
        } catch {
            records.cancel()
            throw ClientFailure(reading: error, status: answer.status)
        }
    }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { records.cancel() }

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
