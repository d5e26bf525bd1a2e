import APIRuntime
import GeneratedAPI
import JSON
import OTLP
import Telemetry
import Tenancy
import TraceQLSyntax

/// What the own API for traces and the drop-in Tempo API share: everything but the names of the operations.
struct TempoOperations: Sendable {
    /// `nil` if no Tempo is configured.
    let tempo: TempoClient?
    let limits: QueryLimits
    let denial: TraceDenial

    /// - Throws: ``APIFailure``, a 503, if no Tempo is configured.
    func client() throws(APIFailure) -> TempoClient {
        guard let tempo else { throw APIFailure(.unavailable, detail: "Traces are not available.") }
        return tempo
    }

    // MARK: Search

    /// Searches with the query of the input, or with `filter`, which the gateway has made of other parameters.
    func search(
        _ input: some SearchTracesInput, _ filter: TraceFilterText, _ context: RequestContext
    ) async throws -> Owned<JSONContent<TraceSearchResponse>> {
        var texts = ParameterTexts(in: .query)
        if input.q != nil, !filter.isEmpty {
            texts.report("q", rule: "exclusive", "cannot be given together with parameters that stand for a query")
        }
        if let query = input.q, query.restricted.isMetricsQuery {
            texts.report("q", rule: "traceql", "a metrics query finds no traces; it belongs to the metrics API")
        }
        let window = texts.window(input)
        try texts.check()
        let client = try client()
        let query: Confined<TraceQLQuery>
        if let given = input.q {
            query = given
        } else {
            query = try Self.confined(filter, for: input.credential)
        }
        try limits.checkBytes(query.restricted.sourceByteCount)
        let parameters = SearchWindow(
            window: try limits.check(window), limit: input.limit, spansPerSet: input.spss)
        return try await client.search(query, parameters, context).owned(by: input.credential)
    }

    /// A query that the gateway made, confined like a caller's.
    ///
    /// - Throws: ``APIFailure``, a 400, where it became larger than a query may be.
    private static func confined(
        _ filter: TraceFilterText, for principal: Principal
    ) throws -> Confined<TraceQLQuery> {
        do {
            return try Confined(filter.text, for: principal)
        } catch {
            guard let fault = error.fault else { throw error }
            throw APIFailure(
                .invalidInput, detail: "the query made of the parameters is not possible: \(fault.message)")
        }
    }

    // MARK: Names and values of attributes

    func tagNames<Schema: Encodable & Sendable>(
        _ input: some TagsInput, as form: TagNamesAnswer<Schema>.Form, _ context: RequestContext
    ) async throws -> Owned<JSONContent<Schema>> {
        let (client, query, parameters) = try tagCall(input)
        let body = try await client.tagNames(query, parameters, context)
        return try await Unfiltered(
            TagNamesAnswer<Schema>(body: body, form: form, maximumBytes: client.settings.maximumBytes)
        ).owned(by: input.credential)
    }

    func tagValues<Schema: Encodable & Sendable>(
        of tag: TagName, _ input: some TagsInput, as form: TagValuesAnswer<Schema>.Form, _ context: RequestContext
    ) async throws -> Owned<JSONContent<Schema>> {
        let (client, query, parameters) = try tagCall(input)
        let body = try await client.tagValues(of: tag, query, parameters, context)
        return try await Unfiltered(
            TagValuesAnswer<Schema>(body: body, form: form, maximumBytes: client.settings.maximumBytes)
        ).owned(by: input.credential)
    }

    /// The attribute that a path names, with its scope.
    ///
    /// - Throws: ``APIFailure``, a 400, if it names none, or one whose values are those of other spans.
    func tag(_ text: String) throws(APIFailure) -> TagName {
        do {
            return try TagName.parse(text)
        } catch {
            throw Self.refusal(of: text, error)
        }
    }

    /// The attribute that a path of Tempo's first version names: an intrinsic, or an attribute without a scope.
    ///
    /// - Throws: ``APIFailure``, a 400, if it names none, or one whose values are those of other spans.
    func unscopedTag(_ text: String) throws(APIFailure) -> TagName {
        do {
            if let tag = try? TagName.parse(text), case .intrinsic = tag.attribute { return tag }
            return try TagName.unscoped(text)
        } catch {
            throw Self.refusal(of: text, error)
        }
    }

    private static func refusal(of text: String, _ error: RestrictionError) -> APIFailure {
        switch error {
        case .invalid(let error), .unsafe(let error), .conflict(let error):
            APIFailure(.invalidInput, detail: "invalid tag name \"\(text)\": \(error.message)")
        case .unverified(let reason): APIFailure(.internalError, logDetail: reason)
        }
    }

    private func tagCall(
        _ input: some TagsInput
    ) throws -> (TempoClient, Confined<TraceQLTagQuery>, TagParameters) {
        var texts = ParameterTexts(in: .query)
        let window = texts.window(input)
        try texts.check()
        let client = try client()
        let query: Confined<TraceQLTagQuery>
        if let given = input.q { query = given } else { query = try Confined("", for: input.credential) }
        try limits.checkBytes(query.restricted.sourceByteCount)
        let scope = input.scope.flatMap { $0 == .noneValue ? nil : $0.rawValue }
        return (
            client, query,
            TagParameters(
                window: try limits.check(window), scope: scope, limit: input.limit,
                maximumStaleValues: input.maxStaleValues)
        )
    }

    // MARK: Metrics

    func metrics<Schema: Encodable & Sendable>(
        _ input: some TraceMetricsInput, isRange: Bool, _ schema: Schema.Type, _ context: RequestContext
    ) async throws -> Owned<JSONContent<Schema>> {
        var texts = ParameterTexts(in: .query)
        if input.q != nil, input.query != nil {
            texts.report("query", rule: "exclusive", "is another name of q; only one of them may be given")
        }
        let given = input.q ?? input.query
        if given == nil { texts.report("q", rule: "required", "is required") }
        if let given, !given.restricted.isMetricsQuery {
            texts.report(
                input.q == nil ? "query" : "q", rule: "traceql", "a metrics query is needed, such as { } | rate()")
        }
        let form = "Unix seconds or nanoseconds or a time in RFC 3339"
        let start = texts.value(input.start, "start", form, TempoTime.init(_:))
        let end = texts.value(input.end, "end", form, TempoTime.init(_:))
        let since = texts.value(input.since, "since", "a duration such as 1h30m", TempoDuration.init(_:))
        let step = texts.value(
            input.step, "step", "seconds or a duration such as 15s, above zero", TempoDuration.init(step:))
        let parameters = TraceMetricsParameters(
            start: start, end: end, since: start == nil ? since : nil, step: step, exemplars: input.exemplars,
            maximumSeries: input.maxSeries)
        let last = end?.nanoseconds ?? Timestamp.unixSeconds() * 1_000_000_000
        let first = start?.nanoseconds ?? last - (since?.nanoseconds ?? 3_600_000_000_000)
        if start != nil, last < first {
            texts.report("end", rule: "order", "end must not be before start")
        }
        try texts.check()
        guard let query = given else { throw APIFailure(.internalError) }
        try limits.checkBytes(query.restricted.sourceByteCount)
        try limits.check(milliseconds: (last - first) / 1_000_000, step: step.map { $0.nanoseconds / 1_000_000 })
        let client = try client()
        let body = try await client.metrics(query, parameters, isRange: isRange, context)
        return try await Unfiltered(SeriesAnswer<Schema>(body: body, maximumBytes: client.settings.maximumBytes))
            .owned(by: query.principal)
    }
}

extension ParameterTexts {
    /// Both ends of the time that is looked at, or none.
    mutating func window(_ input: some TraceWindowInput) -> TraceWindow {
        // Both as 0 is how Tempo's clients say that there is none.
        if input.start == 0, input.end == 0 { return TraceWindow() }
        if (input.start == nil) != (input.end == nil) {
            report(input.start == nil ? "start" : "end", rule: "required", "start and end go together")
        }
        if let start = input.start, let end = input.end, end <= start {
            report(
                "start", rule: "order",
                "http parameter start must be before end. received start=\(start) end=\(end)")
        }
        return TraceWindow(start: input.start, end: input.end)
    }
}

extension QueryLimits {
    /// Checks the time that a search looks at. An open one is closed where there is a limit.
    ///
    /// - Throws: ``APIFailure`` with a 422 that names the figure and the limit.
    func check(_ window: TraceWindow) throws(APIFailure) -> TraceWindow {
        guard let range else { return window }
        let end = window.end ?? Timestamp.unixSeconds()
        let start = window.start ?? end - range / 1_000
        try check(milliseconds: (end - start) * 1_000, step: nil)
        return TraceWindow(start: start, end: end)
    }

    /// Checks a length of time and, with a step, at how many instants in it something is computed.
    ///
    /// - Throws: ``APIFailure`` with a 422 that names the figure and the limit.
    func check(milliseconds: Int64, step: Int64?) throws(APIFailure) {
        let count = step.map { milliseconds / max($0, 1) + 1 } ?? 1
        if let excess = excess(milliseconds: milliseconds, points: count).first {
            throw APIFailure(.queryTooLarge, detail: excess)
        }
    }
}
