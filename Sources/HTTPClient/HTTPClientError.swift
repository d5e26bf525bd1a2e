/// How far a request had come.
public enum HTTPClientPhase: String, Sendable {
    /// All connections were in use.
    case waitingForConnection = "waiting_for_connection"
    /// Resolving the name or connecting.
    case connecting
    /// The request was sent, or being sent; the answer's head was not complete.
    case head
    /// Within the answer's body.
    case body
}

/// Why there is no answer, or no whole one.
public enum HTTPClientError: Error, Sendable, Equatable {
    /// The name has no address or no address takes connections; with the last reason.
    case cannotConnect(String)
    /// It took too long.
    case timedOut(HTTPClientPhase)
    /// The upstream closed or reset the connection before the answer's head was complete.
    case connectionClosed
    /// The upstream closed or reset the connection within the answer's body: what was read is not the whole.
    case cut
    /// The answer breaks the protocol or a limit; it is not trusted.
    case malformedAnswer(String)
    /// A part of the request cannot be put on the wire.
    case unwritableRequest(String)
    /// The stream that the request's body comes from broke off, or had another length than it said.
    case requestBodyFailed
    /// The calling task was cancelled, or the body was.
    case cancelled
    /// The client was closed.
    case closed
    /// All connections are in use and too many requests wait for one.
    case poolExhausted
    /// The caller does not run on a shard.
    case notOnShard
}
