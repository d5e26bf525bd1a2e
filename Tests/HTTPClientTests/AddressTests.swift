import EventLoop
import Testing

@testable import HTTPClient

/// What a name stands for, as the test says; counts how often it is asked.
private final class Names: Sendable {
    private let answers: Lock<[[SocketAddress]]>
    let lookups = Counter()
    /// Answers wait until it is positive.
    let gate = Counter()

    /// One answer after the other, the last one again and again. On port 1 nobody listens.
    init(_ answers: [[(String, UInt16)]], isOpen: Bool = true) throws {
        let addresses = try answers.map { answer in
            try answer.map { try #require(SocketAddress(numericHost: $0, port: $1)) }
        }
        self.answers = Lock(addresses)
        if isOpen { gate.add() }
    }

    func install(in configuration: inout HTTPClientConfiguration) {
        configuration.resolve = { (host, port) async throws(ResolverError) in
            self.lookups.add()
            while self.gate.value == 0 { try? await Task.sleep(for: .milliseconds(1)) }
            return self.answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] }
        }
    }
}

@Suite("Addresses of an origin", .serialized) struct AddressTests {
    static let clients: [(String, ClientFactory)] = [
        ("sockets", { SocketHTTPClient(origin: $0, configuration: $1) }),
        ("libcurl", { CurlHTTPClient(origin: $0, configuration: $1) }),
    ]

    /// Runs `body` with a client of an origin `upstream.test` whose addresses the test names.
    private func with(
        _ make: ClientFactory, _ names: Names, _ upstream: ScriptedUpstream,
        configure: (inout HTTPClientConfiguration) -> Void = { _ in }, _ body: (Bench) async throws -> Void
    ) async throws {
        let group = try ShardGroup(count: 1)
        try group.start()
        var configuration = HTTPClientConfiguration()
        configure(&configuration)
        names.install(in: &configuration)
        let client = make(HTTPClientOrigin(host: "upstream.test", port: 80), configuration)
        try await body(Bench(client: client, upstream: upstream, shard: group.shards[0]))
        await client.close()
        upstream.stop()
        group.stop()
        group.join()
    }

    private static let closing = answer("ok", "Connection: close\r\n")

    @Test("where an address refuses, the next one is tried", arguments: clients)
    func nextAddress(_ name: String, _ make: ClientFactory) async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("ok"))]])
        let names = try Names([[("::1", 1), ("127.0.0.1", 1), ("127.0.0.1", upstream.port)]])
        try await with(make, names, upstream) { bench async throws in
            let outcome = try await bench.fetch()
            #expect(outcome.text == "ok")
            #expect(upstream.requests.first?.contains("upstream.test\r\n") == true)
        }
    }

    @Test("an IPv6 address is connected to", arguments: clients)
    func versionSix(_ name: String, _ make: ClientFactory) async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("ok"))]])
        let names = try Names([[("::ffff:127.0.0.1", upstream.port)]])
        try await with(make, names, upstream) { bench async throws in
            let outcome = try await bench.fetch()
            #expect(outcome.text == "ok")
        }
    }

    @Test("addresses are used for their lifetime, then the name is resolved again", arguments: clients)
    func lifetime(_ name: String, _ make: ClientFactory) async throws {
        for (lifetime, lookups) in [(Duration.seconds(3_600), 1), (.zero, 4)] {
            let upstream = try ScriptedUpstream([[.answerAll(Self.closing)]])
            let names = try Names([[("127.0.0.1", upstream.port)]])
            try await with(make, names, upstream, configure: { $0.addressLifetime = lifetime }) { bench async throws in
                for _ in 0..<4 {
                    let outcome = try await bench.fetch()
                    #expect(outcome.text == "ok")
                }
                #expect(names.lookups.value == lookups)
            }
        }
    }

    @Test("where no address takes connections, the name is resolved again the next time", arguments: clients)
    func moved(_ name: String, _ make: ClientFactory) async throws {
        let upstream = try ScriptedUpstream([[.answerAll(Self.closing)]])
        let names = try Names([[("127.0.0.1", 1)], [("127.0.0.1", upstream.port)]])
        try await with(make, names, upstream) { bench async throws in
            let refused = try await bench.fetch()
            guard case .cannotConnect(let text) = refused.error else { return recordFailure(refused) }
            #expect(text.contains("127.0.0.1:1"))
            let outcome = try await bench.fetch()
            #expect(outcome.text == "ok")
            #expect(names.lookups.value == 2)
        }
    }

    @Test("those who ask at the same time wait for one answer", arguments: clients)
    func together(_ name: String, _ make: ClientFactory) async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("ok"))]])
        let names = try Names([[("127.0.0.1", upstream.port)]], isOpen: false)
        try await with(make, names, upstream) { bench async throws in
            let texts = try await bench.run { client in
                await withTaskGroup(of: String.self) { group in
                    for _ in 0..<8 { group.addTask { await fetch(client, get()).text } }
                    group.addTask {
                        _ = await eventually { names.lookups.value > 0 }
                        names.gate.add()
                        return "ok"
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(texts == [String](repeating: "ok", count: 9))
            #expect(names.lookups.value == 1)
        }
    }

    @Test("a resolver that takes its time costs no more than the request's", arguments: clients)
    func slowResolver(_ name: String, _ make: ClientFactory) async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("ok"))]])
        let names = try Names([[("127.0.0.1", upstream.port)]], isOpen: false)
        try await with(make, names, upstream) { bench async throws in
            let late = try await bench.fetch(get(timeout: .milliseconds(100)))
            #expect(late.error == .timedOut(.connecting))
            names.gate.add()
            let outcome = try await bench.fetch()
            #expect(outcome.text == "ok")
        }
    }

    @Test("an address that takes the connection but never finishes the handshake is given up for the next one")
    func silentAddress() async throws {
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("upstream", names: ["upstream.test"])
        let silent = try ScriptedUpstream([[.read(1)]])
        let upstream = try ScriptedUpstream([[.answerAll(answer("ok"))]])
        let relay = try TLSRelay(to: upstream.port, as: identity)
        let names = try Names([[("127.0.0.1", silent.port), ("127.0.0.1", relay.port)]])
        let make: ClientFactory = { origin, configuration in
            CurlHTTPClient(
                origin: HTTPClientOrigin(scheme: .https, host: origin.host, port: origin.port),
                configuration: configuration, tls: HTTPClientTLS(authoritiesFile: authority.certificateFile))
        }
        try await with(make, names, upstream, configure: { $0.connectTimeout = .milliseconds(300) }) {
            bench async throws in
            let outcome = try await bench.fetch()
            #expect(outcome.text == "ok")
            #expect(await eventually { silent.departures == 1 })
        }
        silent.stop()
        relay.stop()
        authority.discard(identity)
    }
}
