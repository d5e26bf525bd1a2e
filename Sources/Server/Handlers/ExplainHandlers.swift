import APIRuntime
import GeneratedAPI
import PromQLSyntax
import Tenancy

/// The operations tagged Explain. Nothing is executed, and no upstream is asked.
struct ExplainHandlers: ExplainAPI {
    let limits: QueryLimits
    /// How long an evaluation may take.
    let timeout: Duration

    func explainPromQL(_ input: ExplainPromQL.Input) async throws -> ExplainPromQL.Output {
        let parameters = try parameters(input)
        let restricted = input.query.restricted
        let expression = try PromQLExpression.parse(restricted.text, limits: .restricted)
        guard let reach = QueryLimits.reach(of: input.query, parameters) else { throw APIFailure(.internalError) }
        var exceeded = limits.excess(reach)
        if let excess = limits.excessBytes(restricted.sourceByteCount) { exceeded.append(excess) }
        let explanation = PromQLExplanation(
            query: restricted.text, condition: restricted.condition, type: expression.type.rawValue,
            selectors: expression.selectors.map { explained($0, in: restricted.text) },
            touches: QueryTouch(
                start: Double(reach.earliest) / 1_000, end: Double(reach.latest) / 1_000,
                seconds: Double(reach.milliseconds) / 1_000, points: reach.points),
            limits: limitValues, exceeded: exceeded)
        return .ok(.init(body: .value(explanation)))
    }

    func explainTraceQL(_ input: ExplainTraceQL.Input) async throws -> ExplainTraceQL.Output {
        let restricted = input.q.restricted
        let explanation = TraceQLExplanation(
            query: restricted.text, condition: restricted.condition, filters: Int32(clamping: restricted.filterCount),
            pipelines: Int32(clamping: restricted.pipelineCount), isMetricsQuery: restricted.isMetricsQuery,
            limits: limitValues, exceeded: limits.excessBytes(restricted.sourceByteCount).map { [$0] } ?? [])
        return .ok(.init(body: .value(explanation)))
    }

    private var limitValues: QueryLimitValues {
        QueryLimitValues(
            maxQueryRangeSeconds: limits.range.map { Double($0) / 1_000 }, maxQueryPoints: limits.points,
            maxQueryBytes: Int64(limits.bytes), timeoutSeconds: Double(timeout.wholeMilliseconds) / 1_000)
    }

    private func parameters(_ input: ExplainPromQL.Input) throws -> EvaluationParameters {
        var texts = ParameterTexts(in: .query)
        let time = texts.time(input.time, "time")
        let start = texts.time(input.start, "start")
        let end = texts.time(input.end, "end")
        let step = texts.duration(input.step, "step")
        let lookback = texts.duration(input.lookbackDelta, "lookback_delta")
        if (start == nil) != (end == nil) {
            texts.report(start == nil ? "start" : "end", rule: "required", "start and end go together")
        }
        if let start, let end, end.milliseconds < start.milliseconds {
            texts.report("end", rule: "order", "end timestamp must not be before start time")
        }
        try texts.check()
        guard let start, let end else { return EvaluationParameters(times: .instant(time), lookback: lookback) }
        return EvaluationParameters(
            times: .range(start: start, end: end, step: step ?? PrometheusDuration(milliseconds: 60_000)),
            lookback: lookback)
    }

    private func explained(_ selector: PromQLNode, in text: String) -> ExplainedSelector {
        var (line, column) = (1, 1)
        for byte in text.utf8.prefix(selector.sourceRange.lowerBound) {
            (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + 1)
        }
        var name: String?
        if case .vectorSelector(let outer) = selector.kind { name = outer }
        return ExplainedSelector(
            name: name, line: Int32(clamping: line), column: Int32(clamping: column),
            matchers: selector.matchers.map(\.description))
    }
}
