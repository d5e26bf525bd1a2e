import APIRuntime
import JSON
import TraceQLSyntax

/// `/api/metrics/query_range` and `/api/metrics/query`
/// ([Tempo's API](https://grafana.com/docs/tempo/latest/api_docs/#traceql-metrics)). `query` is another name of `q`, which
/// goes before it.
struct MetricsQuery: Sendable {
    let store: TraceStore

    private static let defaultExemplars = 100
    private static let defaultSeries = 1_000
    private static let hour: Int64 = 3_600_000_000_000

    /// Values for each step.
    func range(_ request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        let (start, end) = try Self.times(parameters)
        let step = try Self.step(parameters) ?? TimeWindow.defaultStep(start, end)
        let window = try TimeWindow(aligning: start, end, step: step)
        let series = try series(parameters, window, owners)
        return .json(
            try Self.document(series, parameters) { series, writer in
                writer.name("samples")
                writer.beginArray()
                for (index, value) in series.values.enumerated() where !value.isNaN {
                    writer.beginObject()
                    writer.text("timestampMs", window.milliseconds(index))
                    Self.write(value, to: &writer)
                    writer.endObject()
                }
                writer.endArray()
                Self.write(series.exemplars, to: &writer)
            })
    }

    /// One value for the whole time.
    func instant(_ request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        let (start, end) = try Self.times(parameters)
        let series = try series(parameters, try TimeWindow(instant: start, end), owners)
        return .json(
            try Self.document(series, parameters) { series, writer in
                Self.write(series.values.first ?? 0, to: &writer)
            })
    }

    // MARK: Parameters

    private static func times(_ parameters: QueryParameters) throws(Refusal) -> (start: UInt64, end: UInt64) {
        func time(_ name: String) throws(Refusal) -> UInt64? {
            guard let text = parameters[name] else { return nil }
            guard let time = TimeText.nanoseconds(text) else {
                throw Refusal("invalid \(name): cannot parse \"\(text)\" to a valid timestamp")
            }
            return time
        }
        let since = try parameters.duration("since") ?? hour
        guard since > 0 else { throw Refusal("invalid since: must be positive") }
        let end = try time("end") ?? TimeText.now
        let start = try time("start") ?? (end > UInt64(since) ? end - UInt64(since) : 0)
        return (start, end)
    }

    private static func step(_ parameters: QueryParameters) throws(Refusal) -> UInt64? {
        guard let text = parameters["step"] else { return nil }
        if let seconds = Double(text), seconds > 0, seconds < 1e9 { return UInt64(seconds * 1e9) }
        guard let nanoseconds = DurationText.nanoseconds(text), nanoseconds > 0 else {
            throw Refusal("invalid step: cannot parse \"\(text)\" to a valid duration")
        }
        return UInt64(nanoseconds)
    }

    /// The hint of the query goes before the parameter.
    private static func exemplars(
        _ query: TraceQLExpression, _ parameters: QueryParameters
    ) throws(Refusal) -> Int {
        switch query.hints.first(where: { $0.name == "exemplars" })?.value {
        case .integer(let count): Int(clamping: max(0, count))
        case .boolean(let isWanted): isWanted ? defaultExemplars : 0
        default: try parameters.count("exemplars") ?? defaultExemplars
        }
    }

    // MARK: Evaluation

    private func series(
        _ parameters: QueryParameters, _ window: TimeWindow, _ owners: Organizations
    ) throws(Refusal) -> [Series] {
        guard let text = parameters.traceQL else { throw Refusal("invalid query: parameter q is required") }
        let query = try Query.parse(text)
        guard case .metrics(let metrics, let stages) = query.root else {
            throw Refusal("compiling query: not a metrics query")
        }
        let evaluation = MetricsEvaluation(
            traces: store.traces(in: owners), window: window, exemplars: try Self.exemplars(query, parameters))
        do throws(EvaluationError) {
            return try evaluation.series(metrics, stages)
        } catch {
            throw Refusal(error)
        }
    }

    // MARK: The answer

    private static func document(
        _ series: [Series], _ parameters: QueryParameters, _ values: (Series, inout JSONWriter) -> Void
    ) throws(Refusal) -> [UInt8] {
        let limit = try parameters.count("maxSeries") ?? defaultSeries
        let told = series.filter { series in series.values.contains { !$0.isNaN } }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("series")
        writer.beginArray()
        for series in limit == 0 ? told[...] : told.prefix(limit) {
            writer.beginObject()
            writer.name("labels")
            writer.keyValues(series.labels.map { ($0.name, $0.value) })
            values(series, &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.name("metrics")
        writer.beginObject()
        writer.endObject()
        if limit > 0, told.count > limit {
            writer.text("status", "PARTIAL")
            writer.text("message", "Response exceeds maximum series limit of \(limit), a partial response is returned")
        }
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ value: Double, to writer: inout JSONWriter) {
        guard value != 0 else { return }
        writer.name("value")
        writer.floating(value)
    }

    private static func write(_ exemplars: [Series.Exemplar], to writer: inout JSONWriter) {
        guard !exemplars.isEmpty else { return }
        writer.name("exemplars")
        writer.beginArray()
        for exemplar in exemplars {
            writer.beginObject()
            writer.name("labels")
            writer.keyValues(exemplar.labels.map { ($0.name, $0.value) })
            write(exemplar.value, to: &writer)
            writer.text("timestampMs", exemplar.milliseconds)
            writer.endObject()
        }
        writer.endArray()
    }
}
