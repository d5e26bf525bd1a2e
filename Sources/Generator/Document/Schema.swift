/// A schema where one is used: written out, or by reference.
indirect enum SchemaUse: Sendable {
    case inline(Schema)
    case reference(SchemaReference)

    var location: Location {
        switch self {
        case .inline(let schema): schema.location
        case .reference(let reference): reference.location
        }
    }
}

/// A `$ref` to a schema, with what its siblings say.
struct SchemaReference: Sendable {
    var target: JSONPointer
    var location: Location
    /// Where the reference itself stands.
    var pointer: JSONPointer
    var description: String?
    var isDeprecated = false
    var extensions: [Mapping.Entry] = []
}

/// https://json-schema.org/draft/2020-12/json-schema-validation
struct Schema: Sendable {
    var location: Location
    var pointer: JSONPointer
    /// The only type, or any.
    var type: Kind
    /// Every type beside null that is named.
    var types: [Kind] = []
    var isNullable = false
    /// Whether null is the only value.
    var isNull = false
    /// Members that only the server sends, and those that only the caller sends.
    var isReadOnly = false
    var isWriteOnly = false
    /// As it was written; nil for what was put together of several schemas.
    var node: Node?
    var format: Located<String>?
    /// What a text is as JSON, where it is.
    private var storedContent: [SchemaUse] = []
    var content: SchemaUse? {
        get { storedContent.first }
        set { storedContent = newValue.map { [$0] } ?? [] }
    }
    var title: String?
    var description: String?
    var isDeprecated = false
    /// The values of `enum` that are not null.
    var enumeration: Located<[Node]>?
    var constant: Node?
    var defaultValue: Node?
    /// Most schemas have none, and a schema is copied often: so it stands apart.
    private var storedConstraints: [Constraints] = []
    var constraints: Constraints {
        get { storedConstraints.first ?? Constraints() }
        set { storedConstraints = [newValue] }
    }
    var properties: [Property] = []
    var required: [Located<Name>] = []
    var additionalProperties: AdditionalProperties = .any
    var items: SchemaUse?
    var patternProperties: [SchemaUse] = []
    var allOf: [SchemaUse] = []
    /// `oneOf`, or `anyOf` where there is none.
    var alternatives: [SchemaUse] = []
    /// Whether the schema says more than its Swift type can, by keywords such as `not`.
    var hasConditions = false
    var extensions: [Mapping.Entry] = []

    init(location: Location, pointer: JSONPointer, type: Kind, node: Node? = nil) {
        self.location = location
        self.pointer = pointer
        self.type = type
        self.node = node
    }

    /// Whether it says what a value looks like, and not only what holds for a value.
    var hasShape: Bool {
        type != .any || !types.isEmpty || isNull || !properties.isEmpty || enumeration != nil || constant != nil
            || items != nil || !alternatives.isEmpty || !allOf.isEmpty || !patternProperties.isEmpty
    }

    /// Whether the text is JSON, by what the schema says of it.
    var holdsJSON: Bool { node?.mapping.map(Self.holdsJSON) ?? false }

    /// Whether a schema is that of a text that is JSON.
    static func holdsJSON(_ mapping: Mapping) -> Bool {
        guard mapping["type"]?.value.string == "string", mapping["contentEncoding"] == nil, mapping["enum"] == nil,
            mapping["const"] == nil, let text = mapping["contentMediaType"]?.value.string,
            let name = MediaType.essence(of: text)
        else { return false }
        return name == "application/json" || name.text.utf8.suffix(5).elementsEqual("+json".utf8)
    }

    enum Kind: String, Sendable {
        case string, integer, number, boolean, object, array
        /// Any JSON value.
        case any
    }

    struct Property: Sendable {
        var name: Located<Name>
        var schema: SchemaUse
    }

    indirect enum AdditionalProperties: Sendable {
        /// Allowed, because the schema does not speak of them.
        case any
        /// Allowed explicitly, by `true` or `{}`.
        case free
        case none
        case schema(SchemaUse)
    }
}

/// What a value has to satisfy beyond its type. Numbers are kept as they are written.
struct Constraints: Sendable {
    var minimumLength: Located<Int>?
    var maximumLength: Located<Int>?
    var pattern: Located<String>?
    var minimum: Located<Scalar>?
    var maximum: Located<Scalar>?
    var exclusiveMinimum: Located<Scalar>?
    var exclusiveMaximum: Located<Scalar>?
    var multipleOf: Located<Scalar>?
    var minimumItems: Located<Int>?
    var maximumItems: Located<Int>?
    var uniqueItems: Located<Bool>?
    var minimumProperties: Located<Int>?
    var maximumProperties: Located<Int>?
}
