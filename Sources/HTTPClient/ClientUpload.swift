import APIRuntime
import EventLoop
import HTTP1

/// A request's body that arrives over time, on its way to the upstream: its next piece is asked for when the connection has
/// room for it.
final class ClientUpload {
    /// What the request's head says of the body.
    let framing: HTTP1Framing
    /// How long the upstream may take no byte, or be without an answer after the last, in nanoseconds.
    let timeout: UInt64
    private let stream: any ByteStream
    private let room = Wakeup()
    private var task: ShardTask?
    private var sentBytes = 0
    /// The next piece has been asked for.
    private(set) var isAwaitingPiece = false
    private(set) var isComplete = false
    private var isStopped = false

    init(_ stream: any ByteStream, timeout: UInt64) {
        self.stream = stream
        self.timeout = timeout
        framing = stream.length.map { .length($0) } ?? .chunked
    }

    /// Begins to send.
    func start(on connection: ClientConnection) {
        let task = connection.loop.start { [self] in await run(connection) }
        if !isComplete, !isStopped { self.task = task }
    }

    /// The connection takes no more, or nobody wants the rest. Harmless after the end.
    func stop() {
        guard !isComplete, !isStopped else { return }
        isStopped = true
        stream.cancel()
        room.wake()
        task?.cancel()
        task = nil
    }

    /// The connection has sent something.
    func roomMade() { room.wake() }

    private nonisolated(nonsending) func run(_ connection: ClientConnection) async {
        do {
            while !isStopped {
                while !connection.hasUploadRoom, !isStopped {
                    if await room.wait() == .cancelled, !isStopped { return connection.fail(.cancelled) }
                }
                guard !isStopped else { return }
                isAwaitingPiece = true
                connection.setUploadDeadline()
                let piece = try await stream.next()
                isAwaitingPiece = false
                guard !isStopped else { return }
                guard let piece else { return finish(connection) }
                sentBytes += piece.count
                if case .length(let length) = framing, sentBytes > length { return failed(connection) }
                connection.upload(piece)
            }
        } catch {
            failed(connection)
        }
    }

    private func finish(_ connection: ClientConnection) {
        if case .length(let length) = framing, sentBytes < length { return failed(connection) }
        isComplete = true
        task = nil
        connection.uploadCompleted()
    }

    /// The upstream must not take for a whole body what is none.
    private func failed(_ connection: ClientConnection) {
        if !isStopped { connection.fail(.requestBodyFailed) }
    }
}

extension ClientConnection {
    /// Whether the next piece of a request's body can be taken.
    var hasUploadRoom: Bool { pendingBytes < pool.configuration.highWatermark }

    /// Something of the body is on its way.
    func uploadProgressed() {
        guard let exchange else { return }
        if exchange.hasHead { exchange.heardFrom() } else { setUploadDeadline() }
    }

    /// Until the answer's head is there: as long as everything has been sent and the body's source is waited for, the
    /// upstream has nothing to answer for.
    func setUploadDeadline() {
        guard let upload, let exchange, !exchange.hasHead else { return }
        guard !upload.isAwaitingPiece || pendingBytes > 0 else { return setDeadline(nil) }
        let (deadline, overflow) = MonotonicClock.now.addingReportingOverflow(upload.timeout)
        setDeadline(overflow ? .max : deadline)
    }
}
