import CGnuTLS
import Glibc

/// The server's end of one TLS connection, without I/O: ciphertext in, plaintext out, and the other way round
/// ([RFC 8446](https://www.rfc-editor.org/rfc/rfc8446), [RFC 5246](https://www.rfc-editor.org/rfc/rfc5246)).
///
/// It belongs to one thread. What is to go to the peer gathers in ``takeOutgoing(leaving:)``.
public final class TLSServerSession {
    /// The most plaintext that ciphertext of a length can hold: what was kept of an earlier record comes on top.
    public static func plaintextCapacity(for ciphertext: Int) -> Int { ciphertext + 32_768 }

    private let session: gnutls_session_t
    // The session refers to them.
    private let credentials: TLSCredentials
    private var incoming = UnsafeRawBufferPointer(start: nil, count: 0)
    private var outgoing: [UInt8] = []

    /// The handshake is complete.
    public private(set) var isEstablished = false
    /// The peer has said, by `close_notify`, that it sends nothing more.
    public private(set) var peerHasFinished = false
    /// Something went wrong; nothing more can be received or sent.
    public private(set) var hasFailed = false
    private var hasFinished = false

    /// A session that waits for its peer's first message. It speaks `http/1.1` only
    /// ([RFC 7301](https://www.rfc-editor.org/rfc/rfc7301)), and to clients that do not say what they speak.
    public init(_ credentials: TLSCredentials) throws(TLSError) {
        var allocated: gnutls_session_t?
        let code = gnutls_init(&allocated, UInt32(GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL))
        guard code == 0, let session = allocated else { throw TLSError(code) }
        self.session = session
        self.credentials = credentials
        // From here on a failure runs the deinitializer.
        try check(gnutls_priority_set(session, credentials.priorities))
        try check(
            gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials.certificates)))
        try check(
            withDatum(Array("http/1.1".utf8)) {
                gnutls_alpn_set_protocols(session, &$0, 1, GNUTLS_ALPN_MANDATORY.rawValue)
            })
        if credentials.requiresClientCertificate {
            // A resumed session would not show its certificate again, so none is resumed.
            gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUIRE)
        } else {
            try check(withDatum(credentials.ticketKey) { gnutls_session_ticket_enable_server(session, &$0) })
        }
        gnutls_transport_set_ptr(session, Unmanaged.passUnretained(self).toOpaque())
        gnutls_transport_set_pull_function(session) { context, buffer, count in
            guard let context, let buffer else { return -1 }
            return Unmanaged<TLSServerSession>.fromOpaque(context).takeUnretainedValue().pull(into: buffer, count)
        }
        gnutls_transport_set_pull_timeout_function(session) { context, _ in
            guard let context else { return -1 }
            return Unmanaged<TLSServerSession>.fromOpaque(context).takeUnretainedValue().incoming.isEmpty ? 0 : 1
        }
        gnutls_transport_set_push_function(session) { context, bytes, count in
            guard let context, let bytes else { return -1 }
            Unmanaged<TLSServerSession>.fromOpaque(context).takeUnretainedValue().outgoing
                .append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
            return count
        }
    }

    deinit { gnutls_deinit(session) }

    /// Whether something is to be sent to the peer.
    public var hasOutgoing: Bool { !outgoing.isEmpty }

    /// What is to be sent to the peer.
    ///
    /// - Parameter buffer: an empty array to gather in from now on.
    public func takeOutgoing(leaving buffer: consuming [UInt8] = []) -> [UInt8] {
        swap(&outgoing, &buffer)
        return buffer
    }

    /// Takes ciphertext as it came from the peer, all of it; incomplete records are kept.
    ///
    /// - Parameter plaintext: of at least ``plaintextCapacity(for:)`` bytes.
    /// - Returns: how many bytes of plaintext stand at its start now.
    /// - Throws: where the peer is not to be spoken with; what to tell it stands in the outgoing bytes.
    public func receive(
        _ ciphertext: UnsafeRawBufferPointer, into plaintext: UnsafeMutableRawBufferPointer
    ) throws(TLSError) -> Int {
        guard !hasFailed, !peerHasFinished else { return 0 }
        incoming = ciphertext
        defer { incoming = UnsafeRawBufferPointer(start: nil, count: 0) }
        if !isEstablished {
            guard try step({ Int(gnutls_handshake(session)) }) != nil else { return 0 }
            isEstablished = true
        }
        var count = 0
        while count < plaintext.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: plaintext[count...])
            guard let received = try step({ gnutls_record_recv(session, rest.baseAddress, rest.count) }) else {
                return count
            }
            if received == 0 {
                peerHasFinished = true
                return count
            }
            count += received
        }
        throw fail(TLSError(GNUTLS_E_LARGE_PACKET))
    }

    /// Encrypts bytes for the peer; they stand in the outgoing bytes after it.
    public func send(_ plaintext: UnsafeRawBufferPointer) throws(TLSError) {
        var rest = plaintext
        while !rest.isEmpty {
            guard !hasFailed, isEstablished else { throw TLSError(GNUTLS_E_INVALID_SESSION) }
            let sent = gnutls_record_send(session, rest.baseAddress, rest.count)
            // Sending goes to memory, so it never has to wait.
            guard sent > 0 else { throw fail(TLSError(Int32(clamping: sent))) }
            rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
        }
    }

    /// Says, by `close_notify`, that nothing more will be sent.
    public func finish() {
        guard isEstablished, !hasFailed, !hasFinished else { return }
        hasFinished = true
        _ = gnutls_bye(session, GNUTLS_SHUT_WR)
    }

    private func check(_ code: Int32) throws(TLSError) {
        guard code >= 0 else { throw TLSError(code) }
    }

    /// Calls GnuTLS until it has a result, or nil where it needs more input.
    private func step(_ call: () -> Int) throws(TLSError) -> Int? {
        while true {
            let before = incoming.count
            let result = call()
            if result >= 0 { return result }
            let code = Int32(clamping: result)
            guard code == GNUTLS_E_AGAIN || code == GNUTLS_E_INTERRUPTED || code == GNUTLS_E_WARNING_ALERT_RECEIVED
            else { throw fail(TLSError(code)) }
            // It may stop at an empty record, or an alert, although more has come.
            guard !incoming.isEmpty, incoming.count < before else { return nil }
        }
    }

    private func fail(_ error: TLSError) -> TLSError {
        hasFailed = true
        if error.code == GNUTLS_E_REHANDSHAKE {
            _ = gnutls_alert_send(session, GNUTLS_AL_FATAL, GNUTLS_A_NO_RENEGOTIATION)
        } else if error.code != GNUTLS_E_FATAL_ALERT_RECEIVED {
            _ = gnutls_alert_send_appropriate(session, error.code)
        }
        return error
    }

    private func pull(into buffer: UnsafeMutableRawPointer, _ wanted: Int) -> Int {
        guard let start = incoming.baseAddress, !incoming.isEmpty else {
            gnutls_transport_set_errno(session, EAGAIN)
            return -1
        }
        let count = min(wanted, incoming.count)
        buffer.copyMemory(from: start, byteCount: count)
        incoming = UnsafeRawBufferPointer(rebasing: incoming[count...])
        return count
    }
}
