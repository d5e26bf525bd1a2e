/// What the document says of the parts of one name.
public struct MultipartField: Sendable {
    /// What a part holds.
    public enum Kind: Sendable {
        /// A text, which may stand for a number or a boolean.
        case text
        /// JSON.
        case json
        /// Bytes.
        case file
    }

    /// A header field of a part.
    public struct Header: Sendable {
        let name: String
        let isRequired: Bool
        let schema: Int

        /// A header field; `schema` is the place of its schema in the set.
        public init(_ name: String, required: Bool, schema: Int) {
            self.name = name
            isRequired = required
            self.schema = schema
        }
    }

    let name: String
    let kind: Kind
    let isRepeated: Bool
    let contentTypes: [String]
    let headers: [Header]

    /// A field from its parts; `contentTypes` are what the document's encoding names.
    public init(
        _ name: String, _ kind: Kind, repeated: Bool = false, contentTypes: [String] = [], headers: [Header] = []
    ) {
        self.name = name
        self.kind = kind
        isRepeated = repeated
        self.contentTypes = contentTypes
        self.headers = headers
    }

    /// Whether a part of that media type is what the document has. What names none is text, or whatever it has to be.
    func accepts(_ contentType: String?) -> Bool {
        guard let contentType, let sent = MediaType(parsing: contentType) else {
            return contentType == nil && (kind != .file || contentTypes.isEmpty)
        }
        if !contentTypes.isEmpty { return contentTypes.contains { sent.fit(to: $0) != nil } }
        switch kind {
        case .file: return true
        case .text: return sent.essence.utf8.starts(with: "text/".utf8)
        case .json: return sent.essence == "application/json" || sent.essence.hasSuffix("+json")
        }
    }
}

/// A multipart form as a structure with a property for each of its parts.
public protocol MultipartFormModel: Sendable {
    /// What the document says of the parts.
    static var fields: [MultipartField] { get }
    /// The structure of a form that has been read and held to its schema.
    init(_ values: MultipartValues) throws
    /// Writes the properties, in the order of the document.
    func write(to form: inout MultipartWriter) throws
}
