public import APIRuntime
import EventLoop
import Synchronization

/// Why a request of a generated client was not sent.
public enum HTTPTransportError: Error, Sendable, Equatable {
    /// The server's URL, as it was written, does not say where the server is: the client has to be given one that does.
    case noOrigin(String)
    /// The request's body has more bytes than the transport holds.
    case bodyTooLarge(limit: Int)
    /// The system gives no thread or no descriptors.
    case noResources(String)
}

/// Carries the requests of generated clients over HTTP/1.1, with a pool of connections to each server that they name.
///
/// On a shard, requests are sent from there. Elsewhere they go through a shard of the transport's own, so that a client
/// can be used from any task. Bodies of requests are collected before they are sent; those of answers are streamed.
public final class HTTPTransport: ClientTransport {
    private struct State {
        var clients: [HTTPClientOrigin: any HTTPClient] = [:]
        var shards: ShardGroup?
        var isClosed = false
    }

    private let configuration: HTTPClientConfiguration
    private let tls: HTTPClientTLS
    private let timeout: Duration
    private let idleTimeout: Duration
    private let maximumBodyBytes: Int
    private let state = Mutex(State())

    /// A transport without connections.
    ///
    /// - Parameters:
    ///   - timeout: within this time an answer's head must be there.
    ///   - idleTimeout: how long a server may be silent within an answer's body.
    ///   - maximumBodyBytes: how large a request's body may be.
    public init(
        configuration: HTTPClientConfiguration = .init(), tls: HTTPClientTLS = .init(),
        timeout: Duration = .seconds(30), idleTimeout: Duration = .seconds(30), maximumBodyBytes: Int = 64 << 20
    ) {
        self.configuration = configuration
        self.tls = tls
        self.timeout = timeout
        self.idleTimeout = idleTimeout
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// Sends a request to the server that it names.
    ///
    /// - Throws: ``HTTPTransportError`` or ``HTTPClientError``.
    public nonisolated(nonsending) func send(_ request: ClientRequest) async throws -> ClientResponse {
        let client = try client(of: request.server)
        let sent = HTTPClientRequest(
            method: request.method, target: request.target.utf8.first == UInt8(ascii: "/") ? request.target : "/",
            headers: request.headers, body: try await bytes(of: request.body), timeout: timeout,
            idleTimeout: idleTimeout)
        guard ShardLoop.current == nil else {
            let response = try await client.send(sent)
            return ClientResponse(status: response.status, headers: response.headers, body: response.body)
        }
        let shard = try ownShard()
        let handover = try await shard.run { HandedBody.Head(try await client.send(sent)) }
        return ClientResponse(
            status: handover.status, headers: handover.headers, body: HandedBody(handover, on: shard))
    }

    /// Ends running requests and closes all connections.
    public func close() async {
        let (clients, shards) = state.withLock { state in
            state.isClosed = true
            return (Array(state.clients.values), state.shards)
        }
        for client in clients { await client.close() }
        shards?.stop()
    }

    private func client(of server: ServerURL) throws -> any HTTPClient {
        guard let origin = server.origin, let scheme = HTTPClientOrigin.Scheme(rawValue: origin.scheme) else {
            throw HTTPTransportError.noOrigin(server.text)
        }
        let wanted = HTTPClientOrigin(
            scheme: scheme, host: origin.host, port: origin.port ?? scheme.defaultPort)
        return try state.withLock { state throws(HTTPClientError) in
            guard !state.isClosed else { throw .closed }
            if let known = state.clients[wanted] { return known }
            let client: any HTTPClient =
                switch scheme {
                case .http: SocketHTTPClient(origin: wanted, configuration: configuration)
                case .https: CurlHTTPClient(origin: wanted, configuration: configuration, tls: tls)
                }
            state.clients[wanted] = client
            return client
        }
    }

    private nonisolated(nonsending) func bytes(of body: ResponseBody) async throws -> [UInt8] {
        switch body {
        case .none: return []
        case .bytes(let bytes): return bytes
        case .stream(let stream):
            do {
                return try await RequestBody.stream(stream).collect(limit: maximumBodyBytes)
            } catch RequestBodyError.tooLarge(let limit) {
                throw HTTPTransportError.bodyTooLarge(limit: limit)
            }
        }
    }

    private func ownShard() throws(HTTPTransportError) -> Shard {
        try state.withLock { state throws(HTTPTransportError) in
            do throws(SystemError) {
                let shards: ShardGroup
                if let known = state.shards {
                    shards = known
                } else {
                    shards = try ShardGroup(count: 1)
                    try shards.start()
                    state.shards = shards
                }
                return shards.shards[0]
            } catch {
                throw .noResources(error.description)
            }
        }
    }
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
    private let shard: Shard

    init(_ head: Head, on shard: Shard) {
        self.head = head
        length = head.length
        self.shard = shard
    }

    deinit {
        let head = head
        shard.start { head.holder.release() }
    }

    nonisolated(nonsending) func next() async throws -> [UInt8]? {
        let head = head
        return try await shard.run { try await head.holder.takeUnretainedValue().body.next() }
    }

    func cancel() {
        let head = head
        // Whoever let go of this stream meanwhile must not take the body away.
        _ = head.holder.retain()
        shard.start { head.holder.takeRetainedValue().body.cancel() }
    }
}
