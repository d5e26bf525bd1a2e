/// One way in which a request's input breaks the contract.
public struct Violation: Sendable, Equatable {
    /// Where the input stands.
    public enum Location: String, Sendable {
        /// A segment of the path.
        case path
        /// The query string.
        case query
        /// A header field.
        case header
        /// A cookie.
        case cookie
        /// The body.
        case body
    }

    /// Where the input stands.
    public let location: Location
    /// The parameter's name, or a JSON pointer into the body; empty for the whole.
    public let name: String
    /// The broken rule: a JSON Schema keyword, `format`, `unique`, or the language of a query.
    public let rule: String
    /// One sentence for people.
    public let message: String
    /// Which of the values of a repeated parameter, counted from 0; `nil` where it is not about one of them.
    public let index: Int?
    /// The line within the value, counted from 1, where that helps.
    public let line: Int?
    /// The byte within the line, counted from 1, where that helps.
    public let column: Int?

    /// A violation from its parts.
    public init(
        _ location: Location, _ name: String, rule: String, message: String, index: Int? = nil, line: Int? = nil,
        column: Int? = nil
    ) {
        self.location = location
        self.name = name
        self.rule = rule
        self.message = message
        self.index = index
        self.line = line
        self.column = column
    }
}
