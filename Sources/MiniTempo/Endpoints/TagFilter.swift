import TraceQLSyntax

/// What becomes of `q` at the endpoints of tags: alternatives of conditions, or no filter at all, without a word, wherever
/// Tempo does not make such alternatives of it. These doors are Tempo's own, and open on purpose: a gateway's tests are to
/// see what comes through them.
struct TagFilter {
    /// A comparison of an attribute with a literal.
    struct Condition {
        let attribute: TraceQLAttribute
        let operation: TraceQLFieldOperator
        let literal: TraceQLLiteral
        /// The comparison as it stood.
        let field: TraceQLField
    }

    /// A span must meet all conditions of one of these; nil for everybody's spans.
    let alternatives: [[Condition]]?

    private static let mostAlternatives = 100
    private static let mostBytes = 1_024

    /// - Throws: if the query comes to too many alternatives.
    init(_ text: String?) throws(Refusal) {
        guard let text, text.utf8.count <= Self.mostBytes, let field = Self.firstFilter(of: text) else {
            alternatives = nil
            return
        }
        let alternatives = try Self.alternatives(of: field)
        let conditions = alternatives.joined()
        // One attribute without a scope, in whichever alternative, and Tempo's storage scans without the filter.
        let hasUnscoped = conditions.contains { condition in
            if case .named(.none, _, _) = condition.attribute { true } else { false }
        }
        let matchesAll = hasUnscoped || alternatives.contains(where: \.isEmpty)
        self.alternatives = matchesAll ? nil : alternatives
    }

    /// Whether the values of a span are told.
    func includes(_ span: SearchSpan, of trace: SearchTrace, _ evaluator: Evaluator) -> Bool {
        guard let alternatives else { return true }
        return alternatives.contains { conditions in
            conditions.allSatisfy { (try? evaluator.isKept(span, by: $0.field, in: trace)) == true }
        }
    }

    /// The literals that the query demands of an attribute: Tempo gives these as its values, and looks nothing up.
    func literals(for attribute: TraceQLAttribute) -> [TraceQLLiteral] {
        (alternatives ?? []).joined().filter { $0.attribute == attribute && $0.operation == .equal }.map(\.literal)
    }

    /// The filter that the query begins with; nil if it begins otherwise, or is no query.
    private static func firstFilter(of text: String) -> TraceQLField? {
        guard let root = try? Query.parse(text).root else { return nil }
        switch root {
        case .spans(.filter(let field)): return field
        case .spans(.pipeline(let stages)): return firstFilter(of: stages)
        case .metrics(.query(let query), _): return firstFilter(of: query.pipeline)
        default: return nil
        }
    }

    private static func firstFilter(of stages: [TraceQLStage]) -> TraceQLField? {
        switch stages.first {
        case .spansets(.filter(let field)): field
        case .spansets(.pipeline(let stages)): firstFilter(of: stages)
        default: nil
        }
    }

    private static func alternatives(of field: TraceQLField) throws(Refusal) -> [[Condition]] {
        let alternatives: [[Condition]]
        switch field {
        case .operation(.and, let left, let right):
            let right = try self.alternatives(of: right)
            alternatives = try self.alternatives(of: left).flatMap { first in right.map { first + $0 } }
        case .operation(.or, let left, let right):
            alternatives = try self.alternatives(of: left) + self.alternatives(of: right)
        default: alternatives = [conditions(of: field)]
        }
        guard alternatives.count <= mostAlternatives else {
            throw Refusal("invalid TraceQL query: more than \(mostAlternatives) condition groups")
        }
        return alternatives
    }

    /// Comparisons with literals count. `!` is passed over, and so is what is computed: the conditions in it stay.
    private static func conditions(of field: TraceQLField) -> [Condition] {
        switch field {
        case .literal, .attribute, .exists, .isAbsent: return []
        case .negative(let operand), .not(let operand): return conditions(of: operand)
        case .operation(let operation, let left, let right):
            guard !Operators.isArithmetic(operation) else { return conditions(of: left) + conditions(of: right) }
            switch (left, right) {
            case (.attribute(let attribute), .literal(let literal)), (.literal(let literal), .attribute(let attribute)):
                return [Condition(attribute: attribute, operation: operation, literal: literal, field: field)]
            default: return conditions(of: left) + conditions(of: right)
            }
        }
    }
}
