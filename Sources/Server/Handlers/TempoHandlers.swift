import APIRuntime
import GeneratedAPI
import OTLP
import Tenancy

/// The operations tagged Tempo: the drop-in face of what ``TempoOperations`` does.
struct TempoHandlers: TempoAPI {
    let operations: TempoOperations
    /// The version of Tempo that is claimed.
    let version: String

    // MARK: Traces by id

    func tempoTrace(_ input: TempoTrace.Input) async throws -> TempoTrace.Output {
        let request = try request(input.traceID, .first, input)
        let client = try operations.client()
        var form = TraceForm(form: .asReceived, envelope: .batches, denial: operations.denial)
        do {
            guard wantsProtobuf(input.accept) else {
                let trace = try await client.trace(
                    request, as: form, TraceBatches.self, for: input.credential, input.context)
                return .ok(.init(body: .json(try await trace.owned(by: input.credential))))
            }
            form.envelope = .tracesData
            let trace = try await client.protobufTrace(request, as: form, for: input.credential, input.context)
            return .ok(.init(body: .protobuf(try await trace.owned(by: input.credential))))
        } catch let denied as TraceDenied {
            // An absent trace has neither a body nor a media type there, so another tenant's has not either.
            let failure = operations.denial.failure(denied)
            if failure.code == .notFound { return .notFound(.init()) }
            throw failure
        }
    }

    func tempoTraceV2(_ input: TempoTraceV2.Input) async throws -> TempoTraceV2.Output {
        var request = try request(input.traceID, .second, input)
        if let query = input.q {
            var texts = ParameterTexts(in: .query)
            if query.restricted.isMetricsQuery { texts.report("q", rule: "traceql", "a metrics query finds no spans") }
            try texts.check()
            try operations.limits.checkBytes(query.restricted.sourceByteCount)
            request.query = query
        }
        let client = try operations.client()
        var form = TraceForm(form: .asReceived, envelope: .traceByIDResponse, denial: operations.denial)
        do {
            guard wantsProtobuf(input.accept) else {
                form.absence = Array(#"{"trace":{},"metrics":{}}"#.utf8)
                let trace = try await client.trace(
                    request, as: form, TraceByID.self, for: input.credential, input.context)
                return .ok(.init(body: .json(try await trace.owned(by: input.credential))))
            }
            // The same: a trace and metrics, both empty.
            form.absence = [0x0A, 0x00, 0x12, 0x00]
            let trace = try await client.protobufTrace(request, as: form, for: input.credential, input.context)
            return .ok(.init(body: .protobuf(try await trace.owned(by: input.credential))))
        } catch let denied as TraceDenied {
            throw operations.denial.failure(denied)
        }
    }

    /// As Tempo decides it: whoever names the media type gets it, whatever else it accepts.
    private func wantsProtobuf(_ accept: AcceptedMediaTypes) -> Bool { accept.names("application/protobuf") }

    private func request(
        _ id: String, _ version: TraceRequest.Version, _ input: some TraceWindowInput
    ) throws -> TraceRequest {
        var texts = ParameterTexts(in: .query)
        let window = texts.window(input)
        try texts.check()
        return TraceRequest(id: try TraceID(tempoPath: id), version: version, window: window)
    }

    // MARK: Search

    func tempoSearch(_ input: TempoSearch.Input) async throws -> TempoSearch.Output {
        var filter = TraceFilterText()
        if let tags = input.tags {
            do {
                try filter.add(LogfmtTags.parse(tags))
            } catch {
                var texts = ParameterTexts(in: .query)
                texts.report("tags", rule: "logfmt", "\(error.message), at byte \(error.column)")
                try texts.check()
            }
        }
        try filter.addDurations(input.minDuration, "minDuration", input.maxDuration, "maxDuration")
        return .ok(.init(body: try await operations.search(input, filter, input.context)))
    }

    func tempoSearchTags(_ input: TempoSearchTags.Input) async throws -> TempoSearchTags.Output {
        .ok(.init(body: try await operations.tagNames(input, as: .names, input.context)))
    }

    func tempoSearchTagsV2(_ input: TempoSearchTagsV2.Input) async throws -> TempoSearchTagsV2.Output {
        .ok(.init(body: try await operations.tagNames(input, as: .scopes, input.context)))
    }

    func tempoSearchTagValues(_ input: TempoSearchTagValues.Input) async throws -> TempoSearchTagValues.Output {
        let tag = try operations.unscopedTag(input.name)
        return .ok(.init(body: try await operations.tagValues(of: tag, input, as: .texts, input.context)))
    }

    func tempoSearchTagValuesV2(_ input: TempoSearchTagValuesV2.Input) async throws -> TempoSearchTagValuesV2.Output {
        let tag = try operations.tag(input.name)
        return .ok(.init(body: try await operations.tagValues(of: tag, input, as: .typed, input.context)))
    }

    // MARK: Metrics

    func tempoMetricsQueryRange(_ input: TempoMetricsQueryRange.Input) async throws -> TempoMetricsQueryRange.Output {
        .ok(
            .init(
                body: try await operations.metrics(input, isRange: true, TraceSeriesResponse.self, input.context)))
    }

    func tempoMetricsQuery(_ input: TempoMetricsQuery.Input) async throws -> TempoMetricsQuery.Output {
        .ok(
            .init(
                body: try await operations.metrics(input, isRange: false, TraceInstantResponse.self, input.context)))
    }

    // MARK: What the gateway says of itself

    func tempoEcho(_ input: TempoEcho.Input) async throws -> TempoEcho.Output {
        .ok(.init(body: .text("echo")))
    }

    func tempoBuildInfo(_ input: TempoBuildInfo.Input) async throws -> TempoBuildInfo.Output {
        let info = TempoBuild(
            version: version, revision: "", branch: "", buildUser: "", buildDate: "", goVersion: "")
        return .ok(.init(body: .value(info)))
    }
}
