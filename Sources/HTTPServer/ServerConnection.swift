import APIRuntime
import EventLoop
import HTTP1

/// A client's connection: its socket, its deadlines and where it stands between reading, answering and closing.
///
/// How input becomes requests is in `ServerConnection+Input.swift`, how answers are written in
/// `ServerConnection+Answer.swift`.
final class ServerConnection: ReadinessHandler, EndOfTurnHandler, TimerHandler {
    enum Phase {
        /// Waiting for a request's head, or within it.
        case head
        /// A request is being answered.
        case exchange
        /// The answer is out; the rest of the request's body is read and dropped.
        case drain
        /// The last answer is out; waiting for the client to close, so that no reset overtakes the answer.
        case linger
        case closed
    }

    let shard: ServerShard
    let loop: ShardLoop
    let peer: String
    private let socket: Socket
    private let tls: TLSTransport?
    /// Its place in the shard's list.
    var index: Int?
    var phase = Phase.head

    // Input
    var parser: HTTP1RequestParser
    /// What was read and not yet parsed.
    var input: [UInt8] = []
    /// Parsing stopped because of the connection's state: once that allows it, there may be more to be parsed.
    var inputIsHeld = false
    private var mayRead = false
    private var endMayFollow = false
    /// The client has finished sending.
    private(set) var inputEnded = false
    var bodyIsComplete = true
    /// The rest of the request cannot be read; the connection ends with this answer.
    var inputIsBroken = false
    var body: RequestBodyStream?
    var bodyBytesRead = 0
    var bytesDropped = 0
    var awaitsContinue = false
    var pendingRequest: Request?
    var pendingFailure: ProtocolFailure?

    // Output
    var output = WriteQueue()
    var answer = AnswerState()
    var task: ShardTask?
    var taskIsRunning = false
    let room = Wakeup()
    private var turnEndRequested = false
    /// Once all is out, the client is told that nothing more will come.
    private var finishesWhenSent = false

    // Deadlines on the monotonic clock
    private var timer: LoopTimer?
    private var readDeadline = UInt64.max
    private var writeDeadline = UInt64.max
    /// A head has begun, so that the deadline is the head's and not that of an idle connection.
    private var headHasBegun = true

    init(socket: Socket, peer: String, tls: TLSTransport?, shard: ServerShard) {
        self.socket = socket
        self.tls = tls
        self.peer = peer
        self.shard = shard
        loop = shard.loop
        parser = HTTP1RequestParser(limits: shard.configuration.limits)
    }

    func opened() {
        timer = LoopTimer(handler: self)
        setReadDeadline(shard.deadlines.header)
    }

    // MARK: Events

    func ready(_ events: ReadyEvents) {
        guard phase != .closed else { return }
        if !events.isDisjoint(with: [.error, .hangup]) {
            return abort(.clientLeft)
        }
        if events.contains(.writable) {
            flush()
            guard phase != .closed else { return }
        }
        if !events.isDisjoint(with: [.readable, .peerFinished]) {
            mayRead = true
            if events.contains(.peerFinished) { endMayFollow = true }
        }
        read()
        if endMayFollow { probe() }
    }

    func turnEnded() {
        turnEndRequested = false
        guard phase != .closed else { return }
        flush()
        if inputIsHeld { resumeInput() }
        read()
        if endMayFollow { probe() }
    }

    /// Has the output sent, and reading resumed, at the end of this turn.
    func scheduleTurnEnd() {
        guard !turnEndRequested else { return }
        turnEndRequested = true
        loop.atEndOfTurn(self)
    }

    private func read() {
        while mayRead, wantsInput {
            switch nextInput() {
            case .bytes(let bytes, let mayFollow):
                if !mayFollow, !endMayFollow { mayRead = false }
                if !bytes.isEmpty { received(bytes) }
            case .wouldBlock:
                mayRead = false
            case .closed:
                mayRead = false
                inputEnded = true
                finishedByClient()
            case .failed:
                return abort(.clientLeft)
            case .refused:
                return refuseTLS()
            }
        }
    }

    private func nextInput() -> ConnectionInput {
        // After the last answer what comes is counted, not looked at.
        guard let tls, phase != .linger else { return ConnectionInput(readingFrom: socket, on: loop) }
        let input = tls.read(from: socket, on: loop)
        if tls.peerHasFinished { endMayFollow = true }
        if tls.hasOutput { scheduleTurnEnd() }
        return input
    }

    /// The client does not speak TLS as it has to: it is told, if it can be, and the connection ends.
    private func refuseTLS() {
        guard let tls, phase == .head else { return abort(.clientLeft) }
        if !tls.isEstablished { shard.cells.failedHandshakes.add(1, ordering: .relaxed) }
        output.removeAll()
        beginLinger()
    }

    private var wantsInput: Bool {
        switch phase {
        case .head, .drain, .linger: !inputIsBroken || phase == .linger
        // Not before what was read is parsed: the end of the stream must not be seen ahead of it.
        case .exchange: !bodyIsComplete && !inputIsBroken && !bodyIsPaused && !inputIsHeld
        case .closed: false
        }
    }

    var bodyIsPaused: Bool {
        phase == .exchange && (body?.bufferedBytes ?? 0) >= shard.configuration.highWatermark
    }

    private func finishedByClient() {
        switch phase {
        case .exchange:
            // A client that only finished sending still gets its answer; one that broke off its body does not wait.
            if !bodyIsComplete {
                inputIsBroken = true
                body?.fail(.disconnected)
            }
        case .head, .drain, .linger: close()
        case .closed: break
        }
    }

    /// Finds out whether a client that has finished sending still listens.
    ///
    /// The end of its stream says as little as its silence: a client that has left looks the same as one that waits for
    /// its answer. An interim answer, which every client of HTTP/1.1 passes over
    /// ([RFC 9110 §15.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.2)), makes the system of one that has left
    /// reset the connection.
    private func probe() {
        guard shard.configuration.probesFinishedClients, phase == .exchange, bodyIsComplete, !answer.hasBegun,
            !answer.isProbed, answer.minorVersion > 0
        else { return }
        answer.isProbed = true
        writeContinue()
    }

    // MARK: Sending

    /// Nothing waits to be sent.
    private var outputIsEmpty: Bool { output.isEmpty && tls?.hasOutput != true }

    private func send() -> WriteQueue.Result {
        guard let tls else { return output.write(to: socket) }
        return tls.write(&output, to: socket)
    }

    private func flush() {
        guard !outputIsEmpty else { return }
        switch send() {
        case .complete:
            setWriteDeadline(nil)
        case .blocked(let progress):
            if progress || writeDeadline == .max { setWriteDeadline(shard.deadlines.write) }
        case .failed:
            return abort(.clientLeft)
        }
        if output.count <= shard.configuration.lowWatermark { room.wake() }
        guard outputIsEmpty else { return }
        if finishesWhenSent {
            finishesWhenSent = false
            socket.finishWriting()
        }
        if answer.isQueued { answerSent() }
    }

    // MARK: Deadlines

    func setReadDeadline(_ interval: UInt64?) {
        readDeadline = deadline(interval)
        arm()
    }

    private func setWriteDeadline(_ interval: UInt64?) {
        guard interval != nil || writeDeadline != .max else { return }
        writeDeadline = deadline(interval)
        arm()
    }

    private func deadline(_ interval: UInt64?) -> UInt64 {
        guard let interval else { return .max }
        let (deadline, overflow) = loop.now.addingReportingOverflow(interval)
        return overflow ? .max : deadline
    }

    private func arm() {
        if let timer { loop.schedule(timer, at: min(readDeadline, writeDeadline)) }
    }

    /// The head's own, absolute deadline begins with its first byte.
    func headBegins() {
        guard !headHasBegun else { return }
        headHasBegun = true
        setReadDeadline(shard.deadlines.header)
    }

    func becameIdle() {
        headHasBegun = false
        setReadDeadline(shard.deadlines.idle)
    }

    func timerFired(_ timer: LoopTimer) {
        guard phase != .closed else { return }
        if writeDeadline <= loop.now { return abort(.clientLeft) }
        guard readDeadline <= loop.now else { return arm() }
        readDeadline = .max
        switch phase {
        case .head:
            guard headHasBegun, !input.isEmpty || !parser.isBetweenMessages else { return close() }
            refuse(ProtocolFailure(status: 408, detail: "The request's head did not arrive in time."))
        case .exchange:
            guard !bodyIsComplete, !inputIsBroken else { return arm() }
            guard body?.bufferedBytes == 0 else { return setReadDeadline(shard.deadlines.body) }
            inputIsBroken = true
            body?.fail(.timedOut)
            arm()
        case .drain, .linger: close()
        case .closed: break
        }
    }

    // MARK: The end

    /// The server is about to end: a connection between two requests is closed.
    func closeIfIdle() {
        // A request that has arrived and not been read yet is not lost.
        mayRead = true
        read()
        if phase == .head, parser.isBetweenMessages, input.isEmpty { close() }
    }

    /// Says that nothing more will come and waits for the client to close, so that it can read the last answer.
    func beginLinger() {
        phase = .linger
        guard !inputEnded else { return close() }
        bytesDropped = 0
        input = []
        tls?.finish()
        if outputIsEmpty { socket.finishWriting() } else { finishesWhenSent = true }
        setReadDeadline(shard.deadlines.linger)
        scheduleTurnEnd()
    }

    func close() { abort(.clientLeft) }

    /// Ends the connection. What runs for it is cancelled at once.
    func abort(_ outcome: ResponseEnd.Outcome) {
        guard phase != .closed else { return }
        if phase == .exchange {
            // What was ready is sent first; then the reset keeps the client from taking it for the whole.
            if outcome == .bodyFailed { _ = send() }
            socket.resetOnClose()
        } else if let tls {
            tls.finish()
            _ = send()
        }
        phase = .closed
        loop.close(socket)
        if let timer { loop.invalidate(timer) }
        timer = nil
        input = []
        pendingRequest = nil
        body?.fail(.disconnected)
        body = nil
        task?.cancel()
        task = nil
        let unsent = output.count + (tls?.waitingBytes ?? 0)
        output.removeAll()
        endAnswer(outcome, unsent: unsent)
        room.wake()
        shard.removed(self)
    }
}
