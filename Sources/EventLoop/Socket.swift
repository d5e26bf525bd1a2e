import CLinux
import Glibc

/// A non-blocking stream socket. A value of it owns nothing: whoever made it closes it.
public struct Socket: Sendable {
    /// The file descriptor.
    public let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// How an attempt to read ended.
    public enum ReadResult: Sendable, Equatable {
        /// That many bytes, at least one, stand at the buffer's start.
        case bytes(Int)
        /// Nothing has arrived.
        case wouldBlock
        /// The peer has sent all it had to send.
        case closed
        /// The connection is broken; with the `errno` value.
        case failed(Int32)
    }

    /// How an attempt to accept a connection ended.
    public enum AcceptResult: Sendable {
        /// A new connection and its peer.
        case connection(Socket, SocketAddress)
        /// No connection is waiting.
        case wouldBlock
        /// The process or the system has no descriptor left.
        case outOfDescriptors
        /// This one went away before it was accepted; the next may be good.
        case gone
        /// The listener is broken; with the `errno` value.
        case failed(Int32)
    }

    /// A listening socket.
    ///
    /// - Parameters:
    ///   - backlog: how many connections may wait to be accepted.
    ///   - sharedPort: several sockets may listen on the port, and the kernel spreads connections over them.
    public static func listening(
        on address: SocketAddress, backlog: Int32, sharedPort: Bool
    ) throws(SystemError) -> Socket {
        let family = Int32(address.address.storage.ss_family)
        let descriptor = clinux_stream_socket(family)
        guard descriptor >= 0 else { throw SystemError("socket for \(address)") }
        let socket = Socket(descriptor: descriptor)
        var raw = address.address
        _ = clinux_set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if family == AF_INET6 { _ = clinux_set_option(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        guard !sharedPort || clinux_set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) == 0,
            clinux_bind(descriptor, &raw) == 0, Glibc.listen(descriptor, backlog) == 0
        else {
            let error = SystemError("listen on \(address)")
            socket.close()
            throw error
        }
        return socket
    }

    /// A socket on its way to an address; it becomes writable when it is connected or has failed.
    public static func connecting(to address: SocketAddress) throws(SystemError) -> Socket {
        let descriptor = clinux_stream_socket(Int32(address.address.storage.ss_family))
        guard descriptor >= 0 else { throw SystemError("socket for \(address)") }
        let socket = Socket(descriptor: descriptor)
        var raw = address.address
        socket.sendWithoutDelay()
        guard clinux_connect(descriptor, &raw) == 0 || errno == EINPROGRESS else {
            let error = SystemError("connect to \(address)")
            socket.close()
            throw error
        }
        return socket
    }

    /// A socket that somebody else will connect to such an address.
    public static func unconnected(for address: SocketAddress) throws(SystemError) -> Socket {
        let descriptor = clinux_stream_socket(Int32(address.address.storage.ss_family))
        guard descriptor >= 0 else { throw SystemError("socket for \(address)") }
        let socket = Socket(descriptor: descriptor)
        socket.sendWithoutDelay()
        return socket
    }

    /// How many connections wait at a listening socket.
    public var waitingConnections: Int { max(0, Int(clinux_accept_queue(descriptor))) }

    /// The next waiting connection of a listening socket.
    public func accept() -> AcceptResult {
        var peer = clinux_address()
        let accepted = clinux_accept(descriptor, &peer)
        if accepted >= 0 {
            let socket = Socket(descriptor: accepted)
            socket.sendWithoutDelay()
            return .connection(socket, SocketAddress(peer))
        }
        switch errno {
        case EAGAIN: return .wouldBlock
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .outOfDescriptors
        case EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP, EFAULT: return .failed(errno)
        default: return .gone
        }
    }

    /// The address this end is bound to.
    public func localAddress() throws(SystemError) -> SocketAddress {
        var address = clinux_address()
        guard clinux_local_address(descriptor, &address) == 0 else { throw SystemError("getsockname") }
        return SocketAddress(address)
    }

    /// The `errno` value of an attempt to connect that has come to its end, 0 where it succeeded.
    public func connectionError() -> Int32 { clinux_pending_error(descriptor) }

    /// Reads what has arrived, as much as fits.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .closed }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .failed(errno)
            }
        }
    }

    /// Says to the peer that nothing more will be sent.
    public func finishWriting() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Acknowledges what has arrived now, where the system would wait for something to send along with it.
    public func acknowledgeAtOnce() { _ = clinux_set_option(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK, 1) }

    /// Closes a socket that is not registered with a shard.
    public func close() { _ = Glibc.close(descriptor) }

    /// Makes the coming close a reset, so that the peer cannot take what it has for the whole.
    public func resetOnClose() { _ = clinux_reset_on_close(descriptor) }

    private func sendWithoutDelay() { _ = clinux_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
}

/// A file descriptor held back, so that a connection can still be accepted and closed when descriptors run out.
public struct SpareDescriptor: ~Copyable {
    private var descriptor: Int32

    /// Takes a descriptor; where none is left, ``isHeld`` is false.
    public init() {
        descriptor = clinux_spare_descriptor()
    }

    /// Whether there is one to give up.
    public var isHeld: Bool { descriptor >= 0 }

    /// Gives the descriptor up for the time of `body`, then takes one again.
    public mutating func withoutIt(_ body: () -> Void) {
        release()
        body()
        descriptor = clinux_spare_descriptor()
    }

    private mutating func release() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    deinit {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
    }
}
