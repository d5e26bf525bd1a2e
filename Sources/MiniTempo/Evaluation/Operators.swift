import Glibc
import TraceQLSyntax

/// Operators between two values, as Tempo computes them. Sides of types that do not go together, and nothing on a side,
/// make false, not an error.
enum Operators {
    /// The outcome for one span.
    ///
    /// - Throws: if whole numbers are divided by zero, or if arrays stand where none may; `matches` may throw too.
    static func apply(
        _ operation: TraceQLFieldOperator, _ left: Value, _ right: Value,
        matches: ([UInt8], [UInt8]) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) -> Value {
        guard goTogether(left, right), allows(operation, left), allows(operation, right) else { return .boolean(false) }
        switch (left, right) {
        case (.array, .array):
            throw EvaluationError(message: "array operators must consist of a scalar and an array operand")
        case (.array(let elements), _):
            return try .boolean(
                any(of: elements, operation) { element throws(EvaluationError) in
                    try scalar(operation, element, right, matches)
                })
        case (_, .array(let elements)):
            return try .boolean(
                any(of: elements, operation) { element throws(EvaluationError) in
                    try scalar(operation, left, element, matches)
                })
        default: return try scalar(operation, left, right, matches)
        }
    }

    /// One element suffices, but for the negated operators, which all of them must meet.
    private static func any(
        of elements: [Value], _ operation: TraceQLFieldOperator, _ test: (Value) throws(EvaluationError) -> Value
    ) throws(EvaluationError) -> Bool {
        guard !isArithmetic(operation) else { throw EvaluationError(message: "unsupported operation") }
        let demandsAll = operation == .notEqual || operation == .matchesNot
        var met = 0
        for element in elements where try test(element) == .boolean(true) { met += 1 }
        return demandsAll ? met == elements.count : met > 0
    }

    private static func scalar(
        _ operation: TraceQLFieldOperator, _ left: Value, _ right: Value,
        _ matches: ([UInt8], [UInt8]) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.nothing, _), (_, .nothing): return .boolean(false)
        case (.boolean(let left), .boolean(let right)):
            switch operation {
            case .and: return .boolean(left && right)
            case .or: return .boolean(left || right)
            default: return .boolean((left == right) == (operation == .equal))
            }
        case (.string(let left), .string(let right)):
            switch operation {
            case .matches: return .boolean(try matches(left, right))
            case .matchesNot: return .boolean(try !matches(left, right))
            default: return .boolean(compare(operation, left, right) { $0.lexicographicallyPrecedes($1) })
            }
        case (.integer(let left), .integer(let right)):
            if isArithmetic(operation) { return .integer(try whole(operation, left, right)) }
            return .boolean(compare(operation, left, right, <))
        case (.status, _), (.kind, _): return .boolean((left == right) == (operation == .equal))
        default:
            if isArithmetic(operation) { return .float(floating(operation, left.number, right.number)) }
            return .boolean(compare(operation, left.number, right.number, <))
        }
    }

    private static func compare<Operand: Equatable>(
        _ operation: TraceQLFieldOperator, _ left: Operand, _ right: Operand, _ isLess: (Operand, Operand) -> Bool
    ) -> Bool {
        switch operation {
        case .equal: left == right
        case .notEqual: left != right
        case .less: isLess(left, right)
        case .greater: isLess(right, left)
        case .lessOrEqual: isLess(left, right) || left == right
        default: isLess(right, left) || left == right
        }
    }

    private static func whole(
        _ operation: TraceQLFieldOperator, _ left: Int64, _ right: Int64
    ) throws(EvaluationError) -> Int64 {
        switch operation {
        case .add: return left &+ right
        case .subtract: return left &- right
        case .multiply: return left &* right
        case .power: return power(right, left)
        default:
            // Go panics, and the panic's text is the answer.
            guard right != 0 else { throw EvaluationError(message: "runtime error: integer divide by zero") }
            return operation == .divide
                ? left.dividedReportingOverflow(by: right).partialValue
                : left.remainderReportingOverflow(dividingBy: right).partialValue
        }
    }

    /// Tempo takes the sides of a whole power the wrong way round, so the base is what stood on the right.
    private static func power(_ base: Int64, _ exponent: Int64) -> Int64 {
        var (result, factor, rest): (Int64, Int64, Int64) = (1, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = result &* factor }
            factor = factor &* factor
            rest >>= 1
        }
        return result
    }

    private static func floating(_ operation: TraceQLFieldOperator, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .modulo: fmod(left, right)
        default: pow(left, right)
        }
    }

    static func isArithmetic(_ operation: TraceQLFieldOperator) -> Bool {
        switch operation {
        case .add, .subtract, .multiply, .divide, .modulo, .power: true
        default: false
        }
    }

    private static func element(_ value: Value) -> Value {
        if case .array(let elements) = value { return elements.first ?? .nothing }
        return value
    }

    private static func goTogether(_ left: Value, _ right: Value) -> Bool {
        let (left, right) = (element(left), element(right))
        if left == .nothing || right == .nothing { return true }
        return left.hasType(of: right) || left.isNumeric && right.isNumeric
    }

    private static func allows(_ operation: TraceQLFieldOperator, _ value: Value) -> Bool {
        switch element(value) {
        case .nothing, .status, .kind: return operation == .equal || operation == .notEqual
        case .boolean: return [.and, .or, .equal, .notEqual].contains(operation)
        case .string:
            return !isArithmetic(operation) && operation != .and && operation != .or
        default:
            return operation != .and && operation != .or && operation != .matches && operation != .matchesNot
        }
    }
}
