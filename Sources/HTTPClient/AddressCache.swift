import EventLoop

/// An origin's addresses, resolved once for all who ask at the same time and again after their lifetime.
final class AddressCache {
    /// One who waits for the name to be resolved, or for its own deadline.
    private final class Waiter: TimerHandler {
        let wakeup = Wakeup()
        func timerFired(_ timer: LoopTimer) { wakeup.wake() }
    }

    private let lifetime: UInt64
    private let lookUp: @Sendable (String, UInt16) async throws(ResolverError) -> [SocketAddress]
    private var known: [SocketAddress] = []
    private var expiry: UInt64 = 0
    private var outcome: Result<[SocketAddress], ResolverError>?
    private var isResolving = false
    private var waiting: [Waiter] = []

    init(_ configuration: HTTPClientConfiguration) {
        lifetime = configuration.addressLifetime.nanoseconds
        lookUp = configuration.resolve
    }

    /// Resolves again the next time.
    func expire() { expiry = 0 }

    /// The origin's addresses, in the order in which they should be tried.
    nonisolated(nonsending) func addresses(
        of origin: HTTPClientOrigin, until deadline: UInt64, loop: ShardLoop
    ) async throws(HTTPClientError) -> [SocketAddress] {
        if !known.isEmpty, loop.now < expiry { return known }
        if !isResolving {
            isResolving = true
            outcome = nil
            loop.start { [self] in await resolve(origin, loop: loop) }
        }
        if isResolving {
            let waiter = Waiter()
            waiting.append(waiter)
            let timer = LoopTimer(handler: waiter)
            loop.schedule(timer, at: deadline)
            let reason = await waiter.wakeup.wait()
            loop.invalidate(timer)
            waiting.removeAll { $0 === waiter }
            if reason == .cancelled { throw .cancelled }
            if isResolving { throw .timedOut(.connecting) }
        }
        switch outcome {
        case .success(let addresses): return addresses
        case .failure(let error): throw .cannotConnect(error.description)
        case nil: throw .timedOut(.connecting)
        }
    }

    nonisolated(nonsending) private func resolve(_ origin: HTTPClientOrigin, loop: ShardLoop) async {
        do throws(ResolverError) {
            known = try await lookUp(origin.host, origin.port)
            let (sum, overflow) = MonotonicClock.now.addingReportingOverflow(lifetime)
            expiry = overflow ? .max : sum
            outcome = .success(known)
        } catch {
            outcome = .failure(error)
        }
        isResolving = false
        for waiter in waiting { waiter.wakeup.wake() }
    }
}
