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
    /// The values of the operation extensions that `generator.yaml` knows.
    public let extensions: [String: String]

    /// A description from its parts.
    public init(
        id: String, method: HTTPMethod, path: String, tag: String, isSecured: Bool, statuses: [Int],
        extensions: [String: String] = [:]
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.tag = tag
        self.isSecured = isSecured
        self.statuses = statuses
        self.extensions = extensions
    }
}
