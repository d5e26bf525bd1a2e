/// A transport to a server in the same process, without a network: for tests, and for parts that may move apart later.
public struct InProcessTransport: ClientTransport {
    private let respond: nonisolated(nonsending) @Sendable (Request) async throws -> Response

    /// A transport to whatever answers requests: `InProcessTransport { try await router.respond(to: $0) }`. An
    /// ``APIFailure`` that it throws is answered as problem details.
    public init(_ respond: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Response) {
        self.respond = respond
    }

    /// Has the request answered.
    public nonisolated(nonsending) func send(_ request: ClientRequest) async throws -> ClientResponse {
        let target = request.target.utf8
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        let query = path.endIndex == target.endIndex ? nil : target[target.index(after: path.endIndex)...]
        var headers = HeaderFields()
        for field in request.headers.fields { headers.add(name: field.name.lowercased(), value: field.value) }
        let response: Response
        do {
            response = try await respond(
                Request(
                    method: request.method, path: String(Substring(path)), query: query.map { String(Substring($0)) },
                    headers: headers, body: Self.body(request.body)))
        } catch let failure as APIFailure {
            response = failure.problemResponse(requestID: "")
        }
        var fields = HeaderFields()
        for field in response.headers.fields { fields.add(name: field.name.lowercased(), value: field.value) }
        return ClientResponse(
            status: response.status, headers: fields,
            body: request.method == .head ? PieceStream([], length: 0) : Self.stream(response.body))
    }

    private static func body(_ body: ResponseBody) -> RequestBody {
        switch body {
        case .none: .none
        case .bytes, .stream: .stream(stream(body))
        }
    }

    private static func stream(_ body: ResponseBody) -> any ByteStream {
        switch body {
        case .none: PieceStream([], length: 0)
        case .bytes(let bytes): PieceStream(bytes.isEmpty ? [] : [bytes], length: bytes.count)
        case .stream(let stream): stream
        }
    }
}
