internal import Glibc
internal import Synchronization

/// Collects lines and writes them on a thread of its own, so that a slow reader of the log never holds up a shard.
///
/// The buffer is bounded; what finds no room is dropped and counted, and the count is logged once there is room again.
public final class BufferedLogSink: LogSink {
    private struct State {
        var lines: [UInt8] = []
        var dropped = 0
        var totalDropped = 0
        var isClosed = false
    }

    private let descriptor: Int32
    private let capacity: Int
    private let state = Mutex(State())
    /// A pipe; a byte in it says that there are lines.
    private let wake: (reading: Int32, writing: Int32)
    private let thread = Mutex<pthread_t?>(nil)

    /// A sink that writes to a file descriptor; `capacity` in bytes.
    public init(descriptor: Int32, capacity: Int = 4 << 20) {
        self.descriptor = descriptor
        self.capacity = capacity
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wake = (ends[0], ends[1])
        let unmanaged = Unmanaged.passRetained(self)
        var identifier = pthread_t()
        let status = pthread_create(
            &identifier, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<BufferedLogSink>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, unmanaged.toOpaque())
        if status == 0 {
            thread.withLock { $0 = identifier }
        } else {
            unmanaged.release()
        }
    }

    /// How many lines found no room so far.
    public var totalDropped: Int { state.withLock { $0.totalDropped } }

    /// Takes a line; a closed sink drops it.
    public func write(_ line: [UInt8]) {
        let wasEmpty = state.withLock { state in
            guard !state.isClosed, state.lines.count + line.count <= capacity else {
                state.dropped += 1
                state.totalDropped += 1
                return false
            }
            let wasEmpty = state.lines.isEmpty
            state.lines += line
            return wasEmpty
        }
        if wasEmpty { signal() }
    }

    deinit {
        _ = Glibc.close(wake.reading)
        _ = Glibc.close(wake.writing)
    }

    /// Writes what is left and ends the thread. Call it once, before the process ends.
    public func close() {
        state.withLock { $0.isClosed = true }
        signal()
        if let identifier = thread.withLock({ $0.take() }) { pthread_join(identifier, nil) }
    }

    private func signal() {
        var byte: UInt8 = 1
        _ = Glibc.write(wake.writing, &byte, 1)
    }

    private func run() {
        while true {
            var bytes: (UInt64, UInt64) = (0, 0)
            _ = read(wake.reading, &bytes, 16)
            let (lines, dropped, isClosed) = state.withLock { state in
                defer {
                    state.lines = []
                    state.dropped = 0
                }
                return (state.lines, state.dropped, state.isClosed)
            }
            writeAll(lines)
            if dropped > 0 {
                writeAll(
                    Array(
                        #"{"time":"\#(Timestamp.now())","level":"warning","message":"log lines dropped","count":\#(dropped)}"#
                            .utf8) + [UInt8(ascii: "\n")])
            }
            if isClosed { return }
            // Lines come in bursts: a short pause lets one system call carry many.
            usleep(2_000)
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                return
            }
        }
    }
}
