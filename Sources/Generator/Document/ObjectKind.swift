/// What may stand in one kind of object of OpenAPI. Every keyword is either read, known to be documentation only, known
/// but not supported yet, or unknown; names that begin with `x-` are extensions.
struct ObjectKind: Sendable {
    /// With its article, as an error message names it.
    let name: String
    /// Keywords that the generator reads.
    let read: Set<Name>
    /// Keywords that say nothing which generated code could enforce.
    let documentation: Set<Name>
    /// Keywords that mean nothing here but are often met, with what to write instead.
    let meaningless: [Name: Meaningless]
    /// Whether keywords that are none are ignored, as the specification has it for siblings of a `$ref`.
    let ignoresOthers: Bool
    /// Keywords of the specification that the generator cannot honour yet.
    let unsupported: Set<Name>
    /// Whether names that begin with `x-` are extensions here; in a map of free names they are names.
    let allowsExtensions: Bool

    init(
        _ name: String, read: Set<Name>, documentation: Set<Name> = [], unsupported: Set<Name> = [],
        allowsExtensions: Bool = true, meaningless: [Name: Meaningless] = [:], ignoresOthers: Bool = false
    ) {
        self.meaningless = meaningless
        self.ignoresOthers = ignoresOthers
        self.name = name
        self.read = read
        self.documentation = documentation
        self.unsupported = unsupported
        self.allowsExtensions = allowsExtensions
    }
}

extension ObjectKind {
    /// What is said of a keyword that means nothing.
    struct Meaningless: Sendable {
        let message: String
        let advice: String

        init(_ message: String, _ advice: String) {
            self.message = message
            self.advice = advice
        }
    }

    /// The keyword that one in `snake_case` is meant to be: `max_items` is `maxItems`. To take it for what it says is to
    /// enforce it; it is reported all the same.
    static func camelCase(_ key: Name) -> Name? {
        guard key.text.utf8.dropFirst().dropLast().contains(UInt8(ascii: "_")) else { return nil }
        let words = key.text.utf8.split(separator: UInt8(ascii: "_")).map { String(Substring($0)) }
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return words.first.map { Name($0 + rest.joined()) }
    }

    static let document = ObjectKind(
        "the OpenAPI object",
        read: ["openapi", "info", "servers", "paths", "components", "security", "tags", "webhooks"],
        documentation: ["externalDocs", "jsonSchemaDialect", "$self"])

    static let info = ObjectKind(
        "the info object", read: ["title", "version"],
        documentation: ["summary", "description", "termsOfService", "contact", "license"])

    static let tag = ObjectKind(
        "a tag", read: ["name", "description"], documentation: ["externalDocs", "summary", "parent", "kind"])

    static let server = ObjectKind("a server", read: ["url", "description", "name", "variables"])

    static let serverVariable = ObjectKind("a server variable", read: ["enum", "default", "description"])

    static let components = ObjectKind(
        "the components object",
        read: [
            "schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes", "pathItems",
            "callbacks",
            "links", "mediaTypes",
        ],
        documentation: ["examples"])

    static let pathItem = ObjectKind(
        "a path item",
        read: [
            "get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "parameters", "$ref",
            "additionalOperations", "servers",
        ],
        documentation: ["summary", "description"])

    static let operation = ObjectKind(
        "an operation",
        read: [
            "tags", "summary", "description", "operationId", "parameters", "requestBody", "responses", "deprecated",
            "security", "callbacks", "servers",
        ],
        documentation: ["externalDocs"])

    static let parameter = ObjectKind(
        "a parameter",
        read: [
            "name", "in", "required", "schema", "description", "deprecated", "style", "explode", "allowReserved",
            "allowEmptyValue", "content",
        ],
        documentation: ["example", "examples"])

    static let header = ObjectKind(
        "a header",
        read: ["required", "schema", "description", "deprecated", "style", "explode", "content"],
        documentation: ["example", "examples"])

    static let requestBody = ObjectKind("a request body", read: ["content", "required", "description"])

    static let mediaType = ObjectKind(
        "a media type", read: ["schema", "itemSchema", "encoding"], documentation: ["example", "examples"],
        unsupported: ["prefixEncoding", "itemEncoding"])

    static let encoding = ObjectKind(
        "an encoding", read: ["contentType", "style", "explode", "allowReserved", "headers"],
        unsupported: ["encoding", "prefixEncoding", "itemEncoding"])

    /// What there is instead of keywords that are not supported.
    static let adviceWithout: [Name: String] = [
        "prefixEncoding": "leave it out: parts that have a position instead of a name are read and written one by one",
        "itemEncoding": "leave it out: parts that have a position instead of a name are read and written one by one",
    ]

    static let link = ObjectKind(
        "a link", read: ["operationRef", "operationId"],
        documentation: ["parameters", "requestBody", "description", "server"])

    static let discriminator = ObjectKind(
        "a discriminator", read: ["propertyName", "mapping", "defaultMapping"])

    static let response = ObjectKind(
        "a response", read: ["description", "headers", "content", "links"], documentation: ["summary"])

    static let securityScheme = ObjectKind(
        "a security scheme", read: ["type", "scheme", "description", "name", "in", "flows", "openIdConnectUrl"],
        documentation: ["bearerFormat", "deprecated", "oauth2MetadataUrl"])

    static let flows = ObjectKind(
        "the OAuth flows",
        read: ["implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"])

    static let flow = ObjectKind(
        "an OAuth flow", read: ["scopes"],
        documentation: ["authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl"])

    static let schema31 = ObjectKind(
        "a schema",
        read: schemaKeywords.union([
            "const", "$defs", "definitions", "if", "then", "else", "dependentSchemas", "dependentRequired",
            "prefixItems",
            "contains", "minContains", "maxContains", "patternProperties", "propertyNames", "unevaluatedItems",
            "unevaluatedProperties",
        ]),
        documentation: schemaDocumentation.union([
            "examples", "$comment", "$schema", "contentEncoding", "contentMediaType", "contentSchema",
        ]),
        unsupported: ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary"],
        meaningless: [
            "nullable": .init("has no meaning since OpenAPI 3.1", "write `type: [X, \"null\"]`"),
            "$recursiveAnchor": .init(
                "has no meaning since OpenAPI 3.1",
                "write a `$ref` with the schema's address instead of `$recursiveRef`"),
            "optional": optional,
        ])

    static let schema31WithReference = ObjectKind(
        "a schema", read: schema31.read.union(["$ref"]), documentation: schema31.documentation.union(["summary"]),
        unsupported: schema31.unsupported, meaningless: schema31.meaningless)

    static let schema30WithReference = ObjectKind(
        "a schema", read: schema30.read.union(["$ref"]), documentation: schema30.documentation.union(["summary"]),
        meaningless: schema30.meaningless)

    static let schema30 = ObjectKind(
        "a schema",
        read: schemaKeywords.union(["nullable"]),
        documentation: schemaDocumentation, meaningless: ["optional": optional])

    private static let optional = Meaningless(
        "has no meaning", "members are optional unless the object's `required` names them")

    /// What may stand beside a `$ref` to a schema.
    static let schemaReference = ObjectKind(
        "a reference to a schema", read: ["$ref", "description"], documentation: referenceDocumentation)

    /// What may stand beside any other `$ref`.
    static let reference = ObjectKind(
        "a reference", read: ["$ref"], documentation: ["summary", "description"], ignoresOthers: true)

    /// A `$ref` of a path item: what stands beside it is undefined.
    static let pathItemReference = ObjectKind(
        "a reference to a path item", read: ["$ref"], documentation: ["summary", "description"])

    private static let schemaKeywords: Set<Name> = [
        "type", "format", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
        "properties", "required", "additionalProperties", "items", "allOf", "default", "description", "title",
        "deprecated", "oneOf", "anyOf", "not", "discriminator", "readOnly", "writeOnly",
    ]

    static let referenceDocumentation: Set<Name> = [
        "summary", "title", "example", "examples", "deprecated", "externalDocs", "$comment",
    ]

    private static let schemaDocumentation: Set<Name> = ["example", "externalDocs", "xml"]
}
