public import APIRuntime

/// Whom a client trusts, and what it shows of itself, over TLS. The files are in PEM and read for each connection.
public struct HTTPClientTLS: Sendable {
    /// The certificate authorities that the upstream's certificate may come from, and no others; `nil` for the system's.
    public var authoritiesFile: String?
    /// The client's certificate, with what is needed of its chain.
    public var certificateFile: String?
    /// The key of the client's certificate.
    public var keyFile: String?

    /// The system's authorities, and no certificate of our own.
    public init(authoritiesFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
        self.authoritiesFile = authoritiesFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}

/// The client for `https://`: the same HTTP/1.1 and the same pool as ``SocketHTTPClient``, through libcurl's TLS.
///
/// TLS 1.2 or newer; the certificate must be valid and for the origin's host, else `.cannotConnect`. An end without TLS'
/// closing alert counts as a reset: only whom the certificate names can end a body. To an `http://` origin it talks
/// through libcurl without TLS.
///
/// libcurl sees no HTTP: each connection is set up with `CURLOPT_CONNECT_ONLY`
/// ([documentation](https://curl.se/libcurl/c/CURLOPT_CONNECT_ONLY.html)), so that answers over TLS are held to the same
/// strictness as others, and there is nothing that would follow a redirect, decode a body or keep a cookie.
public final class CurlHTTPClient: UploadingHTTPClient {
    private let client: PooledHTTPClient

    /// A client without connections.
    public init(
        origin: HTTPClientOrigin, configuration: HTTPClientConfiguration = .init(), tls: HTTPClientTLS = .init()
    ) {
        client = PooledHTTPClient(
            origin: origin, configuration: configuration, session: CurlSession.Settings(url: origin.url, tls: tls))
    }

    /// Sends a request from the shard this is called on.
    nonisolated(nonsending) public func send(
        _ request: HTTPClientRequest
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await client.send(request)
    }

    /// Sends a request whose body arrives over time, from the shard this is called on: chunked, or with a
    /// `Content-Length` where the stream knows its length. Its next piece is asked for when there is room for it.
    ///
    /// The timeout for the answer's head begins anew whenever something of the body was sent. A request is not sent again
    /// once its body has begun. An answer may come before the body's end; the rest is sent as long as the answer is read.
    ///
    /// - Parameter body: stands for the request's own body, which is not looked at.
    /// - Throws: ``HTTPClientError``, `.requestBodyFailed` where the stream throws or has another length than it said.
    nonisolated(nonsending) public func send(
        _ request: HTTPClientRequest, body: any ByteStream
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await client.send(request, body: body)
    }

    /// What its connections are doing, on all shards together.
    public var connections: HTTPClientConnections { get async { await client.connections } }

    /// Ends the client on all shards.
    public func close() async { await client.close() }
}
