import APIRuntime
import GeneratedAPI
import HTTPClient
import OTLP
import Telemetry
import Tenancy

/// A request whose answer has been sent or given up.
struct FinishedRequest {
    let operation: OperationID?
    let status: Int
    let failure: ProblemCode?
    let isConfinementFailure: Bool
    let outcome: ResponseEnd.Outcome
    let bytes: Int
    let nanoseconds: UInt64
    /// Its trace, if that is recorded.
    let trace: TraceID?
    let tenants: [Tenant]
    /// What has its ids, which are written when somebody asks for them.
    let context: RequestContext
}

/// A call of an upstream that had an answer, or none.
struct FinishedCall {
    let upstream: Upstream
    /// `nil` if there was no answer.
    let status: Int?
    let error: HTTPClientError?
    let nanoseconds: UInt64
    /// The trace of the request that it was made for, if that is recorded.
    let trace: TraceID?
}

/// What became of a token.
enum TokenOutcome: String, CaseIterable, Sendable {
    case accepted
    case missing
    /// It does not verify.
    case refused
    /// It verifies, but names no tenant that can be used.
    case forbidden
}

/// What is counted, on one shard or on all of them together.
struct Figures: Sendable {
    /// Of one operation, or of one tenant.
    struct Requests: Sendable {
        /// By the status' first digit.
        var byClass = [Int](repeating: 0, count: 6)
        var durations = Histogram()
        var lastFailure: (code: String, seconds: Double)?

        var count: Int { byClass.reduce(0, +) }
        var failed: Int { byClass[5] }

        mutating func add(_ request: FinishedRequest, now: Double) {
            byClass[min(max(request.status / 100, 0), 5)] += 1
            durations.observe(nanoseconds: request.nanoseconds, trace: request.trace, at: now)
            if let failure = request.failure { lastFailure = (failure.rawValue, now) }
        }

        mutating func add(_ other: Requests) {
            for index in byClass.indices { byClass[index] += other.byClass[index] }
            durations.add(other.durations)
            if let theirs = other.lastFailure, lastFailure.map({ $0.seconds < theirs.seconds }) ?? true {
                lastFailure = theirs
            }
        }
    }

    /// Of the calls of one upstream.
    struct Calls: Sendable {
        /// Answers by the status' first digit.
        var byClass = [Int](repeating: 0, count: 6)
        /// Calls without an answer by their kind of failure.
        var failures: [String: Int] = [:]
        var durations = Histogram()
        /// Of the last answer below 500, in seconds since 1970.
        var lastSuccess: Double?
        var lastFailure: (reason: String, seconds: Double)?

        /// By what came back: `2xx` to `5xx`, or a kind of failure.
        var results: [String: Int] {
            var results = failures
            for (index, count) in byClass.enumerated() where count > 0 { results["\(index)xx"] = count }
            return results
        }

        mutating func add(_ call: FinishedCall, now: Double) {
            durations.observe(nanoseconds: call.nanoseconds, trace: call.trace, at: now)
            if let status = call.status {
                byClass[min(max(status / 100, 0), 5)] += 1
                if status < 500 { lastSuccess = now } else { lastFailure = ("status \(status)", now) }
            } else {
                let kind = call.error?.kind ?? "none"
                failures[kind, default: 0] += 1
                lastFailure = (kind, now)
            }
        }

        mutating func add(_ other: Calls) {
            for index in byClass.indices { byClass[index] += other.byClass[index] }
            failures.merge(other.failures, uniquingKeysWith: +)
            durations.add(other.durations)
            if let theirs = other.lastSuccess { lastSuccess = max(lastSuccess ?? 0, theirs) }
            if let theirs = other.lastFailure, lastFailure.map({ $0.seconds < theirs.seconds }) ?? true {
                lastFailure = theirs
            }
        }
    }

    /// By operation; under `nil` what has none.
    var operations = CaseTable<OperationID?, Requests>()
    var tenants: [Tenant: Requests] = [:]
    var upstreams = CaseTable<Upstream, Calls>()
    var refusals: [ProblemCode: Int] = [:]
    var tokens = CaseTable<TokenOutcome, Int>()
    var outcomes = CaseTable<ResponseEnd.Outcome, Int>()
    var running = 0
    var bytes = 0
    var confinementFailures = 0

    /// How many tenants' figures are kept on each shard.
    static let mostTenants = 10_000

    /// All operations together.
    var all: Requests {
        operations.all.reduce(into: Requests()) { $0.add($1.value) }
    }

    mutating func add(_ request: FinishedRequest, now: Double) {
        running -= 1
        bytes += request.bytes
        operations[request.operation, else: Requests()].add(request, now: now)
        outcomes[request.outcome, else: 0] += 1
        if let failure = request.failure { refusals[failure, default: 0] += 1 }
        if request.isConfinementFailure { confinementFailures += 1 }
        for tenant in request.tenants where tenants[tenant] != nil || tenants.count < Self.mostTenants {
            tenants[tenant, default: Requests()].add(request, now: now)
        }
    }

    mutating func add(_ other: Figures) {
        for (operation, requests) in other.operations.all { operations[operation, else: Requests()].add(requests) }
        for (tenant, requests) in other.tenants { tenants[tenant, default: Requests()].add(requests) }
        for (upstream, calls) in other.upstreams.all { upstreams[upstream, else: Calls()].add(calls) }
        refusals.merge(other.refusals, uniquingKeysWith: +)
        for (outcome, count) in other.tokens.all { tokens[outcome, else: 0] += count }
        for (outcome, count) in other.outcomes.all { outcomes[outcome, else: 0] += count }
        running += other.running
        bytes += other.bytes
        confinementFailures += other.confinementFailures
    }
}
