import APIRuntime
import GeneratedAPI
import Tenancy

/// What the own API for metrics and the drop-in Prometheus API share: everything but the names of the operations.
struct PrometheusOperations: Sendable {
    let client: PrometheusClient
    let limits: QueryLimits
    let metadata: MetadataProvider
    let pageTokens: RulePageTokens

    // MARK: Queries

    func query(
        _ input: some InstantQueryInput, in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.QueryResult {
        var texts = ParameterTexts(in: location)
        let time = texts.time(input.time, "time")
        return try await evaluate(input, .instant(time), &texts, context)
    }

    func queryRange(
        _ input: some RangeQueryInput, in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.QueryResult {
        var texts = ParameterTexts(in: location)
        let start = texts.requiredTime(input.start, "start")
        let end = texts.requiredTime(input.end, "end")
        let step = texts.requiredDuration(input.step, "step")
        if end.milliseconds < start.milliseconds {
            texts.report("end", rule: "order", "end timestamp must not be before start time")
        }
        return try await evaluate(input, .range(start: start, end: end, step: step), &texts, context)
    }

    private func evaluate(
        _ input: some EvaluationInput, _ times: EvaluationParameters.Times, _ texts: inout ParameterTexts,
        _ context: RequestContext
    ) async throws -> Responses.QueryResult {
        let parameters = EvaluationParameters(
            times: times, timeout: texts.duration(input.timeout, "timeout"), limit: input.limit,
            lookback: texts.duration(input.lookbackDelta, "lookback_delta"), stats: input.stats?.rawValue,
            thanos: ThanosOptions(
                deduplicates: input.dedup, allowsPartialResponse: input.partialResponse,
                maximumSourceResolution: texts.resolution(input.maxSourceResolution, "max_source_resolution")))
        try texts.check()
        try limits.check(input.query, parameters)
        let answer = try await client.evaluate(input.query, parameters, context)
        return Responses.QueryResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    func exemplars(
        _ input: some ExemplarsInput, in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.ExemplarsResult {
        let window = try limits.check(input.query, window(input, in: location))
        let answer = try await client.exemplars(input.query, window, context)
        return Responses.ExemplarsResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    // MARK: Series

    func series(
        _ input: some SelectorsInput, in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.SeriesResult {
        let answer = try await client.series(input.match, try parameters(input, in: location), context)
        return Responses.SeriesResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    func labelNames(
        _ input: some SelectorsInput, in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.LabelsResult {
        let answer = try await client.labelNames(input.match, try parameters(input, in: location), context)
        return Responses.LabelsResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    func labelValues(
        of name: String, _ input: some SelectorsInput, _ context: RequestContext
    ) async throws -> Responses.LabelsResult {
        guard let label = LabelName(pathSegment: name) else {
            throw APIFailure(.invalidInput, detail: "invalid label name: \"\(name)\"")
        }
        let answer = try await client.labelValues(
            of: label, input.match, try parameters(input, in: .query), context)
        return Responses.LabelsResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    func search(
        _ kind: SearchParameters.Kind, _ input: some SearchInput, label: String? = nil,
        in location: Violation.Location, _ context: RequestContext
    ) async throws -> Responses.SearchResult {
        var texts = ParameterTexts(in: location)
        if input.includeMetadata == true {
            texts.report("include_metadata", rule: "isolation", "must not be true: the descriptions are of all tenants")
        }
        try texts.check()
        let window = try limits.check(input.match, window(input, in: location))
        var fields: FormFields = input.search.map { ("search[]", $0) }
        if let threshold = input.fuzzThreshold { fields.append(("fuzz_threshold", String(threshold))) }
        if let algorithm = input.fuzzAlg { fields.append(("fuzz_alg", algorithm.rawValue)) }
        if let isCaseSensitive = input.caseSensitive { fields.append(("case_sensitive", "\(isCaseSensitive)")) }
        if let order = input.sortBy { fields.append(("sort_by", order.rawValue)) }
        if let direction = input.sortDir { fields.append(("sort_dir", direction.rawValue)) }
        if let includesScore = input.includeScore { fields.append(("include_score", "\(includesScore)")) }
        if let limit = input.limit { fields.append(("limit", String(limit))) }
        if let size = input.batchSize { fields.append(("batch_size", String(size))) }
        let answer = try await client.search(
            input.match, SearchParameters(kind: kind, label: label, fields: fields, window: window), context)
        return Responses.SearchResult(contentEncoding: answer.coding, body: .stream(answer.stream))
    }

    private func parameters(
        _ input: some SelectorsInput, in location: Violation.Location
    ) throws -> SeriesParameters {
        SeriesParameters(
            window: try limits.check(input.match, window(input, in: location)), limit: input.limit,
            thanos: ThanosOptions(deduplicates: input.dedup, allowsPartialResponse: input.partialResponse))
    }

    private func window(_ input: some WindowInput, in location: Violation.Location) throws -> TimeWindow {
        var texts = ParameterTexts(in: location)
        let window = TimeWindow(start: texts.time(input.start, "start"), end: texts.time(input.end, "end"))
        try texts.check()
        return window
    }

    // MARK: Rules, alerts and metadata

    func rules(_ input: some RulesInput, _ context: RequestContext) async throws -> Owned<JSONContent<RulesResponse>> {
        let parameters = RuleParameters(
            type: input.type?.rawValue, names: input.ruleName, groups: input.ruleGroup, files: input.file,
            excludesAlerts: input.excludeAlerts)
        try limits.checkBytes(input.match.restricted.reduce(0) { $0 + $1.sourceByteCount })
        let answer = try await client.rules(input.match, parameters, page: try page(input, parameters), context)
        return try await answer.owned(by: input.credential)
    }

    private func page(_ input: some RulesInput, _ parameters: RuleParameters) throws -> RulePage {
        let token = input.groupNextToken.flatMap { $0.isEmpty ? nil : $0 }
        guard let limit = input.groupLimit else {
            guard token == nil else { throw RulePageTokens.invalid("needs group_limit") }
            return .all
        }
        let tokens = pageTokens
        let call = RulePageTokens.Binding(
            principal: input.credential,
            parameters: parameters.fields + input.match.restricted.map { ("match[]", $0.text) })
        return RulePage(limit: Int(limit), after: try token.map { try tokens.group(of: $0, for: call) }) { group in
            try tokens.token(after: group, of: call)
        }
    }

    func alerts(
        for principal: Principal, _ context: RequestContext
    ) async throws -> Owned<JSONContent<AlertsResponse>> {
        try await client.alerts(for: principal, context).owned(by: principal)
    }

    func metadata(
        _ input: some MetadataInput, _ context: RequestContext
    ) async throws -> Owned<JSONContent<MetadataResponse>> {
        // An empty name counts as absent, as it does for Prometheus.
        let selection = MetadataTable.Selection(
            metric: input.metric.flatMap { $0.isEmpty ? nil : $0 }, limit: input.limit,
            limitPerMetric: input.limitPerMetric)
        return try await metadata.answer(selection, for: input.credential, client, context)
    }
}
