/// Why a call of a generated client has no documented outcome.
public enum ClientFailure: Error, Sendable {
    /// An input cannot be written as the document has it; nothing was sent.
    case invalidInput([Violation])
    /// The operation needs credentials that the client does not have: the names of the schemes, of each alternative.
    case missingCredentials([[String]])
    /// The credentials could not be had.
    case credentials(any Error)
    /// The request could not be sent, or no whole answer came.
    case transport(any Error)
    /// The answer has another status than the caller asked for.
    case unexpectedStatus(Int)
    /// The answer's media type is none of those that the document has for its status; `nil` if the answer names none.
    case unexpectedMediaType(String?, status: Int, documented: [String])
    /// The answer breaks its contract, with every violation: of the body as JSON pointers, of header fields by name.
    case undecodable([Violation], status: Int)
    /// The body has more bytes than the client's limit.
    case bodyTooLarge(limit: Int)
}

extension ClientFailure {
    /// What became of reading a body of items.
    init(reading error: any Error, status: Int) {
        switch error {
        case let failure as ClientFailure: self = failure
        case let problem as ItemStreamProblem: self = .undecodable([problem.violation], status: status)
        case let error as ItemTooLarge: self = .bodyTooLarge(limit: error.limit)
        default: self = .transport(error)
        }
    }
}

extension ClientFailure: CustomStringConvertible {
    /// One sentence, without the values of inputs and answers.
    public var description: String {
        switch self {
        case .invalidInput(let violations): "The request cannot be written: \(Self.list(violations))."
        case .missingCredentials(let alternatives):
            "Credentials are missing: "
                + alternatives.map { $0.joined(separator: " and ") }.joined(separator: ", or ") + "."
        case .credentials(let error): "The credentials could not be had: \(error)."
        case .transport(let error): "The request failed: \(error)."
        case .unexpectedStatus(let status): "The answer has the status \(status)."
        case .unexpectedMediaType(let type, let status, let documented):
            "The answer \(status) is \(type ?? "of no media type"), and not \(documented.joined(separator: " or "))."
        case .undecodable(let violations, let status):
            "The answer \(status) breaks its contract: \(Self.list(violations))."
        case .bodyTooLarge(let limit): "The answer's body has more than \(limit) bytes."
        }
    }

    private static func list(_ violations: [Violation]) -> String {
        violations.map { violation in
            "\(violation.location.rawValue) \(violation.name)\(violation.name.isEmpty ? "" : " ")\(violation.message)"
                + (violation.line.map { " (line \($0))" } ?? "")
        }.joined(separator: "; ")
    }
}
