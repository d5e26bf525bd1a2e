/// A body as it arrives. It is read once, by whoever asked for it; letting go of it before its end ends the exchange.
public struct BodyStream: AsyncSequence {
    private let stream: any ByteStream
    /// The media type, as it was sent.
    public let contentType: String?

    init(_ stream: any ByteStream, contentType: String?) {
        self.stream = stream
        self.contentType = contentType
    }

    /// How many bytes there will be in all, where that is known beforehand.
    public var length: Int? { stream.length }

    /// The next piece, never empty; `nil` at the end.
    public nonisolated(nonsending) func next() async throws(ClientFailure) -> [UInt8]? {
        do {
            return try await stream.next()
        } catch {
            throw .transport(error)
        }
    }

    /// The whole body.
    ///
    /// - Throws: ``ClientFailure/bodyTooLarge(limit:)`` as soon as there are more than `limit` bytes.
    public nonisolated(nonsending) func collect(limit: Int) async throws(ClientFailure) -> [UInt8] {
        if let length, length > limit {
            stream.cancel()
            throw .bodyTooLarge(limit: limit)
        }
        var bytes: [UInt8] = []
        while let piece = try await next() {
            guard piece.count <= limit - bytes.count else {
                stream.cancel()
                throw .bodyTooLarge(limit: limit)
            }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
        return bytes
    }

    /// The whole body as text; what is no UTF-8 in it is replaced.
    public nonisolated(nonsending) func text(limit: Int = 64 << 20) async throws(ClientFailure) -> String {
        String(decoding: try await collect(limit: limit), as: UTF8.self)
    }

    /// Says that nobody will ask for more. Harmless after the end.
    public func cancel() { stream.cancel() }

    /// The pieces.
    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    /// The pieces, one by one.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let body: BodyStream

        /// The next piece.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ClientFailure) -> [UInt8]? {
            try await body.next()
        }
    }
}

/// Lines of a stream of bytes.
final class LineReader {
    private let stream: any ByteStream
    private let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var searched = 0
    private var isAtEnd = false
    private var skipsLineFeed = false
    /// Whether a carriage return ends a line, too.
    private let acceptsCarriageReturns: Bool

    init(_ stream: any ByteStream, limit: Int, acceptsCarriageReturns: Bool) {
        self.stream = stream
        self.limit = limit
        self.acceptsCarriageReturns = acceptsCarriageReturns
    }

    func cancel() { stream.cancel() }

    /// The next line without its end, and whether it has one: the last line may have none.
    nonisolated(nonsending) func next() async throws(ClientFailure) -> (line: ArraySlice<UInt8>, isWhole: Bool)? {
        while true {
            if skipsLineFeed, position < buffer.count {
                if buffer[position] == 0x0A { position += 1 }
                skipsLineFeed = false
            }
            searched = max(searched, position)
            while searched < buffer.count {
                let byte = buffer[searched]
                if byte == 0x0A || acceptsCarriageReturns && byte == 0x0D {
                    let line = buffer[position..<searched]
                    position = searched + 1
                    skipsLineFeed = byte == 0x0D
                    return (line, true)
                }
                searched += 1
            }
            guard buffer.count - position <= limit else {
                stream.cancel()
                throw .bodyTooLarge(limit: limit)
            }
            if isAtEnd {
                guard position < buffer.count else { return nil }
                let line = buffer[position...]
                position = buffer.count
                return (line, false)
            }
            try await fill()
        }
    }

    private nonisolated(nonsending) func fill() async throws(ClientFailure) {
        do {
            guard let piece = try await stream.next() else {
                isAtEnd = true
                return
            }
            buffer.removeFirst(position)
            searched -= position
            position = 0
            buffer += piece
        } catch {
            throw .transport(error)
        }
    }
}
