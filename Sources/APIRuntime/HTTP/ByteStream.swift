/// Bytes that arrive over time: a request's body on its way in, an answer's on its way out.
///
/// A stream belongs to the shard that made it and is deliberately not `Sendable`. Whoever holds it asks for the next
/// piece when there is room for it; nobody pushes, which is all the back-pressure there is.
public protocol ByteStream: AnyObject {
    /// How many bytes there will be in all, where that is known beforehand.
    var length: Int? { get }

    /// The next piece, never empty; `nil` at the end.
    ///
    /// - Throws: where the source broke off or was cancelled. What was read until then is not the whole.
    nonisolated(nonsending) func next() async throws -> [UInt8]?

    /// Says that nobody will ask for more, so that the source can be let go at once. Harmless after the end.
    func cancel()
}

/// Why a request's body could not be read to its end.
public enum RequestBodyError: Error, Sendable, Equatable {
    /// More bytes than the server's limit (in bytes) were announced or sent.
    case tooLarge(limit: Int)
    /// The framing was wrong, for example a chunk size that is no number.
    case malformed(String)
    /// The client did not send the rest in time.
    case timedOut
    /// The client left.
    case disconnected
}

/// A request's body.
public enum RequestBody {
    /// The request has none.
    case none
    /// To be read piece by piece, once.
    case stream(any ByteStream)

    /// The whole body, read to its end.
    ///
    /// - Throws: ``RequestBodyError``, `.tooLarge` as soon as more than `limit` bytes have been announced or read.
    nonisolated(nonsending) public func collect(limit: Int) async throws -> [UInt8] {
        guard case .stream(let stream) = self else { return [] }
        if let length = stream.length, length > limit { throw RequestBodyError.tooLarge(limit: limit) }
        var collected: [UInt8] = []
        while let piece = try await stream.next() {
            guard piece.count <= limit - collected.count else {
                stream.cancel()
                throw RequestBodyError.tooLarge(limit: limit)
            }
            if collected.isEmpty { collected = piece } else { collected += piece }
        }
        return collected
    }
}
