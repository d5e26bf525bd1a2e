/// A member that may be absent, null or a value, where these are three different things: in a patch, absent leaves a
/// value alone and null removes it.
public enum Presence<Value: Sendable>: Sendable {
    /// The member is not there.
    case absent
    /// The member is `null`.
    case null
    /// The member has a value.
    case value(Value)

    /// The value, if there is one.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// A value, or null for none.
    public init(_ value: Value?) {
        self = value.map { .value($0) } ?? .null
    }
}

extension Presence: Equatable where Value: Equatable {}

// Encoders and decoders leave out or skip what is absent; `Presence` by itself stands where a value is.
extension Presence: Encodable where Value: Encodable {
    /// Writes the value or null.
    public func encode(to encoder: any Encoder) throws {
        if let value {
            try value.encode(to: encoder)
        } else {
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        }
    }
}

extension Presence: Decodable where Value: Decodable {
    /// Reads a value or null.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .null : .value(try Value(from: decoder))
    }
}

extension KeyedDecodingContainer {
    /// What synthesized code calls for such a member: absent is no error.
    public func decode<Value: Decodable & Sendable>(
        _ type: Presence<Value>.Type, forKey key: Key
    ) throws -> Presence<Value> {
        guard contains(key) else { return .absent }
        return try decodeNil(forKey: key) ? .null : .value(try decode(Value.self, forKey: key))
    }
}

extension KeyedEncodingContainer {
    /// What synthesized code calls for such a member: what is absent is not written.
    public mutating func encode<Value: Encodable & Sendable>(_ presence: Presence<Value>, forKey key: Key) throws {
        switch presence {
        case .absent: break
        case .null: try encodeNil(forKey: key)
        case .value(let value): try encode(value, forKey: key)
        }
    }
}

/// A value stored apart, for types that contain themselves.
public final class Box<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value

    /// A box around a value.
    public init(_ value: Value) { self.value = value }
}

extension Box: Encodable where Value: Encodable {
    /// Writes the value as if there were no box.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension Box: Decodable where Value: Decodable {
    /// Reads the value as if there were no box.
    public convenience init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }
}
