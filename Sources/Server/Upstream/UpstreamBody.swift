import APIRuntime
import HTTPClient

/// The body of a good answer of an upstream, as it comes in.
struct UpstreamBody {
    /// Its bytes.
    var stream: any ByteStream
    /// `gzip`, where it comes in that and is passed on so.
    var coding: String?
    /// The media type, as the upstream wrote it.
    var mediaType: MediaType?

    init(stream: any ByteStream, coding: String? = nil, mediaType: MediaType? = nil) {
        self.stream = stream
        self.coding = coding
        self.mediaType = mediaType
    }

    /// A body that the gateway knows without asking.
    init(_ text: String, mediaType: MediaType? = nil) {
        let bytes = Array(text.utf8)
        self.init(stream: PieceStream(bytes.isEmpty ? [] : [bytes], length: bytes.count), mediaType: mediaType)
    }

    /// The whole of it, if it has at most `limit` bytes.
    ///
    /// - Throws: ``UpstreamFailure``.
    func collect(limit: Int) async throws -> [UInt8] {
        do {
            return try await RequestBody.stream(stream).collect(limit: limit)
        } catch RequestBodyError.tooLarge(let limit) {
            stream.cancel()
            throw UpstreamFailure.tooLarge(limit: limit)
        } catch let error as HTTPClientError {
            throw UpstreamFailure(error)
        }
    }
}
