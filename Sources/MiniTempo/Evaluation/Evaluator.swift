import TraceQLSyntax

/// Evaluates queries, one trace after the other. Both sides of `&&` and `||` are always evaluated, as Tempo does at first,
/// so that an error on either side shows.
final class Evaluator {
    /// Regular expressions that were used before.
    private var expressions: [[UInt8]: Regex<AnyRegexOutput>] = [:]

    /// The value of an expression for a span of a trace.
    func value(_ field: TraceQLField, _ span: SearchSpan, in trace: SearchTrace) throws(EvaluationError) -> Value {
        switch field {
        case .literal(let literal): return Value(literal)
        case .attribute(let attribute): return trace.value(attribute, of: span)
        case .negative(let operand):
            switch try value(operand, span, in: trace) {
            case .integer(let integer): return .integer(0 &- integer)
            case .float(let float): return .float(-float)
            case .duration(let nanoseconds): return .duration(0 &- nanoseconds)
            case let other: throw Self.unexpected(field, "a numeric", other)
            }
        case .not(let operand):
            let value = try value(operand, span, in: trace)
            guard case .boolean(let boolean) = value else { throw Self.unexpected(field, "a boolean", value) }
            return .boolean(!boolean)
        case .exists(let operand): return .boolean(try value(operand, span, in: trace) != .nothing)
        case .isAbsent(let operand): return .boolean(try value(operand, span, in: trace) == .nothing)
        case .operation(let operation, let left, let right):
            let left = try value(left, span, in: trace)
            let right = try value(right, span, in: trace)
            return try Operators.apply(operation, left, right) { text, expression throws(EvaluationError) in
                try self.matches(text, expression)
            }
        }
    }

    /// Whether a span is kept by `{ field }`: only `true` keeps it, and what is no truth value does not.
    func isKept(_ span: SearchSpan, by field: TraceQLField, in trace: SearchTrace) throws(EvaluationError) -> Bool {
        try value(field, span, in: trace) == .boolean(true)
    }

    /// Whether the whole text matches. Swift's expressions stand in for RE2's; what only one of the two knows is an
    /// error.
    private func matches(_ text: [UInt8], _ expression: [UInt8]) throws(EvaluationError) -> Bool {
        let regex: Regex<AnyRegexOutput>
        if let known = expressions[expression] {
            regex = known
        } else {
            do {
                regex = try Regex(String(decoding: expression, as: UTF8.self))
                    .dotMatchesNewlines().matchingSemantics(.unicodeScalar)
            } catch {
                throw EvaluationError(
                    message: "mini-tempo cannot match the regular expression "
                        + FieldText.field(.literal(.string(expression))))
            }
            expressions[expression] = regex
        }
        return String(decoding: text, as: UTF8.self).wholeMatch(of: regex) != nil
    }

    private static func unexpected(_ field: TraceQLField, _ expected: String, _ value: Value) -> EvaluationError {
        EvaluationError(
            message: "expression (\(FieldText.field(field))) expected \(expected), but got \(value.typeName)")
    }
}
