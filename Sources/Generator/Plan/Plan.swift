/// What is to be generated, between the document and the text: every name is Swift's, every type is settled.
struct Plan: Sendable {
    var title: String
    var apiVersion: String
    var imports: [String] = []
    /// What is generated beside the types of the schemas.
    var modes: Set<Configuration.Mode> = [.server]
    /// The servers of the document, for clients.
    var servers: [ServerPlan] = []
    /// The type of the caller's credential, if any operation is secured.
    var credential: String?
    var models: [Model] = []
    /// Responses of `components`, in the order of the document.
    var sharedResponses: [ResponsePlan] = []
    var operations: [OperationPlan] = []
    var groups: [Group] = []
    var schemes: [SchemePlan] = []
    /// Whether an operation needs scopes, which the authenticator then has to tell.
    var hasScopes = false
    /// The schemas that values are held to where they are read.
    var schemaTable: [UInt8] = []
    /// The schemas that answers are held to in debug builds.
    var outputTable: [UInt8] = []
    /// The routers that have operations: `Router` first, then those of the configuration.
    var routers: [RouterPlan] = []
    /// Whether the document is another than the one that was written, by overlays, filters or what other files hold.
    var isDocumentChanged = false

    /// A router with its own operations.
    struct RouterPlan: Sendable {
        /// `Router`
        var typeName: String
        /// `OperationID`
        var operationsName: String
        /// Positions in ``Plan/operations``.
        var operations: [Int] = []
    }

    /// The operations of one tag.
    struct Group: Sendable {
        var tag: Name
        /// `MetricsAPI`
        var protocolName: String
        /// `metrics`
        var label: String
        var documentation: String
        /// Positions in ``Plan/operations``.
        var operations: [Int] = []
    }

    struct ServerPlan: Sendable {
        /// `server1`
        var name: String
        var url: String
        var documentation: String
        var variables: [Variable]

        struct Variable: Sendable {
            var wireName: Name
            var name: String
            var documentation: String
            var defaultValue: String
            /// `Server1Region` and its cases, where the values are listed.
            var enumeration: (typeName: String, cases: [Model.Case])?
        }
    }

    struct SchemePlan: Sendable {
        var name: Name
        var method: String
        var kind: SecurityScheme.Kind
        var documentation: String
    }
}

/// A type that holds data of the document.
struct Model: Sendable {
    var name: String
    var documentation: String
    var location: Location
    var shape: Shape
    /// What kind of enumeration it is, if it is one.
    var enumeration = EnumerationKind.strings

    enum EnumerationKind: Sendable {
        case strings
        /// Strings to which others may be added.
        case openStrings
        case integers(TypeReference.IntegerType)
        /// Of several types.
        case mixed

        var isMixed: Bool { if case .mixed = self { true } else { false } }
    }

    enum Shape: Sendable {
        case structure([Property], nested: [Model])
        case enumeration([Case])
        /// Alternatives; `schema` is their place in the table of schemas.
        case union([UnionCase], schema: Int, nested: [Model])
        case alias(TypeReference)
    }

    struct Property: Sendable {
        var wireName: Name
        var name: String
        var type: TypeReference
        var isRequired: Bool
        var isNullable: Bool
        /// Whether it is all members that have no property of their own.
        var isAdditional = false
        /// Whether it is stored apart, because a value would contain itself.
        var isBoxed = false
        /// Whether whoever uses it is to be warned.
        var isDeprecated = false
        /// The only value that it can have.
        var constantCase: String?
        var documentation: String
        var location: Location

        var isOptional: Bool { !isRequired || isNullable }
        /// Whether absent, null and a value are three things.
        var isPresence: Bool { !isRequired && isNullable && !isBoxed }
        /// Whether another property stores it.
        var isStoredApart: Bool { isBoxed || isDeprecated }
    }

    struct UnionCase: Sendable {
        var name: String
        var type: TypeReference
        /// Its position among all alternatives of the schema.
        var position: Int
        var isBoxed = false
        var documentation: String
    }

    struct Case: Sendable {
        var wireName: Name
        var name: String
        /// As Swift writes it, where the values are of several types.
        var value: String?
    }
}

/// An operation with its names, inputs and outputs.
struct OperationPlan: Sendable {
    var id: Name
    /// `queryMetrics`
    var name: String
    /// `QueryMetrics`
    var typeName: String
    var method: Operation.Method
    var path: Name
    /// The path as the router is told it, and whether a query belongs to it.
    var route: String
    var hasQuery: Bool
    var tag: Name
    var documentation: String
    /// The first line of the documentation.
    var title: String
    var isDeprecated = false
    /// Alternatives, of each of which all schemes have to be satisfied; none for a public operation.
    var security: [[SchemeUse]] = []
    var extensions: [(name: Name, value: Name)] = []
    /// The configured router that it belongs to; nil for `Router`.
    var router: String?
    var parameters: [InputField] = []
    /// Types nested in `Input`.
    var nested: [Model] = []
    var form: FormPlan?
    var body: BodyPlan?
    var outputs: [OutputCase] = []
    /// Whether an answer has several media types, so that the operation has to know which the caller accepts.
    var isNegotiated = false
    /// The media type of its failures, where the document names one.
    var failureMediaType: String?
    /// The URL of a server of its own.
    var server: String?

    /// A scheme with the scopes that the operation needs.
    struct SchemeUse: Sendable, Hashable {
        var name: Name
        var scopes: [String]
    }

    /// Whether there is a credential: always, or if the caller gives one.
    var hasCredential: Bool { !security.isEmpty }
    /// Whether the caller may be anonymous nevertheless.
    var isCredentialOptional: Bool { security.contains(where: \.isEmpty) }
}

/// A request body that is not a plain form.
struct BodyPlan: Sendable {
    var isRequired: Bool
    var documentation: String
    var contents: [Content]
    var nested: [Model]

    struct Content: Sendable {
        /// As the document has it; may be a range such as `text/*`.
        var mediaType: String
        /// The case that stands for it where there are several.
        var name: String
        var kind: Kind
        var example: Node?
    }

    enum Kind: Sendable {
        /// A value and its place in the table of schemas.
        case json(TypeReference, schema: Int)
        case form(TypeReference, schema: Int, [MediaType.Encoding])
        /// Items that follow each other.
        case items(ItemsPlan)
        /// The parts of a multipart body, one after another.
        case multipart([Part], form: MultipartPlan?)
        /// Bytes as they arrive.
        case bytes
    }

    struct Part: Sendable {
        var name: Name
        var isRequired: Bool
        var isRepeated: Bool
    }
}

/// A URL-encoded form.
struct FormPlan: Sendable {
    var isRequired: Bool
    var documentation: String
    var fields: [InputField]
    var nested: [Model]
}

/// A parameter or a field of a form.
struct InputField: Sendable {
    enum Place: String, Sendable {
        case path, query, header, cookie, body
    }

    var wireName: Name
    var name: String
    /// The variable that holds it while the input is decoded.
    var local: String
    var place: Place
    var schema: ValueSchema
    var isRequired: Bool
    var defaultValue: DefaultValue?
    /// The type that an input extension makes of it.
    var confinedType: String?
    var documentation: String

    enum DefaultValue: Sendable {
        case string(String)
        /// A number or boolean, as Swift writes it.
        case literal(String)
        /// The schema's own, in the table.
        case schema
        case enumerationCase(String)
        indirect case array([DefaultValue])
    }

    var isArray: Bool {
        if case .array = schema { true } else { false }
    }

    /// Whether an array that is not given is the empty one, as it is for every other array.
    var isEmptyWhenAbsent: Bool {
        if case .decoded(.array, _, _) = schema { !isRequired && defaultValue == nil } else { false }
    }

    /// Whether the property is optional: an array is empty instead.
    var isOptional: Bool { !isRequired && defaultValue == nil && !isArray && !isEmptyWhenAbsent }
}

/// How the text of an input becomes a value, and what the value has to satisfy.
indirect enum ValueSchema: Sendable {
    case string(minimumLength: Int?, maximumLength: Int?)
    case integer(TypeReference.IntegerType, minimum: Int64?, maximum: Int64?, multipleOf: Int64?)
    case number(minimum: Double?, maximum: Double?, exclusiveMinimum: Double?, exclusiveMaximum: Double?)
    case boolean
    case enumeration(TypeReference, [Model.Case])
    case array(ValueSchema, minimumCount: Int?, maximumCount: Int?)
    /// Anything else: put together by its style, then held to a schema of the table.
    case decoded(TypeReference, schema: Int, Serialization)

    /// How a value is written. https://spec.openapis.org/oas/v3.1.0#style-values
    struct Serialization: Sendable {
        var style: Parameter.Style
        var isExploded: Bool
        /// Whether the text is JSON instead.
        var isJSON = false
        var allowsEmpty = false
    }

    var type: TypeReference {
        switch self {
        case .string: .string
        case .integer(let type, _, _, _): .integer(type)
        case .number: .double
        case .boolean: .boolean
        case .enumeration(let type, _): type
        case .array(let element, _, _): .array(element.type)
        case .decoded(let type, _, _): type
        }
    }
}

/// One response of an operation.
struct OutputCase: Sendable {
    var status: Status
    /// `ok`
    var name: String
    var documentation: String
    var type: ResponseType

    enum ResponseType: Sendable {
        /// A response of `components`, as `Responses.Name`.
        case shared(String)
        case nested(ResponsePlan)
    }
}

/// A response with its header fields and its body.
struct ResponsePlan: Sendable {
    var name: String
    var documentation: String
    var headers: [HeaderPlan] = []
    /// What the body may be, one for each media type; none if there is no body.
    var contents: [Content] = []
    /// The generic type that the body is wrapped in.
    var wrapper: String?
    var nested: [Model] = []

    /// Whether the caller's `Accept` has a say.
    var isNegotiated: Bool { contents.count > 1 }

    /// A body of one media type.
    struct Content: Sendable {
        /// As the document has it, which is what `Content-Type` says.
        var mediaType: String
        /// The case that stands for it where there are several.
        var name: String
        var body: Body
        /// The place of its schema in the table, for clients.
        var schema: Int?
        /// What it is made of, where it is items that follow each other.
        var items: ItemsPlan?
        /// Where the schema of a JSON body is among those of answers.
        var outputSchema: Int?
        var example: Node?
    }

    enum Body: Sendable {
        case json(TypeReference)
        /// Everything that is not JSON: text, binary data, lines of JSON.
        case bytes
    }

    struct HeaderPlan: Sendable {
        var wireName: Name
        var name: String
        var type: TypeReference
        var isRequired: Bool
        var conversion: Conversion
        var documentation: String

        /// How a value becomes text.
        enum Conversion: Sendable {
            case none
            case rawValue
            /// The raw value is a number.
            case rawDescription
            case description
        }
    }
}
