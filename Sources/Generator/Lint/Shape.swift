/// What a value of an OpenAPI document has to be.
indirect enum Shape: Sendable {
    /// Anything, and nothing in it is looked at.
    case any
    case string, boolean, number, integer
    case choice([String])
    case object(Kind)
    case list(Shape)
    /// An object with free names.
    case map(Shape)
    /// Whichever fits the value's kind: a list of the shape, or one of it.
    case oneOrMany(Shape)
    case schemaOrBoolean

    /// The kinds of objects of OpenAPI. https://spec.openapis.org/oas/v3.2.0#objects-and-fields
    enum Kind: String, Sendable, CaseIterable {
        case document, info, contact, license, server, tag, paths, webhooks, operation, parameter, encoding, responses
        case response, callback, example, link, header, components, schema, discriminator, xml
        case pathItem = "path item"
        case serverVariable = "server variable"
        case externalDocs = "external documentation"
        case requestBody = "request body"
        case mediaType = "media type"
        case securityScheme = "security scheme"
        case securityRequirement = "security requirement"
        case flows = "OAuth flows"
        case implicitFlow = "implicit flow"
        case passwordFlow = "password flow"
        case clientCredentialsFlow = "client credentials flow"
        case authorizationCodeFlow = "authorization code flow"
        case deviceAuthorizationFlow = "device authorization flow"

        /// As an error message names it.
        var article: String {
            switch self {
            case .document, .info, .components, .paths, .webhooks, .flows, .responses: "the \(rawValue) object"
            case .operation, .example, .encoding, .externalDocs, .authorizationCodeFlow, .implicitFlow: "an \(rawValue)"
            default: "a \(rawValue)"
            }
        }
    }
}

/// What may and must stand in one kind of object.
struct Fields: Sendable {
    var known: [Name: Shape]
    var required: [Name] = []
    /// At least one of these has to be there.
    var requiredOneOf: [Name] = []
    /// The shape of members by other names; nil for names that must not be there.
    var others: @Sendable (Name) -> Shape? = { _ in nil }
    /// Whether names that begin with `x-` are extensions here.
    var allowsExtensions = true
}
