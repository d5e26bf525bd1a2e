import EventLoop

/// One client's connections on one shard: used last in, first out, so that surplus ones go idle and are closed.
final class ClientPool {
    let origin: HTTPClientOrigin
    let authority: String
    let configuration: HTTPClientConfiguration
    /// Where connections go through libcurl: how.
    let session: CurlSession.Settings?
    let loop: ShardLoop
    private let idleTimeout: UInt64
    private let connectTimeout: UInt64
    private let addresses: AddressCache
    private var idle: [ClientConnection] = []
    private var connections: [ClientConnection] = []
    /// Connections, and attempts to connect.
    private var slotsInUse = 0
    private var waiters: [PoolWaiter] = []
    private var isClosed = false

    init(
        origin: HTTPClientOrigin, configuration: HTTPClientConfiguration, session: CurlSession.Settings?,
        loop: ShardLoop
    ) {
        self.origin = origin
        authority = origin.authority
        self.configuration = configuration
        self.session = session
        self.loop = loop
        idleTimeout = configuration.idleTimeout.nanoseconds
        connectTimeout = configuration.connectTimeout.nanoseconds
        addresses = AddressCache(configuration)
    }

    /// What its connections are doing.
    var counts: HTTPClientConnections {
        HTTPClientConnections(busy: slotsInUse - idle.count, idle: idle.count, waiting: waiters.count)
    }

    /// A connection that is ready for a request.
    ///
    /// - Parameters:
    ///   - deadline: When waiting and connecting must be over, on the monotonic clock.
    ///   - fresh: The connection must not have been used before.
    nonisolated(nonsending) func connection(
        until deadline: UInt64, fresh: Bool
    ) async throws(HTTPClientError) -> ClientConnection {
        while true {
            guard !isClosed else { throw .closed }
            if !fresh, let connection = idle.popLast() { return connection }
            if slotsInUse >= configuration.maximumConnectionsPerShard, let oldest = idle.first { oldest.close() }
            if slotsInUse < configuration.maximumConnectionsPerShard {
                slotsInUse += 1
                return try await connectInSlot(until: deadline)
            }
            switch try await waitForGrant(until: deadline) {
            case .slot:
                return try await connectInSlot(until: deadline)
            case .connection(let connection):
                guard fresh else {
                    if connection.isOpen { return connection }
                    continue
                }
                connection.close()
            }
        }
    }

    // MARK: Connecting

    /// Connects within a slot that is the caller's; gives the slot back where that fails.
    nonisolated(nonsending) private func connectInSlot(
        until deadline: UInt64
    ) async throws(HTTPClientError) -> ClientConnection {
        do throws(HTTPClientError) {
            return try await connect(until: deadline)
        } catch {
            slotFreed()
            throw error
        }
    }

    nonisolated(nonsending) private func connect(
        until deadline: UInt64
    ) async throws(HTTPClientError) -> ClientConnection {
        var failure = HTTPClientError.cannotConnect("\(origin) has no address")
        for address in try await addresses.addresses(of: origin, until: deadline, loop: loop) {
            guard !isClosed else { throw .closed }
            let now = MonotonicClock.now
            guard now < deadline else { throw .timedOut(.connecting) }
            let (sum, overflow) = now.addingReportingOverflow(connectTimeout)
            do throws(HTTPClientError) {
                let connection = try ClientConnection(connectingTo: address, pool: self)
                connection.index = connections.count
                connections.append(connection)
                try await connection.connected(until: min(deadline, overflow ? .max : sum))
                return connection
            } catch {
                switch error {
                case .cannotConnect, .timedOut: failure = error
                default: throw error
                }
            }
        }
        // The name may stand for other addresses by now.
        addresses.expire()
        throw failure
    }

    // MARK: Waiting

    nonisolated(nonsending) private func waitForGrant(
        until deadline: UInt64
    ) async throws(HTTPClientError) -> PoolWaiter.Grant {
        guard waiters.count < configuration.maximumWaitingPerShard else { throw .poolExhausted }
        let waiter = PoolWaiter()
        waiters.append(waiter)
        let timer = LoopTimer(handler: waiter)
        loop.schedule(timer, at: deadline)
        let reason = await waiter.wakeup.wait()
        loop.invalidate(timer)
        if reason == .woken, let grant = waiter.grant { return grant }
        waiters.removeAll { $0 === waiter }
        switch waiter.grant {
        case .slot: slotFreed()
        case .connection(let connection): if connection.isOpen { released(connection) }
        case nil: break
        }
        if isClosed { throw .closed }
        throw reason == .cancelled ? .cancelled : .timedOut(.waitingForConnection)
    }

    private func nextWaiter() -> PoolWaiter? { waiters.isEmpty ? nil : waiters.removeFirst() }

    private func slotFreed() {
        if let waiter = nextWaiter() { waiter.give(.slot) } else { slotsInUse -= 1 }
    }

    // MARK: What connections report

    /// An answer is complete and the connection may be used again.
    func released(_ connection: ClientConnection) {
        guard !isClosed else { return connection.close() }
        if let waiter = nextWaiter() { return waiter.give(.connection(connection)) }
        idle.append(connection)
        let (deadline, overflow) = loop.now.addingReportingOverflow(idleTimeout)
        connection.becameIdle(until: overflow ? .max : deadline)
    }

    /// A connection is closed. One that never was connected leaves its slot to the next address.
    func closed(_ connection: ClientConnection, wasConnected: Bool) {
        if let index = connection.index {
            connection.index = nil
            connections.swapAt(index, connections.count - 1)
            connections.removeLast()
            if index < connections.count { connections[index].index = index }
        }
        idle.removeAll { $0 === connection }
        if wasConnected { slotFreed() }
    }

    func close() {
        isClosed = true
        while let waiter = nextWaiter() { waiter.wakeup.wake() }
        for connection in connections { connection.fail(.closed) }
    }
}

/// A request that waits for a connection.
final class PoolWaiter: TimerHandler {
    enum Grant {
        /// A connection that has become free.
        case connection(ClientConnection)
        /// The right to open one.
        case slot
    }

    let wakeup = Wakeup()
    private(set) var grant: Grant?

    func give(_ grant: Grant) {
        self.grant = grant
        wakeup.wake()
    }

    func timerFired(_ timer: LoopTimer) { wakeup.wake() }
}
