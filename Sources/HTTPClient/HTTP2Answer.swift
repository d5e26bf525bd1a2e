public import APIRuntime

/// A whole answer by HTTP/2, with the fields behind its body
/// ([RFC 9110 §6.5](https://www.rfc-editor.org/rfc/rfc9110#section-6.5)).
public struct HTTP2Answer: Sendable {
    /// The status code.
    public let status: Int
    /// The fields as they came, names in lower case.
    public let headers: HeaderFields
    /// The whole body.
    public let body: [UInt8]
    /// The fields behind the body.
    public let trailers: HeaderFields

    /// An answer from its parts.
    public init(status: Int, headers: HeaderFields = [:], body: [UInt8] = [], trailers: HeaderFields = [:]) {
        self.status = status
        self.headers = headers
        self.body = body
        self.trailers = trailers
    }
}
