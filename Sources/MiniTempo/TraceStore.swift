import OTLP
import Synchronization

/// Traces in memory, by organization and id. Beyond its limit it forgets the traces that it has known longest.
final class TraceStore: Sendable {
    /// The resource spans of one trace that came in one request.
    struct Part: Sendable {
        let traceID: TraceID
        let spanCount: Int
        /// As Tempo answers with them: JSON objects.
        let resourceSpans: [[UInt8]]

        var byteCount: Int {
            resourceSpans.reduce(0) { $0 + $1.count + TraceStore.overheadBytes }
        }
    }

    private struct Key: Hashable {
        let organization: String
        let traceID: TraceID
    }

    private struct Trace {
        var resourceSpans: [[UInt8]] = []
        var byteCount = TraceStore.overheadBytes
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
            state.traces[key] = trace
            state.byteCount += added
            if isNew { state.order.append(key) }
            evict(from: &state, butNot: key)
            return true
        }
    }

    /// The resource spans of a trace in these organizations, none if it is not known.
    func resourceSpans(of traceID: TraceID, in organizations: Organizations) -> [[UInt8]] {
        state.withLock { state in
            organizations.names.flatMap { organization in
                state.traces[Key(organization: organization, traceID: traceID)]?.resourceSpans ?? []
            }
        }
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
