import APIRuntime
import HTTPServer
import TLS
import Testing

/// Runs a test's body against a server that speaks TLS, with Python as its client.
func withTLSServer(
    _ fixture: TLSFixture, clientAuthorities: String? = nil, shards: Int = 1,
    configure: (inout HTTPServerConfiguration) -> Void = { _ in },
    respond: nonisolated(nonsending) @escaping @Sendable (Request) async -> Response = { text(200, $0.path) },
    _ body: (PythonPeer, _ server: HTTPServer, _ tls: ServerTLS, _ port: UInt16) async throws -> Void
) async throws {
    let tls = ServerTLS(try fixture.credentials(clientAuthorities: clientAuthorities))
    try await withServer(
        shards: shards,
        configure: { configuration in
            configuration.tls = tls
            configure(&configuration)
        }, respond: respond
    ) { server, port in
        let peer = try PythonPeer(port, fixture)
        do {
            try await body(peer, server, tls, port)
        } catch {
            Issue.record(error)
        }
    }
}

@Suite("TLS", .enabled(if: Peer.areInstalled, "needs openssl, curl and python3"), .timeLimit(.minutes(2)))
struct TLSTests {
    @Test("TLS 1.2 and 1.3 carry many requests on one connection, pipelined too", arguments: ["TLSv1_2", "TLSv1_3"])
    func versions(version: String) async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture) { python, server, _, _ in
            try await python("c = connect(version='\(version)')")
            #expect(try await python("c.version()") == version.replacing("_", with: "."))
            #expect(try await python("get(c, '/a')") == "[(200, '/a')]")
            #expect(try await python("get(c, '/b', '/c', '/d')") == "[(200, '/b'), (200, '/c'), (200, '/d')]")
            #expect(server.counters.acceptedConnections == 1)
            #expect(server.counters.requests == 4)
            try await python("leave(c)")
            #expect(await eventually { server.counters.openConnections == 0 })
        }
    }

    @Test("older versions are refused with an alert", arguments: ["-tls1", "-tls1_1"])
    func olderVersions(option: String) async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture) { _, server, _, port in
            let client = try await Peer.run(
                "openssl", ["s_client", option, "-cipher", "DEFAULT@SECLEVEL=0", "-connect", "127.0.0.1:\(port)"])
            #expect(client.output.contains("alert protocol version"))
            #expect(client.status != 0)
            #expect(server.counters.failedHandshakes == 1)
            #expect(await eventually { server.counters.openConnections == 0 })
        }
    }

    @Test("curl verifies the certificate and uses the connection again")
    func curl() async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture) { _, _, _, port in
            let curl = try await Peer.run(
                "curl",
                [
                    "-sS", "--cacert", fixture.path("certificate.pem"), "-w", " %{http_code} %{num_connects}\n",
                    "https://localhost:\(port)/a", "https://localhost:\(port)/b",
                ])
            #expect(curl.output == "/a 200 1\n/b 200 0\n")
        }
    }

    @Test("a client that speaks HTTP/2 alone is refused; one that speaks HTTP/1.1 too gets that")
    func applicationProtocols() async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture) { python, _, _, _ in
            let refused = try await python("connect(alpn=['h2'])")
            #expect(refused.contains("alert no application protocol"))
            #expect(
                try await python("connect(alpn=['h2', 'http/1.1']).selected_alpn_protocol()") == "http/1.1")
            #expect(try await python("connect().selected_alpn_protocol()") == "None")
        }
    }

    @Test("both ends say when they have finished; an answer that breaks off ends without that")
    func closing() async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(
            fixture,
            respond: { request in
                request.path == "/broken"
                    ? Response(status: 200, body: .stream(stream([[65]], length: 2, thenFail: true)))
                    : text(200, request.path)
            }
        ) { python, server, _, _ in
            try await python("c = connect()")
            try await python("send(c, '/a', fields='Connection: close\\r\\n')")
            #expect(try await python("answer(c)") == "(200, '/a')")
            #expect(try await python("c.recv(1)") == "b''")
            try await python("c.unwrap()")
            try await python("leave(c)")
            #expect(await eventually { server.counters.openConnections == 0 })
            try await python("c = connect()")
            try await python("send(c, '/broken')")
            let broken = try await python("[c.recv(1000) for _ in range(9)]")
            #expect(broken.contains("Error"))
            try await python("leave(c)")
            // An idle client that has finished is told the same.
            try await python("c = connect()")
            #expect(try await python("get(c, '/a')") == "[(200, '/a')]")
            #expect(try await python("c.unwrap().recv(1)") == "b''")
            #expect(await eventually { server.counters.openConnections == 0 })
        }
    }

    @Test("sessions are resumed, but not with credentials that came after them", arguments: ["TLSv1_2", "TLSv1_3"])
    func resumption(version: String) async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture) { python, _, tls, _ in
            try await python("x = context(version='\(version)')")
            try await python("c = connect(within=x)")
            #expect(try await python("get(c, '/a'), c.session_reused") == "([(200, '/a')], False)")
            try await python("d = connect(within=x, session=c.session)")
            #expect(try await python("get(d, '/a'), d.session_reused") == "([(200, '/a')], True)")
            tls.credentials = try fixture.credentials()
            try await python("d = connect(within=x, session=c.session)")
            #expect(try await python("get(d, '/a'), d.session_reused") == "([(200, '/a')], False)")
        }
    }

    @Test("new credentials are for new connections, and open ones go on")
    func reload() async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture, shards: 2) { python, _, tls, _ in
            try await python("old = connect()")
            #expect(try await python("get(old, '/a')") == "[(200, '/a')]")
            tls.credentials = try fixture.credentials("other")
            let refused = try await python("connect()")
            #expect(refused.contains("CERTIFICATE_VERIFY_FAILED"))
            #expect(try await python("get(connect(ca='other'), '/b')") == "[(200, '/b')]")
            #expect(try await python("get(old, '/c')") == "[(200, '/c')]")
        }
    }

    @Test("only clients with a certificate of the authority, for use by clients, are admitted")
    func clientCertificates() async throws {
        let fixture = try await TLSFixture(clients: true)
        try await withTLSServer(fixture, clientAuthorities: "authority") { python, server, _, _ in
            for version in ["TLSv1_2", "TLSv1_3"] {
                let get = { (client: String) in
                    "get(connect(version='\(version)', client=\(client)), '/a')"
                }
                #expect(try await python(get("'client'")) == "[(200, '/a')]")
                for client in ["None", "'stranger'", "'server-only'"] {
                    let refused = try await python(get(client))
                    #expect(refused.contains("Error") && !refused.contains("200"), "\(version) \(client): \(refused)")
                }
            }
            #expect(server.counters.requests == 2)
            #expect(server.counters.failedHandshakes == 6)
        }
    }

    @Test("a stop lets a running request finish and tells idle clients")
    func shutdown() async throws {
        let fixture = try await TLSFixture()
        let began = Counter()
        let gate = Counter()
        try await withTLSServer(
            fixture,
            respond: { request in
                began.add()
                while request.path == "/slow", gate.value == 0 { try? await Task.sleep(for: .milliseconds(2)) }
                return text(200, request.path)
            }
        ) { python, server, _, _ in
            try await python("idle, running = connect(), connect()")
            #expect(try await python("get(idle, '/a')") == "[(200, '/a')]")
            try await python("send(running, '/slow')")
            #expect(await eventually { began.value == 2 })
            async let ended: Void = server.shutdown(within: .seconds(60))
            #expect(try await python("idle.recv(1)") == "b''")
            gate.add()
            #expect(try await python("answer(running), running.recv(1)") == "((200, '/slow'), b'')")
            try await python("leave(running)")
            await ended
            #expect(server.counters.openConnections == 0)
        }
    }
}
