import APIRuntime
import EventLoop
import GeneratedAPI
import HTTPClient
import JSON
import Synchronization
import Telemetry

/// What is known of one upstream: whether it answers its probe, since when, and its version.
final class UpstreamHealth: Sendable {
    private struct State {
        /// The last probe, in nanoseconds of the monotonic clock, and its outcome.
        var probedAt: UInt64?
        var isUp = false
        var since = Double(WallClock.nanoseconds) / 1_000_000_000
        var lastSuccess: Double?
        var version: (text: String?, askedAt: UInt64)?
    }

    let upstream: Upstream
    let flavor: String
    /// For operators only.
    let address: String
    private let probe: UpstreamProbe
    private let lifetime: UInt64
    private let state = Mutex(State())

    /// - Parameter lifetime: how long a probe's outcome counts.
    init(
        _ upstream: Upstream, probe: UpstreamProbe, flavor: String = "", address: String = "",
        lifetime: Duration = .zero
    ) {
        self.upstream = upstream
        self.probe = probe
        self.flavor = flavor
        self.address = address
        self.lifetime = lifetime.nanoseconds
    }

    /// What the last probe said, which is made now if it is too old.
    func look(_ requestID: String) async -> (isUp: Bool, since: Double, lastSuccess: Double?) {
        let now = MonotonicClock.now
        let isFresh = state.withLock { state in
            if let probedAt = state.probedAt, now &- probedAt < lifetime { return true }
            // Whoever asks in the meantime is told what was known before.
            if state.probedAt != nil { state.probedAt = now }
            return false
        }
        if !isFresh {
            let isUp = await probe.isReady(requestID)
            let seconds = Double(WallClock.nanoseconds) / 1_000_000_000
            state.withLock { state in
                if state.probedAt == nil || state.isUp != isUp { state.since = seconds }
                state.probedAt = MonotonicClock.now
                state.isUp = isUp
                if isUp { state.lastSuccess = seconds }
            }
        }
        return state.withLock { ($0.isUp, $0.since, $0.lastSuccess) }
    }

    /// The version that its build information names, asked for again every five minutes.
    func version(_ requestID: String) async -> String? {
        let now = MonotonicClock.now
        if let known = state.withLock({ $0.version }), now &- known.askedAt < 300_000_000_000 { return known.text }
        let text = await probe.version(requestID)
        state.withLock { $0.version = (text, now) }
        return text
    }
}
