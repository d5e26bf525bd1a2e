import APIRuntime
import Tenancy

/// What stands beside the selectors of a call about series.
struct SeriesParameters: Sendable {
    var window = TimeWindow()
    var limit: Int64?
    var thanos = ThanosOptions()
}

/// What is searched for by name, and how. Everything is checked already.
struct SearchParameters: Sendable {
    /// What is searched.
    enum Kind: String, Sendable {
        case metricNames = "metric_names"
        case labelNames = "label_names"
        case labelValues = "label_values"
    }

    var kind: Kind
    /// Of which label, for the search of values.
    var label: String?
    /// The parameters that only say what matches and how it is given, rebuilt from typed values.
    var fields: FormFields
    var window = TimeWindow()
}

extension PrometheusClient {
    /// The label sets of series: `POST /api/v1/series`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func series(
        _ selectors: Confined<PromQLSelectors>, _ parameters: SeriesParameters, _ context: RequestContext
    ) async throws -> UpstreamBody {
        try await json(call("/api/v1/series", selectors, parameters), context)
    }

    /// The names of labels: `POST /api/v1/labels`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func labelNames(
        _ selectors: Confined<PromQLSelectors>, _ parameters: SeriesParameters, _ context: RequestContext
    ) async throws -> UpstreamBody {
        try await json(call("/api/v1/labels", selectors, parameters), context)
    }

    /// The values of a label: `GET /api/v1/label/{name}/values`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func labelValues(
        of label: LabelName, _ selectors: Confined<PromQLSelectors>, _ parameters: SeriesParameters,
        _ context: RequestContext
    ) async throws -> UpstreamBody {
        var call = call("/api/v1/label/\(label.escaped)/values", selectors, parameters)
        call.isForm = false
        return try await json(call, context)
    }

    /// What is found by name, a line of JSON at a time: `POST /api/v1/search/{kind}`.
    ///
    /// - Throws: ``UpstreamFailure``.
    func search(
        _ selectors: Confined<PromQLSelectors>, _ parameters: SearchParameters, _ context: RequestContext
    ) async throws -> UpstreamBody {
        var fields = Self.fields(selectors)
        if let label = parameters.label { fields.append(("label", label)) }
        fields += parameters.fields + parameters.window.fields
        let call = Call(
            path: "/api/v1/search/\(parameters.kind.rawValue)", principal: selectors.principal, fields: fields,
            accept: "application/x-ndjson", takesGzip: context.prefersGzip)
        return try await UpstreamAnswer.body(
            send(call, context), of: ["application/x-ndjson"], takesGzip: call.takesGzip)
    }

    /// The latest samples of series in a text format: `GET /federate`.
    ///
    /// - Parameter accept: the media types that are taken, best first.
    /// - Throws: ``UpstreamFailure``.
    func federate(
        _ selectors: Confined<PromQLSelectors>, accept: String, _ context: RequestContext
    ) async throws -> UpstreamBody {
        let call = Call(
            path: "/federate", principal: selectors.principal, fields: Self.fields(selectors), isForm: false,
            accept: accept, takesGzip: context.prefersGzip)
        return try await UpstreamAnswer.body(
            send(call, context), of: ["text/plain", "application/openmetrics-text"], takesGzip: call.takesGzip)
    }

    private func call(
        _ path: String, _ selectors: Confined<PromQLSelectors>, _ parameters: SeriesParameters
    ) -> Call {
        var fields = Self.fields(selectors) + parameters.window.fields
        if let limit = parameters.limit { fields.append(("limit", String(limit))) }
        fields += parameters.thanos.fields(for: settings.flavor)
        return Call(path: path, principal: selectors.principal, fields: fields)
    }

    static func fields(_ selectors: Confined<PromQLSelectors>) -> FormFields {
        selectors.restricted.map { ("match[]", $0.text) }
    }
}
