import APIRuntime
import EventLoop
import GeneratedAPI
import OTLP
import PromQLSyntax
import Telemetry
import Tenancy

/// Records how a request's inputs are confined: a span each, and with `LOG_LEVEL=debug` a line with the caller's text and
/// what became of it. Spans hold no query text.
final class ConfinementRecorder: CredentialBindingObserver {
    private let trace: RequestTrace
    private unowned let context: RequestContext
    private let logger: Logger
    private var startedAt: UInt64 = 0

    init(trace: RequestTrace, context: RequestContext, logger: Logger) {
        self.trace = trace
        self.context = context
        self.logger = logger
    }

    func willBind(_ parameter: String) { startedAt = MonotonicClock.now }

    func didBind(_ parameter: String, _ source: any Sendable, to bound: (any CredentialBound)?) {
        let endedAt = MonotonicClock.now
        let confined = bound.flatMap(ConfinedText.init)
        if trace.isRecorded {
            trace.record("confine", from: startedAt, to: endedAt, error: bound == nil ? "refused" : nil) { attributes in
                attributes.append("palisade.parameter", parameter)
                if let confined {
                    attributes.append("palisade.language", confined.language)
                    attributes.append("palisade.selectors", confined.selectorCount)
                }
            }
        }
        guard logger.isEnabled(.debug) else { return }
        var fields = context.logFields + [("parameter", .string(parameter)), ("original", .string(Self.text(source)))]
        if let confined { fields.append(("confined", .string(confined.texts.joined(separator: " ")))) }
        logger.log(.debug, bound == nil ? "a query was refused" : "a query was confined", fields)
    }

    private static func text(_ source: any Sendable) -> String {
        switch source {
        case let text as String: text
        case let texts as [String]: texts.joined(separator: " ")
        default: ""
        }
    }
}

/// What logs and spans may say of something confined.
private struct ConfinedText {
    /// The language's name.
    let language: String
    /// How many selectors, or filters of TraceQL, carry the tenant's condition.
    let selectorCount: Int
    private let queries: [RestrictedQuery]
    private let traceQuery: ConfinedTraceQL?

    /// As it is sent.
    var texts: [String] { queries.map(\.text) + (traceQuery.map { [$0.text] } ?? []) }

    init?(_ bound: any CredentialBound) {
        switch bound {
        case let query as Confined<PromQLQuery>: self.init("promql", [query.restricted])
        case let selectors as Confined<PromQLSelectors>: self.init("promql", selectors.restricted)
        case let query as Confined<TraceQLQuery>: self.init(query.restricted)
        case let query as Confined<TraceQLTagQuery>: self.init(query.restricted)
        default: return nil
        }
    }

    private init(_ language: String, _ queries: [RestrictedQuery]) {
        self.language = language
        selectorCount = queries.reduce(0) { $0 + $1.selectorCount }
        self.queries = queries
        traceQuery = nil
    }

    private init(_ query: ConfinedTraceQL) {
        language = "traceql"
        selectorCount = query.filterCount
        queries = []
        traceQuery = query
    }
}
