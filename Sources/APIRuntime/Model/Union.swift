import JSON
public import JSONSchema

/// A value that is one of several alternatives, while it is being decoded.
public struct Union {
    /// Which of the schema's alternatives it is, counted from 0; `nil` if none.
    public let alternative: Int?
    private let value: JSONValue
    private let path: [any CodingKey]
    private let limit: Int

    /// The value that a decoder has, held to the alternatives of a schema.
    public init(_ decoder: any Decoder, _ schemas: SchemaSet, schema: Int) throws {
        value = try JSONValue(from: decoder)
        path = decoder.codingPath
        limit = (decoder as? JSONValueDecoder)?.depth ?? 0
        alternative = schemas.alternative(of: value, in: schema)
    }

    /// The value as the type of its alternative.
    public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Value(from: JSONValueDecoder(value, path: path, depth: limit + 1))
    }

    /// What to throw for a value that is none of the alternatives.
    public var failure: any Error {
        DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: path, debugDescription: "fits none of the alternatives"))
    }
}

extension Decoder {
    /// The members of an object that have no key of their own.
    public func additionalMembers<Key: CodingKey & CaseIterable, Value: Decodable>(
        besides keys: Key.Type
    ) throws -> [String: Value] {
        let container = try container(keyedBy: MemberName.self)
        var members: [String: Value] = [:]
        for key in container.allKeys where Key(stringValue: key.stringValue) == nil {
            members[key.stringValue] = try container.decode(Value.self, forKey: key)
        }
        return members
    }
}

extension Encoder {
    /// Writes members beside those that have keys of their own.
    public func encode<Value: Encodable>(additionalMembers members: [String: Value]) throws {
        var container = container(keyedBy: MemberName.self)
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            try container.encode(value, forKey: MemberName(stringValue: name))
        }
    }
}

/// A key of any name.
struct MemberName: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }
}
