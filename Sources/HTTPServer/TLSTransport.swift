import EventLoop
import TLS

/// Where the connections of a shard decrypt to, one after the other.
final class PlaintextBuffer {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
        byteCount: TLSServerSession.plaintextCapacity(for: ShardLoop.readBufferSize), alignment: 64)

    deinit { bytes.deallocate() }
}

/// The layer between a connection and its socket where the server speaks TLS.
///
/// A connection at rest holds neither plaintext nor ciphertext.
final class TLSTransport {
    /// So much ciphertext is made at a time, beyond what the socket has not taken yet: what waits stays plaintext, which
    /// the connection's limits count.
    private static let ciphertextLimit = 65_536
    /// The plaintext of one record ([RFC 8446 §5.1](https://www.rfc-editor.org/rfc/rfc8446#section-5.1)).
    private static let recordSize = 16_384

    private let session: TLSServerSession
    private let buffer: PlaintextBuffer
    private var ciphertext = WriteQueue()

    init(_ credentials: TLSCredentials, buffer: PlaintextBuffer) throws(TLSError) {
        session = try TLSServerSession(credentials)
        self.buffer = buffer
    }

    /// The handshake is complete.
    var isEstablished: Bool { session.isEstablished }
    /// The client has said that it sends nothing more.
    var peerHasFinished: Bool { session.peerHasFinished }
    /// Bytes of the session's own, or of the answer, that are encrypted and not out.
    var hasOutput: Bool { session.hasOutgoing || !ciphertext.isEmpty }
    /// How many bytes are encrypted and not out.
    var waitingBytes: Int { ciphertext.count }

    /// Reads and decrypts.
    func read(from socket: Socket, on loop: ShardLoop) -> ConnectionInput {
        if session.peerHasFinished { return .closed }
        let input = ConnectionInput(readingFrom: socket, on: loop)
        guard case .bytes(let bytes, let mayFollow) = input else { return input }
        let wasEstablished = session.isEstablished
        do {
            let count = try session.receive(bytes, into: buffer.bytes)
            // There is nothing to send now, and a client that gathers small packets holds its request back for this.
            if !wasEstablished, session.isEstablished, count == 0 { socket.acknowledgeAtOnce() }
            return .bytes(
                UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count]),
                mayFollow: mayFollow || session.peerHasFinished)
        } catch {
            return .refused
        }
    }

    /// Encrypts and sends as much as the socket takes.
    func write(_ plaintext: inout WriteQueue, to socket: Socket) -> WriteQueue.Result {
        var progress = false
        while true {
            do {
                while !plaintext.isEmpty, ciphertext.count < Self.ciphertextLimit {
                    try encrypt(&plaintext)
                }
            } catch {
                return .failed(error.code)
            }
            collect()
            switch ciphertext.write(to: socket) {
            case .complete: progress = true
            case .blocked(let more): return .blocked(progress: progress || more)
            case .failed(let code): return .failed(code)
            }
            if plaintext.isEmpty { return .complete }
        }
    }

    /// Has the client told that nothing more will come, behind what is still to be sent.
    func finish() { session.finish() }

    private func encrypt(_ plaintext: inout WriteQueue) throws(TLSError) {
        try plaintext.take(atMost: Self.recordSize) { bytes throws(TLSError) in try session.send(bytes) }
        collect()
    }

    private func collect() {
        guard session.hasOutgoing else { return }
        ciphertext.append(session.takeOutgoing())
    }
}
