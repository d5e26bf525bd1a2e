import APIRuntime
import PromQLSyntax
import Telemetry
import Tenancy

/// How much a query may touch. What exceeds a limit is refused before anything is sent.
struct QueryLimits: Sendable {
    /// From the earliest to the latest instant that a query touches, in milliseconds; `nil` for any.
    var range: Int64?
    /// At how many instants a part of a query may be evaluated; `nil` for any.
    var points: Int64?
    /// How long a query may be, in bytes.
    var bytes = PromQLLimits.standard.maximumBytes

    /// No limit but that of the language.
    static let none = QueryLimits()

    /// - Throws: ``APIFailure`` with a 422 that names the figure and the limit.
    func check(_ query: Confined<PromQLQuery>, _ parameters: EvaluationParameters) throws(APIFailure) {
        try checkBytes(query.restricted.sourceByteCount)
        guard range != nil || points != nil, let reach = Self.reach(of: query, parameters) else { return }
        if let excess = excess(reach).first { throw APIFailure(.queryTooLarge, detail: excess) }
    }

    /// Checks the texts of selectors together, and the time that is looked at. An end that is open is closed where
    /// there is a limit.
    ///
    /// - Throws: ``APIFailure`` with a 422 that names the figure and the limit.
    func check(_ selectors: Confined<PromQLSelectors>, _ window: TimeWindow) throws(APIFailure) -> TimeWindow {
        try checkBytes(selectors.restricted.reduce(0) { $0 + $1.sourceByteCount })
        return try check(window)
    }

    /// Checks the length of an expression and the time that is looked at.
    ///
    /// - Throws: ``APIFailure`` with a 422 that names the figure and the limit.
    func check(_ query: Confined<PromQLQuery>, _ window: TimeWindow) throws(APIFailure) -> TimeWindow {
        try checkBytes(query.restricted.sourceByteCount)
        return try check(window)
    }

    /// - Throws: ``APIFailure`` with a 422 that names the figure and the limit.
    func checkBytes(_ count: Int) throws(APIFailure) {
        if let excess = excessBytes(count) { throw APIFailure(.queryTooLarge, detail: excess) }
    }

    /// In which way a text of that many bytes exceeds the limit.
    func excessBytes(_ count: Int) -> String? {
        count > bytes ? "the query has \(count) bytes, and at most \(bytes) are allowed (MAX_QUERY_BYTES)" : nil
    }

    /// In which ways a reach exceeds the limits.
    func excess(_ reach: QueryReach) -> [String] {
        excess(milliseconds: reach.milliseconds, points: reach.points)
    }

    /// In which ways a length of time and a number of instants exceed the limits.
    func excess(milliseconds: Int64, points count: Int64) -> [String] {
        var excess: [String] = []
        if let longer = excessRange(milliseconds) { excess.append(longer) }
        if let points, count > points {
            excess.append(
                "a part of the query is evaluated at \(count) instants, and at most \(points) are allowed (MAX_QUERY_POINTS)"
            )
        }
        return excess
    }

    /// What a query touches; `nil` if it cannot be told, which a text that was printed by the parser's own module rules
    /// out.
    static func reach(of query: Confined<PromQLQuery>, _ parameters: EvaluationParameters) -> QueryReach? {
        guard let expression = try? PromQLExpression.parse(query.restricted.text, limits: .restricted) else {
            return nil
        }
        var times: EvaluationTimes
        switch parameters.times {
        case .instant(let time):
            let instant = time?.milliseconds ?? now()
            times = EvaluationTimes(start: instant, end: instant)
        case .range(let start, let end, let step):
            times = EvaluationTimes(start: start.milliseconds, end: end.milliseconds, step: step.milliseconds)
        }
        // What the server looks back by itself is its own setting; only what the caller adds to it counts.
        times.lookback = parameters.lookback?.milliseconds ?? 0
        return expression.reach(at: times)
    }

    private func check(_ window: TimeWindow) throws(APIFailure) -> TimeWindow {
        guard let range else { return window }
        var window = window
        let end = window.end?.milliseconds ?? Self.now()
        if window.start == nil { window.start = PrometheusTime(milliseconds: end - range) }
        window.end = window.end ?? PrometheusTime(milliseconds: end)
        let (length, overflow) = end.subtractingReportingOverflow(window.start?.milliseconds ?? end)
        if let excess = excessRange(overflow ? .max : length) { throw APIFailure(.queryTooLarge, detail: excess) }
        return window
    }

    private func excessRange(_ milliseconds: Int64) -> String? {
        guard let range, milliseconds > range else { return nil }
        return
            "the query touches \(seconds(milliseconds)) of time, and at most \(seconds(range)) are allowed (MAX_QUERY_RANGE)"
    }

    private static func now() -> Int64 { Timestamp.unixSeconds() * 1_000 }

    private func seconds(_ milliseconds: Int64) -> String {
        PrometheusDuration(milliseconds: milliseconds).parameter + "s"
    }
}
