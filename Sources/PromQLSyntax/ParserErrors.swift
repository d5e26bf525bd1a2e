/// Which construct a syntax error is reported in: the innermost open one that has a message of its own.
enum ErrorContext: UInt8 {
    case none, aggregation, groupingStart, groupingLabel, groupingNext, offset, at
    case range, rangeEnd, step, stepEnd
    case matcher, matcherEnd, matcherOperator, matcherValue

    /// What stands after "unexpected …".
    var suffix: String {
        switch self {
        case .none: ""
        case .aggregation: " in aggregation"
        case .groupingStart: " in grouping opts, expected \"(\""
        case .groupingLabel: " in grouping opts, expected label"
        case .groupingNext: " in grouping opts, expected \",\" or \")\""
        case .offset: " in offset, expected number, duration, step(), or range()"
        case .at: " in @, expected timestamp"
        case .range: " in subquery or range selector, expected number, duration, step(), or range()"
        case .rangeEnd: " in subquery or range, expected \":\" or \"]\""
        case .step: " in subquery selector, expected number, duration, step(), range(), or \"]\""
        case .stepEnd: " in subquery selector, expected \"]\""
        case .matcher: " in label matching, expected identifier or \"}\""
        case .matcherEnd: " in label matching, expected \",\" or \"}\""
        case .matcherOperator: " in label matching, expected label matching operator"
        case .matcherValue: " in label matching, expected string"
        }
    }
}

extension Parser {
    /// The error about the token that was read last.
    func unexpected(_ context: ErrorContext? = nil) -> PromQLError {
        let suffix = (context ?? self.context).suffix
        return lexer.failure("unexpected " + token.described(in: lexer.source) + suffix, at: token.start)
    }

    mutating func expect(_ kind: TokenKind, _ context: ErrorContext? = nil) throws(PromQLError) -> Token {
        guard try peek() == kind else { throw unexpected(context) }
        return take()
    }
}
