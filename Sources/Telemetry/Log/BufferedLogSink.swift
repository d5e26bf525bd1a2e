internal import Glibc
internal import Synchronization

/// What a log is doing.
public struct LogCounts: Sendable, Equatable {
    /// Bytes of lines that are not written yet.
    public var waitingBytes = 0
    /// Lines that found no room.
    public var dropped = 0

    /// Counts from their parts.
    public init(waitingBytes: Int = 0, dropped: Int = 0) {
        self.waitingBytes = waitingBytes
        self.dropped = dropped
    }
}

/// Collects lines and writes them on a thread of its own, so that a slow reader of the log never holds up a shard.
///
/// The buffer is bounded; what finds no room is dropped and counted, and the count is logged once there is room again.
public final class BufferedLogSink: LogSink {
    private struct State {
        var lines: [UInt8] = []
        var dropped = 0
        var totalDropped = 0
        var isClosed = false
        /// The file to write to from that place of the lines on.
        var files: [(place: Int, descriptor: Int32)] = []
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

    /// What it is doing.
    public var counts: LogCounts {
        state.withLock { LogCounts(waitingBytes: $0.lines.count, dropped: $0.totalDropped) }
    }

    /// Has all lines that come from now on written to another file, whose descriptor is closed then: the sink's own one
    /// leads there. A closed sink closes it at once.
    public func redirect(to descriptor: Int32) {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.files.append((state.lines.count, descriptor)) }
            return !state.isClosed
        }
        if isOpen { signal() } else { _ = Glibc.close(descriptor) }
    }

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
            let (lines, files, dropped, isClosed) = state.withLock { state in
                defer {
                    state.lines = []
                    state.files = []
                    state.dropped = 0
                }
                return (state.lines, state.files, state.dropped, state.isClosed)
            }
            var written = 0
            for file in files {
                writeAll(lines[written..<file.place])
                written = file.place
                _ = dup2(file.descriptor, descriptor)
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                _ = Glibc.close(file.descriptor)
            }
            writeAll(lines[written...])
            if dropped > 0 {
                let line =
                    #"{"time":"\#(Timestamp.now())","level":"warning","message":"log lines dropped","count":\#(dropped)}"#
                writeAll((Array(line.utf8) + [UInt8(ascii: "\n")])[...])
            }
            if isClosed { return }
            // Lines come in bursts: a short pause lets one system call carry many.
            usleep(2_000)
        }
    }

    private func writeAll(_ bytes: ArraySlice<UInt8>) {
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
