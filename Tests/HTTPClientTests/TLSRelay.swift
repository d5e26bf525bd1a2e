import CGnuTLS
import EventLoop
import Glibc
import Synchronization
import Testing

/// Takes TLS connections and carries what goes over them to and from a plain upstream.
final class TLSRelay: Sendable {
    /// How it talks TLS.
    struct Options: Sendable {
        /// In GnuTLS' syntax.
        var priority = "NORMAL"
        /// A certificate of this authority is demanded of clients.
        var clientAuthorityFile: String?
        /// What the upstream finishes is finished with TLS' closing alert.
        var endsWithAlert = true
    }

    /// What a client said of itself.
    struct Client: Sendable, Equatable {
        var serverName: String?
        var protocolName: String?
        var certificateName: String?
        var version: String?
    }

    private struct Stopped: Error {}

    private let listener: Int32
    private let upstreamPort: UInt16
    private let identity: TestAuthority.Identity
    private let options: Options
    private let isStopped = Atomic<Bool>(false)
    private let seen = Lock<[Client]>([])
    /// Where it listens, on 127.0.0.1.
    let port: UInt16
    /// The clients whose handshake was good.
    var clients: [Client] { seen.withLock { $0 } }

    init(to upstreamPort: UInt16, as identity: TestAuthority.Identity, options: Options = Options()) throws {
        self.upstreamPort = upstreamPort
        self.identity = identity
        self.options = options
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 512) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        try #require(isListening)
        port = UInt16(bigEndian: address.sin_port)
        Task.detached { [self] in
            while !isStopped.load(ordering: .relaxed) {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    try? await Task.sleep(for: .milliseconds(1))
                    continue
                }
                _ = fcntl(connection, F_SETFL, O_NONBLOCK)
                Task.detached { await self.serve(connection) }
            }
            close(listener)
        }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    private func connectUpstream() throws -> Int32 {
        let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var size: Int32 = 65_536
        setsockopt(upstream, SOL_SOCKET, SO_RCVBUF, &size, 4)
        var address = Self.loopback(port: upstreamPort)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(upstream)
            throw Stopped()
        }
        _ = fcntl(upstream, F_SETFL, O_NONBLOCK)
        return upstream
    }

    private func serve(_ connection: Int32) async {
        let session = TLSServerSession(connection, identity: identity, options: options)
        defer { close(connection) }
        do {
            try await session.handshake { try await rest() }
            seen.withLock { $0.append(session.client) }
            let upstream = try connectUpstream()
            defer { close(upstream) }
            try await relay(session, connection, upstream)
        } catch {}
    }

    private func rest() async throws {
        if isStopped.load(ordering: .relaxed) { throw Stopped() }
        try await Task.sleep(for: .milliseconds(1))
    }

    private func relay(_ session: TLSServerSession, _ connection: Int32, _ upstream: Int32) async throws {
        var inward: [UInt8] = []
        var outward: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            var moved = false
            if inward.isEmpty {
                let count = session.receive(&buffer)
                if count == 0 || count < TLSServerSession.blocked { return }
                if count > 0 {
                    inward = Array(buffer[..<count])
                    moved = true
                }
            }
            if !inward.isEmpty {
                let count = send(upstream, inward, inward.count, Int32(MSG_NOSIGNAL))
                if count > 0 {
                    inward.removeFirst(count)
                    moved = true
                } else if errno != EAGAIN {
                    inward = []
                }
            }
            if outward.isEmpty {
                let count = recv(upstream, &buffer, buffer.count, 0)
                if count > 0 {
                    outward = Array(buffer[..<count])
                } else if count == 0 {
                    if options.endsWithAlert { session.finish() }
                    return
                } else if errno != EAGAIN {
                    var option = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                    return
                }
            }
            if !outward.isEmpty {
                let count = session.send(outward)
                if count > 0 {
                    outward.removeFirst(count)
                    moved = true
                } else if count != TLSServerSession.blocked {
                    return
                }
            }
            if !moved { try await rest() }
        }
    }
}

/// The server's end of TLS on a non-blocking socket. Used by one task at a time.
private final class TLSServerSession: @unchecked Sendable {
    static let blocked = -1
    private var session: gnutls_session_t?
    private var credentials: gnutls_certificate_credentials_t?

    init(_ descriptor: Int32, identity: TestAuthority.Identity, options: TLSRelay.Options) {
        gnutls_init(
            &session,
            UInt32(GNUTLS_SERVER.rawValue | GNUTLS_NONBLOCK.rawValue | GNUTLS_NO_SIGNAL.rawValue))
        gnutls_certificate_allocate_credentials(&credentials)
        gnutls_certificate_set_x509_key_file(
            credentials, identity.certificateFile, identity.keyFile, GNUTLS_X509_FMT_PEM)
        gnutls_priority_set_direct(session, options.priority, nil)
        gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials))
        if let file = options.clientAuthorityFile {
            gnutls_certificate_set_x509_trust_file(credentials, file, GNUTLS_X509_FMT_PEM)
            gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUIRE)
            gnutls_session_set_verify_cert(session, nil, 0)
        }
        // Offered both, a client that speaks HTTP/2 would get it.
        withDatum("h2") { first in
            withDatum("http/1.1") { second in
                gnutls_alpn_set_protocols(session, [first, second], 2, UInt32(GNUTLS_ALPN_SERVER_PRECEDENCE.rawValue))
            }
        }
        gnutls_transport_set_int2(session, descriptor, descriptor)
    }

    deinit {
        gnutls_deinit(session)
        gnutls_certificate_free_credentials(credentials)
    }

    struct Refused: Error {}

    func handshake(_ rest: () async throws -> Void) async throws {
        while true {
            let result = gnutls_handshake(session)
            if result == 0 { return }
            // The alert that says why has been queued; it is the last that is sent.
            if gnutls_error_is_fatal(result) != 0 {
                gnutls_alert_send_appropriate(session, result)
                throw Refused()
            }
            if result == GNUTLS_E_AGAIN { try await rest() }
        }
    }

    /// What the client has said in the handshake.
    var client: TLSRelay.Client {
        var client = TLSRelay.Client()
        var name = [UInt8](repeating: 0, count: 256)
        var length = name.count
        var type: UInt32 = 0
        if gnutls_server_name_get(session, &name, &length, &type, 0) == 0 {
            client.serverName = String(decoding: name[..<length], as: UTF8.self)
        }
        var datum = gnutls_datum_t()
        if gnutls_alpn_get_selected_protocol(session, &datum) == 0 {
            client.protocolName = String(
                decoding: UnsafeBufferPointer(start: datum.data, count: Int(datum.size)), as: UTF8.self)
        }
        client.version = String(cString: gnutls_protocol_get_name(gnutls_protocol_get_version(session)))
        var count: UInt32 = 0
        if let certificates = gnutls_certificate_get_peers(session, &count), count > 0 {
            var certificate: gnutls_x509_crt_t?
            gnutls_x509_crt_init(&certificate)
            defer { gnutls_x509_crt_deinit(certificate) }
            gnutls_x509_crt_import(certificate, certificates, GNUTLS_X509_FMT_DER)
            var text = [CChar](repeating: 0, count: 256)
            var size = text.count
            gnutls_x509_crt_get_dn(certificate, &text, &size)
            client.certificateName = String(decoding: text[..<size].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return client
    }

    /// The number of bytes, 0 at the end, ``blocked``, or less where the connection is broken.
    func receive(_ buffer: inout [UInt8]) -> Int { outcome(gnutls_record_recv(session, &buffer, buffer.count)) }

    func send(_ bytes: [UInt8]) -> Int { outcome(gnutls_record_send(session, bytes, bytes.count)) }

    func finish() { gnutls_bye(session, GNUTLS_SHUT_WR) }

    private func outcome(_ result: Int) -> Int {
        if result >= 0 { return result }
        return gnutls_error_is_fatal(Int32(result)) == 0 ? Self.blocked : -2
    }
}

private func withDatum(_ text: String, _ body: (gnutls_datum_t) -> Void) {
    var bytes = Array(text.utf8)
    bytes.withUnsafeMutableBufferPointer { body(gnutls_datum_t(data: $0.baseAddress, size: UInt32($0.count))) }
}
