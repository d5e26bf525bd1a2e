/// What may stand in one kind of object of OpenAPI. Every keyword is either read, known to be documentation only, known
/// but not supported yet, or unknown; names that begin with `x-` are extensions.
struct ObjectKind: Sendable {
    /// With its article, as an error message names it.
    let name: String
    /// Keywords that the generator reads.
    let read: Set<Name>
    /// Keywords that say nothing which generated code could enforce.
    let documentation: Set<Name>
    /// Keywords of the specification that the generator cannot honour yet.
    let unsupported: Set<Name>
    /// Whether names that begin with `x-` are extensions here; in a map of free names they are names.
    let allowsExtensions: Bool

    init(
        _ name: String, read: Set<Name>, documentation: Set<Name> = [], unsupported: Set<Name> = [],
        allowsExtensions: Bool = true
    ) {
        self.name = name
        self.read = read
        self.documentation = documentation
        self.unsupported = unsupported
        self.allowsExtensions = allowsExtensions
    }
}

extension ObjectKind {
    static let document = ObjectKind(
        "the OpenAPI object",
        read: ["openapi", "info", "servers", "paths", "components", "security", "tags"],
        documentation: ["externalDocs", "jsonSchemaDialect"],
        unsupported: ["webhooks", "$self"])

    static let info = ObjectKind(
        "the info object", read: ["title", "version"],
        documentation: ["summary", "description", "termsOfService", "contact", "license"])

    static let tag = ObjectKind(
        "a tag", read: ["name", "description"], documentation: ["externalDocs", "summary"],
        unsupported: ["parent", "kind"])

    static let server = ObjectKind("a server", read: ["url"], documentation: ["description", "name", "variables"])

    static let components = ObjectKind(
        "the components object",
        read: ["schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes", "pathItems"],
        documentation: ["examples"],
        unsupported: ["links", "callbacks", "mediaTypes"])

    static let pathItem = ObjectKind(
        "a path item",
        read: ["get", "put", "post", "delete", "options", "head", "patch", "trace", "parameters", "$ref"],
        documentation: ["summary", "description", "servers"],
        unsupported: ["query", "additionalOperations"])

    static let operation = ObjectKind(
        "an operation",
        read: [
            "tags", "summary", "description", "operationId", "parameters", "requestBody", "responses", "deprecated",
            "security",
        ],
        documentation: ["externalDocs", "servers"],
        unsupported: ["callbacks"])

    static let parameter = ObjectKind(
        "a parameter",
        read: [
            "name", "in", "required", "schema", "description", "deprecated", "style", "explode", "allowReserved",
            "allowEmptyValue",
        ],
        documentation: ["example", "examples"],
        unsupported: ["content"])

    static let header = ObjectKind(
        "a header",
        read: ["required", "schema", "description", "deprecated", "style", "explode"],
        documentation: ["example", "examples"],
        unsupported: ["content"])

    static let requestBody = ObjectKind("a request body", read: ["content", "required", "description"])

    static let mediaType = ObjectKind(
        "a media type", read: ["schema"], documentation: ["example", "examples"],
        unsupported: ["encoding", "itemSchema", "prefixEncoding", "itemEncoding"])

    static let response = ObjectKind(
        "a response", read: ["description", "headers", "content"], documentation: ["summary"],
        unsupported: ["links"])

    static let securityScheme = ObjectKind(
        "a security scheme", read: ["type", "scheme", "description"], documentation: ["bearerFormat", "deprecated"],
        unsupported: ["name", "in", "flows", "openIdConnectUrl", "oauth2MetadataUrl"])

    static let schema31 = ObjectKind(
        "a schema",
        read: schemaKeywords.union(["const", "$defs", "definitions"]),
        documentation: schemaDocumentation.union(["examples", "$comment"]),
        unsupported: [
            "oneOf", "anyOf", "not", "if", "then", "else", "dependentSchemas", "dependentRequired",
            "prefixItems", "contains", "minContains", "maxContains", "patternProperties", "propertyNames",
            "unevaluatedItems", "unevaluatedProperties", "contentEncoding", "contentMediaType", "contentSchema",
            "discriminator", "readOnly", "writeOnly", "$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor",
            "$vocabulary",
        ])

    static let schema30 = ObjectKind(
        "a schema",
        read: schemaKeywords.union(["nullable"]),
        documentation: schemaDocumentation,
        unsupported: ["oneOf", "anyOf", "not", "discriminator", "readOnly", "writeOnly"])

    /// What may stand beside a `$ref` to a schema.
    static let schemaReference = ObjectKind(
        "a reference to a schema", read: ["$ref", "description"], documentation: referenceDocumentation,
        unsupported: schema31.read.union(schema31.unsupported).union(["nullable"])
            .subtracting(referenceDocumentation).subtracting(["description"]))

    /// What may stand beside any other `$ref`.
    static let reference = ObjectKind(
        "a reference", read: ["$ref"], documentation: ["summary", "description"])

    private static let schemaKeywords: Set<Name> = [
        "type", "format", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
        "properties", "required", "additionalProperties", "items", "allOf", "default", "description", "title",
        "deprecated",
    ]

    private static let referenceDocumentation: Set<Name> = [
        "summary", "title", "example", "examples", "deprecated", "externalDocs", "$comment",
    ]

    private static let schemaDocumentation: Set<Name> = ["example", "externalDocs", "xml"]
}
