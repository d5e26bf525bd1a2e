public import APIRuntime
public import PromQLSyntax
public import Tenancy
public import TraceQLSyntax

/// What `x-confine` of the document means: the input is made with the caller's principal.
extension Confined: CredentialBound {}

/// Which failures of a restriction blame the caller's query, and what the caller reads then.
extension PromQLSyntax.RestrictionError: InputFailure {
    /// The query's error with its position; `nil` for a restriction that could not be verified.
    public var fault: InputFault? {
        switch self {
        case .invalid(let error), .unsafe(let error), .conflict(let error):
            InputFault(rule: "promql", message: error.message, line: error.line, column: error.column)
        case .unverified: nil
        }
    }
}

/// The same of one of several selectors.
extension SelectorRestrictionError: InputFailure {
    /// The selector's error with its position, and which of the selectors it is.
    public var fault: InputFault? {
        reason.fault.map {
            InputFault(rule: $0.rule, message: $0.message, index: index, line: $0.line, column: $0.column)
        }
    }
}

/// The same of a query of TraceQL.
extension TraceQLSyntax.RestrictionError: InputFailure {
    /// The query's error with its position; `nil` for a restriction that could not be verified.
    public var fault: InputFault? {
        switch self {
        case .invalid(let error), .unsafe(let error), .conflict(let error):
            InputFault(rule: "traceql", message: error.message, line: error.line, column: error.column)
        case .unverified: nil
        }
    }
}
