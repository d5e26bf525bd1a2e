import APIRuntime
import EventLoop
import HTTPClient
import Testing

@Suite struct FaultTests {
    private static let body = String(repeating: "0123456789", count: 300)
    private static let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n\(body.prefix(1_000))\r\n7d0\r\n\(body.dropFirst(1_000))\r\n"

    /// What an upstream may do to a connection, right and wrong.
    private static let behaviours: [[ScriptedUpstream.Step]] = [
        [.answerAll(answer(body))],
        [.answerAll(chunked + "0\r\n\r\n")],
        [.request, .send(answer(body)), .request, .send(answer(body)), .close],
        [.request, .send(answer(body)), .close],
        [.request, .send(String(answer(body).prefix(2_000))), .close],
        [.request, .send(String(answer(body).prefix(2_000))), .reset],
        [.request, .send(chunked), .close],
        [.request, .send(chunked + "0\r\n"), .pause(2), .reset],
        [.request, .send("HTTP/1.1 200 OK\r\nContent-Le"), .close],
        [.request, .send("nonsense\r\n\r\n")],
        [.request, .send(answer(body) + "surplus")],
        [.request, .drip(String(answer("").dropLast(2)), 0), .reset],
        [.request],
        [.close],
        [.reset],
    ]

    @Test(
        "under random faults every answer is the right one or an error, and every connection is let go",
        arguments: ["sockets", "libcurl", "TLS"])
    func randomFaults(transport: String) async throws {
        var state: UInt64 = 11
        var scripts: [[ScriptedUpstream.Step]] = []
        for _ in 0..<200 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            scripts.append(Self.behaviours[Int(state >> 33) % Self.behaviours.count])
        }
        let upstream = try ScriptedUpstream(scripts)
        let group = try ShardGroup(count: 2)
        try group.start()
        var configuration = HTTPClientConfiguration()
        configuration.maximumConnectionsPerShard = 8
        let origin = HTTPClientOrigin(host: "127.0.0.1", port: upstream.port)
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("upstream", addresses: [[127, 0, 0, 1]])
        let client: any HTTPClient =
            switch transport {
            case "sockets": SocketHTTPClient(origin: origin, configuration: configuration)
            case "libcurl": CurlHTTPClient(origin: origin, configuration: configuration)
            default: RelayedClient(to: origin, configuration, authority: authority, identity: identity)
            }
        let outcomes = await withTaskGroup(of: [Outcome].self) { tasks in
            for number in 0..<24 {
                let shard = group.shards[number % 2]
                tasks.addTask {
                    var outcomes: [Outcome] = []
                    for _ in 0..<10 {
                        let outcome = try? await shard.run {
                            await fetch(client, get(timeout: .milliseconds(300), idleTimeout: .milliseconds(300)))
                        }
                        if let outcome { outcomes.append(outcome) }
                    }
                    return outcomes
                }
            }
            return await tasks.reduce(into: []) { $0 += $1 }
        }
        #expect(outcomes.count == 240)
        let whole = outcomes.filter(\.isWhole)
        #expect(!whole.isEmpty && whole.count < 240)
        for outcome in whole { #expect(outcome.text == Self.body) }
        for outcome in outcomes where outcome.status != nil { #expect(Self.body.hasPrefix(outcome.text)) }
        await client.close()
        #expect(upstream.connections > 20)
        #expect(await eventually { upstream.openConnections == 0 })
        authority.discard(identity)
        upstream.stop()
        group.stop()
        group.join()
    }
}
