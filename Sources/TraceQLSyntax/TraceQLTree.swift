// The tree as others see it: values without positions, precedence resolved, constants folded as Tempo folds them.
// An evaluator walks these; chains of operators lean to the left and are as deep as they are long, at most
// `TraceQLLimits.maximumOperands`.

/// What a query asks for.
public indirect enum TraceQLRoot: Sendable, Equatable {
    /// Spans: what comes out of a pipeline, or of operations between pipelines.
    case spans(TraceQLSpansets)
    /// Numbers over time. The second stages are those of operations; a single query has its own.
    case metrics(TraceQLMetrics, secondStages: [TraceQLSecondStage])
}

/// Sets of spans, one for each trace.
public indirect enum TraceQLSpansets: Sendable, Equatable {
    /// `{…}`: the spans for which the expression is true.
    case filter(TraceQLField)
    /// An operation between two sets of one trace. The sides are filters and operations of them, or pipelines and
    /// operations of them.
    case operation(TraceQLSpansetOperator, TraceQLSpansets, TraceQLSpansets)
    /// Stages, each fed with what the one before gave; the first with all spans of the trace. At the root, or as a side
    /// of an operation.
    case pipeline([TraceQLStage])
}

/// How two sets of spans are combined. `A > B` and its kin give spans of B; the union forms give spans of both sides.
public enum TraceQLSpansetOperator: String, Sendable, Equatable {
    /// Both sets, if neither is empty.
    case and = "&&"
    /// Both sets, if either is not empty.
    case or = "||"
    /// Spans of B whose parent is in A.
    case child = ">"
    /// Spans of B that are the parent of one in A.
    case parent = "<"
    /// Spans of B with an ancestor in A.
    case descendant = ">>"
    /// Spans of B that are an ancestor of one in A.
    case ancestor = "<<"
    /// Spans of B that share their parent with another span in A.
    case sibling = "~"
    /// Spans of B whose parent is not in A.
    case notChild = "!>"
    /// Spans of B that are no parent of any in A.
    case notParent = "!<"
    /// Spans of B without an ancestor in A.
    case notDescendant = "!>>"
    /// Spans of B that are no ancestor of any in A.
    case notAncestor = "!<<"
    /// Spans of B without a sibling in A.
    case notSibling = "!~"
    /// `>`, with the spans of A that are the parents.
    case unionChild = "&>"
    /// `<`, with the spans of A that are the children.
    case unionParent = "&<"
    /// `>>`, with the spans of A that are the ancestors.
    case unionDescendant = "&>>"
    /// `<<`, with the spans of A that are the descendants.
    case unionAncestor = "&<<"
    /// `~`, with the spans of A that are the siblings.
    case unionSibling = "&~"
}

/// A stage of a pipeline.
public enum TraceQLStage: Sendable, Equatable {
    /// Keeps the spans that match.
    case spansets(TraceQLSpansets)
    /// Keeps the sets whose aggregate compares so with a number: an integer, a float or a duration.
    case scalarFilter(TraceQLAggregate, TraceQLFieldOperator, TraceQLLiteral)
    /// `by(…)`: splits each set by the expression's value.
    case group(TraceQLField)
    /// `coalesce()`: joins the sets of a trace again.
    case coalesce
    /// `select(…)`: adds attributes to the answer.
    case select([TraceQLAttribute])
}

/// A number for a set of spans.
public enum TraceQLAggregate: Sendable, Equatable {
    /// How many spans there are.
    case count
    /// The greatest value.
    case maximum(TraceQLField)
    /// The least value.
    case minimum(TraceQLField)
    /// The mean value.
    case average(TraceQLField)
    /// The sum of the values.
    case sum(TraceQLField)
}

/// An expression over one span.
public indirect enum TraceQLField: Sendable, Equatable {
    /// A constant.
    case literal(TraceQLLiteral)
    /// An attribute or intrinsic of the span.
    case attribute(TraceQLAttribute)
    /// `-x`
    case negative(TraceQLField)
    /// `!x`
    case not(TraceQLField)
    /// `x != nil`
    case exists(TraceQLField)
    /// `x = nil`
    case isAbsent(TraceQLField)
    /// An operation with two sides.
    case operation(TraceQLFieldOperator, TraceQLField, TraceQLField)
}

/// An operator between two values.
public enum TraceQLFieldOperator: String, Sendable, Equatable {
    /// Both are true.
    case and = "&&"
    /// One is true.
    case or = "||"
    /// Equal values.
    case equal = "="
    /// Values that are not equal.
    case notEqual = "!="
    /// The whole text on the left matches the regular expression (RE2) on the right, a literal.
    case matches = "=~"
    /// The whole text on the left does not match the regular expression on the right.
    case matchesNot = "!~"
    /// Less.
    case less = "<"
    /// Less or equal.
    case lessOrEqual = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal.
    case greaterOrEqual = ">="
    /// Sum.
    case add = "+"
    /// Difference.
    case subtract = "-"
    /// Product.
    case multiply = "*"
    /// Quotient; of integers, the whole part.
    case divide = "/"
    /// Remainder.
    case modulo = "%"
    /// Power. Of two integers Tempo computes right ^ left.
    case power = "^"
}

/// A constant.
public enum TraceQLLiteral: Sendable, Equatable {
    /// An integer.
    case integer(Int64)
    /// A finite float.
    case float(Double)
    /// A string, as bytes: it need not be UTF-8.
    case string([UInt8])
    /// `true` or `false`.
    case boolean(Bool)
    /// A duration in nanoseconds.
    case duration(Int64)
    /// A span's status.
    case status(TraceQLStatus)
    /// A span's kind.
    case kind(TraceQLKind)
}

/// The status of a span.
public enum TraceQLStatus: String, Sendable, Equatable {
    /// The span failed.
    case error
    /// The span succeeded.
    case ok
    /// Nobody said.
    case unset
}

/// The kind of a span.
public enum TraceQLKind: String, Sendable, Equatable {
    /// Nobody said.
    case unspecified
    /// Work inside a process.
    case `internal`
    /// A call that was made.
    case client
    /// A call that was answered.
    case server
    /// A message that was sent.
    case producer
    /// A message that was received.
    case consumer
}

/// Numbers over time: queries and arithmetic between them.
public indirect enum TraceQLMetrics: Sendable, Equatable {
    /// A query.
    case query(TraceQLMetricsQuery)
    /// A number for every moment.
    case scalar(Double)
    /// `+`, `-`, `*` or `/` of two series with the same labels.
    case operation(TraceQLFieldOperator, TraceQLMetrics, TraceQLMetrics)
}

/// A metrics query: which spans, and what is computed of them.
public struct TraceQLMetricsQuery: Sendable, Equatable {
    /// The stages that find the spans.
    public var pipeline: [TraceQLStage]
    /// What is computed.
    public var function: TraceQLMetricsFunction
    /// `by (…)`: one series for each combination of values.
    public var grouping: [TraceQLAttribute]
    /// What is done with the series, in order.
    public var secondStages: [TraceQLSecondStage]
}

/// What a metrics query computes for each step of time.
public enum TraceQLMetricsFunction: Sendable, Equatable {
    /// Spans a second.
    case rate
    /// How many spans.
    case countOverTime
    /// The least value.
    case minimumOverTime(TraceQLAttribute)
    /// The greatest value.
    case maximumOverTime(TraceQLAttribute)
    /// The mean value.
    case averageOverTime(TraceQLAttribute)
    /// The sum of the values.
    case sumOverTime(TraceQLAttribute)
    /// Quantiles, each from 0 to 1.
    case quantileOverTime(TraceQLAttribute, [Double])
    /// How many values fall into each power of two.
    case histogramOverTime(TraceQLAttribute)
    /// `compare({…}, limit, start, end)`: the values of all attributes of the spans that match and of those that do
    /// not. Times are nanoseconds since 1970, 0 for none.
    case compare(TraceQLField, limit: Int64, start: Int64, end: Int64)
}

/// What is done with series.
public enum TraceQLSecondStage: Sendable, Equatable {
    /// `topk(n)`: the n greatest at each moment.
    case top(Int64)
    /// `bottomk(n)`: the n least at each moment.
    case bottom(Int64)
    /// Keeps the values that compare so; durations are seconds.
    case threshold(TraceQLFieldOperator, Double)
}

/// A hint of `with (…)`.
public struct TraceQLHint: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: TraceQLLiteral
}
