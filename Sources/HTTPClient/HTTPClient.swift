public import APIRuntime

/// Sends requests to one origin.
///
/// Redirects are never followed. A transport behind this interface passes the conformance suite of `HTTPClientTests`.
public protocol HTTPClient: Sendable {
    /// Sends a request and waits for the answer's head.
    ///
    /// Cancelling the calling task, here or while it reads the body, ends the call to the upstream at once.
    ///
    /// - Throws: ``HTTPClientError``. An answer that came is an answer, whatever its status.
    nonisolated(nonsending) func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse

    /// What its connections are doing.
    var connections: HTTPClientConnections { get async }

    /// Ends the client: running requests fail with `.closed`, connections are closed. Returns when that is done.
    func close() async
}

/// A client that can also send bodies as they arrive.
public protocol UploadingHTTPClient: HTTPClient {
    /// Sends a request whose body arrives over time and waits for the answer's head. It is sent once.
    ///
    /// - Throws: ``HTTPClientError``, `.requestBodyFailed` where the stream throws or has another length than it said.
    nonisolated(nonsending) func send(
        _ request: HTTPClientRequest, body: any ByteStream
    ) async throws(HTTPClientError) -> HTTPClientResponse
}
