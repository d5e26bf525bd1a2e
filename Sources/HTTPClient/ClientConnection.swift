import APIRuntime
import EventLoop
import HTTP1

/// A connection to an upstream. It works for one exchange at a time.
///
/// How input becomes an answer is in `ClientConnection+Input.swift`, how a session is set up in
/// `ClientConnection+Session.swift`.
final class ClientConnection: ReadinessHandler, EndOfTurnHandler, TimerHandler {
    enum State {
        case connecting, idle, busy, closed
    }

    let pool: ClientPool
    let loop: ShardLoop
    let socket: Socket
    let address: SocketAddress
    /// Where the bytes go through libcurl: its session.
    var session: CurlSession?
    var state = State.connecting
    /// Its place in the pool's list.
    var index: Int?
    /// A request has been sent on it before.
    private(set) var isReused = false

    var parser: HTTP1ResponseParser
    var input: [UInt8] = []
    var inputIsHeld = false
    var mayRead = false
    var endMayFollow = false
    var answerIsComplete = false
    private var output = WriteQueue()
    /// The request's body, where it arrives over time.
    private(set) var upload: ClientUpload?
    private var turnEndRequested = false
    var answerKeepsAlive = false
    // The exchange outlives this reference: when it goes, it says so.
    private(set) unowned(unsafe) var exchange: ClientExchange?

    private var timer: LoopTimer?
    private var connectFailure: HTTPClientError?
    private var isEstablished = false
    private let connecting = Wakeup()

    /// Begins to connect.
    init(connectingTo address: SocketAddress, pool: ClientPool) throws(HTTPClientError) {
        self.pool = pool
        self.address = address
        loop = pool.loop
        parser = HTTP1ResponseParser(limits: pool.configuration.limits)
        do throws(SystemError) {
            socket = try pool.session == nil ? Socket.connecting(to: address) : Socket.unconnected(for: address)
        } catch {
            throw .cannotConnect(error.description)
        }
        do throws(SystemError) {
            try loop.register(socket, handler: self)
        } catch {
            socket.close()
            throw .cannotConnect(error.description)
        }
        timer = LoopTimer(handler: self)
        if pool.session != nil { beginSession() }
    }

    /// Whether it can still be used.
    var isOpen: Bool { state != .closed }

    /// Waits until the connection stands; closes it where it does not come to that.
    nonisolated(nonsending) func connected(until deadline: UInt64) async throws(HTTPClientError) {
        setDeadline(deadline)
        while state == .connecting, !isEstablished {
            if await connecting.wait() == .cancelled { fail(.cancelled) }
        }
        setDeadline(nil)
        if let connectFailure { throw connectFailure }
        state = .idle
    }

    // MARK: Exchanges

    /// Sends a request at the end of this turn and has its answer given to the exchange.
    ///
    /// - Parameter upload: the request's body, where it is not in the request.
    func begin(
        _ exchange: ClientExchange, request: HTTPClientRequest, upload: ClientUpload? = nil, until deadline: UInt64
    ) throws(HTTPClientError) {
        do throws(HTTP1Error) {
            try write(request, upload?.framing)
        } catch {
            upload?.stop()
            pool.released(self)
            throw .unwritableRequest(error.detail)
        }
        state = .busy
        parser.expect(responseTo: request.method.rawValue)
        self.exchange = exchange
        exchange.connection = self
        setDeadline(deadline)
        scheduleTurnEnd()
        self.upload = upload
        upload?.start(on: self)
    }

    private func write(_ request: HTTPClientRequest, _ streamed: HTTP1Framing?) throws(HTTP1Error) {
        let framing: HTTP1Framing =
            switch request.method {
            case _ where streamed != nil: streamed ?? .none
            case _ where !request.body.isEmpty: .length(request.body.count)
            case .post, .put, .patch: .length(0)
            default: .none
            }
        let fields = RequestFields(authority: pool.authority, fields: request.headers.fields)
        try output.withTail { buffer throws(HTTP1Error) in
            try HTTP1Writer.requestHead(
                method: request.method.rawValue, target: request.target, fields: fields, framing: framing,
                into: &buffer)
        }
        if streamed == nil { output.append(request.body) }
    }

    /// How many bytes of the request wait to be sent.
    var pendingBytes: Int { output.count }

    /// Sends a piece of the request's body.
    func upload(_ piece: [UInt8]) {
        guard let upload else { return }
        if case .chunked = upload.framing {
            output.withTail { HTTP1Writer.chunk(piece, into: &$0) }
        } else {
            output.append(piece)
        }
        uploadProgressed()
        scheduleTurnEnd()
    }

    /// The request's body is whole.
    func uploadCompleted() {
        if case .chunked? = upload?.framing { output.withTail { HTTP1Writer.lastChunk(into: &$0) } }
        uploadProgressed()
        scheduleTurnEnd()
    }

    /// The answer is complete.
    func finishExchange() {
        let exchange = exchange
        self.exchange = nil
        setDeadline(nil)
        // An answer before the whole request was sent, or bytes behind the answer: the next answer would be in doubt.
        let isReusable =
            answerKeepsAlive && output.isEmpty && input.isEmpty && !endMayFollow && upload?.isComplete != false
        if isReusable { upload = nil }
        if isReusable {
            state = .idle
            isReused = true
        } else {
            close()
        }
        exchange?.completed()
        if isReusable { pool.released(self) }
    }

    /// The caller has let go of the exchange.
    func abandoned() {
        exchange = nil
        close()
    }

    /// The caller took what had arrived of the body.
    func bodyTaken() {
        if mayRead || inputIsHeld { scheduleTurnEnd() }
    }

    /// The caller waits for more of the body, and no longer than this in silence.
    func bodyAwaited(within interval: UInt64) {
        let (deadline, overflow) = MonotonicClock.now.addingReportingOverflow(interval)
        setDeadline(overflow ? .max : deadline)
    }

    func becameIdle(until deadline: UInt64) {
        state = .idle
        setDeadline(deadline)
    }

    // MARK: Events

    func ready(_ events: ReadyEvents) {
        guard state != .closed else { return }
        if !events.isDisjoint(with: [.readable, .peerFinished, .hangup, .error]) { mayRead = true }
        if !events.isDisjoint(with: [.peerFinished, .hangup, .error]) { endMayFollow = true }
        if state == .connecting {
            if isEstablished { return }
            if session != nil { return advanceSession(events) }
            let code = socket.connectionError()
            if code != 0 { return fail(.cannotConnect("\(address): \(SystemError.text(code))")) }
            // Whatever else there is waits until the connection has its request.
            if events.contains(.writable) { established() }
            return
        }
        if events.contains(.writable), !output.isEmpty { flush() }
        read()
    }

    /// The connection stands.
    func established() {
        isEstablished = true
        connecting.wake()
    }

    func turnEnded() {
        turnEndRequested = false
        guard state != .closed else { return }
        flush()
        if inputIsHeld { parseHeld() }
        read()
    }

    private func scheduleTurnEnd() {
        guard !turnEndRequested else { return }
        turnEndRequested = true
        loop.atEndOfTurn(self)
    }

    private func flush() {
        guard !output.isEmpty else { return }
        let sentFrom = output.count
        let result = session.map { session in output.write { session.send($0) } } ?? output.write(to: socket)
        if case .failed = result {
            // The upstream may have answered before it closed; what it sent is read first.
            output.removeAll()
            upload?.stop()
            answerKeepsAlive = false
            endMayFollow = true
            mayRead = true
        } else if let upload, !upload.isComplete, output.count < sentFrom {
            uploadProgressed()
            if hasUploadRoom { upload.roomMade() }
        }
    }

    // MARK: The end

    func setDeadline(_ deadline: UInt64?) {
        if let timer { loop.schedule(timer, at: deadline ?? .max) }
    }

    func timerFired(_ timer: LoopTimer) {
        switch state {
        case .connecting: fail(.timedOut(.connecting))
        case .busy: fail(.timedOut(exchange?.hasHead == true ? .body : .head))
        case .idle: close()
        case .closed: break
        }
    }

    func fail(_ error: HTTPClientError) {
        if state == .connecting { connectFailure = error }
        let exchange = exchange
        self.exchange = nil
        close()
        exchange?.failed(error)
    }

    func close() {
        guard state != .closed else { return }
        let wasConnected = state != .connecting
        state = .closed
        session?.close()
        session = nil
        loop.close(socket)
        if let timer { loop.invalidate(timer) }
        timer = nil
        input = []
        output.removeAll()
        upload?.stop()
        upload = nil
        connecting.wake()
        pool.closed(self, wasConnected: wasConnected)
    }
}
