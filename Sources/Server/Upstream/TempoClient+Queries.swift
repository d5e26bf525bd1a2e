import APIRuntime
import Tenancy
import TraceQLSyntax

/// What stands beside the query of a search.
struct SearchWindow: Sendable {
    var window = TraceWindow()
    /// How many traces.
    var limit: Int32?
    /// How many spans of each set.
    var spansPerSet: Int32?
}

/// What stands beside the query for names or values of attributes.
struct TagParameters: Sendable {
    var window = TraceWindow()
    /// Only names of this scope; `nil` for all.
    var scope: String?
    var limit: Int32?
    var maximumStaleValues: Int32?

    fileprivate func fields(_ query: Confined<TraceQLTagQuery>) -> FormFields {
        var fields: FormFields = [("q", query.restricted.text)]
        if let scope { fields.append(("scope", scope)) }
        fields += window.fields
        if let limit { fields.append(("limit", String(limit))) }
        if let maximumStaleValues { fields.append(("maxStaleValues", String(maximumStaleValues))) }
        return fields
    }
}

/// What stands beside a metrics query.
struct TraceMetricsParameters: Sendable {
    var start: TempoTime?
    var end: TempoTime?
    var since: TempoDuration?
    var step: TempoDuration?
    var exemplars: Int32?
    var maximumSeries: Int32?

    fileprivate func fields(_ query: Confined<TraceQLQuery>) -> FormFields {
        var fields: FormFields = [("q", query.restricted.text)]
        if let start { fields.append(("start", start.parameter)) }
        if let end { fields.append(("end", end.parameter)) }
        if let since { fields.append(("since", since.parameter)) }
        if let step { fields.append(("step", step.parameter)) }
        if let exemplars { fields.append(("exemplars", String(exemplars))) }
        if let maximumSeries { fields.append(("maxSeries", String(maximumSeries))) }
        return fields
    }
}

extension TempoClient {
    /// Traces with spans that match: `GET /api/search`. What is said of the whole traces speaks of everybody's spans.
    ///
    /// - Throws: ``UpstreamFailure``.
    func search(
        _ query: Confined<TraceQLQuery>, _ parameters: SearchWindow, _ context: RequestContext
    ) async throws -> Unfiltered<SearchAnswer> {
        var call = Call(path: "/api/search", principal: query.principal, fields: [("q", query.restricted.text)])
        call.fields += parameters.window.fields
        if let limit = parameters.limit { call.fields.append(("limit", String(limit))) }
        if let spans = parameters.spansPerSet { call.fields.append(("spss", String(spans))) }
        return Unfiltered(
            SearchAnswer(
                body: try await json(call, context), window: parameters.window, client: self, context: context))
    }

    /// The names of attributes by scope: `GET /api/v2/search/tags`, the only version whose `q` is documented.
    ///
    /// - Throws: ``UpstreamFailure``.
    func tagNames(
        _ query: Confined<TraceQLTagQuery>, _ parameters: TagParameters, _ context: RequestContext
    ) async throws -> UpstreamBody {
        try await json(
            Call(path: "/api/v2/search/tags", principal: query.principal, fields: parameters.fields(query)), context)
    }

    /// The values of an attribute: `GET /api/v2/search/tag/{name}/values`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func tagValues(
        of tag: TagName, _ query: Confined<TraceQLTagQuery>, _ parameters: TagParameters, _ context: RequestContext
    ) async throws -> UpstreamBody {
        var name: [UInt8] = []
        percentEncode(tag.text, into: &name)
        let path = "/api/v2/search/tag/\(String(decoding: name, as: UTF8.self))/values"
        return try await json(
            Call(path: path, principal: query.principal, fields: parameters.fields(query)), context)
    }

    /// Numbers over time: `GET /api/metrics/query_range`, or one number a series: `GET /api/metrics/query`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func metrics(
        _ query: Confined<TraceQLQuery>, _ parameters: TraceMetricsParameters, isRange: Bool,
        _ context: RequestContext
    ) async throws -> UpstreamBody {
        try await json(
            Call(
                path: isRange ? "/api/metrics/query_range" : "/api/metrics/query", principal: query.principal,
                fields: parameters.fields(query)), context)
    }
}
