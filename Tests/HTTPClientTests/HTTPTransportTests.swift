import APIRuntime
import EventLoop
import HTTPClient
import Testing

@Suite("The transport of generated clients") struct HTTPTransportTests {
    private func request(_ upstream: ScriptedUpstream, body: ResponseBody = .none) -> ClientRequest {
        ClientRequest(
            operationID: "a", method: .post, server: ServerURL("http://127.0.0.1:\(upstream.port)/v1"),
            target: "/v1/a?b=c",
            headers: ["X-A": "b"], body: body)
    }

    private func text(_ response: ClientResponse) async throws -> String {
        var bytes: [UInt8] = []
        while let piece = try await response.body.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("sends requests and streams answers, on a shard and anywhere else")
    func requests() async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("hello", "X-C: d\r\n"))]])
        let transport = HTTPTransport()
        let body = PieceStream([[0x78], [0x79]], length: 2)
        let response = try await transport.send(request(upstream, body: .stream(body)))
        #expect(response.status == 200 && response.headers["x-c"] == "d" && response.body.length == 5)
        #expect(try await text(response) == "hello")
        let group = try ShardGroup(count: 1)
        try group.start()
        let port = upstream.port
        let onShard = try await group.shards[0].run {
            let response = try await transport.send(
                ClientRequest(
                    operationID: "a", method: .get, server: ServerURL("http://127.0.0.1:\(port)"), target: "/x"))
            return try await response.body.next() ?? []
        }
        #expect(onShard == Array("hello".utf8))
        let sent = try #require(upstream.requests.first)
        #expect(sent.hasPrefix("POST /v1/a?b=c HTTP/1.1\r\n"))
        #expect(sent.contains("X-A: b\r\n") && sent.hasSuffix("\r\n\r\nxy"))
        await transport.close()
        await #expect(throws: HTTPClientError.closed) { () async throws in
            _ = try await transport.send(request(upstream))
        }
        upstream.stop()
        group.stop()
        group.join()
    }

    @Test("letting go of an answer before its end closes the connection, from anywhere")
    func leaving() async throws {
        let upstream = try ScriptedUpstream([
            [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .read(1)]
        ])
        let transport = HTTPTransport()
        do {
            let response = try await transport.send(request(upstream))
            #expect(try await response.body.next() == Array("abc".utf8))
        }
        #expect(await eventually { upstream.departures == 1 })
        let second = try await transport.send(request(upstream))
        second.body.cancel()
        #expect(await eventually { upstream.departures == 2 })
        await #expect(throws: HTTPClientError.cancelled) { () async throws in _ = try await second.body.next() }
        await transport.close()
        upstream.stop()
    }

    @Test("a server that says not where it is, and a body that is too large, are refused")
    func refusals() async throws {
        let upstream = try ScriptedUpstream([[.answerAll(answer("hello"))]])
        let transport = HTTPTransport(maximumBodyBytes: 3)
        for url in ["/v1", "ftp://a.example"] {
            await #expect(throws: HTTPTransportError.noOrigin(url)) { () async throws in
                _ = try await transport.send(
                    ClientRequest(operationID: "a", method: .get, server: ServerURL(url), target: "/"))
            }
        }
        let body = PieceStream([[1, 2], [3, 4]], length: 4)
        await #expect(throws: HTTPTransportError.bodyTooLarge(limit: 3)) { () async throws in
            _ = try await transport.send(request(upstream, body: .stream(body)))
        }
        #expect(upstream.requests.isEmpty)
        await transport.close()
        upstream.stop()
    }
}
