import APIRuntime
import HTTPClient
import Synchronization

/// An upstream in-process: records what it is asked and answers what the test says.
final class FakeUpstream: HTTPClient {
    struct Answer: Sendable {
        var status = 200
        var headers: HeaderFields = ["content-type": "application/json"]
        var pieces: [String] = []
        /// The body instead of the pieces, where it is no text.
        var bytes: [UInt8]?
        /// What breaks the body after its pieces.
        var cut: HTTPClientError?
    }

    private let requests = Mutex<[HTTPClientRequest]>([])
    private let answer: @Sendable (HTTPClientRequest) throws(HTTPClientError) -> Answer

    init(_ answer: @escaping @Sendable (HTTPClientRequest) throws(HTTPClientError) -> Answer) {
        self.answer = answer
    }

    /// Answers every query with this envelope.
    convenience init(json: String = #"{"status":"success","data":{"resultType":"vector","result":[]}}"#) {
        self.init { _ throws(HTTPClientError) in Answer(pieces: [json]) }
    }

    var received: [HTTPClientRequest] { requests.withLock { $0 } }

    func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        requests.withLock { $0.append(request) }
        let answer = try answer(request)
        return HTTPClientResponse(
            status: answer.status, headers: answer.headers,
            body: answer.bytes.map { PieceStream(bytes: $0) } ?? PieceStream(answer.pieces, cut: answer.cut))
    }

    func close() async {}
}

/// A body in pieces.
final class PieceStream: ByteStream {
    let length: Int? = nil
    private var pieces: [[UInt8]]
    private let cut: HTTPClientError?

    init(_ pieces: [String], cut: HTTPClientError? = nil) {
        self.pieces = pieces.map { Array($0.utf8) }
        self.cut = cut
    }

    init(bytes: [UInt8]) {
        pieces = [bytes]
        cut = nil
    }

    func next() async throws -> [UInt8]? {
        if pieces.isEmpty, let cut { throw cut }
        return pieces.isEmpty ? nil : pieces.removeFirst()
    }

    func cancel() { pieces = [] }
}

extension HTTPClientRequest {
    /// The form that was sent, by name; a repeated name would trap the test's eye in `count`.
    func form() throws -> [String: String] {
        let fields = try decodeForm(body)
        return Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first + " AND ANOTHER" }
    }
}
