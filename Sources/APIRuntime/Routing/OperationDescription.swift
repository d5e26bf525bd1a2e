/// What the document says of an operation, for logs, metrics and pages.
public struct OperationDescription: Sendable {
    /// The operationId.
    public let id: String
    /// The method.
    public let method: HTTPMethod
    /// The path with its parameters in braces.
    public let path: String
    /// The first tag.
    public let tag: String
    /// Whether a credential is required.
    public let isSecured: Bool
    /// The statuses that the document declares.
    public let statuses: [Int]
    /// The media type, with its parameters, in which the document says that failures are answered; `nil` where it does
    /// not say, or not one.
    public let failureMediaType: String?
    /// The values of the operation extensions that `generator.yaml` knows.
    public let extensions: [String: String]

    /// A description from its parts.
    public init(
        id: String, method: HTTPMethod, path: String, tag: String, isSecured: Bool, statuses: [Int],
        failureMediaType: String? = nil, extensions: [String: String] = [:]
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.tag = tag
        self.isSecured = isSecured
        self.statuses = statuses
        self.failureMediaType = failureMediaType
        self.extensions = extensions
    }
}
