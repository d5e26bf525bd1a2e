import APIRuntime
import EventLoop
import HTTPServer
import Testing

@Suite struct KeepAliveTests {
    private nonisolated(nonsending) static func echo(_ request: Request) async -> Response {
        await Task.yield()
        return text(200, "\(request.method) \(request.path) \(request.query ?? "-")")
    }

    @Test("one connection carries many requests")
    func manyRequests() async throws {
        try await withServer(respond: Self.echo) { server, port in
            let client = try RawClient(port)
            for number in 0..<50 {
                let answer = try await client.exchange(get("/item/\(number)?q=\(number)"))
                #expect(answer.status == 200)
                #expect(answer.text == "GET /item/\(number) q=\(number)")
                #expect(answer["connection"] == nil)
            }
            #expect(server.counters.acceptedConnections == 1)
            #expect(server.counters.requests == 50)
        }
    }

    @Test("pipelined requests are answered in order, however slow the first is")
    func pipelining() async throws {
        try await withServer(respond: { request in
            if request.path == "/0" { try? await Task.sleep(for: .milliseconds(30)) }
            return text(200, request.path)
        }) { _, port in
            let client = try RawClient(port)
            try await client.send((0..<100).map { get("/\($0)") }.joined())
            for number in 0..<100 { #expect(try await client.answer().text == "/\(number)") }
        }
    }

    @Test("a pipelined request is not begun before the answer ahead of it is out")
    func oneAtATime() async throws {
        let running = Counter()
        let overlaps = Counter()
        try await withServer(respond: { request in
            if running.value != 0 { overlaps.add() }
            running.add()
            try? await Task.sleep(for: .milliseconds(2))
            running.add(-1)
            return text(200, request.path)
        }) { _, port in
            let client = try RawClient(port)
            try await client.send((0..<20).map { get("/\($0)") }.joined())
            for number in 0..<20 { #expect(try await client.answer().text == "/\(number)") }
        }
        #expect(overlaps.value == 0)
    }

    @Test("pipelined requests cut into single bytes are read like whole ones")
    func drippedPipeline() async throws {
        try await withServer(respond: Self.echo) { _, port in
            let client = try RawClient(port)
            let requests = get("/a") + "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz" + get("/c")
            for byte in requests.utf8 { try await client.send([byte]) }
            #expect(try await client.answer().text == "GET /a -")
            #expect(try await client.answer().text == "POST /b -")
            #expect(try await client.answer().text == "GET /c -")
        }
    }

    @Test("Connection: close is honoured and announced")
    func close() async throws {
        try await withServer(respond: Self.echo) { _, port in
            let client = try RawClient(port)
            try await client.send(get("/a", "Connection: close\r\n"))
            let answer = try await client.answer()
            #expect(answer["connection"] == "close")
            #expect(try await client.readToEnd() == "")
        }
    }

    @Test("HTTP/1.0 closes by default, stays when asked to, and gets no chunks")
    func http10() async throws {
        try await withServer(respond: { request in
            request.path == "/stream"
                ? Response(status: 200, body: .stream(stream([[65], [66]]))) : text(200, request.path)
        }) { _, port in
            let closing = try RawClient(port)
            try await closing.send("GET /a HTTP/1.0\r\n\r\n")
            let first = try await closing.answer()
            #expect(first["connection"] == "close")
            #expect(try await closing.readToEnd() == "")

            let staying = try RawClient(port)
            for _ in 0..<2 {
                let answer = try await staying.exchange("GET /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(answer.text == "/b")
                #expect(answer["connection"] == "keep-alive")
            }
            let answer = try await staying.exchange("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(answer["transfer-encoding"] == nil)
            #expect(answer["content-length"] == nil)
            #expect(answer.text == "AB")
        }
    }

    @Test("an idle connection is closed without a word after its time")
    func idle() async throws {
        try await withServer(configure: { $0.idleTimeout = .milliseconds(60) }, respond: Self.echo) { server, port in
            let client = try RawClient(port)
            #expect(try await client.exchange(get("/a")).status == 200)
            #expect(await client.endsInSilence())
            #expect(await eventually { server.counters.openConnections == 0 })
        }
    }

    @Test("five hundred idle connections are kept and each still works")
    func manyConnections() async throws {
        try await withServer(shards: 2, respond: Self.echo) { server, port in
            let clients = try (0..<500).map { _ in try RawClient(port) }
            for client in clients { #expect(try await client.exchange(get("/a")).status == 200) }
            #expect(server.counters.openConnections == 500)
            for client in clients.reversed() { #expect(try await client.exchange(get("/b")).text == "GET /b -") }
            #expect(server.counters.acceptedConnections == 500)
        }
    }

    @Test("a request stays on one shard from its first line to its last")
    func oneShard() async throws {
        let strays = Counter()
        try await withServer(
            shards: 2,
            respond: { request in
                guard let shard = Shard.current else {
                    strays.add()
                    return text(500, "no shard")
                }
                for _ in 0..<5 {
                    await Task.yield()
                    if Shard.current !== shard { strays.add() }
                }
                try? await Task.sleep(for: .milliseconds(1))
                if Shard.current !== shard { strays.add() }
                return Response(
                    status: 200,
                    body: .stream(
                        ClosureStream(length: 0) {
                            if Shard.current !== shard { strays.add() }
                            return nil
                        }))
            }
        ) { _, port in
            for _ in 0..<20 {
                let answer = try await freshExchange(port, get("/"))
                #expect(answer.status == 200)
            }
        }
        #expect(strays.value == 0)
    }
}
