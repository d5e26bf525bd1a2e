/// Python's TLS, which is OpenSSL's, led through a test statement by statement.
struct PythonPeer {
    private let peer: Peer

    /// A peer that knows the server's port and the certificates.
    init(_ port: UInt16, _ fixture: TLSFixture) throws {
        peer = try Peer("python3", ["-u", "-c", Self.program, "\(port)", fixture.folder.path])
    }

    /// What Python prints for an expression's value, or the name of the exception; nothing for a statement.
    @discardableResult
    func callAsFunction(_ code: String) async throws -> String {
        peer.write(code + "\n")
        return try await peer.line()
    }

    private static let program = #"""
        import hashlib, socket, ssl, sys, struct, time
        port, folder = int(sys.argv[1]), sys.argv[2]
        files = {}

        def context(version=None, alpn=None, client=None, ca='certificate'):
            context = ssl.create_default_context(cafile=f'{folder}/{ca}.pem')
            if version: context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, version)
            if alpn: context.set_alpn_protocols(alpn)
            if client: context.load_cert_chain(f'{folder}/{client}.pem', f'{folder}/{client}.key')
            return context

        def connect(buffer=None, session=None, within=None, **options):
            raw = socket.socket()
            raw.settimeout(30)
            if buffer: raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            raw.connect(('127.0.0.1', port))
            return (within or context(**options)).wrap_socket(
                raw, server_hostname='localhost', session=session, suppress_ragged_eofs=False)

        def send(s, *paths, method='GET', fields='', body=b''):
            s.sendall(b''.join(f'{method} {p} HTTP/1.1\r\nHost: a\r\n{fields}\r\n'.encode() + body for p in paths))

        def post(s, path, body):
            send(s, path, method='POST', fields=f'Content-Length: {len(body)}\r\n', body=body)

        def answer(s):
            if s not in files: files[s] = s.makefile('rb')
            status, length = int(files[s].readline().split()[1]), 0
            while line := files[s].readline().strip():
                name, _, value = line.partition(b':')
                if name.lower() == b'content-length': length = int(value)
            return (status, files[s].read(length).decode()) if status >= 200 else answer(s)

        def get(s, *paths):
            send(s, *paths)
            return [answer(s) for _ in paths]

        def leave(s):
            if s in files: files.pop(s).close()
            s.close()

        def reset(s):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            s.close()

        def raw(s): return socket.socket(fileno=s.detach())

        def hello():
            outgoing = ssl.MemoryBIO()
            try: context().wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname='localhost').do_handshake()
            except ssl.SSLWantReadError: return outgoing.read().hex()

        for line in sys.stdin:
            try:
                try: print(eval(line))
                except SyntaxError:
                    exec(line)
                    print()
            except Exception as error: print(type(error).__name__, getattr(error, 'reason', None) or error)
        """#
}
