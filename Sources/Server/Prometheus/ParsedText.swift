import APIRuntime
import PromQLSyntax
import Tenancy

/// The text of an expression that is PromQL, for calls that read no data.
struct ParsedText {
    let text: String

    /// - Throws: ``APIFailure`` with the place of what is wrong, or for a text over the limit.
    init(_ text: String, in location: Violation.Location, _ limits: QueryLimits) throws {
        try limits.checkBytes(text.utf8.count)
        do {
            _ = try PromQLExpression.parse(text)
        } catch {
            var texts = ParameterTexts(in: location)
            texts.report("query", rule: "promql", error.message, line: error.line, column: error.column)
            try texts.check()
        }
        self.text = text
    }
}

extension PrometheusClient {
    /// What Prometheus makes of an expression without evaluating it.
    enum TextCall: String {
        case format = "/api/v1/format_query"
        case parse = "/api/v1/parse_query"
    }

    /// Has Prometheus format or parse a text. It reads no series for it, so the text is sent as the caller wrote it, but
    /// only if this gateway's parser reads it too.
    ///
    /// - Throws: ``UpstreamFailure``.
    func text(
        _ text: ParsedText, _ call: TextCall, for principal: Principal, _ context: RequestContext
    ) async throws -> UpstreamBody {
        try await json(Call(path: call.rawValue, principal: principal, fields: [("query", text.text)]), context)
    }
}
