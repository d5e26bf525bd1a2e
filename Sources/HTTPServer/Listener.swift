import EventLoop

/// A listening socket of one shard.
///
/// When descriptors run out it closes one waiting connection, for which it holds a descriptor back, and pauses, so
/// that the shard neither spins nor lets clients wait for ever.
final class Listener: ReadinessHandler, TimerHandler {
    /// How many connections are accepted in one turn: the open ones must get their turn too.
    private static let acceptsPerTurn = 64
    /// How long to accept nothing when descriptors have run out, in nanoseconds.
    private static let pause: UInt64 = 100_000_000

    private let socket: Socket
    // A listener and a connection live no longer than the shard's state that holds them.
    private unowned let shard: ServerShard
    private let loop: ShardLoop
    private var spare = SpareDescriptor()
    private var timer: LoopTimer?
    private var isOpen = true

    init(address: SocketAddress, shard: ServerShard) throws(SystemError) {
        socket = try Socket.listening(on: address, backlog: shard.configuration.backlog, sharedPort: true)
        self.shard = shard
        loop = shard.loop
        do {
            try loop.registerListener(socket, handler: self)
        } catch {
            socket.close()
            throw error
        }
        timer = LoopTimer(handler: self)
    }

    func localAddress() throws(SystemError) -> SocketAddress { try socket.localAddress() }

    /// How many connections wait to be accepted.
    var waitingConnections: Int { isOpen ? socket.waitingConnections : 0 }

    /// Takes the connections that wait already, as closing the socket would reset them, and closes.
    func close() {
        guard isOpen else { return }
        while case .connection(let accepted, let peer) = socket.accept() { shard.accepted(accepted, peer: peer) }
        isOpen = false
        if let timer { loop.invalidate(timer) }
        timer = nil
        loop.close(socket)
    }

    func ready(_ events: ReadyEvents) {
        for _ in 0..<Self.acceptsPerTurn {
            guard isOpen else { return }
            switch socket.accept() {
            case .connection(let accepted, let peer): shard.accepted(accepted, peer: peer)
            case .gone: continue
            case .wouldBlock: return
            case .outOfDescriptors: return giveOneUp()
            case .failed: return pauseAccepting()
            }
        }
    }

    func timerFired(_ timer: LoopTimer) {
        guard isOpen else { return }
        loop.setInterest(.readable, of: socket.descriptor)
    }

    private func giveOneUp() {
        let isHeld = spare.isHeld
        spare.withoutIt {
            guard isHeld, case .connection(let accepted, _) = socket.accept() else { return }
            accepted.close()
            shard.cells.refused.add(1, ordering: .relaxed)
        }
        pauseAccepting()
    }

    private func pauseAccepting() {
        guard let timer else { return }
        loop.setInterest([], of: socket.descriptor)
        loop.schedule(timer, at: loop.now + Self.pause)
    }
}
