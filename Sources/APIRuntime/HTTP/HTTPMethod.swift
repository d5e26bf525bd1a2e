/// A request method ([RFC 9110 §9](https://www.rfc-editor.org/rfc/rfc9110#section-9)); case-sensitive, as the RFC has it.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The method as it stands on the wire.
    public let rawValue: String

    /// Any token is a method; whether it is supported is the router's business.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// GET
    public static let get = HTTPMethod(rawValue: "GET")
    /// HEAD
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// POST
    public static let post = HTTPMethod(rawValue: "POST")
    /// PUT
    public static let put = HTTPMethod(rawValue: "PUT")
    /// DELETE
    public static let delete = HTTPMethod(rawValue: "DELETE")
    /// OPTIONS
    public static let options = HTTPMethod(rawValue: "OPTIONS")
    /// PATCH
    public static let patch = HTTPMethod(rawValue: "PATCH")
    /// QUERY ([draft-ietf-httpbis-safe-method-w-body](https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/))
    public static let query = HTTPMethod(rawValue: "QUERY")
    /// TRACE
    public static let trace = HTTPMethod(rawValue: "TRACE")

    /// The method as it stands on the wire.
    public var description: String { rawValue }
}
