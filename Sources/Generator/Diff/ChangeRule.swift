/// The kinds of changes between two versions of an interface, and what each does to those who use it.
enum ChangeRule: String, Sendable, CaseIterable {
    enum Level: String, Sendable, CaseIterable {
        case fine, warning, breaking
    }

    /// Who sends what has changed: callers or the server.
    enum Direction: Sendable {
        case request, response

        var opposite: Direction { self == .request ? .response : .request }
        var text: String { self == .request ? "in requests" : "in answers" }
    }

    // Operations
    case operationRemoved = "operation-removed"
    case operationAdded = "operation-added"
    case operationIdChanged = "operation-id-changed"
    case operationTagsChanged = "operation-tags-changed"
    case deprecated
    case pathParameterRenamed = "path-parameter-renamed"
    case extensionChanged = "extension-changed"
    case webhookRemoved = "webhook-removed"
    case webhookAdded = "webhook-added"
    case callbackRemoved = "callback-removed"
    case callbackAdded = "callback-added"
    case serverRemoved = "server-removed"
    case serverAdded = "server-added"
    case openAPIVersionChanged = "openapi-version-changed"
    // Security
    case securityTightened = "security-tightened"
    case securityLoosened = "security-loosened"
    case securityRemoved = "security-removed"
    case securitySchemeChanged = "security-scheme-changed"
    // Parameters and headers
    case parameterAdded = "parameter-added"
    case parameterAddedRequired = "parameter-added-required"
    case parameterRemoved = "parameter-removed"
    case parameterBecameRequired = "parameter-became-required"
    case parameterBecameOptional = "parameter-became-optional"
    case parameterStyleChanged = "parameter-style-changed"
    case emptyValueRefused = "empty-value-refused"
    case emptyValueAllowed = "empty-value-allowed"
    case headerAdded = "header-added"
    case headerRemoved = "header-removed"
    case headerBecameRequired = "header-became-required"
    case headerBecameOptional = "header-became-optional"
    // Bodies and responses
    case bodyAdded = "body-added"
    case bodyAddedRequired = "body-added-required"
    case bodyRemoved = "body-removed"
    case bodyBecameRequired = "body-became-required"
    case bodyBecameOptional = "body-became-optional"
    case mediaTypeAdded = "media-type-added"
    case mediaTypeRemoved = "media-type-removed"
    case encodingChanged = "encoding-changed"
    case responseAdded = "response-added"
    case responseRemoved = "response-removed"
    case linkAdded = "link-added"
    case linkRemoved = "link-removed"
    // Schemas
    case typeNarrowed = "type-narrowed"
    case typeWidened = "type-widened"
    case typeChanged = "type-changed"
    case nullRefused = "null-refused"
    case nullAllowed = "null-allowed"
    case formatChanged = "format-changed"
    case enumValueRemoved = "enum-value-removed"
    case enumValueAdded = "enum-value-added"
    case constraintTightened = "constraint-tightened"
    case constraintLoosened = "constraint-loosened"
    case patternChanged = "pattern-changed"
    case propertyAdded = "property-added"
    case propertyAddedRequired = "property-added-required"
    case propertyRemoved = "property-removed"
    case propertyBecameRequired = "property-became-required"
    case propertyBecameOptional = "property-became-optional"
    case readOnlyChanged = "read-only-changed"
    case writeOnlyChanged = "write-only-changed"
    case additionalPropertiesRefused = "additional-properties-refused"
    case additionalPropertiesAllowed = "additional-properties-allowed"
    case alternativeRemoved = "alternative-removed"
    case alternativeAdded = "alternative-added"
    case discriminatorChanged = "discriminator-changed"
    case defaultChanged = "default-changed"
    case compositionChanged = "composition-changed"
    case schemaChanged = "schema-changed"

    /// What the change does where callers send it, and where the server does; where it depends on more, the worse.
    var levels: (request: Level, response: Level) {
        switch self {
        case .operationRemoved, .securityTightened, .securitySchemeChanged, .parameterStyleChanged, .bodyRemoved,
            .mediaTypeRemoved, .typeChanged, .discriminatorChanged:
            (.breaking, .breaking)
        case .operationAdded, .operationTagsChanged, .deprecated, .pathParameterRenamed, .webhookAdded, .callbackAdded,
            .serverAdded, .openAPIVersionChanged, .securityLoosened, .parameterAdded, .emptyValueAllowed,
            .headerAdded, .headerBecameRequired, .bodyAdded, .mediaTypeAdded, .linkAdded, .propertyAdded:
            (.fine, .fine)
        case .operationIdChanged, .extensionChanged, .webhookRemoved, .callbackRemoved, .serverRemoved,
            .securityRemoved, .parameterRemoved, .encodingChanged, .linkRemoved, .patternChanged, .formatChanged,
            .compositionChanged, .schemaChanged:
            (.warning, .warning)
        case .headerRemoved, .headerBecameOptional, .responseRemoved: (.fine, .breaking)
        case .responseAdded: (.fine, .warning)
        case .parameterAddedRequired, .parameterBecameRequired, .emptyValueRefused, .bodyAddedRequired,
            .bodyBecameRequired, .typeNarrowed, .nullRefused, .enumValueRemoved, .constraintTightened,
            .propertyAddedRequired,
            .propertyBecameRequired, .additionalPropertiesRefused, .alternativeRemoved:
            (.breaking, .fine)
        case .parameterBecameOptional, .bodyBecameOptional, .typeWidened, .nullAllowed, .enumValueAdded,
            .constraintLoosened, .propertyBecameOptional,
            .alternativeAdded:
            (.fine, .breaking)
        case .propertyRemoved: (.breaking, .breaking)
        case .readOnlyChanged: (.breaking, .fine)
        case .writeOnlyChanged: (.fine, .breaking)
        case .additionalPropertiesAllowed: (.fine, .warning)
        case .defaultChanged: (.warning, .fine)
        }
    }

    /// What to do instead of a change that breaks callers or may do so.
    var advice: String? {
        switch self {
        case .operationRemoved: "mark it `deprecated` first, and remove it when nobody calls it any more"
        case .parameterAddedRequired, .parameterBecameRequired: "make it optional, with a `default`"
        case .bodyAddedRequired, .bodyBecameRequired: "make the body optional"
        case .propertyAddedRequired, .propertyBecameRequired: "make it optional where callers send it"
        case .propertyBecameOptional: "go on sending it"
        case .propertyRemoved, .headerRemoved, .parameterRemoved: "mark it `deprecated` first"
        case .mediaTypeRemoved: "go on taking and giving it beside the others"
        case .enumValueAdded, .alternativeAdded: "callers have to be told that there may be values they do not know"
        case .enumValueRemoved, .alternativeRemoved, .typeNarrowed, .constraintTightened, .nullRefused:
            "take what was valid before, too, or make a new operation"
        case .securityTightened: "add it as an alternative to what is demanded now"
        case .compositionChanged, .schemaChanged, .patternChanged:
            "whether what was valid still is, a person has to judge"
        case .operationIdChanged: "names in generated code come from it"
        case .extensionChanged: "generator.yaml gives it a meaning"
        default: nil
        }
    }

    /// One sentence for the list of changes.
    var summary: String {
        switch self {
        case .operationRemoved: "an operation is gone; a warning where it was deprecated"
        case .operationAdded: "there is a new operation"
        case .operationIdChanged: "an operation has another id, or none"
        case .operationTagsChanged: "an operation has other tags"
        case .deprecated: "something is deprecated, or no longer"
        case .pathParameterRenamed: "a parameter in a path has another name"
        case .extensionChanged: "an extension of generator.yaml has another value; fine for all others"
        case .webhookRemoved: "a webhook is gone"
        case .webhookAdded: "there is a new webhook"
        case .callbackRemoved: "a callback is gone"
        case .callbackAdded: "there is a new callback"
        case .serverRemoved: "a server is gone"
        case .serverAdded: "there is a new server"
        case .openAPIVersionChanged: "the document is of another version of OpenAPI"
        case .securityTightened: "credentials that were good enough no longer are"
        case .securityLoosened: "other credentials, or fewer scopes, are good enough, too"
        case .securityRemoved: "an operation has become public"
        case .securitySchemeChanged: "a security scheme works in another way"
        case .parameterAdded: "there is a new optional parameter"
        case .parameterAddedRequired: "there is a new required parameter"
        case .parameterRemoved: "a parameter is gone; fine where it was deprecated"
        case .parameterBecameRequired: "an optional parameter is required"
        case .parameterBecameOptional: "a required parameter is optional"
        case .parameterStyleChanged: "a parameter is written in another way"
        case .emptyValueRefused: "`allowEmptyValue` is gone"
        case .emptyValueAllowed: "`allowEmptyValue` is new"
        case .headerAdded: "answers have a new header field"
        case .headerRemoved: "a header field of answers is gone; a warning where it was optional"
        case .headerBecameRequired: "answers always have a header field"
        case .headerBecameOptional: "answers no longer always have a header field"
        case .bodyAdded: "there is a new optional body"
        case .bodyAddedRequired: "there is a new required body"
        case .bodyRemoved: "a body is gone"
        case .bodyBecameRequired: "an optional body is required"
        case .bodyBecameOptional: "a required body is optional"
        case .mediaTypeAdded: "a body may be of another media type"
        case .mediaTypeRemoved: "a body cannot be of a media type any more"
        case .encodingChanged: "the fields of a form are written in another way"
        case .responseAdded: "there is a new status; fine where it is no success"
        case .responseRemoved: "a status is gone; fine where it was no success"
        case .linkAdded: "there is a new link"
        case .linkRemoved: "a link is gone"
        case .typeNarrowed: "a type is no longer possible"
        case .typeWidened: "a further type is possible"
        case .typeChanged: "the type is another one"
        case .nullRefused: "null is no longer possible"
        case .nullAllowed: "null is possible"
        case .formatChanged: "the format is another one; narrower and wider ones as types"
        case .enumValueRemoved: "a value is no longer possible"
        case .enumValueAdded: "a further value is possible"
        case .constraintTightened: "a bound is tighter, or new"
        case .constraintLoosened: "a bound is looser, or gone"
        case .patternChanged: "the pattern is another one"
        case .propertyAdded: "there is a new property"
        case .propertyAddedRequired: "there is a new required property"
        case .propertyRemoved:
            "a property is gone; a warning where it was optional, or where callers may go on sending it"
        case .propertyBecameRequired: "an optional property is required"
        case .propertyBecameOptional: "a required property is optional"
        case .readOnlyChanged:
            "`readOnly` is new (a warning), or gone (breaking where the property is required)"
        case .writeOnlyChanged: "`writeOnly` is new; fine where it is gone"
        case .additionalPropertiesRefused: "properties without a definition are refused"
        case .additionalPropertiesAllowed: "properties without a definition are possible"
        case .alternativeRemoved: "an alternative of `oneOf` or `anyOf` is gone"
        case .alternativeAdded: "there is a new alternative of `oneOf` or `anyOf`"
        case .discriminatorChanged: "a discriminator has another property, or leads elsewhere"
        case .defaultChanged: "the default is another one"
        case .compositionChanged: "`oneOf` or `anyOf` stands on one side only"
        case .schemaChanged: "a keyword has changed of which it cannot be told what that does"
        }
    }
}
