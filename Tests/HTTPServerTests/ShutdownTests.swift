import APIRuntime
import EventLoop
import HTTPServer
import Testing

@Suite struct ShutdownTests {
    @Test("running requests finish, with Connection: close; idle connections are closed; new ones are not taken")
    func finishesRunning() async throws {
        let began = Counter()
        let gate = Counter()
        try await withServer(respond: { request in
            began.add()
            while request.path == "/slow", gate.value == 0 { try? await Task.sleep(for: .milliseconds(2)) }
            return text(200, request.path)
        }) { server, port in
            let idle = try RawClient(port)
            #expect(try await idle.exchange(get("/a")).status == 200)
            let running = try RawClient(port)
            try await running.send(get("/slow"))
            #expect(await eventually { began.value == 2 })
            async let ended: Void = server.shutdown(within: .seconds(60))
            #expect(await idle.endsInSilence())
            await #expect(throws: RawClientError.self) { _ = try await freshExchange(port, get("/")) }
            #expect(server.counters.openConnections == 1)
            gate.add()
            let answer = try await running.answer()
            #expect(answer.text == "/slow")
            #expect(answer["connection"] == "close")
            running.close()
            await ended
            #expect(server.counters.openConnections == 0)
        }
    }

    @Test("a port that another server has is not shared with it")
    func takenPort() async throws {
        try await withServer(respond: { _ in text(200, "first") }) { _, port in
            let shards = try ShardGroup(count: 1)
            try shards.start()
            let second = HTTPServer(
                configuration: HTTPServerConfiguration(host: "127.0.0.1", port: port), shards: shards,
                responder: ClosureResponder { _ in text(200, "second") })
            await #expect(throws: SystemError.self) { _ = try await second.start() }
            shards.stop()
            shards.join()
        }
    }

    @Test("what has not finished in time is broken off")
    func breaksOff() async throws {
        let cancelled = Counter()
        let began = Counter()
        try await withServer(respond: { _ in
            began.add()
            do { try await Task.sleep(for: .seconds(600)) } catch { cancelled.add() }
            return text(200, "")
        }) { server, port in
            let client = try RawClient(port)
            try await client.send(get("/"))
            #expect(await eventually { began.value == 1 })
            await server.shutdown(within: .milliseconds(50))
            #expect(server.counters.openConnections == 0)
            #expect(await client.endsInSilence())
            #expect(await eventually { cancelled.value == 1 })
        }
    }

    @Test("a stream that runs when the server ends is sent whole")
    func finishesStream() async throws {
        let began = Counter()
        try await withServer(respond: { _ in
            var left = 100
            return Response(
                status: 200,
                body: .stream(
                    ClosureStream {
                        began.add()
                        left -= 1
                        try await Task.sleep(for: .milliseconds(1))
                        return left >= 0 ? [65] : nil
                    }))
        }) { server, port in
            let client = try RawClient(port)
            try await client.send(get("/"))
            #expect(await eventually { began.value > 2 })
            async let ended: Void = server.shutdown(within: .seconds(60))
            let answer = try await client.answer()
            #expect(answer.body.count == 100)
            #expect(await client.endsInSilence())
            client.close()
            await ended
        }
    }

    @Test("a server that stopped listening serves the connections it has")
    func stopListening() async throws {
        try await withServer(shards: 2, respond: { _ in text(200, "ok") }) { server, port in
            let client = try RawClient(port)
            #expect(try await client.exchange(get("/")).status == 200)
            await server.stopListening()
            await #expect(throws: RawClientError.self) { _ = try await freshExchange(port, get("/")) }
            #expect(try await client.exchange(get("/")).status == 200)
        }
    }

    @Test("a port that is taken is an error at the start")
    func taken() async throws {
        let holder = try RawListener()
        await #expect(throws: (any Error).self) {
            try await withServer(
                configure: { $0.listen = [.init(host: "127.0.0.1", port: holder.port)] },
                respond: { _ in
                    text(200, "")
                }
            ) { _, _ in }
        }
    }

    @Test("several places are listened at")
    func severalPlaces() async throws {
        try await withServer(
            shards: 2,
            configure: {
                $0.listen = [.init(host: "127.0.0.1", port: 0), .init(host: "127.0.0.2", port: 0)]
            }, respond: { _ in text(200, "ok") }
        ) { _, port in
            let answer = try await freshExchange(port, get("/"))
            #expect(answer.status == 200)
        }
    }
}
