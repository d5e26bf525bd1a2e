import APIRuntime
import Compression
import GeneratedAPI
import Synchronization

/// Sends the larger public documents in gzip to callers that take it: the contract, its page, the page's script.
///
/// Never an answer to somebody with a token: compressed, its length would tell of its content to whoever can put text
/// into it and watch the line ([BREACH](https://www.breachattack.com)), and what an upstream streams would cost the
/// gateway a compression each. What an upstream has compressed already for a caller that takes it, handlers pass on.
/// The documents are the same for everybody, so each is compressed once and kept.
final class ContentCoding: Middleware {
    let name = "content_coding"
    /// Shorter ones gain nothing.
    static let smallest = 1_024

    private struct Coded {
        let original: [UInt8]
        /// `nil` if it would not be smaller.
        let gzip: [UInt8]?
    }

    /// What a document is known by: an operation may have several, which have different tags.
    private struct Document: Hashable {
        let operation: OperationID
        let tag: String
    }

    private let kept = Mutex<[Document: Coded]>([:])

    func handle(_ exchange: Exchange, _ next: MiddlewareChain.Rest) async throws -> Response {
        exchange.context.prefersGzip = prefersGzip(exchange.request.headers)
        var response = try await next.handle(exchange)
        if response.headers.contains("Content-Encoding") { vary(&response) }
        guard let operation = exchange.operation, !operation.isSecured else { return response }
        switch (response.status, response.body) {
        case (304, _):
            vary(&response)
            if exchange.context.prefersGzip { weaken(&response) }
        case (200, .bytes(let bytes)) where bytes.count >= Self.smallest:
            vary(&response)
            guard exchange.context.prefersGzip,
                let coded = coded(bytes, of: Document(operation: operation, tag: response.headers["ETag"] ?? ""))
            else { break }
            response.body = .bytes(coded)
            response.headers["Content-Encoding"] = "gzip"
            weaken(&response)
        default: break
        }
        return response
    }

    private func vary(_ response: inout Response) {
        response.headers.add(name: "Vary", value: "Accept-Encoding")
    }

    /// A strong tag is for one sequence of bytes alone
    /// ([RFC 9110 §8.8.3.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3)); a weak one says that the content
    /// is the same, and `If-None-Match` asks for no more.
    private func weaken(_ response: inout Response) {
        if let tag = response.headers["ETag"], !tag.hasPrefix("W/") { response.headers["ETag"] = "W/\(tag)" }
    }

    private func coded(_ bytes: [UInt8], of document: Document) -> [UInt8]? {
        kept.withLock { kept in
            // The same array as last time, as a rule: then this compares no bytes.
            if let coded = kept[document], coded.original == bytes { return coded.gzip }
            let result = gzip(bytes).flatMap { $0.count < bytes.count ? $0 : nil }
            kept[document] = Coded(original: bytes, gzip: result)
            return result
        }
    }
}
