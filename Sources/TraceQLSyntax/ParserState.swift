// What the parser keeps of what is open.

/// What an operand of a pipeline's expression is.
enum Category: UInt8 {
    /// A filter, or an operation of them.
    case spanset
    /// A pipeline in parentheses, or an operation of them.
    case pipelines
    /// `count()`, `max(…)` and so on.
    case aggregate
    /// Arithmetic with aggregates.
    case scalar
    case number
    /// `({…} | count())`, or arithmetic of such.
    case scalarPipeline
    /// A metrics query in parentheses, or arithmetic of such.
    case metrics
    /// A whole stage: a scalar filter, `by`, `select`, `coalesce`, a metrics function.
    case stage
    /// A comparison of scalar pipelines.
    case unsupportedFilter
}

struct Operand {
    var node: Int32
    var category: Category
    var start: Int
    var isParenthesized = false
}

/// An operator that waits for its right side, in a field expression or between spansets, scalars and metrics.
struct Frame {
    enum Kind: UInt8 { case binary, prefix, parenthesis, isAbsent }

    var kind: Kind
    var operation = TokenKind.end
    var precedence: UInt8 = 0
    var start = 0
}

/// The query, or a part of it in parentheses: stages between bars.
struct Group {
    var start = 0
    var firstFrame = 0
    var firstOperand = 0
    var firstStage = 0
    /// Of the current stage.
    var mode = Category.spanset
    var hasComparison = false
    /// The metrics function at the end of the pipeline.
    var metricsFunction = Node.none
    var secondStages = 0..<0
}
