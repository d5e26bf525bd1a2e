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
    var description: String?
    var extensions: [Mapping.Entry] = []
}

/// https://json-schema.org/draft/2020-12/json-schema-validation
struct Schema: Sendable {
    var location: Location
    var pointer: JSONPointer
    var type: Kind
    var isNullable = false
    var format: Located<String>?
    var title: String?
    var description: String?
    var isDeprecated = false
    /// The values of `enum` that are not null.
    var enumeration: Located<[Node]>?
    var constant: Node?
    var defaultValue: Node?
    var constraints = Constraints()
    var properties: [Property] = []
    var required: [Located<Name>] = []
    var additionalProperties: AdditionalProperties = .any
    var items: SchemaUse?
    var allOf: [SchemaUse] = []
    var extensions: [Mapping.Entry] = []

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
