import APIRuntime
import HTTPServer
import Testing

@Suite struct ClientLeavesTests {
    @Test(
        "a client that leaves before the first answer byte has its request cancelled, whether it resets or closes",
        arguments: [true, false])
    func beforeAnswer(resets: Bool) async throws {
        let began = Counter()
        let cancelled = Counter()
        let ends = Ends()
        try await withServer(respond: { _ in
            began.add()
            do { try await Task.sleep(for: .seconds(600)) } catch { cancelled.add() }
            return text(200, "late").reporting(to: ends)
        }) { server, port in
            let client = try RawClient(port)
            try await client.send(get("/"))
            #expect(await eventually { began.value == 1 })
            if resets { client.reset() } else { client.close() }
            #expect(await eventually { cancelled.value == 1 })
            #expect(await eventually { ends.all.map(\.outcome) == [.clientLeft] })
            #expect(await eventually { server.counters.openConnections == 0 })
        }
    }

    @Test("a client that leaves within the answer has its source cancelled, once")
    func withinAnswer() async throws {
        let cancelled = Counter()
        let ends = Ends()
        try await withServer(respond: { _ in
            let body = ClosureStream(cancelled: cancelled) {
                try await Task.sleep(for: .milliseconds(1))
                return [UInt8](repeating: 1, count: 1_000)
            }
            return Response(status: 200, body: .stream(body)).reporting(to: ends)
        }) { _, port in
            let client = try RawClient(port)
            try await client.send(get("/"))
            _ = try await client.read()
            client.close()
            #expect(await eventually { cancelled.value == 1 })
            #expect(await eventually { ends.all.map(\.outcome) == [.clientLeft] })
        }
    }

    @Test("a client that leaves while its answer is held back has its source cancelled")
    func whileHeldBack() async throws {
        let cancelled = Counter()
        let produced = Counter()
        try await withServer(respond: { _ in
            let body = ClosureStream(cancelled: cancelled) {
                produced.add()
                return [UInt8](repeating: 1, count: 100_000)
            }
            return Response(status: 200, body: .stream(body))
        }) { _, port in
            let client = try RawClient(port, receiveBuffer: 16_384)
            try await client.send(get("/"))
            #expect(await eventually { produced.value > 0 })
            var before = -1
            while before != produced.value {
                before = produced.value
                try await Task.sleep(for: .milliseconds(50))
            }
            client.reset()
            #expect(await eventually { cancelled.value == 1 })
        }
    }

    @Test("a client that only finished sending still gets its answers", arguments: [1, 3])
    func halfClose(requests: Int) async throws {
        try await withServer(respond: { request in
            try? await Task.sleep(for: .milliseconds(30))
            return text(Task.isCancelled ? 500 : 200, request.path)
        }) { server, port in
            let client = try RawClient(port)
            try await client.send((0..<requests).map { get("/\($0)") }.joined())
            client.finishSending()
            for number in 0..<requests {
                let answer = try await client.finalAnswer()
                #expect(answer.status == 200)
                #expect(answer.text == "/\(number)")
            }
            #expect(try await client.readToEnd() == "")
            #expect(await eventually { server.counters.openConnections == 0 })
        }
    }

    @Test("a body whose end has been read, and not parsed yet, is whole although the client has finished sending")
    func halfCloseWithHeldBody() async throws {
        try await withServer(
            configure: {
                $0.highWatermark = 4_096
                $0.lowWatermark = 1_024
            },
            respond: { request in
                var count = 0
                guard case .stream(let body) = request.body else { return text(200, "none") }
                do {
                    while let piece = try await body.next() {
                        count += piece.count
                        try await Task.sleep(for: .milliseconds(2))
                    }
                } catch {
                    return text(400, "\(error)")
                }
                return text(200, "\(count)")
            }
        ) { _, port in
            let chunk = "1000\r\n\(String(repeating: "x", count: 4_096))\r\n"
            for _ in 0..<20 {
                let client = try RawClient(port)
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + String(repeating: chunk, count: 15) + "0\r\n\r\n")
                client.finishSending()
                #expect(try await client.finalAnswer().text == "61440")
            }
        }
    }

    @Test("a body whose last piece is held back ends, whether the client has finished sending or not")
    func endOfHeldBody() async throws {
        for finishes in [true, false] {
            try await withServer(
                configure: { $0.highWatermark = 4_096 },
                respond: { request in
                    guard case .stream(let body) = request.body else { return text(200, "none") }
                    var count = 0
                    do {
                        while let piece = try await body.next() {
                            count += piece.count
                            try await Task.sleep(for: .milliseconds(5))
                        }
                    } catch {
                        return text(400, "\(error)")
                    }
                    return text(200, "\(count)")
                }
            ) { _, port in
                let client = try RawClient(port)
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + String(repeating: "x", count: 5_000))
                if finishes { client.finishSending() }
                #expect(try await client.finalAnswer().text == "5000")
            }
        }
    }

    @Test("a half-closed client gets a long stream whole")
    func halfCloseStream() async throws {
        try await withServer(respond: { _ in
            Response(status: 200, body: .stream(stream((0..<100).map { [UInt8](repeating: $0, count: 10_000) })))
        }) { _, port in
            let client = try RawClient(port)
            try await client.send(get("/"))
            client.finishSending()
            #expect(try await client.finalAnswer().body.count == 1_000_000)
        }
    }

    @Test("a client that leaves within a head or between requests just goes", arguments: ["", "GET / HT", get("/")])
    func elsewhere(sent: String) async throws {
        try await withServer(respond: { _ in text(200, "") }) { server, port in
            let client = try RawClient(port)
            try await client.send(sent)
            if sent.hasSuffix("\r\n\r\n") { _ = try await client.answer() }
            client.close()
            #expect(
                await eventually {
                    server.counters.acceptedConnections == 1 && server.counters.openConnections == 0
                })
        }
    }

    @Test("a half-closed client of HTTP/1.0, or of a server that does not probe, gets no interim answer")
    func noProbe() async throws {
        for probes in [true, false] {
            try await withServer(
                configure: { $0.probesFinishedClients = probes },
                respond: { _ in
                    try? await Task.sleep(for: .milliseconds(20))
                    return text(200, "ok")
                }
            ) { _, port in
                let client = try RawClient(port)
                try await client.send(probes ? "GET / HTTP/1.0\r\n\r\n" : get("/"))
                client.finishSending()
                let answer = try await client.answer()
                #expect(answer.status == 200)
                #expect(answer.text == "ok")
            }
        }
    }
}
