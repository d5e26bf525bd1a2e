import APIRuntime
import HTTPClient
import OTLP
import Tenancy

/// Which trace is asked for, and how.
struct TraceRequest: Sendable {
    /// A version of Tempo's API. The caller's own is asked: so a Tempo that has only the first serves that one, and each
    /// answer comes in the form that it is passed on in.
    enum Version: String, Sendable {
        case first = "/api/traces/"
        case second = "/api/v2/traces/"
    }

    var id: TraceID
    var version = Version.second
    var window = TraceWindow()
    /// A query that Tempo, from 3.1 on, filters the spans by. It only narrows: what is the caller's own is for the filter
    /// of the answer to say.
    var query: Confined<TraceQLQuery>?
}

/// The time that is looked at, in Unix seconds; `nil` is open.
struct TraceWindow: Sendable {
    var start: Int64?
    var end: Int64?

    var fields: FormFields {
        var fields: FormFields = []
        if let start { fields.append(("start", String(start))) }
        if let end { fields.append(("end", String(end))) }
        return fields
    }
}

extension TempoClient {
    /// A trace in JSON, with everybody's spans in it: `GET /api/v2/traces/{id}` or `/api/traces/{id}`.
    ///
    /// - Throws: ``UpstreamFailure``; 503 while isolation by header is not proven.
    func trace<Schema: Encodable & Sendable>(
        _ request: TraceRequest, as form: TraceForm, _ schema: Schema.Type, for principal: Principal,
        timeout: Duration? = nil, maximumBytes: Int? = nil, _ context: RequestContext
    ) async throws -> Unfiltered<TraceAnswer<Schema>> {
        let body = try await body(request, "application/json", for: principal, timeout, context)
        return Unfiltered(
            TraceAnswer<Schema>(body: body, form: form, maximumBytes: maximumBytes ?? settings.maximumBytes))
    }

    /// The same in Protobuf.
    ///
    /// - Throws: ``UpstreamFailure``; 503 while isolation by header is not proven.
    func protobufTrace(
        _ request: TraceRequest, as form: TraceForm, for principal: Principal, _ context: RequestContext
    ) async throws -> Unfiltered<ProtobufTraceAnswer> {
        let body = try await body(request, "application/protobuf", for: principal, nil, context)
        return Unfiltered(ProtobufTraceAnswer(body: body, form: form, maximumBytes: settings.maximumBytes))
    }

    /// Tempo's answer; `nil` if it has no such trace.
    private func body(
        _ request: TraceRequest, _ mediaType: String, for principal: Principal, _ timeout: Duration?,
        _ context: RequestContext
    ) async throws -> (any ByteStream)? {
        var call = Call(
            path: request.version.rawValue + request.id.hexadecimal, principal: principal,
            fields: request.window.fields, accept: mediaType, timeout: timeout)
        if let query = request.query { call.fields.append(("q", query.restricted.text)) }
        let response = try await send(call, context)
        switch response.status {
        case 200: return try UpstreamAnswer.goodBody(response, of: [mediaType]).stream
        case 404:
            response.body.cancel()
            return nil
        case 400 where request.query != nil:
            throw UpstreamFailure.refused(status: 400, message: await Self.words(of: response))
        default:
            response.body.cancel()
            throw UpstreamFailure.unusableStatus(response.status)
        }
    }
}
