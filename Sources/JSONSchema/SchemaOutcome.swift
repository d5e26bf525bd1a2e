public import JSON

/// One way in which a value breaks its schema.
public struct SchemaViolation: Sendable, Equatable {
    /// The place in the value, as a JSON pointer; empty for the whole.
    public let pointer: String
    /// The keyword.
    public let rule: String
    /// One sentence for people.
    public let message: String
}

/// Which way a value goes: what is `readOnly` is not demanded of requests, what is `writeOnly` not of answers.
public enum SchemaDirection: Sendable {
    /// From the caller: members that are `readOnly` are left out, and defaults are filled in.
    case request
    /// To the caller: members that are `writeOnly` are left out.
    case response
    /// Neither kind is demanded, and nothing is changed.
    case either
}

/// What became of a value that was held to its schema.
public struct SchemaOutcome: Sendable {
    /// The value as its receiver should have it.
    public let value: JSONValue
    /// Everything that is wrong with it, up to a limit.
    public let violations: [SchemaViolation]
}
