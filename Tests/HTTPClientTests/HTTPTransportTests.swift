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

    @Test("an answer that outlives its transport ends with it, and can still be asked and let go of")
    func outliving() async throws {
        let upstream = try ScriptedUpstream([
            [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .read(1)]
        ])
        let transport = HTTPTransport()
        let response = try await transport.send(request(upstream))
        #expect(try await response.body.next() == Array("abc".utf8))
        await transport.close()
        await #expect(throws: HTTPClientError.closed) { () async throws in _ = try await response.body.next() }
        #expect(await eventually { upstream.departures == 1 })
        upstream.stop()
    }

    @Test("a server that says not where it is is refused")
    func refusals() async throws {
        let transport = HTTPTransport()
        for url in ["/v1", "ftp://a.example"] {
            await #expect(throws: HTTPTransportError.noOrigin(url)) { () async throws in
                _ = try await transport.send(
                    ClientRequest(operationID: "a", method: .get, server: ServerURL(url), target: "/"))
            }
        }
        await transport.close()
    }

    @Test("what the stream of a body throws is what the caller gets, on a shard and anywhere else")
    func brokenBodies() async throws {
        final class Broken: ByteStream {
            let length: Int? = nil
            func next() async throws -> [UInt8]? { throw ClientFailure.unexpectedStatus(7) }
            func cancel() {}
        }
        let upstream = try ScriptedUpstream([[.answerAll(answer("hello"))]])
        let transport = HTTPTransport()
        let failure = await #expect(throws: ClientFailure.self) { () async throws in
            _ = try await transport.send(request(upstream, body: .stream(Broken())))
        }
        #expect(failure?.description == "The answer has the status 7.")
        let group = try ShardGroup(count: 1)
        try group.start()
        let port = upstream.port
        let isSame = try await group.shards[0].run {
            do {
                _ = try await transport.send(
                    ClientRequest(
                        operationID: "a", method: .put, server: ServerURL("http://127.0.0.1:\(port)"), target: "/x",
                        body: .stream(Broken())))
                return false
            } catch ClientFailure.unexpectedStatus(7) {
                return true
            }
        }
        #expect(isSame)
        await transport.close()
        upstream.stop()
        group.stop()
        group.join()
    }
}
