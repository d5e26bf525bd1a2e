import APIRuntime
import EventLoop
import HTTPClient
import Testing

@Suite struct CurlHTTPClientTests {
    @Test("conforms without TLS", arguments: HTTPClientConformance.all)
    func conformsWithoutTLS(conformance: HTTPClientConformance) async throws {
        try await conformance.check { CurlHTTPClient(origin: $0, configuration: $1) }
    }

    @Test("conforms over TLS", arguments: HTTPClientConformance.all)
    func conforms(conformance: HTTPClientConformance) async throws {
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("upstream", addresses: [[127, 0, 0, 1]])
        try await conformance.check { origin, configuration in
            RelayedClient(to: origin, configuration, authority: authority, identity: identity)
        }
        authority.discard(identity)
    }

    /// What came of one request to an upstream behind TLS.
    private struct Result {
        var outcome = Outcome()
        /// Those whose handshake the upstream found good.
        var clients: [TLSRelay.Client] = []
        /// What reached the upstream.
        var requests: [String] = []
    }

    private func result(
        _ authority: TestAuthority, _ identity: TestAuthority.Identity, host: String = "localhost",
        trusting tls: HTTPClientTLS, options: TLSRelay.Options = TLSRelay.Options(),
        script: [ScriptedUpstream.Step] = [.answerAll(answer("hello"))]
    ) async throws -> Result {
        let upstream = try ScriptedUpstream([script])
        let relay = try TLSRelay(to: upstream.port, as: identity, options: options)
        let group = try ShardGroup(count: 1)
        try group.start()
        let client = CurlHTTPClient(
            origin: HTTPClientOrigin(scheme: .https, host: host, port: relay.port), tls: tls)
        let outcome = try await group.shards[0].run { await fetch(client, get()) }
        await client.close()
        relay.stop()
        upstream.stop()
        group.stop()
        group.join()
        authority.discard(identity)
        return Result(outcome: outcome, clients: relay.clients, requests: upstream.requests)
    }

    @Test("an upstream with a certificate of the given authority for the host is asked, by name and by HTTP/1.1")
    func trusted() async throws {
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("upstream", names: ["localhost"])
        let result = try await result(
            authority, identity, trusting: HTTPClientTLS(authoritiesFile: authority.certificateFile))
        #expect(result.outcome.text == "hello")
        #expect(
            result.clients == [TLSRelay.Client(serverName: "localhost", protocolName: "http/1.1", version: "TLS1.3")])
    }

    @Test("a certificate of another authority is refused, and so is any where only the system's are trusted")
    func otherAuthority() async throws {
        let other = try TestAuthority("other")
        for file in [other.certificateFile, nil] {
            let authority = try TestAuthority("authority")
            let identity = try authority.identity("upstream", names: ["localhost"])
            let result = try await result(
                authority, identity, trusting: HTTPClientTLS(authoritiesFile: file))
            try expectRefusal(result, because: "certificate")
        }
    }

    @Test("a certificate for another name is refused")
    func otherName() async throws {
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("localhost", names: ["elsewhere.example"], addresses: [[127, 0, 0, 2]])
        let identity2 = try authority.identity("localhost2", names: ["127.0.0.1"], addresses: [[127, 0, 0, 2]])
        let tls = HTTPClientTLS(authoritiesFile: authority.certificateFile)
        var result = try await result(authority, identity, trusting: tls)
        try expectRefusal(result, because: "localhost")
        result = try await self.result(authority, identity2, host: "127.0.0.1", trusting: tls)
        try expectRefusal(result, because: "127.0.0.1")
    }

    @Test("a certificate that has expired, or is not valid yet, is refused")
    func outOfTime() async throws {
        for (from, until) in [(-7_200, -3_600), (3_600, 7_200)] {
            let authority = try TestAuthority("authority")
            let identity = try authority.identity("upstream", names: ["localhost"], from: from, until: until)
            let result = try await result(
                authority, identity, trusting: HTTPClientTLS(authoritiesFile: authority.certificateFile))
            try expectRefusal(result, because: "certificate")
        }
    }

    @Test("TLS older than 1.2 is refused, 1.2 is not")
    func versions() async throws {
        for (version, isAccepted) in [("1.1", false), ("1.2", true)] {
            let authority = try TestAuthority("authority")
            let identity = try authority.identity("upstream", names: ["localhost"])
            let result = try await result(
                authority, identity, trusting: HTTPClientTLS(authoritiesFile: authority.certificateFile),
                options: TLSRelay.Options(priority: "NORMAL:-VERS-ALL:+VERS-TLS\(version)"))
            if isAccepted {
                #expect(result.outcome.text == "hello")
                #expect(result.clients.map(\.version) == ["TLS1.2"])
            } else {
                try expectRefusal(result, because: "")
            }
        }
    }

    @Test("the client's certificate is shown to an upstream that demands one; without it there is no answer")
    func clientCertificate() async throws {
        for isShown in [true, false] {
            let authority = try TestAuthority("authority")
            let identity = try authority.identity("upstream", names: ["localhost"])
            let gateway = try authority.identity("gateway")
            let tls = HTTPClientTLS(
                authoritiesFile: authority.certificateFile, certificateFile: isShown ? gateway.certificateFile : nil,
                keyFile: isShown ? gateway.keyFile : nil)
            let result = try await result(
                authority, identity, trusting: tls,
                options: TLSRelay.Options(clientAuthorityFile: authority.certificateFile))
            #expect(result.outcome.isWhole == isShown)
            #expect(result.clients.map(\.certificateName) == (isShown ? ["CN=gateway"] : []))
            authority.discard(gateway)
        }
    }

    @Test("files that are missing or are no certificates are a failure to connect that does not show what is in them")
    func badFiles() async throws {
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("unused", names: ["localhost"])
        let other = try authority.identity("other")
        let garbage = try authority.file("garbage", "Bearer not-to-be-shown")
        let trusted = authority.certificateFile
        for tls in [
            HTTPClientTLS(authoritiesFile: "/nonexistent/authorities"), HTTPClientTLS(authoritiesFile: garbage),
            HTTPClientTLS(authoritiesFile: trusted, certificateFile: garbage, keyFile: garbage),
            HTTPClientTLS(authoritiesFile: trusted, certificateFile: other.certificateFile, keyFile: garbage),
            HTTPClientTLS(
                authoritiesFile: trusted, certificateFile: other.certificateFile, keyFile: identity.keyFile),
        ] {
            let upstream = try authority.identity("upstream", names: ["localhost"])
            let result = try await result(authority, upstream, trusting: tls)
            try expectRefusal(result, because: "")
            #expect(!"\(result.outcome)".contains("not-to-be-shown"))
        }
        authority.discard(identity)
        authority.discard(other)
        authority.discard(TestAuthority.Identity(certificateFile: garbage, keyFile: garbage))
    }

    @Test("a body that ends without TLS' closing alert is cut; with it, it is whole")
    func truncation() async throws {
        for endsWithAlert in [true, false] {
            let authority = try TestAuthority("authority")
            let identity = try authority.identity("upstream", names: ["localhost"])
            let result = try await result(
                authority, identity, trusting: HTTPClientTLS(authoritiesFile: authority.certificateFile),
                options: TLSRelay.Options(endsWithAlert: endsWithAlert),
                script: [.request, .send("HTTP/1.1 200 OK\r\n\r\nhello"), .pause(20), .close])
            #expect(result.outcome.text == "hello")
            #expect(result.outcome.error == (endsWithAlert ? nil : .cut))
        }
    }

    @Test("an upstream that speaks no TLS cannot be connected to; one that is silent costs the time to connect")
    func noTLS() async throws {
        let make: ClientFactory = {
            CurlHTTPClient(origin: HTTPClientOrigin(scheme: .https, host: $0.host, port: $0.port), configuration: $1)
        }
        try await withBench(make, [.read(1), .send("HTTP/1.1 400 Bad Request\r\n\r\n"), .close]) { bench async throws in
            guard case .cannotConnect = try await bench.fetch().error else { return recordFailure(Outcome()) }
        }
        try await withBench(make, [.read(1)], configure: { $0.connectTimeout = .milliseconds(100) }) {
            bench async throws in
            #expect(try await bench.fetch().error == .timedOut(.connecting))
            #expect(await eventually { bench.upstream.departures == 1 })
        }
    }

    @Test("cancelling during the handshake closes the connection at once")
    func cancelledHandshake() async throws {
        let make: ClientFactory = {
            CurlHTTPClient(origin: HTTPClientOrigin(scheme: .https, host: $0.host, port: $0.port), configuration: $1)
        }
        let began = Counter()
        try await withBench(make, [.read(1), .until(began)]) { bench async throws in
            let ended = Counter()
            let task = bench.shard.start { [client = bench.client] in
                if await fetch(client, get()).error == .cancelled { ended.add() }
            }
            #expect(await eventually { bench.upstream.openConnections == 1 })
            task.cancel()
            #expect(await eventually { ended.value == 1 })
            began.add()
            #expect(await eventually { bench.upstream.departures == 1 })
        }
    }

    private func expectRefusal(_ result: Result, because reason: String) throws {
        guard case .cannotConnect(let text) = result.outcome.error else { return recordFailure(result.outcome) }
        #expect(reason.isEmpty || text.contains(reason), "\(text)")
        #expect(result.requests.isEmpty)
    }
}
