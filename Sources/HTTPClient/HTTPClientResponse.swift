public import APIRuntime

/// An upstream's answer whose head has been read. It belongs to the shard it was asked for on.
public struct HTTPClientResponse {
    /// The status code, 200–599.
    public let status: Int
    /// The fields as they came, names in lower case, framing and `Connection` included.
    public let headers: HeaderFields
    /// The body. Letting go of it before its end closes the connection to the upstream.
    ///
    /// Its `next()` throws ``HTTPClientError``: `.cut`, `.timedOut(.body)`, `.malformedAnswer`, `.cancelled`, `.closed`.
    public let body: any ByteStream

    /// An answer from its parts.
    public init(status: Int, headers: HeaderFields, body: any ByteStream) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
