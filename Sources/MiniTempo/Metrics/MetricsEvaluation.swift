import TraceQLSyntax

/// Evaluates metrics queries over traces.
struct MetricsEvaluation {
    let traces: [SearchTrace]
    let window: TimeWindow
    /// How many exemplars a query may give.
    let exemplars: Int

    /// The series of a whole query.
    func series(
        _ metrics: TraceQLMetrics, _ stages: [TraceQLSecondStage]
    ) throws(EvaluationError) -> [Series] {
        guard case .series(let series) = try operand(metrics) else { return [] }
        return stages.reduce(series) { SeriesArithmetic.apply($1, to: $0) }
    }

    private func operand(_ metrics: TraceQLMetrics) throws(EvaluationError) -> SeriesArithmetic.Operand {
        switch metrics {
        case .scalar(let scalar): return .scalar(scalar)
        case .operation(let operation, let left, let right):
            let left = try operand(left)
            return SeriesArithmetic.apply(operation, left, try operand(right))
        case .query(let query):
            return .series(query.secondStages.reduce(try first(query)) { SeriesArithmetic.apply($1, to: $0) })
        }
    }

    private func first(_ query: TraceQLMetricsQuery) throws(EvaluationError) -> [Series] {
        let evaluator = Evaluator()
        if case .compare(let selection, let limit, let start, let end) = query.function {
            var comparison = Comparison(selection, limit: limit, start: start, end: end, window: window)
            for trace in traces { try comparison.add(spans(query, trace, evaluator), of: trace, evaluator) }
            return comparison.series()
        }
        var series = SpanSeries(query, window: window, exemplars: exemplars)
        for trace in traces { series.add(try spans(query, trace, evaluator), of: trace) }
        return series.series()
    }

    private func spans(
        _ query: TraceQLMetricsQuery, _ trace: SearchTrace, _ evaluator: Evaluator
    ) throws(EvaluationError) -> [Int] {
        try evaluator.evaluate(query.pipeline, of: trace).flatMap(\.spans)
    }
}
