import APIRuntime
import Glibc
import HTTPServer
import Testing

@Suite("Handshakes", .enabled(if: Peer.areInstalled, "needs openssl, curl and python3"), .timeLimit(.minutes(2)))
struct TLSHandshakeTests {
    private func bytes(hexadecimal text: String) throws -> [UInt8] {
        let digits = Array(text.utf8)
        return try stride(from: 0, to: digits.count - 1, by: 2).map { index in
            try #require(UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16))
        }
    }

    /// Reads until the server closes or resets; gives up where it does neither.
    private func endsSoon(_ client: RawClient) async -> Bool {
        do {
            while try await !client.read().isEmpty {}
            return true
        } catch let error as RawClientError {
            return error.code == ECONNRESET
        } catch {
            return false
        }
    }

    @Test("one that stalls is closed when a head would have to be there, however it drips")
    func stalling() async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture, configure: { $0.headerTimeout = .milliseconds(300) }) {
            python, server, _, port in
            let hello = try bytes(hexadecimal: try await python("hello()"))
            let silent = try RawClient(port)
            let halfway = try RawClient(port)
            try await halfway.send(Array(hello.prefix(100)))
            let unfinished = try RawClient(port)
            try await unfinished.send(hello)
            let dripping = try RawClient(port)
            var sent = 0
            while sent < hello.count, (try? await dripping.send([hello[sent]])) != nil {
                sent += 1
                try await Task.sleep(for: .milliseconds(20))
                if server.counters.acceptedConnections == 4, server.counters.openConnections == 0 { break }
            }
            #expect(sent < hello.count)
            for client in [silent, halfway] { #expect(await client.endsInSilence()) }
            #expect(await endsSoon(unfinished))
            #expect(await eventually { server.counters.openConnections == 0 })
            // After the handshake too the head has to come in time.
            try await python("c = connect()")
            #expect(try await python("c.recv(1)") == "b''")
        }
    }

    @Test(
        "what is no TLS is answered with an alert at most, and the connection ends",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "SSH-2.0-x\r\n",
            String(repeating: "\u{16}\u{3}\u{1}", count: 1_000), String(repeating: "\0", count: 70_000),
        ])
    func garbage(text: String) async throws {
        let fixture = try await TLSFixture()
        try await withTLSServer(fixture, configure: { $0.headerTimeout = .milliseconds(500) }) {
            python, server, _, port in
            let client = try RawClient(port)
            try? await client.send(text)
            #expect(await endsSoon(client))
            client.close()
            #expect(await eventually { server.counters.openConnections == 0 })
            #expect(server.counters.requests == 0)
            #expect(try await python("get(connect(), '/a')") == "[(200, '/a')]")
        }
    }

    @Test("cut, changed and random ones end, and the server goes on")
    func fuzz() async throws {
        let fixture = try await TLSFixture(clients: true)
        var seed = UInt64(20_261_121)
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        try await withTLSServer(
            fixture, clientAuthorities: "authority", configure: { $0.headerTimeout = .seconds(5) }
        ) { python, server, _, port in
            let hello = try bytes(hexadecimal: try await python("hello()"))
            for round in 0..<400 {
                var bytes = hello
                switch round % 4 {
                case 0: bytes = Array(hello.prefix(next(hello.count)))
                case 1: for _ in 0...next(8) { bytes[next(bytes.count)] = UInt8(next(256)) }
                case 2: bytes = (0..<next(2_000)).map { _ in UInt8(next(256)) }
                default:
                    // Right record, wrong message; then a second message that nobody expects.
                    for _ in 0...next(3) { bytes[5 + next(bytes.count - 5)] ^= UInt8(1 << next(8)) }
                    bytes += hello
                }
                let client = try RawClient(port)
                try? await client.send(bytes)
                if round % 3 == 0 { client.reset() } else { client.finishSending() }
                if round % 3 == 1 { #expect(await endsSoon(client)) }
                client.close()
            }
            #expect(await eventually { server.counters.openConnections == 0 })
            #expect(server.counters.requests == 0)
            #expect(try await python("get(connect(client='client'), '/a')") == "[(200, '/a')]")
        }
    }
}
