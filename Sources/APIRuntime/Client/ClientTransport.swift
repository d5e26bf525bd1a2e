/// A request as it leaves a generated client.
///
/// It belongs to whoever made it and is deliberately not `Sendable`: its body may be a stream.
public struct ClientRequest {
    /// The id of the operation, for logs and metrics.
    public let operationID: String
    /// The method.
    public var method: HTTPMethod
    /// The server that it is for.
    public var server: ServerURL
    /// Path and query as they go on the wire, percent-encoded; with the path of the server in front.
    public var target: String
    /// The header fields, without framing and `Host`.
    public var headers: HeaderFields
    /// The body.
    public var body: ResponseBody

    /// A request from its parts.
    public init(
        operationID: String, method: HTTPMethod, server: ServerURL, target: String, headers: HeaderFields = [:],
        body: ResponseBody = .none
    ) {
        self.operationID = operationID
        self.method = method
        self.server = server
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// An answer whose head has been read; its body may still be on its way.
public struct ClientResponse {
    /// The status code, 200–599.
    public let status: Int
    /// The header fields; names in lower case.
    public let headers: HeaderFields
    /// The body; empty where there is none.
    public let body: any ByteStream

    /// An answer from its parts.
    public init(status: Int, headers: HeaderFields, body: any ByteStream) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What carries a generated client's requests to a server. A transport around another one can add header fields, measure
/// or retry.
public protocol ClientTransport: Sendable {
    /// Sends a request and waits for the answer's head. An answer that came is an answer, whatever its status; redirects
    /// are not followed.
    nonisolated(nonsending) func send(_ request: ClientRequest) async throws -> ClientResponse
}

/// What a generated client allows, and how strict it is.
public struct ClientConfiguration: Sendable {
    /// The most bytes of a body that is decoded as a whole, and of one line or event of a stream.
    public var maximumBodyBytes: Int
    /// Whether an answer that its Swift type could be made of is refused all the same where it breaks its schema: a text
    /// that is too long, say. Without it, what the type can hold is taken.
    public var holdsAnswersToSchemas: Bool
    /// Whether an input that breaks its schema is an error before anything is sent: a text that is too long, say. Without
    /// it, finding that out is left to the server.
    public var holdsInputsToSchemas: Bool

    /// The defaults: 64 MiB, and lenient.
    public init(
        maximumBodyBytes: Int = 64 << 20, holdsAnswersToSchemas: Bool = false, holdsInputsToSchemas: Bool = false
    ) {
        self.holdsInputsToSchemas = holdsInputsToSchemas
        self.maximumBodyBytes = maximumBodyBytes
        self.holdsAnswersToSchemas = holdsAnswersToSchemas
    }
}

/// What every method of a generated client goes through.
public struct APIClient: Sendable {
    private let server: ServerURL?
    private let defaultServer: ServerURL
    private let transport: any ClientTransport
    private let configuration: ClientConfiguration

    /// A client of `server`; without one, of those that the document names.
    public init(
        server: ServerURL?, default defaultServer: ServerURL, transport: any ClientTransport,
        configuration: ClientConfiguration
    ) {
        self.server = server
        self.defaultServer = defaultServer
        self.transport = transport
        self.configuration = configuration
    }

    /// A request without inputs; `own` is the server that the document names for the operation alone.
    public func request(
        _ operationID: String, _ method: HTTPMethod, _ template: String, server own: ServerURL? = nil
    ) -> RequestEncoder {
        RequestEncoder(
            operationID, method, template, server: server ?? own ?? defaultServer,
            holdsInputs: configuration.holdsInputsToSchemas)
    }

    /// Sends a request and waits for the answer's head.
    public nonisolated(nonsending) func send(_ request: RequestEncoder) async throws(ClientFailure) -> ClientAnswer {
        let request = try request.finished()
        do {
            let response = try await transport.send(request)
            return ClientAnswer(response, to: request, configuration)
        } catch let failure as ClientFailure {
            throw failure
        } catch {
            throw .transport(error)
        }
    }
}
