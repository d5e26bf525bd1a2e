public import APIRuntime
import EventLoop

/// Why a request of a generated client was not sent.
public enum HTTPTransportError: Error, Sendable, Equatable {
    /// The server's URL, as it was written, does not say where the server is: the client has to be given one that does.
    case noOrigin(String)
    /// The system gives no thread or no descriptors.
    case noResources(String)
}

/// Carries the requests of generated clients over HTTP/1.1, with a pool of connections to each server that they name.
///
/// On a shard, requests are sent from there. Elsewhere they go through a shard of the transport's own, so that a client
/// can be used from any task. Bodies are streamed in both directions: that of a request is asked for its next piece, on the
/// shard, when there is room for it, and nobody else may read it meanwhile. A request whose body has begun is sent once; if
/// the server answers before the body's end, that is the answer, and what is left of the body is of no interest once the
/// answer has been read or let go of.
public final class HTTPTransport: ClientTransport {
    private struct State {
        var clients: [HTTPClientOrigin: any UploadingHTTPClient] = [:]
        var own: OwnShard?
        var isClosed = false
    }

    private let configuration: HTTPClientConfiguration
    private let tls: HTTPClientTLS
    private let timeout: Duration
    private let idleTimeout: Duration
    private let state = Lock(State())

    /// A transport without connections.
    ///
    /// - Parameters:
    ///   - timeout: within this time an answer's head must be there; it begins anew whenever something of a body that
    ///     is streamed was sent.
    ///   - idleTimeout: how long a server may be silent within an answer's body.
    public init(
        configuration: HTTPClientConfiguration = .init(), tls: HTTPClientTLS = .init(),
        timeout: Duration = .seconds(30), idleTimeout: Duration = .seconds(30)
    ) {
        self.configuration = configuration
        self.tls = tls
        self.timeout = timeout
        self.idleTimeout = idleTimeout
    }

    /// Sends a request to the server that it names.
    ///
    /// - Throws: ``HTTPTransportError``, ``HTTPClientError``, or what the stream of the request's body throws.
    public nonisolated(nonsending) func send(_ request: ClientRequest) async throws -> ClientResponse {
        let client = try client(of: request.server)
        let sent = HTTPClientRequest(
            method: request.method, target: request.target.utf8.first == UInt8(ascii: "/") ? request.target : "/",
            headers: request.headers, body: Self.bytes(of: request.body), timeout: timeout,
            idleTimeout: idleTimeout)
        // From here on it is read on the shard alone.
        nonisolated(unsafe) let upload = SentBody(request.body)
        guard ShardLoop.current == nil else {
            let response = try await Self.send(sent, upload, by: client)
            return ClientResponse(status: response.status, headers: response.headers, body: response.body)
        }
        let own = try ownShard()
        let handover = try await own.shard.run { HandedBody.Head(try await Self.send(sent, upload, by: client)) }
        return ClientResponse(
            status: handover.status, headers: handover.headers, body: HandedBody(handover, on: own))
    }

    /// Ends running requests and closes all connections.
    public func close() async {
        let (clients, own) = state.withLock { state in
            state.isClosed = true
            return (Array(state.clients.values), state.own.take())
        }
        for client in clients { await client.close() }
        withExtendedLifetime(own) {}
    }

    private func client(of server: ServerURL) throws -> any UploadingHTTPClient {
        guard let origin = server.origin, let scheme = HTTPClientOrigin.Scheme(rawValue: origin.scheme) else {
            throw HTTPTransportError.noOrigin(server.text)
        }
        let wanted = HTTPClientOrigin(
            scheme: scheme, host: origin.host, port: origin.port ?? scheme.defaultPort)
        return try state.withLock { state throws(HTTPClientError) in
            guard !state.isClosed else { throw .closed }
            if let known = state.clients[wanted] { return known }
            let client: any UploadingHTTPClient =
                switch scheme {
                case .http: SocketHTTPClient(origin: wanted, configuration: configuration)
                case .https: CurlHTTPClient(origin: wanted, configuration: configuration, tls: tls)
                }
            state.clients[wanted] = client
            return client
        }
    }

    private static func bytes(of body: ResponseBody) -> [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    private nonisolated(nonsending) static func send(
        _ request: HTTPClientRequest, _ body: SentBody?, by client: any UploadingHTTPClient
    ) async throws -> HTTPClientResponse {
        guard let body else { return try await client.send(request) }
        do throws(HTTPClientError) {
            return try await client.send(request, body: body)
        } catch {
            throw error == .requestBodyFailed ? body.failure ?? error : error
        }
    }

    private func ownShard() throws(HTTPTransportError) -> OwnShard {
        try state.withLock { state throws(HTTPTransportError) in
            if let known = state.own { return known }
            do throws(SystemError) {
                let own = try OwnShard()
                state.own = own
                return own
            } catch {
                throw .noResources(error.description)
            }
        }
    }
}

/// A shard for callers that are on none. It ends with the last of those who hold it: the transport until it is closed, and
/// bodies that are still to be read or to be let go of, which only the shard can do.
private final class OwnShard: Sendable {
    let shard: Shard
    private let group: ShardGroup

    init() throws(SystemError) {
        group = try ShardGroup(count: 1)
        shard = group.shards[0]
        try group.start()
    }

    deinit { group.stop() }
}

/// A request's body on its way out, which knows why it broke off.
private final class SentBody: ByteStream {
    let length: Int?
    private(set) var failure: (any Error)?
    private let stream: any ByteStream

    /// Nil for a body that is no stream.
    init?(_ body: ResponseBody) {
        guard case .stream(let stream) = body else { return nil }
        self.stream = stream
        length = stream.length
    }

    nonisolated(nonsending) func next() async throws -> [UInt8]? {
        do {
            return try await stream.next()
        } catch {
            failure = error
            throw error
        }
    }

    func cancel() { stream.cancel() }
}

/// A body that is read on one shard by somebody elsewhere.
private final class HandedBody: ByteStream {
    final class Holder {
        let body: any ByteStream
        init(_ body: any ByteStream) { self.body = body }
    }

    /// An answer on its way from its shard.
    struct Head: Sendable {
        let status: Int
        let headers: HeaderFields
        let length: Int?
        // Only looked into, and let go of, on the shard.
        fileprivate nonisolated(unsafe) let holder: Unmanaged<Holder>

        init(_ response: HTTPClientResponse) {
            status = response.status
            headers = response.headers
            length = response.body.length
            holder = Unmanaged.passRetained(Holder(response.body))
        }
    }

    let length: Int?
    private let head: Head
    private let own: OwnShard

    init(_ head: Head, on own: OwnShard) {
        self.head = head
        length = head.length
        self.own = own
    }

    deinit {
        let (head, own) = (head, own)
        own.shard.start {
            head.holder.release()
            withExtendedLifetime(own) {}
        }
    }

    nonisolated(nonsending) func next() async throws -> [UInt8]? {
        let head = head
        return try await own.shard.run { try await head.holder.takeUnretainedValue().body.next() }
    }

    func cancel() {
        let head = head
        // Whoever let go of this stream meanwhile must not take the body away.
        _ = head.holder.retain()
        let own = own
        own.shard.start {
            head.holder.takeRetainedValue().body.cancel()
            withExtendedLifetime(own) {}
        }
    }
}
