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
        let confined = bound as? any ConfinedText
        if trace.isRecorded {
            var attributes = [Attribute("palisade.parameter", parameter)]
            if let confined {
                attributes.append(Attribute("palisade.language", confined.language))
                attributes.append(Attribute("palisade.selectors", confined.selectorCount))
            }
            trace.record(
                "confine", from: startedAt, to: endedAt, attributes, error: bound == nil ? "refused" : nil)
        }
        guard logger.isEnabled(.debug) else { return }
        var fields = context.logFields + [("parameter", .string(parameter)), ("original", .string(Self.text(source)))]
        if let confined { fields.append(("confined", .string(confined.confinedTexts.joined(separator: " ")))) }
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
protocol ConfinedText {
    var language: String { get }
    var selectorCount: Int { get }
    /// As it is sent.
    var confinedTexts: [String] { get }
}

extension Confined: ConfinedText {
    /// The language's name.
    var language: String {
        switch restricted {
        case is RestrictedQuery, is [RestrictedQuery]: "promql"
        default: "traceql"
        }
    }

    /// How many selectors, or filters of TraceQL, carry the tenant's condition.
    var selectorCount: Int {
        switch restricted {
        case let query as RestrictedQuery: query.selectorCount
        case let selectors as [RestrictedQuery]: selectors.count
        case let query as ConfinedTraceQL: query.filterCount
        default: 0
        }
    }

    /// As it is sent.
    var confinedTexts: [String] {
        switch restricted {
        case let query as RestrictedQuery: [query.text]
        case let selectors as [RestrictedQuery]: selectors.map(\.text)
        case let query as ConfinedTraceQL: [query.text]
        default: []
        }
    }
}
