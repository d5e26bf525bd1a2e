import APIRuntime
import EventLoop
import HTTPServer
import Testing

/// Answers with what the body was, or how reading it failed.
private nonisolated(nonsending) func readBody(_ request: Request) async -> Response {
    do {
        let body = try await request.body.collect(limit: 10_000_000)
        return text(200, "\(body.count) \(body.reduce(0) { $0 &+ Int($1) })")
    } catch let error as RequestBodyError {
        switch error {
        case .tooLarge: return text(413, "too large")
        case .malformed(let detail): return text(400, detail)
        case .timedOut: return text(408, "timed out")
        case .disconnected: return text(499, "gone")
        }
    } catch {
        return text(500, "\(error)")
    }
}

@Suite struct BodyTests {
    @Test("a body of a known length arrives whole", arguments: [0, 1, 1_000, 65_536, 900_000])
    func contentLength(size: Int) async throws {
        try await withServer(respond: readBody) { _, port in
            let client = try RawClient(port)
            for _ in 0..<2 {
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
                try await client.send([UInt8](repeating: 2, count: size))
                #expect(try await client.answer().text == "\(size) \(size * 2)")
            }
        }
    }

    @Test("a chunked body arrives whole and the connection stays")
    func chunked() async throws {
        try await withServer(respond: readBody) { _, port in
            let client = try RawClient(port)
            for _ in 0..<2 {
                let chunks = "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"
                let answer = try await client.exchange(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)")
                #expect(answer.text == "4 394")
            }
        }
    }

    @Test("a malformed chunk reaches the handler as an error, and the connection ends with the answer")
    func malformedChunk() async throws {
        try await withServer(respond: readBody) { _, port in
            let client = try RawClient(port)
            let answer = try await client.exchange(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n")
            #expect(answer.status == 400)
            #expect(answer["connection"] == "close")
            #expect(try await client.readToEnd() == "")
        }
    }

    @Test("an announced body over the limit is refused unread; an unannounced one when it passes the limit")
    func limits() async throws {
        try await withServer(configure: { $0.maximumBodyBytes = 1_000 }, respond: readBody) { _, port in
            let exact = try RawClient(port)
            try await exact.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            try await exact.send([UInt8](repeating: 0, count: 1_000))
            #expect(try await exact.answer().status == 200)

            let announced = try RawClient(port)
            let refused = try await announced.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
            #expect(refused.status == 413)
            #expect(refused.text.hasPrefix("refused: "))
            #expect(refused["connection"] == "close")

            let chunked = try RawClient(port)
            let chunk = "1f5\r\n" + String(repeating: "x", count: 501) + "\r\n"
            try await chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)\(chunk)")
            let late = try await chunked.answer()
            #expect(late.status == 413)
            #expect(late["connection"] == "close")
        }
    }

    @Test("100 Continue is sent when the handler asks for the body, and only then")
    func continuation() async throws {
        try await withServer(respond: { request in
            request.path == "/read" ? await readBody(request) : text(403, "no")
        }) { _, port in
            let reading = try RawClient(port)
            let fields = "Host: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
            #expect(try await reading.exchange("POST /read HTTP/1.1\r\n\(fields)").status == 100)
            #expect(try await reading.exchange("abc").text == "3 294")
            #expect(try await reading.exchange(get("/read")).text == "0 0")

            let refused = try RawClient(port)
            let answer = try await refused.exchange("POST /refuse HTTP/1.1\r\n\(fields)")
            #expect(answer.status == 403)
            #expect(answer["connection"] == "close")

            let eager = try RawClient(port)
            #expect(try await eager.exchange("POST /read HTTP/1.1\r\n\(fields)abc").text == "3 294")
        }
    }

    @Test("a small unread body is dropped and the connection stays; a large one ends it")
    func unread() async throws {
        try await withServer(
            configure: { $0.maximumBodyBytes = 10_000_000 },
            respond: { request in
                text(200, request.path)
            }
        ) { _, port in
            let small = try RawClient(port)
            try await small.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
            #expect(try await small.answer().text == "/a")
            try await small.send([UInt8](repeating: 120, count: 100_000))
            #expect(try await small.exchange(get("/b")).text == "/b")

            let large = try RawClient(port)
            try await large.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n")
            let answer = try await large.answer()
            #expect(answer.text == "/a")
            #expect(answer["connection"] == "close")
        }
    }

    @Test("a body that does not come in time is an error for the handler")
    func slowBody() async throws {
        try await withServer(configure: { $0.bodyTimeout = .milliseconds(60) }, respond: readBody) { _, port in
            let client = try RawClient(port)
            let answer = try await client.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            #expect(answer.status == 408)
            #expect(answer["connection"] == "close")
        }
    }

    @Test("single bytes of a body do not extend its deadline")
    func drippedBody() async throws {
        try await withServer(
            configure: {
                $0.bodyTimeout = .milliseconds(150)
                $0.lingerTimeout = .milliseconds(50)
            }, respond: readBody
        ) { _, port in
            let client = try RawClient(port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
            var sent = 0
            while sent < 100_000, (try? await client.send("x")) != nil {
                sent += 1
                try await Task.sleep(for: .milliseconds(10))
                if sent >= 2_000 { break }
            }
            #expect(sent < 2_000)
        }
    }

    @Test("a client that breaks off its body is reported to the handler")
    func brokenOff() async throws {
        let began = Counter()
        let gone = Counter()
        try await withServer(respond: { request in
            began.add()
            do {
                _ = try await request.body.collect(limit: 100)
            } catch RequestBodyError.disconnected {
                gone.add()
            } catch {}
            return text(200, "")
        }) { _, port in
            for (number, isReset) in [true, false].enumerated() {
                let client = try RawClient(port)
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                #expect(await eventually { began.value == number + 1 })
                if isReset { client.reset() } else { client.close() }
            }
            #expect(await eventually { gone.value == 2 })
        }
    }

    @Test(
        "a body whose last bytes fill the buffer ends for a handler that comes late",
        arguments: [262_143, 262_144, 262_145, 300_000, 327_679, 327_680])
    func endBehindFullBuffer(size: Int) async throws {
        let configure: (inout HTTPServerConfiguration) -> Void = { $0.bodyTimeout = .seconds(5) }
        try await withServer(
            configure: configure,
            respond: { request in
                try? await Shard.sleep(for: .milliseconds(150))
                return await readBody(request)
            }
        ) { _, port in
            let client = try RawClient(port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
            try await client.send([UInt8](repeating: 2, count: size))
            #expect(try await client.answer().text == "\(size) \(size * 2)")
            // The connection goes on.
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
            #expect(try await client.answer().text == "1 120")
        }
    }

    @Test("a handler that takes its time holds the client back, and gets everything")
    func backPressure() async throws {
        try await withServer(
            configure: { $0.maximumBodyBytes = 20_000_000 },
            respond: { request in
                guard case .stream(let stream) = request.body else { return text(500, "") }
                var total = 0
                var largest = 0
                do {
                    while let piece = try await stream.next() {
                        total += piece.count
                        largest = max(largest, piece.count)
                        if total < 3_000_000 { try await Task.sleep(for: .milliseconds(3)) }
                    }
                } catch { return text(500, "\(error)") }
                return text(200, largest <= 262_144 + 65_536 ? "\(total)" : "a piece of \(largest) bytes")
            }
        ) { _, port in
            let client = try RawClient(port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
            try await client.send([UInt8](repeating: 0, count: 8_000_000))
            #expect(try await client.answer().text == "8000000")
        }
    }
}
