import CLinux
import Glibc

/// Bytes on their way to a socket: small pieces are gathered, large ones kept as they are, all sent in order.
public struct WriteQueue {
    /// How an attempt to send ended.
    public enum Result: Sendable, Equatable {
        /// Nothing is left.
        case complete
        /// The socket takes no more for now; whether it took anything.
        case blocked(progress: Bool)
        /// The connection is broken; with the `errno` value.
        case failed(Int32)
    }

    /// From this size on a piece is not copied behind its predecessor.
    private static let largePiece = 8_192
    /// How many pieces one system call takes.
    private static let gatherLimit = 16

    private var segments: [[UInt8]] = []
    private var first = 0
    private var offset = 0
    private var lastIsOpen = false

    /// How many bytes are waiting.
    public private(set) var count = 0

    /// An empty queue.
    public init() {}

    /// Whether nothing is waiting.
    public var isEmpty: Bool { count == 0 }

    /// Appends bytes.
    public mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        if bytes.count >= Self.largePiece {
            segments.append(bytes)
            lastIsOpen = false
            count += bytes.count
        } else {
            withTail { $0 += bytes }
        }
    }

    /// Lets bytes be written directly to the queue's end; `body` may only append.
    public mutating func withTail<Failure: Error>(_ body: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) {
        if !lastIsOpen || segments.isEmpty {
            segments.append(ShardLoop.current?.takeBuffer() ?? [])
            lastIsOpen = true
        }
        let last = segments.count - 1
        let before = segments[last].count
        do {
            try body(&segments[last])
        } catch {
            segments[last].removeSubrange(before...)
            throw error
        }
        count += segments[last].count - before
    }

    /// Sends as much as the socket takes, with one system call where it takes all.
    public mutating func write(to socket: Socket) -> Result {
        var progress = false
        while count > 0 {
            let wanted = min(segments.count - first, Self.gatherLimit)
            let sent = wanted == 1 ? sendOne(to: socket) : sendMany(wanted, to: socket)
            if sent.count < 0 {
                switch sent.error {
                case EINTR: continue
                case EAGAIN: return .blocked(progress: progress)
                default: return .failed(sent.error)
                }
            }
            progress = true
            consume(sent.count)
            if sent.count < sent.offered { return .blocked(progress: true) }
        }
        return .complete
    }

    /// How an attempt to send one piece ended.
    public enum SendResult: Sendable, Equatable {
        /// That many bytes were taken, at least one.
        case sent(Int)
        /// Nothing is taken for now. The next attempt must offer the same bytes again.
        case blocked
        /// The connection is broken.
        case failed
    }

    /// Sends as much as `send` takes, piece by piece in order; what it did not take it is offered again, at the same
    /// place in memory, as long as nothing was appended.
    public mutating func write(by send: (UnsafeRawBufferPointer) -> SendResult) -> Result {
        var progress = false
        while count > 0 {
            let result = segments[first].withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
            switch result {
            case .sent(let sent): consume(sent)
            case .blocked: return .blocked(progress: progress)
            case .failed: return .failed(EPIPE)
            }
            progress = true
        }
        return .complete
    }

    /// Has `body` take the bytes that are first, some of them or all, of which there is at least one; they are dropped
    /// then. Does nothing where nothing waits.
    public mutating func take<Failure: Error>(
        atMost limit: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard count > 0 else { return }
        var taken = 0
        var failure: Failure?
        segments[first].withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...].prefix(limit))
            taken = rest.count
            do throws(Failure) { try body(rest) } catch { failure = error }
        }
        if let failure { throw failure }
        consume(taken)
    }

    /// Drops everything that waits.
    public mutating func removeAll() {
        segments = []
        first = 0
        offset = 0
        count = 0
        lastIsOpen = false
    }

    private func sendOne(to socket: Socket) -> (count: Int, offered: Int, error: Int32) {
        segments[first].withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
            let count = send(socket.descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            return (count, rest.count, count < 0 ? errno : 0)
        }
    }

    private func sendMany(_ wanted: Int, to socket: Socket) -> (count: Int, offered: Int, error: Int32) {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: wanted) { vectors in
            gather(0, of: wanted, into: vectors, offered: 0, to: socket)
        }
    }

    /// Each level of the recursion keeps one segment's storage pinned until the system call is done.
    private func gather(
        _ index: Int, of wanted: Int, into vectors: UnsafeMutableBufferPointer<iovec>, offered: Int, to socket: Socket
    ) -> (count: Int, offered: Int, error: Int32) {
        guard index < wanted else {
            var message = msghdr()
            message.msg_iov = vectors.baseAddress
            message.msg_iovlen = wanted
            let count = sendmsg(socket.descriptor, &message, Int32(MSG_NOSIGNAL))
            return (count, offered, count < 0 ? errno : 0)
        }
        return segments[first + index].withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[(index == 0 ? offset : 0)...])
            vectors[index] = iovec(iov_base: UnsafeMutableRawPointer(mutating: rest.baseAddress), iov_len: rest.count)
            return gather(index + 1, of: wanted, into: vectors, offered: offered + rest.count, to: socket)
        }
    }

    private mutating func consume(_ sent: Int) {
        count -= sent
        if count == 0 {
            reset()
            return
        }
        var left = sent
        while left > 0 {
            let rest = segments[first].count - offset
            guard left >= rest else {
                offset += left
                return
            }
            left -= rest
            segments[first] = []
            first += 1
            offset = 0
        }
        if first >= 64, first * 2 >= segments.count {
            segments.removeFirst(first)
            first = 0
        }
    }

    /// Hands the gathering buffer back to the shard, so that a connection with nothing to send holds none.
    private mutating func reset() {
        if lastIsOpen, let buffer = segments.popLast() {
            ShardLoop.current?.recycle(buffer)
        }
        removeAll()
    }
}
