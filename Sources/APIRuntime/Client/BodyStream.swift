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
