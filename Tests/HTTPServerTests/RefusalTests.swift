import APIRuntime
import HTTPServer
import Testing

@Suite struct RefusalTests {
    private nonisolated(nonsending) static func ok(_ request: Request) async -> Response { text(200, "ok") }

    @Test(
        "what is no acceptable request gets its status, in the refuser's words, and the connection closes",
        arguments: [
            ("GARBAGE\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\n x\r\n\r\n", 400),
            ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: tea\r\n\r\n", 417),
        ])
    func malformed(request: String, status: Int) async throws {
        try await withServer(respond: Self.ok) { _, port in
            let client = try RawClient(port)
            let answer = try await client.exchange(request)
            #expect(answer.status == status)
            #expect(answer.text.hasPrefix("refused: "))
            #expect(answer["connection"] == "close")
            #expect(try await client.readToEnd() == "")
        }
    }

    @Test("requests ahead of a malformed one are answered first")
    func afterGoodOnes() async throws {
        try await withServer(respond: Self.ok) { _, port in
            let client = try RawClient(port)
            try await client.send(get("/") + get("/") + "BAD\r\n\r\n" + get("/"))
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 400)
            #expect(try await client.readToEnd() == "")
        }
    }

    @Test("the refusal arrives although the client goes on sending")
    func lingers() async throws {
        try await withServer(configure: { $0.maximumBodyBytes = 10 }, respond: Self.ok) { _, port in
            let client = try RawClient(port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
            try await client.send([UInt8](repeating: 0, count: 100_000))
            try await Task.sleep(for: .milliseconds(30))
            #expect(try await client.answer().status == 413)
        }
    }

    @Test("lines and heads over the limits are 414 and 431")
    func limits() async throws {
        try await withServer(
            configure: {
                $0.limits.maximumLineBytes = 200
                $0.limits.maximumHeaderBytes = 1_000
                $0.limits.maximumHeaderCount = 10
            }, respond: Self.ok
        ) { _, port in
            let long = try await freshExchange(port, get("/" + String(repeating: "x", count: 200)))
            #expect(long.status == 414)
            let large = try await freshExchange(port, get("/", "X: " + String(repeating: "x", count: 1_000) + "\r\n"))
            #expect(large.status == 431)
            let many = try await freshExchange(port, get("/", String(repeating: "X: 1\r\n", count: 10)))
            #expect(many.status == 431)
        }
    }

    @Test("a head that is not complete in time is refused with 408; bytes do not extend the time")
    func slowHead() async throws {
        try await withServer(
            configure: {
                $0.headerTimeout = .milliseconds(120)
                $0.lingerTimeout = .milliseconds(50)
            }, respond: Self.ok
        ) { _, port in
            let client = try RawClient(port)
            try await client.send("GET / HTTP/1.1\r\n")
            var sent = 0
            // Each byte comes well within the time, all of them together do not.
            while sent < 1_000, (try? await client.send("X")) != nil {
                sent += 1
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(sent < 1_000)
        }
    }

    @Test("the 408 is sent to a client that waits for it, and on a kept connection too")
    func slowHeadAnswer() async throws {
        try await withServer(configure: { $0.headerTimeout = .milliseconds(80) }, respond: Self.ok) { _, port in
            let client = try RawClient(port)
            #expect(try await client.exchange("GET / HTTP/1.1\r\nHos").status == 408)

            let kept = try RawClient(port)
            #expect(try await kept.exchange(get("/")).status == 200)
            try await Task.sleep(for: .milliseconds(120))
            #expect(try await kept.exchange("G").status == 408)
        }
    }

    @Test("a connection that never sends anything is closed without a word")
    func silent() async throws {
        try await withServer(configure: { $0.headerTimeout = .milliseconds(60) }, respond: Self.ok) { _, port in
            let late = try RawClient(port)
            #expect(await late.endsInSilence())
        }
    }

    @Test("connections over the limit are closed and counted; others go on")
    func tooMany() async throws {
        try await withServer(configure: { $0.maximumConnections = 2 }, respond: Self.ok) { server, port in
            let first = try RawClient(port)
            let second = try RawClient(port)
            #expect(try await first.exchange(get("/")).status == 200)
            #expect(try await second.exchange(get("/")).status == 200)
            let late = try RawClient(port)
            #expect(await late.endsInSilence())
            #expect(server.counters.refusedConnections == 1)
            #expect(try await first.exchange(get("/")).status == 200)
            second.close()
            #expect(await eventually { server.counters.openConnections == 1 })
            #expect(try await freshExchange(port, get("/")).status == 200)
        }
    }
}
