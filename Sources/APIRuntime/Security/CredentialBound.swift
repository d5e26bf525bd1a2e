/// An input that is made from a decoded value and the caller's credential: what an input extension of `generator.yaml`
/// names as its type.
public protocol CredentialBound<Credential> {
    /// What the request holds.
    associatedtype Source: Sendable
    /// What the authenticator yields.
    associatedtype Credential: Sendable

    /// - Throws: an ``InputFailure`` with a fault where the input is to blame; anything else is the server's own failure.
    init(_ source: Source, for credential: Credential) throws
}

/// Looks on while inputs of a request are bound to its caller's credential, for traces and logs.
public protocol CredentialBindingObserver: AnyObject {
    /// A parameter is about to be bound.
    func willBind(_ parameter: String)
    /// It was bound; or it was not, and `bound` is `nil`.
    func didBind(_ parameter: String, _ source: any Sendable, to bound: (any CredentialBound)?)
}

/// An error that may blame the input: its fault becomes a ``Violation`` of the parameter that was being decoded.
public protocol InputFailure: Error {
    /// What is wrong with the input; `nil` if the server is to blame.
    var fault: InputFault? { get }
}

/// What is wrong with an input, and where in it.
public struct InputFault: Sendable, Equatable {
    /// The broken rule, for example the name of a query language.
    public let rule: String
    /// One sentence for people.
    public let message: String
    /// Which of several values, counted from 0; `nil` for an input of one value, and for all of them together.
    public let index: Int?
    /// The line within the value, counted from 1.
    public let line: Int?
    /// The byte within the line, counted from 1.
    public let column: Int?

    /// A fault from its parts.
    public init(rule: String, message: String, index: Int? = nil, line: Int? = nil, column: Int? = nil) {
        self.rule = rule
        self.message = message
        self.index = index
        self.line = line
        self.column = column
    }
}
