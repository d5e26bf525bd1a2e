import APIRuntime
import EventLoop
import GeneratedAPI
import JSON
import OTLP
import Tenancy

/// Where what is said of whole traces in answers to searches comes from.
enum TraceSummaries: String, CaseIterable, Sendable {
    /// From the trace's own part, asked for once a trace.
    case recomputed
    /// From nowhere: it is left out.
    case blank
}

/// Asks for the own parts of several traces, some at a time: within one time limit and one limit of bytes for all.
///
/// If one of them is not to be had, none is: what is left out must not depend on which trace it was.
final class OwnTraceParts {
    /// How many calls run at once.
    static let width = 8
    /// For more traces than this nothing is asked.
    static let mostTraces = 1_000

    private let client: TempoClient
    private let principal: Principal
    private let context: RequestContext
    private let ids: [TraceID]
    private let deadline: UInt64
    private var next = 0
    private var parts: [OwnTracePart?]
    private var bytes = 0
    private var hasFailed = false

    private init(_ ids: [TraceID], _ client: TempoClient, _ principal: Principal, _ context: RequestContext) {
        self.ids = ids
        self.client = client
        self.principal = principal
        self.context = context
        parts = Array(repeating: nil, count: ids.count)
        deadline = MonotonicClock.now &+ client.settings.timeout.nanoseconds
    }

    /// The own part of each of the traces, in their order, `nil` within for one of which nothing is own; `nil` if one of
    /// the calls failed or a limit was reached.
    static func fetch(
        _ ids: [TraceID], by client: TempoClient, for principal: Principal, _ context: RequestContext
    ) async throws -> [OwnTracePart?]? {
        guard ids.count <= mostTraces else { return nil }
        let run = OwnTraceParts(ids, client, principal, context)
        if let loop = ShardLoop.current, ids.count > 1 {
            let tasks = (0..<min(width, ids.count)).map { _ in loop.start { await run.work() } }
            await withTaskCancellationHandler {
                for task in tasks { await task.wait() }
            } onCancel: {
                for task in tasks { task.cancel() }
            }
        } else {
            await run.work()
        }
        try Task.checkCancellation()
        return run.hasFailed ? nil : run.parts
    }

    /// Takes one trace after another until there is none left or a call has failed.
    private func work() async {
        while next < ids.count, !hasFailed {
            let index = next
            next += 1
            do {
                parts[index] = try await part(of: ids[index])
            } catch {
                hasFailed = true
            }
        }
    }

    private func part(of id: TraceID) async throws -> OwnTracePart? {
        let now = MonotonicClock.now
        guard now < deadline else { throw UpstreamFailure.transport(.timedOut(.head)) }
        // As many parts as are read at once stay within the limit for all.
        let limit = client.settings.maximumBytes / Self.width
        let answer = try await client.trace(
            TraceRequest(id: id), as: TraceForm(), TracesData.self, for: principal,
            timeout: .nanoseconds(Int64(clamping: deadline - now)), maximumBytes: limit, context)
        let content: JSONContent<TracesData>
        do {
            content = try await answer.owned(by: principal).value
        } catch is TraceDenied {
            return nil
        }
        guard case .stream(let stream) = content else { return nil }
        bytes += stream.length ?? 0
        guard bytes <= client.settings.maximumBytes else {
            throw UpstreamFailure.tooLarge(limit: client.settings.maximumBytes)
        }
        let json = try await RequestBody.stream(stream).collect(limit: limit)
        let limits = JSONLimits(bytes: .max, members: .max)
        return OwnTracePart(try ExportTraceRequest(json: json, limits: limits).resourceSpans)
    }
}
