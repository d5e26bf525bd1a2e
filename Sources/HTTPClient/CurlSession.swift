import CCurl
import EventLoop

/// A connection's way through libcurl, which connects its socket and has a TLS session on it.
///
/// Connecting and the handshake are driven by ``advance(_:)`` on the shard's loop. The socket stays its owner's.
final class CurlSession: TimerHandler {
    /// What all sessions of a client have in common.
    struct Settings: Sendable {
        /// The origin's; its host is what the certificate must be for.
        let url: String
        let tls: HTTPClientTLS
    }

    /// How far connecting and the handshake are.
    enum Progress {
        case awaiting(ReadyEvents)
        case established
        /// With libcurl's reason.
        case failed(String)
    }

    /// The most that is offered at once, one record of TLS: a session that could not send must be offered the same again.
    private static let largestPiece = 16_384

    private var handle: OpaquePointer?
    private let loop: ShardLoop
    private var timer: LoopTimer?
    /// Called where it has gone on by itself, as time passed.
    var advanced: ((Progress) -> Void)?

    /// A session with that address, on a socket that is not connected; it has not begun. `nil` where memory is wanting.
    init?(_ settings: Settings, to address: SocketAddress, on socket: Socket, loop: ShardLoop) {
        self.loop = loop
        let tls = settings.tls
        handle = withCStrings(settings.url, address.description) { url, address in
            withOptionalCString(tls.authoritiesFile) { authorities in
                withOptionalCString(tls.certificateFile) { certificate in
                    withOptionalCString(tls.keyFile) { key in
                        var options = ccurl_options(
                            descriptor: socket.descriptor, address: address, url: url,
                            authorities_file: authorities, certificate_file: certificate, key_file: key)
                        return ccurl_open(&options)
                    }
                }
            }
        }
        guard handle != nil else { return nil }
        timer = LoopTimer(handler: self)
    }

    deinit { if let handle { ccurl_close(handle) } }

    /// Goes on with connecting and the handshake: the socket is ready for `events`, or, without any, time has passed.
    func advance(_ events: ReadyEvents) -> Progress {
        guard let handle, let timer else { return .failed("closed") }
        var ready: Int32 = 0
        if !events.isDisjoint(with: [.readable, .peerFinished, .hangup, .error]) { ready |= Int32(CCURL_READABLE) }
        if !events.isDisjoint(with: [.writable, .hangup, .error]) { ready |= Int32(CCURL_WRITABLE) }
        switch ccurl_advance(handle, ready) {
        case 0:
            let time = ccurl_awaited_time(handle)
            loop.schedule(timer, at: time < 0 ? .max : MonotonicClock.now + UInt64(time) * 1_000_000)
            var awaited: ReadyEvents = []
            if ccurl_awaited_events(handle) & Int32(CCURL_READABLE) != 0 { awaited.insert(.readable) }
            if ccurl_awaited_events(handle) & Int32(CCURL_WRITABLE) != 0 { awaited.insert(.writable) }
            return .awaiting(awaited)
        case 1:
            dropTimer()
            return .established
        default:
            dropTimer()
            return .failed(String(cString: ccurl_failure(handle)))
        }
    }

    func timerFired(_ timer: LoopTimer) {
        guard handle != nil else { return }
        advanced?(advance([]))
    }

    /// Reads what has arrived, as much as fits. A short read says nothing about what is left.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Socket.ReadResult {
        guard let handle else { return .closed }
        let count = ccurl_receive(handle, buffer.baseAddress, buffer.count)
        switch count {
        case Int(CCURL_END): return .closed
        case Int(CCURL_BLOCKED): return .wouldBlock
        case Int(CCURL_FAILED): return .failed(0)
        default: return .bytes(count)
        }
    }

    /// Sends what it takes of these bytes.
    func send(_ bytes: UnsafeRawBufferPointer) -> WriteQueue.SendResult {
        guard let handle else { return .failed }
        let count = ccurl_send(handle, bytes.baseAddress, min(bytes.count, Self.largestPiece))
        return count > 0 ? .sent(count) : count == Int(CCURL_BLOCKED) ? .blocked : .failed
    }

    /// Ends the session, with TLS' closing alert where the socket takes it. To be called before the socket is closed.
    func close() {
        dropTimer()
        advanced = nil
        if let handle { ccurl_close(handle) }
        handle = nil
    }

    private func dropTimer() {
        if let timer { loop.invalidate(timer) }
        timer = nil
    }
}

private func withCStrings<Result>(
    _ first: String, _ second: String, _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Result
) -> Result {
    first.withCString { first in second.withCString { body(first, $0) } }
}

func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString(body)
}
