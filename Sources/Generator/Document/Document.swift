/// An OpenAPI document whose every value knows where it was written. https://spec.openapis.org/oas/v3.1.0
struct Document: Sendable {
    var root: Node
    var version: Version
    var title: Located<String>
    var apiVersion: Located<String>
    var tags: [Tag] = []
    var operations: [Operation] = []
    /// The schemas of `components` in the order of the document, and after them all others that a `$ref` leads to.
    var schemaOrder: [JSONPointer] = []
    var schemas: [JSONPointer: SchemaUse] = [:]
    var securitySchemes: [SecurityScheme] = []
    /// Every extension that stands on an object that was read.
    var extensionSites: [ExtensionSite] = []

    enum Version: Sendable {
        case v30
        case v31
    }

    struct Tag: Sendable {
        var name: Located<String>
        var description: String?
    }

    /// An extension with the place of its name.
    struct ExtensionSite: Sendable {
        var name: Name
        var location: Location
        /// The kind of the object, by its name.
        var kind: String
    }
}

/// https://spec.openapis.org/oas/v3.1.0#operation-object
struct Operation: Sendable {
    var method: Method
    var path: PathTemplate
    /// Where the method stands.
    var location: Location
    var id: Located<String>?
    var tags: [Located<String>] = []
    var summary: String?
    var description: String?
    var isDeprecated = false
    var parameters: [Parameter] = []
    var requestBody: RequestBody?
    var responses: [Response] = []
    /// The schemes that all have to be satisfied; empty for a public operation.
    var security: [Located<Name>] = []
    var extensions: [Mapping.Entry] = []

    enum Method: String, Sendable, CaseIterable {
        case get, put, post, delete, options, head, patch, trace
    }
}

/// https://spec.openapis.org/oas/v3.1.0#parameter-object
struct Parameter: Sendable {
    var name: Located<Name>
    var place: Place
    var location: Location
    var pointer: JSONPointer
    var isRequired: Bool
    var isDeprecated: Bool
    var isExploded: Bool
    var description: String?
    var schema: SchemaUse
    var extensions: [Mapping.Entry]

    enum Place: String, Sendable {
        case path, query, header, cookie
    }
}

/// https://spec.openapis.org/oas/v3.1.0#request-body-object
struct RequestBody: Sendable {
    var location: Location
    var pointer: JSONPointer
    var isRequired: Bool
    var description: String?
    var content: [MediaType]
}

/// https://spec.openapis.org/oas/v3.1.0#media-type-object
struct MediaType: Sendable {
    /// In lower case, without parameters.
    var name: Located<Name>
    /// As it was written, which is what an answer's `Content-Type` says.
    var text: String
    var pointer: JSONPointer
    var schema: SchemaUse?

    /// `application/json` and every `+json`.
    var isJSON: Bool {
        name.value == "application/json" || name.value.text.utf8.suffix(5).elementsEqual("+json".utf8)
    }
}

/// https://spec.openapis.org/oas/v3.1.0#response-object
struct Response: Sendable {
    var status: Located<Int>
    var location: Location
    var pointer: JSONPointer
    var description: String?
    var headers: [Header] = []
    var content: [MediaType] = []
}

/// https://spec.openapis.org/oas/v3.1.0#header-object
struct Header: Sendable {
    var name: Located<Name>
    var pointer: JSONPointer
    var isRequired: Bool
    var description: String?
    var schema: SchemaUse
}

/// https://spec.openapis.org/oas/v3.1.0#security-scheme-object
struct SecurityScheme: Sendable {
    var name: Located<Name>
    var kind: Kind
    var description: String?

    enum Kind: Sendable {
        case bearer
    }
}
