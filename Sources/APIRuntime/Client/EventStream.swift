/// An event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Equatable {
    /// What kind of event it is; `message` where the stream does not say.
    public var event: String
    /// The data; of several lines with line breaks between them.
    public var data: String
    /// The id of the last event that had one; empty without any.
    public var id: String

    /// An event from its parts.
    public init(event: String = "message", data: String, id: String = "") {
        self.event = event
        self.data = data
        self.id = id
    }
}

/// Events as they arrive ([HTML, server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
/// They are read once; letting go of them before the end ends the exchange. Nothing is asked for anew.
public struct EventStream: AsyncSequence {
    private let reader: Reader

    init(_ stream: any ByteStream, limit: Int) { reader = Reader(stream, limit: limit) }

    /// The next event; `nil` at the end. An event that the end cuts short is none.
    public nonisolated(nonsending) func next() async throws(ClientFailure) -> ServerSentEvent? {
        try await reader.next()
    }

    /// How long the server wishes a client to wait before it asks anew, in milliseconds; `nil` as long as it has not said.
    public var retryInterval: Int? { reader.retryInterval }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { reader.lines.cancel() }

    /// The events.
    public func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

    /// The events, one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let reader: Reader

        /// The next event.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ClientFailure) -> ServerSentEvent? {
            try await reader.next()
        }
    }

    fileprivate final class Reader {
        let lines: LineReader
        private let limit: Int
        private var lastID = ""
        private var isFirstLine = true
        var retryInterval: Int?

        init(_ stream: any ByteStream, limit: Int) {
            lines = LineReader(stream, limit: limit, acceptsCarriageReturns: true)
            self.limit = limit
        }

        nonisolated(nonsending) func next() async throws(ClientFailure) -> ServerSentEvent? {
            var kind = ""
            var data: [UInt8]?
            while let (text, isWhole) = try await lines.next() {
                var line = text
                if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
                isFirstLine = false
                guard isWhole else { return nil }
                if line.isEmpty {
                    if let data {
                        return ServerSentEvent(
                            event: kind.isEmpty ? "message" : kind, data: String(decoding: data, as: UTF8.self),
                            id: lastID)
                    }
                    kind = ""
                    continue
                }
                let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
                var value = line[colon...].dropFirst()
                if value.first == 0x20 { value = value.dropFirst() }
                switch String(decoding: line[..<colon], as: UTF8.self) {
                case "event": kind = String(decoding: value, as: UTF8.self)
                case "data":
                    data = data.map { $0 + [0x0A] + value } ?? Array(value)
                    if data?.count ?? 0 > limit {
                        lines.cancel()
                        throw .bodyTooLarge(limit: limit)
                    }
                case "id": if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
                case "retry":
                    if value.allSatisfy({ (0x30...0x39).contains($0) }) {
                        retryInterval = Int(String(decoding: value, as: UTF8.self)) ?? retryInterval
                    }
                default: break
                }
            }
            return nil
        }
    }
}
