/// An OpenAPI document whose every value knows where it was written. https://spec.openapis.org/oas/v3.1.0
struct Document: Sendable {
    var root: Node
    var version: Version
    var title: Located<String>
    var apiVersion: Located<String>
    var servers: [Server] = []
    var tags: [Tag] = []
    var operations: [Operation] = []
    /// The schemas of `components` in the order of the document, and after them all others that a `$ref` leads to.
    var schemaOrder: [JSONPointer] = []
    var schemas: [JSONPointer: SchemaUse] = [:]
    var securitySchemes: [SecurityScheme] = []
    /// Every extension that stands on an object that was read.
    var extensionSites: [ExtensionSite] = []

    /// What callbacks and webhooks send and get: nothing is served for them, but their bodies get types.
    var outgoing: [Outgoing] = []
    /// The nodes that references lead to.
    var nodes: [JSONPointer: Node] = [:]

    enum Version: Sendable {
        case v30
        case v31
        case v32
    }

    struct Outgoing: Sendable {
        /// The webhook's name, or the operation's and the callback's.
        var name: String
        var operation: Operation
    }

    /// https://spec.openapis.org/oas/v3.1.0#server-object
    struct Server: Sendable {
        var url: Located<String>
        var name: String?
        var description: String?
        var variables: [Variable] = []

        struct Variable: Sendable {
            var name: Name
            var defaultValue: String
            /// All values that it can have, if they are listed.
            var values: [Located<String>]
            var description: String?
        }
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
    /// The method as it is sent, where it is none of ``Method``.
    var customMethod: Name?
    var summary: String?
    var description: String?
    var isDeprecated = false
    var parameters: [Parameter] = []
    var requestBody: RequestBody?
    var responses: [Response] = []
    /// Alternatives, of each of which all schemes have to be satisfied; none for a public operation.
    var security: [SecurityRequirement] = []
    /// The servers of the operation or its path alone; none where it has those of the document.
    var servers: [Document.Server] = []
    var extensions: [Mapping.Entry] = []

    enum Method: String, Sendable, CaseIterable {
        case get, put, post, delete, options, head, patch, trace, query
    }

    /// `GET /pets`
    var title: String { "\(customMethod?.text ?? method.rawValue.uppercased()) \(path.text)" }
}

/// Schemes that all have to be satisfied; without any, an anonymous caller will do.
/// https://spec.openapis.org/oas/v3.1.0#security-requirement-object
struct SecurityRequirement: Sendable {
    var location: Location
    var schemes: [Scheme]

    struct Scheme: Sendable {
        var name: Located<Name>
        var scopes: [Located<String>]
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
    var style: Style
    var isExploded: Bool
    var allowsEmpty: Bool
    /// The media type of its text, where it has one instead of a style.
    var content: Located<Name>?
    var description: String?
    var schema: SchemaUse
    var extensions: [Mapping.Entry]
    var example: Node?

    /// https://spec.openapis.org/oas/v3.1.0#style-values
    enum Style: String, Sendable, CaseIterable {
        case form, simple, label, matrix, spaceDelimited, pipeDelimited, deepObject
    }

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
    /// The schema of each of many values that follow each other.
    var itemSchema: SchemaUse?
    var encodings: [Encoding] = []
    var example: Node?

    /// How a field of a form is written. https://spec.openapis.org/oas/v3.1.0#encoding-object
    struct Encoding: Sendable {
        var name: Name
        var contentType: String?
        var style: Parameter.Style?
        var isExploded: Bool?
        /// Of a part of a multipart body.
        var headers: [Header] = []
    }

    /// How its items follow each other, if it is made of items.
    /// https://spec.openapis.org/oas/v3.2.0#sequential-media-types
    var itemFormat: ItemFormat? {
        switch name.value {
        case "application/jsonl", "application/x-ndjson", "application/ndjson": .lines
        case "application/json-seq": .sequence
        case "text/event-stream": .events
        default: name.value.text.utf8.suffix(9).elementsEqual("+json-seq".utf8) ? .sequence : nil
        }
    }

    /// As the runtime's type of that name.
    enum ItemFormat: String, Sendable {
        case lines, sequence, events
    }

    var isJSON: Bool { Self.isJSON(name.value) }

    /// `application/json` and every `+json`.
    static func isJSON(_ name: Name) -> Bool {
        name == "application/json" || name.text.utf8.suffix(5).elementsEqual("+json".utf8)
    }
}

/// https://spec.openapis.org/oas/v3.1.0#response-object
struct Response: Sendable {
    var status: Located<Status>
    var location: Location
    var pointer: JSONPointer
    var description: String?
    var headers: [Header] = []
    var content: [MediaType] = []
}

/// For which statuses a response stands.
enum Status: Sendable, Hashable, Comparable {
    case exactly(Int)
    /// `4XX` is 4.
    case range(Int)
    case `default`

    /// Numbers first, then ranges, then everything else.
    static func < (left: Status, right: Status) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .exactly(let status): status
        case .range(let hundreds): 1000 + hundreds
        case .default: 2000
        }
    }

    /// As the document writes it.
    var text: String {
        switch self {
        case .exactly(let status): "\(status)"
        case .range(let hundreds): "\(hundreds)XX"
        case .default: "default"
        }
    }

    /// Whether all of its statuses are of that hundred.
    func isIn(_ hundreds: Int) -> Bool {
        switch self {
        case .exactly(let status): status / 100 == hundreds
        case .range(let range): range == hundreds
        case .default: false
        }
    }

    var isError: Bool { isIn(4) || isIn(5) }
}

/// https://spec.openapis.org/oas/v3.1.0#header-object
struct Header: Sendable {
    var name: Located<Name>
    var pointer: JSONPointer
    var isRequired: Bool
    var description: String?
    var schema: SchemaUse
    /// Whether its value is JSON, or of another media type that is no plain text.
    var isJSON = false
    var example: Node?
}

/// https://spec.openapis.org/oas/v3.1.0#security-scheme-object
struct SecurityScheme: Sendable {
    var name: Located<Name>
    var kind: Kind
    var description: String?
    /// Whether its requirements name scopes that a token has to be good for.
    var hasScopes = false

    enum Kind: Sendable {
        /// A token behind `Bearer`; with scopes for OAuth 2 and OpenID Connect.
        case bearer
        case basic
        case apiKey(name: Name, place: Parameter.Place)
    }
}
