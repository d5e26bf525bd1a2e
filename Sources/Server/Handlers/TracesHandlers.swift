import APIRuntime
import GeneratedAPI
import OTLP
import Tenancy

/// What the caller of another tenant's trace is told.
enum TraceDenial: String, CaseIterable, Sendable {
    /// The same as for a trace that does not exist.
    case notFound = "not_found"
    /// That it exists and is somebody else's.
    case forbidden

    /// What a caller is answered of whose there is nothing to show.
    func failure(_ denied: TraceDenied) -> APIFailure {
        switch (denied, self) {
        case (.unknown, _), (.foreign, .notFound): .notFound
        case (.foreign, .forbidden): APIFailure(.forbidden, detail: "The trace belongs to another tenant.")
        }
    }
}

/// The operations tagged Traces: the own face of what ``TempoOperations`` does.
struct TracesHandlers: TracesAPI {
    let operations: TempoOperations

    func getTrace(_ input: GetTrace.Input) async throws -> GetTrace.Output {
        let tempo = try operations.client()
        // A malformed id, an unknown one and another tenant's are one and the same answer.
        guard let id = TraceID(shortHexadecimal: input.traceID) else { throw APIFailure.notFound }
        let trace = try await tempo.trace(
            TraceRequest(id: id), as: TraceForm(), TracesData.self, for: input.credential, input.context)
        do {
            return .ok(.init(body: try await trace.owned(by: input.credential)))
        } catch let denied as TraceDenied {
            throw operations.denial.failure(denied)
        }
    }

    func searchTraces(_ input: SearchTraces.Input) async throws -> SearchTraces.Output {
        var filter = TraceFilterText()
        if let service = input.service { filter.add("resource.service.name", equals: service) }
        if let operation = input.operation { filter.add("name", equals: operation) }
        if let status = input.status { filter.add("status", "=", literal: status.rawValue) }
        try filter.addDurations(input.minDuration, "min_duration", input.maxDuration, "max_duration")
        return .ok(.init(body: try await operations.search(input, filter, input.context)))
    }

    func getTraceTags(_ input: GetTraceTags.Input) async throws -> GetTraceTags.Output {
        .ok(.init(body: try await operations.tagNames(input, as: .scopes, input.context)))
    }

    func getTraceTagValues(_ input: GetTraceTagValues.Input) async throws -> GetTraceTagValues.Output {
        let tag = try operations.tag(input.name)
        return .ok(.init(body: try await operations.tagValues(of: tag, input, as: .typed, input.context)))
    }

    func getTraceMetrics(_ input: GetTraceMetrics.Input) async throws -> GetTraceMetrics.Output {
        .ok(
            .init(
                body: try await operations.metrics(input, isRange: true, TraceSeriesResponse.self, input.context)))
    }
}

extension TraceFilterText {
    /// Adds bounds of how long a span takes.
    ///
    /// - Throws: ``APIFailure`` with what is wrong with them.
    mutating func addDurations(
        _ shortest: String?, _ shortestName: String, _ longest: String?, _ longestName: String
    ) throws(APIFailure) {
        var texts = ParameterTexts(in: .query)
        let form = "a duration such as 100ms or 1.5s"
        if let duration = texts.value(shortest, shortestName, form, TempoDuration.init(_:)) {
            add("duration", ">=", literal: duration.parameter)
        }
        if let duration = texts.value(longest, longestName, form, TempoDuration.init(_:)) {
            add("duration", "<=", literal: duration.parameter)
        }
        try texts.check()
    }
}
