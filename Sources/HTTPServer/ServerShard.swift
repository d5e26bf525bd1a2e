import APIRuntime
import EventLoop

/// What a server has on one shard: listeners and open connections.
final class ServerShard: TimerHandler {
    let configuration: HTTPServerConfiguration
    let deadlines: Deadlines
    let responder: any Responder
    let cells: CounterCells
    let loop: ShardLoop
    var date = DateHeader()
    private lazy var plaintextBuffer = PlaintextBuffer()
    private(set) var isDraining = false
    private var listeners: [Listener] = []
    private var connections: [ServerConnection] = []
    private let drained = Wakeup()
    private var drainTimer: LoopTimer?

    /// The configuration's durations in nanoseconds.
    struct Deadlines {
        let header, idle, body, write, linger: UInt64

        init(_ configuration: HTTPServerConfiguration) {
            header = configuration.headerTimeout.nanoseconds
            idle = configuration.idleTimeout.nanoseconds
            body = configuration.bodyTimeout.nanoseconds
            write = configuration.writeTimeout.nanoseconds
            linger = configuration.lingerTimeout.nanoseconds
        }
    }

    init(configuration: HTTPServerConfiguration, responder: any Responder, cells: CounterCells, loop: ShardLoop) {
        self.configuration = configuration
        deadlines = Deadlines(configuration)
        self.responder = responder
        self.cells = cells
        self.loop = loop
    }

    /// - Returns: the addresses with their real ports, for the other shards to listen at too.
    func listen(at addresses: [SocketAddress]) throws(SystemError) -> [SocketAddress] {
        var bound: [SocketAddress] = []
        for address in addresses {
            let listener = try Listener(address: address, shard: self)
            listeners.append(listener)
            bound.append(try listener.localAddress())
        }
        return bound
    }

    /// How many connections wait to be accepted.
    var waitingConnections: Int { listeners.reduce(0) { $0 + $1.waitingConnections } }

    func stopListening() {
        for listener in listeners { listener.close() }
        listeners = []
    }

    func accepted(_ socket: Socket, peer: SocketAddress) {
        cells.accepted.add(1, ordering: .relaxed)
        let open = cells.open.add(1, ordering: .relaxed).newValue
        guard open <= configuration.maximumConnections, !isDraining else { return refuse(socket) }
        do {
            let tls = try configuration.tls.map { try TLSTransport($0.credentials, buffer: plaintextBuffer) }
            let connection = ServerConnection(socket: socket, peer: peer.host, tls: tls, shard: self)
            try loop.register(socket, handler: connection)
            connection.index = connections.count
            connections.append(connection)
            connection.opened()
        } catch {
            refuse(socket)
        }
    }

    private func refuse(_ socket: Socket) {
        cells.open.subtract(1, ordering: .relaxed)
        cells.refused.add(1, ordering: .relaxed)
        socket.close()
    }

    func removed(_ connection: ServerConnection) {
        guard let index = connection.index else { return }
        connection.index = nil
        connections.swapAt(index, connections.count - 1)
        connections.removeLast()
        if index < connections.count { connections[index].index = index }
        cells.open.subtract(1, ordering: .relaxed)
        if isDraining, connections.isEmpty { drained.wake() }
    }

    // MARK: Draining

    func beginDraining(within limit: Duration) {
        isDraining = true
        for connection in connections { connection.closeIfIdle() }
        let timer = LoopTimer(handler: self)
        drainTimer = timer
        let (deadline, overflow) = MonotonicClock.now.addingReportingOverflow(limit.nanoseconds)
        loop.schedule(timer, at: overflow ? .max : deadline)
    }

    func timerFired(_ timer: LoopTimer) { abortAll() }

    /// Waits until no connection is open.
    nonisolated(nonsending) func drained() async {
        while !connections.isEmpty {
            if await drained.wait() == .cancelled { abortAll() }
        }
        if let drainTimer { loop.invalidate(drainTimer) }
        drainTimer = nil
    }

    private func abortAll() {
        for connection in connections { connection.abort(.clientLeft) }
    }
}
