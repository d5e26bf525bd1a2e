import EventLoop

/// How an attempt to read from a connection ended.
enum ConnectionInput {
    /// These, valid until the shard reads again, or none that mean anything yet; whether more may be there already.
    case bytes(UnsafeRawBufferPointer, mayFollow: Bool)
    /// Nothing has arrived.
    case wouldBlock
    /// The client has finished sending.
    case closed
    /// The connection is broken.
    case failed
    /// The client's TLS is not acceptable.
    case refused
}

extension ConnectionInput {
    /// Reads from a socket into the shard's buffer.
    init(readingFrom socket: Socket, on loop: ShardLoop) {
        switch socket.read(into: loop.readBuffer) {
        case .bytes(let count):
            // A short read has emptied the socket; only the end of the stream may still be behind it.
            self = .bytes(
                UnsafeRawBufferPointer(rebasing: loop.readBuffer[..<count]),
                mayFollow: count == ShardLoop.readBufferSize)
        case .wouldBlock: self = .wouldBlock
        case .closed: self = .closed
        case .failed: self = .failed
        }
    }
}
