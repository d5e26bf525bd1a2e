import APIRuntime
import EventLoop
import HTTPClient
import Testing

private let make: ClientFactory = { SocketHTTPClient(origin: $0, configuration: $1) }

@Suite struct SocketHTTPClientTests {
    @Test("conforms", arguments: HTTPClientConformance.all)
    func conforms(conformance: HTTPClientConformance) async throws {
        try await conformance.check(make)
    }

    @Test("a small answer that came with its head is taken without waiting")
    func noExtraWait() async throws {
        try await withBench(make, [.answerAll(answer("hello"))]) { bench async throws in
            let hasWaited = try await bench.run { client -> Bool in
                let response = try await client.send(get())
                let loop = try #require(ShardLoop.current)
                // Another task of the shard runs only if this one waits.
                let ran = Counter()
                let body = response.body
                let other = loop.start {
                    await Task.yield()
                    ran.add()
                }
                while try await body.next() != nil {}
                let hasWaited = ran.value > 0
                await other.wait()
                return hasWaited
            }
            #expect(!hasWaited)
        }
    }

    @Test("the connection used last is used first, and the others go idle and are closed")
    func idle() async throws {
        let gate = Counter()
        let script: [ScriptedUpstream.Step] = [.request, .until(gate), .send(answer("ok")), .answerAll(answer("ok"))]
        try await withBench(make, script, configure: { $0.idleTimeout = .seconds(3) }) { bench async throws in
            try await bench.run { client in
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<3 { group.addTask { _ = await fetch(client, get()) } }
                    group.addTask {
                        _ = await eventually { bench.upstream.requests.count == 3 }
                        gate.add()
                    }
                }
            }
            #expect(bench.upstream.connections == 3)
            for _ in 0..<2_000 where bench.upstream.departures < 2 {
                _ = try await bench.fetch()
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(bench.upstream.departures == 2)
            #expect(bench.upstream.connections == 3)
        }
    }

    @Test("at the pool's limit requests wait their turn and use the connection that becomes free")
    func poolLimit() async throws {
        try await withBench(make, [.answerAll(answer("ok"))], configure: { $0.maximumConnectionsPerShard = 2 }) {
            bench async throws in
            let texts = try await bench.run { client in
                await withTaskGroup(of: String.self) { group in
                    for _ in 0..<40 { group.addTask { await fetch(client, get()).text } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(texts == [String](repeating: "ok", count: 40))
            #expect(bench.upstream.connections == 2)
        }
    }

    @Test("waiting for a connection ends with the request's time, by cancellation, or at once when too many wait")
    func waiting() async throws {
        try await withBench(
            make, [.request], [.answerAll(answer("ok"))],
            configure: {
                $0.maximumConnectionsPerShard = 1
                $0.maximumWaitingPerShard = 1
            }
        ) { bench async throws in
            let holder = bench.shard.start { [client = bench.client] in _ = await fetch(client, get()) }
            #expect(await eventually { bench.upstream.requests.count == 1 })
            let timedOut = try await bench.fetch(get(timeout: .milliseconds(200)))
            #expect(timedOut.error == .timedOut(.waitingForConnection))

            let cancelled = Counter()
            let waiter = bench.shard.start { [client = bench.client] in
                if await fetch(client, get()).error == .cancelled { cancelled.add() }
            }
            let exhausted = try await bench.fetch()
            #expect(exhausted.error == .poolExhausted)
            waiter.cancel()
            #expect(await eventually { cancelled.value == 1 })

            // The slot of a call that broke off goes to the one who waits.
            async let next = bench.fetch()
            holder.cancel()
            #expect(try await next.text == "ok")
        }
    }

    @Test("each shard has connections of its own")
    func shards() async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("ok"))]])
        let group = try ShardGroup(count: 3)
        try group.start()
        let client = SocketHTTPClient(origin: HTTPClientOrigin(host: "localhost", port: upstream.port))
        for _ in 0..<5 {
            for shard in group.shards {
                let outcome = try await shard.run { await fetch(client, get()) }
                #expect(outcome.text == "ok")
            }
        }
        #expect(upstream.connections == 3)
        await client.close()
        #expect(await eventually { upstream.departures == 3 })
        upstream.stop()
        group.stop()
        group.join()
    }

    @Test("called off a shard it says so")
    func offShard() async throws {
        let client = SocketHTTPClient(origin: HTTPClientOrigin(host: "127.0.0.1", port: 1))
        #expect(await fetch(client, get()).error == .notOnShard)
    }

    @Test("an answer comes back to the shard that asked")
    func staysOnShard() async throws {
        try await withBench(
            make, [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"), .pause(5), .send("b")]
        ) {
            bench async throws in
            let shard = bench.shard
            let stays = try await bench.run { client in
                let response = try await client.send(get())
                guard Shard.current === shard else { return false }
                while try await response.body.next() != nil { guard Shard.current === shard else { return false } }
                return true
            }
            #expect(stays)
        }
    }

    @Test(
        "an origin's authority",
        arguments: [
            (HTTPClientOrigin(host: "a", port: 80), "a"), (HTTPClientOrigin(host: "a", port: 81), "a:81"),
            (HTTPClientOrigin(host: "::1", port: 80), "[::1]"), (HTTPClientOrigin(host: "[::1]", port: 9), "[::1]:9"),
        ])
    func authority(origin: HTTPClientOrigin, expected: String) {
        #expect(origin.authority == expected)
    }
}
