import APIRuntime
import EventLoop

/// A request's body as its handler reads it.
final class RequestBodyStream: ByteStream {
    let length: Int?
    private var buffered: [UInt8] = []
    private var isComplete = false
    private var isCancelled = false
    private var failure: RequestBodyError?
    private let wakeup = Wakeup()
    /// Let go when the body has ended.
    private weak var connection: ServerConnection?

    init(length: Int?, connection: ServerConnection) {
        self.length = length
        self.connection = connection
    }

    /// How many bytes wait to be taken.
    var bufferedBytes: Int { buffered.count }
    /// Whether the handler waits for the next piece.
    var isAwaited: Bool { wakeup.isAwaited }

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard !isCancelled, failure == nil else { return }
        buffered.append(contentsOf: bytes)
        wakeup.wake()
    }

    func finish() {
        isComplete = true
        wakeup.wake()
    }

    func fail(_ error: RequestBodyError) {
        guard !isComplete, failure == nil else { return }
        failure = error
        wakeup.wake()
    }

    nonisolated(nonsending) func next() async throws -> [UInt8]? {
        while true {
            if isCancelled { throw CancellationError() }
            if !buffered.isEmpty {
                var piece: [UInt8] = []
                swap(&piece, &buffered)
                connection?.bodyTaken()
                return piece
            }
            if let failure { throw failure }
            if isComplete { return nil }
            connection?.bodyAwaited()
            if await wakeup.wait() == .cancelled {
                cancel()
                throw CancellationError()
            }
        }
    }

    func cancel() {
        guard !isComplete || !buffered.isEmpty else { return }
        isCancelled = true
        buffered = []
    }
}
