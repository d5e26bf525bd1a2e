/// A multipart form as a structure with a property for each of its parts.
struct MultipartPlan: Sendable {
    var name: String
    var documentation: String
    /// The place of its schema in the table.
    var schema: Int
    var properties: [Property]

    struct Property: Sendable {
        var wireName: Name
        var name: String
        var kind: Kind
        /// Nil for files.
        var type: TypeReference?
        /// Whether it may be absent or null; one that is repeated is empty instead.
        var isOptional: Bool
        var isRepeated: Bool
        var contentTypes: [String]
        var headers: [Header]
        var documentation: String
    }

    struct Header: Sendable {
        var name: Name
        var isRequired: Bool
        var schema: Int
    }

    /// As the runtime's `MultipartField.Kind`.
    enum Kind: String, Sendable {
        case text, json, file
    }
}
