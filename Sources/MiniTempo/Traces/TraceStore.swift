import OTLP
import Synchronization

/// Traces in memory, by organization and id. Beyond its limit it forgets the traces that it has known longest.
final class TraceStore: Sendable {
    /// The resource spans of one trace that came in one request.
    struct Part: Sendable {
        let traceID: TraceID
        let spanCount: Int
        let resourceSpans: [ResourceSpans]
        /// How many bytes these are in Tempo's JSON.
        let jsonBytes: Int

        var byteCount: Int { jsonBytes + resourceSpans.count * TraceStore.overheadBytes }
    }

    private struct Key: Hashable {
        let organization: String
        let traceID: TraceID
    }

    private struct Trace {
        var resourceSpans: [ResourceSpans] = []
        var byteCount = TraceStore.overheadBytes
        /// Made when the trace is first searched.
        var searched: SearchTrace?
    }

    private struct State {
        var traces: [Key: Trace] = [:]
        /// In the order in which they became known, from `oldest` on.
        var order: [Key] = []
        var oldest = 0
        var byteCount = 0
    }

    /// Roughly what an entry costs besides its bytes.
    private static let overheadBytes = 256

    private let maximumBytes: Int
    private let state = Mutex(State())

    /// An empty store that holds at most about that many bytes.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// How many bytes are held, overhead included.
    var byteCount: Int { state.withLock { $0.byteCount } }

    /// How many traces are held.
    var count: Int { state.withLock { $0.traces.count } }

    /// Adds to a trace; false if it would be larger than all that the store may hold. Nothing is added then.
    func add(_ part: Part, organization: String) -> Bool {
        state.withLock { state in
            let key = Key(organization: organization, traceID: part.traceID)
            var trace = state.traces[key] ?? Trace()
            let isNew = trace.resourceSpans.isEmpty
            let added = part.byteCount + (isNew ? Self.overheadBytes : 0)
            guard part.byteCount + trace.byteCount <= maximumBytes else { return false }
            trace.resourceSpans += part.resourceSpans
            trace.byteCount += part.byteCount
            trace.searched = nil
            state.traces[key] = trace
            state.byteCount += added
            if isNew { state.order.append(key) }
            evict(from: &state, butNot: key)
            return true
        }
    }

    /// The resource spans of a trace in these organizations, none if it is not known.
    func resourceSpans(of traceID: TraceID, in organizations: Organizations) -> [ResourceSpans] {
        state.withLock { state in
            organizations.names.flatMap { organization in
                state.traces[Key(organization: organization, traceID: traceID)]?.resourceSpans ?? []
            }
        }
    }

    /// All traces of these organizations as they are searched, by their ids; those of a time, if one is given in seconds
    /// since 1970. A trace that several organizations have parts of is there several times.
    func traces(in organizations: Organizations, during seconds: ClosedRange<UInt64>? = nil) -> [SearchTrace] {
        let traces = state.withLock { state in
            var traces: [(trace: SearchTrace, organization: String)] = []
            for key in state.order[state.oldest...] where organizations.names.contains(key.organization) {
                guard let held = state.traces[key] else { continue }
                let searched = held.searched ?? SearchTrace(traceID: key.traceID, held.resourceSpans)
                if held.searched == nil { state.traces[key]?.searched = searched }
                traces.append((searched, key.organization))
            }
            return traces
        }
        let nanoseconds: UInt64 = 1_000_000_000
        return
            traces
            .filter { found in
                guard let seconds else { return true }
                return found.trace.start / nanoseconds <= seconds.upperBound
                    && found.trace.end / nanoseconds >= seconds.lowerBound
            }
            .sorted { left, right in
                (left.trace.traceIDDigits, left.organization) < (right.trace.traceIDDigits, right.organization)
            }
            .map(\.trace)
    }

    /// Forgets the oldest; a trace that has just grown counts as the newest if it is the oldest's turn.
    private func evict(from state: inout State, butNot kept: Key) {
        while state.byteCount > maximumBytes, state.oldest < state.order.count {
            let key = state.order[state.oldest]
            state.oldest += 1
            if key == kept {
                state.order.append(key)
            } else if let trace = state.traces.removeValue(forKey: key) {
                state.byteCount -= trace.byteCount
            }
        }
        if state.oldest > 1_024, state.oldest > state.order.count / 2 {
            state.order.removeFirst(state.oldest)
            state.oldest = 0
        }
    }
}
