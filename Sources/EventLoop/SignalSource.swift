import CLinux
import Glibc

/// Signals as events of a shard.
public final class SignalSource: ReadinessHandler {
    /// Ask to end.
    public static let terminate = SIGTERM
    /// Ctrl-C.
    public static let interrupt = SIGINT
    /// Read the configuration again.
    public static let hangup = SIGHUP

    private let descriptor: Int32
    private let loop: ShardLoop
    private var received: ((Int32) -> Void)?

    /// Keeps the signals from their default action in this thread and all it starts from now on: to be called in the
    /// main thread before shards are started.
    ///
    /// - Throws: ``SystemError`` for a number that is no signal.
    public static func block(_ signals: [Int32]) throws(SystemError) {
        guard clinux_block_signals(signals, Int32(signals.count)) == 0 else { throw SystemError("pthread_sigmask") }
    }

    /// Has `received` called on the loop's shard with the number of each of these signals, which must be blocked.
    ///
    /// - Throws: ``SystemError`` where the process has no descriptors left.
    public init(
        _ signals: [Int32], on loop: ShardLoop, received: @escaping (Int32) -> Void
    ) throws(SystemError) {
        let descriptor = clinux_signalfd(signals, Int32(signals.count))
        guard descriptor >= 0 else { throw SystemError("signalfd") }
        self.descriptor = descriptor
        self.loop = loop
        self.received = received
        try loop.register(descriptor, interest: [.readable, .edgeTriggered], handler: self)
    }

    /// Ends the reports.
    public func close() {
        guard received != nil else { return }
        received = nil
        loop.unregister(descriptor)
        _ = Glibc.close(descriptor)
    }

    /// Reads what has come in.
    public func ready(_ events: ReadyEvents) {
        while received != nil {
            let signal = clinux_signalfd_read(descriptor)
            if signal == 0 { return }
            received?(signal)
        }
    }
}
