/// Events as they arrive ([HTML, server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
/// They are read once; letting go of them before the end ends the exchange. Nothing is asked for anew.
public struct EventStream: AsyncSequence {
    private let reader: EventReader
    private let status: Int

    init(_ stream: any ByteStream, limit: Int, status: Int) {
        reader = EventReader(stream, limit: limit)
        self.status = status
    }

    /// The next event; `nil` at the end. An event that the end cuts short is an error.
    public nonisolated(nonsending) func next() async throws(ClientFailure) -> ServerSentEvent? {
        do {
            guard let event = try await reader.next() else { return nil }
            return ServerSentEvent(
                event: event.event.isEmpty ? "message" : event.event, data: event.data, id: reader.lastID,
                retry: event.retry)
        } catch {
            throw ClientFailure(reading: error, status: status)
        }
    }

    /// How long the server wishes a client to wait before it asks anew, in milliseconds; `nil` as long as it has not said.
    public var retryInterval: Int? { reader.retryInterval }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { reader.cancel() }

    /// The events.
    public func makeAsyncIterator() -> Iterator { Iterator(events: self) }

    /// The events, one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let events: EventStream

        /// The next event.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ClientFailure) -> ServerSentEvent? {
            try await events.next()
        }
    }
}

/// Events as they arrive, of the type that the document has for them. They are read once; letting go of them before the
/// end ends the exchange. Nothing is asked for anew.
public struct TypedEventStream<Event: Decodable>: AsyncSequence {
    private let reader: EventReader
    private let answer: AnswerReader

    init(_ stream: any ByteStream, _ answer: AnswerReader) {
        reader = EventReader(stream, limit: answer.configuration.maximumBodyBytes)
        self.answer = answer
    }

    /// The next event; `nil` at the end. An event that the end cuts short is an error.
    public nonisolated(nonsending) func next() async throws(ClientFailure) -> Event? {
        do {
            guard let event = try await reader.next() else { return nil }
            return try answer.value(of: event.outcome(answer.outcome), line: reader.line)
        } catch {
            reader.cancel()
            throw ClientFailure(reading: error, status: answer.status)
        }
    }

    /// How long the server wishes a client to wait before it asks anew, in milliseconds; `nil` as long as it has not said.
    public var retryInterval: Int? { reader.retryInterval }
    /// The id of the last event that had one; empty without any.
    public var lastID: String { reader.lastID }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { reader.cancel() }

    /// The events.
    public func makeAsyncIterator() -> Iterator { Iterator(events: self) }

    /// The events, one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let events: TypedEventStream

        /// The next event.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ClientFailure) -> Event? {
            try await events.next()
        }
    }
}
