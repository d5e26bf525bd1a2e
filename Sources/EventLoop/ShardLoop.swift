import CLinux
import Glibc

/// What a registered descriptor is ready for.
public struct ReadyEvents: OptionSet, Sendable {
    /// The bits of epoll.
    public let rawValue: UInt32

    /// From epoll's bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, or a connection, have arrived.
    public static let readable = ReadyEvents(rawValue: 0x1)
    /// There is room to write again.
    public static let writable = ReadyEvents(rawValue: 0x4)
    /// The connection is broken.
    public static let error = ReadyEvents(rawValue: 0x8)
    /// Both directions are closed.
    public static let hangup = ReadyEvents(rawValue: 0x10)
    /// The peer has finished sending; it may still read.
    public static let peerFinished = ReadyEvents(rawValue: 0x2000)
    /// Report changes only; to be asked for, never reported.
    public static let edgeTriggered = ReadyEvents(rawValue: 1 << 31)
}

/// What is called when a descriptor becomes ready.
public protocol ReadinessHandler: AnyObject {
    /// The descriptor has become ready for these.
    func ready(_ events: ReadyEvents)
}

/// What is called once at the end of a turn, after all that was ready has been handled.
public protocol EndOfTurnHandler: AnyObject {
    /// The turn in which this was asked for is about to end.
    func turnEnded()
}

/// The event loop of one shard: epoll, timers and the shard's jobs on one thread.
///
/// It is confined to the shard's thread and deliberately not `Sendable`; code on a shard finds it by ``current``.
public final class ShardLoop {
    private struct Registration {
        var handler: (any ReadinessHandler)?
        var generation: UInt32 = 0
    }

    /// How many bytes ``readBuffer`` holds.
    public static let readBufferSize = 65_536
    private static let eventCapacity = 256

    let executor: ShardExecutor
    let taskExecutor: ShardTaskExecutor
    unowned(unsafe) var owner: Shard?
    private let epoll: Int32
    private let bell: Int32
    private var registrations: [Registration] = []
    private let events: UnsafeMutablePointer<epoll_event>
    private var jobs: [ShardJob] = []
    private var runningJobs: [ShardJob] = []
    private var endOfTurn: [any EndOfTurnHandler] = []
    private var runningEndOfTurn: [any EndOfTurnHandler] = []
    private var wheel: TimerWheel
    private var spareBuffers: [[UInt8]] = []
    private var stopping = false
    var locals: [AnyObject?] = []

    /// How long its turns take.
    public private(set) var turns: TurnTimes

    /// The monotonic clock as this turn began, in nanoseconds.
    public private(set) var now: UInt64

    /// A buffer for reading that all connections of the shard share. What is in it is valid until the next read of any
    /// of them, so it has to be used up, or copied, before other code is called.
    public let readBuffer: UnsafeMutableRawBufferPointer

    /// - Throws: ``SystemError`` where the process has no descriptors left.
    init() throws(SystemError) {
        let epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw SystemError("epoll_create1") }
        let bell = clinux_eventfd()
        guard bell >= 0 else {
            let error = SystemError("eventfd")
            _ = Glibc.close(epoll)
            throw error
        }
        self.epoll = epoll
        self.bell = bell
        now = MonotonicClock.now
        wheel = TimerWheel(now: now)
        turns = TurnTimes(now: now)
        events = .allocate(capacity: Self.eventCapacity)
        readBuffer = .allocate(byteCount: Self.readBufferSize, alignment: 64)
        executor = ShardExecutor(bell: bell)
        taskExecutor = ShardTaskExecutor(executor)
        executor.loop = self
        // Edge-triggered: each write to the bell reports anew, so that it never has to be read.
        let interest: ReadyEvents = [.readable, .edgeTriggered]
        guard clinux_epoll_add(epoll, bell, interest.rawValue, UInt64.max) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    deinit {
        executor.loop = nil
        _ = Glibc.close(epoll)
        _ = Glibc.close(bell)
        events.deallocate()
        readBuffer.deallocate()
    }

    /// The loop of the shard whose thread this is; `nil` on other threads.
    public static var current: ShardLoop? {
        guard let value = clinux_thread_value() else { return nil }
        return Unmanaged<ShardLoop>.fromOpaque(value).takeUnretainedValue()
    }

    /// Whether the calling thread is the shard's.
    var isCurrent: Bool { clinux_thread_value() == Unmanaged.passUnretained(self).toOpaque() }

    // MARK: Descriptors

    /// Has the handler called for a connected or connecting socket's changes in both directions.
    ///
    /// - Throws: ``SystemError`` where the kernel refuses.
    public func register(_ socket: Socket, handler: any ReadinessHandler) throws(SystemError) {
        try register(
            socket.descriptor, interest: [.readable, .writable, .peerFinished, .edgeTriggered], handler: handler)
    }

    /// Has the handler called in each turn in which connections wait at a listening socket.
    ///
    /// - Throws: ``SystemError`` where the kernel refuses.
    public func registerListener(_ socket: Socket, handler: any ReadinessHandler) throws(SystemError) {
        try register(socket.descriptor, interest: .readable, handler: handler)
    }

    /// Closes a registered socket. Events of it that have been fetched already are dropped.
    public func close(_ socket: Socket) {
        _ = forget(socket.descriptor)
        socket.close()
    }

    /// Has the handler called when a descriptor of whatever kind is ready for one of these; errors are always reported.
    ///
    /// - Throws: ``SystemError`` where the kernel refuses.
    public func register(
        _ descriptor: Int32, interest: ReadyEvents, handler: any ReadinessHandler
    ) throws(SystemError) {
        let index = Int(descriptor)
        if index >= registrations.count {
            let missing = max(index + 1, registrations.count * 2) - registrations.count
            registrations.append(contentsOf: repeatElement(Registration(), count: missing))
        }
        registrations[index].generation &+= 1
        guard clinux_epoll_add(epoll, descriptor, interest.rawValue, data(of: descriptor)) == 0 else {
            throw SystemError("epoll_ctl")
        }
        registrations[index].handler = handler
    }

    /// Changes what a registered descriptor's handler is called for.
    public func setInterest(_ interest: ReadyEvents, of descriptor: Int32) {
        guard Int(descriptor) < registrations.count else { return }
        _ = clinux_epoll_modify(epoll, descriptor, interest.rawValue, data(of: descriptor))
    }

    /// Ends the reports about a descriptor that lives on.
    public func unregister(_ descriptor: Int32) {
        guard forget(descriptor) else { return }
        _ = clinux_epoll_remove(epoll, descriptor)
    }

    /// Drops the handler, and all events of the descriptor that have been fetched already.
    private func forget(_ descriptor: Int32) -> Bool {
        let index = Int(descriptor)
        guard index < registrations.count, registrations[index].handler != nil else { return false }
        registrations[index].handler = nil
        registrations[index].generation &+= 1
        return true
    }

    /// The generation makes an event of a closed descriptor differ from one of its successor of the same number.
    private func data(of descriptor: Int32) -> UInt64 {
        UInt64(registrations[Int(descriptor)].generation) << 32 | UInt64(UInt32(descriptor))
    }

    // MARK: Timers and turns

    /// Arms the timer for a deadline on the monotonic clock, in nanoseconds; `UInt64.max` disarms it.
    public func schedule(_ timer: LoopTimer, at deadline: UInt64) {
        wheel.schedule(timer, at: deadline)
    }

    /// Disarms the timer for good and lets its handler go.
    public func invalidate(_ timer: LoopTimer) {
        wheel.invalidate(timer)
    }

    /// Has the handler called at the end of this turn.
    public func atEndOfTurn(_ handler: any EndOfTurnHandler) {
        endOfTurn.append(handler)
    }

    // MARK: Buffers

    /// An empty array, with capacity where one has been given back.
    public func takeBuffer() -> [UInt8] { spareBuffers.popLast() ?? [] }

    /// Gives an array's storage back for reuse.
    public func recycle(_ buffer: consuming [UInt8]) {
        guard spareBuffers.count < 32, buffer.capacity > 0, buffer.capacity <= 65_536 else { return }
        buffer.removeAll(keepingCapacity: true)
        spareBuffers.append(buffer)
    }

    // MARK: Running

    func enqueueLocally(_ job: ShardJob) { jobs.append(job) }

    func stop() { stopping = true }

    /// Runs the loop on the calling thread until it is stopped.
    func run() {
        clinux_set_thread_value(Unmanaged.passUnretained(self).toOpaque())
        now = MonotonicClock.now
        while true {
            executor.drain(into: self)
            settle()
            if stopping && jobs.isEmpty { break }
            let timeout = timeout()
            turns.ended(began: now, at: MonotonicClock.now)
            poll(timeout: timeout)
        }
        for index in registrations.indices { registrations[index].handler = nil }
        wheel.removeAll()
        locals = []
        clinux_set_thread_value(nil)
    }

    /// Runs jobs and end-of-turn calls until neither is left, within bounds: the sockets must get their turn too.
    private func settle() {
        let serial = executor.asUnownedSerialExecutor()
        let task = taskExecutor.asUnownedTaskExecutor()
        for _ in 0..<64 {
            if jobs.isEmpty && endOfTurn.isEmpty { return }
            swap(&jobs, &runningJobs)
            for job in runningJobs {
                if job.isIsolated {
                    job.job.runSynchronously(isolatedTo: serial, taskExecutor: task)
                } else {
                    job.job.runSynchronously(on: task)
                }
            }
            runningJobs.removeAll(keepingCapacity: true)
            guard jobs.isEmpty else { continue }
            swap(&endOfTurn, &runningEndOfTurn)
            for handler in runningEndOfTurn { handler.turnEnded() }
            runningEndOfTurn.removeAll(keepingCapacity: true)
        }
    }

    private func timeout() -> Int32 {
        if !jobs.isEmpty || !endOfTurn.isEmpty { return 0 }
        guard let expiry = wheel.nextExpiry() else { return -1 }
        guard expiry > now else { return 0 }
        return Int32(clamping: (expiry - now + 999_999) / 1_000_000)
    }

    private func poll(timeout: Int32) {
        let count = clinux_epoll_wait(epoll, events, Int32(Self.eventCapacity), timeout)
        now = MonotonicClock.now
        for index in 0..<max(0, Int(count)) {
            let data = clinux_event_data(events + index)
            let descriptor = Int(truncatingIfNeeded: data & 0xffff_ffff)
            guard descriptor < registrations.count else { continue }
            let registration = registrations[descriptor]
            guard registration.generation == UInt32(data >> 32), let handler = registration.handler else { continue }
            handler.ready(ReadyEvents(rawValue: clinux_event_flags(events + index)))
        }
        for timer in wheel.advance(to: now) { timer.handler?.timerFired(timer) }
    }
}
