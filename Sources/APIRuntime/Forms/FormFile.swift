/// A file of a multipart form, or any other part whose bytes are what matters.
public struct FormFile: Sendable {
    /// The file's name as the client gave it. Never to be used as a path.
    public var fileName: String?
    /// The media type; `nil` where the client does not say, and for a client to send what the document has.
    public var contentType: String?
    /// The part's other header fields.
    public var headers: HeaderFields
    /// The content.
    public var bytes: [UInt8]

    /// A file from its parts.
    public init(fileName: String? = nil, contentType: String? = nil, headers: HeaderFields = [:], bytes: [UInt8]) {
        self.fileName = fileName
        self.contentType = contentType
        self.headers = headers
        self.bytes = bytes
    }
}
