import APIRuntime
import Testing

@testable import Server

@Suite("Limits over sockets")
struct LimitsOverSocketsTests {
    private static let answer = """
        HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}
        """

    /// What an upstream is asked, by a client that can leave when it likes.
    private func request(_ tenant: String = "acme") throws -> String {
        """
        GET /api/v1/metrics/query?query=up HTTP/1.1\r
        Host: gateway\r
        Connection: close\r
        Authorization: Bearer \(try Tokens.token(.string(tenant)))\r
        \r

        """
    }

    /// Asks until the answer is no longer 429; a place is given back when the server has seen what happened.
    private func eventually(_ server: TestServer) async throws -> Int {
        for _ in 0..<500 {
            let status = try await server.send(request()).status
            if status != 429 { return status }
            try await Task.sleep(for: .milliseconds(10))
        }
        return 429
    }

    @Test("the limit is one for all shards")
    func shards() async throws {
        let upstream = try ScriptedUpstream([.write(Self.answer)])
        defer { upstream.stop() }
        let settings = ["SHARDS": "2", "RATE_LIMIT_PER_SECOND": "0.001", "RATE_LIMIT_BURST": "10"]
        try await TestServer.with(upstream: upstream.port, settings) { server in
            let text = try request()
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                // Each on a connection of its own, which the system gives to one shard or the other.
                for _ in 0..<40 { group.addTask { try await server.send(text) } }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.count { $0.status == 200 } == 10)
            #expect(answers.count { $0.status == 429 } == 30)
            // Each of the admitted ones saw another count: nobody was told the same token twice.
            let left = Set(
                answers.filter { $0.status == 200 }.compactMap { $0.headers["ratelimit"]?.split(separator: ";")[1] })
            #expect(left == Set((0..<10).map { "r=\($0)" }))
            #expect(answers.allSatisfy { !$0.headers.contains("server") })
        }
    }

    @Test("a place is given back when the client leaves while the upstream is silent")
    func clientLeaves() async throws {
        let upstream = try ScriptedUpstream([.hang])
        defer { upstream.stop() }
        let settings = ["MAX_CONCURRENT_REQUESTS_PER_TENANT": "2"]
        try await TestServer.with(upstream: upstream.port, settings) { server in
            for round in 1...3 {
                try await leave(server, upstream, connections: 2 * round)
                for _ in 0..<500 where upstream.hungUp < 2 * round { try await Task.sleep(for: .milliseconds(10)) }
                #expect(upstream.hungUp == 2 * round)
            }
        }
    }

    /// Two clients ask, and leave when they wait for the upstream, which then has had so many connections.
    private func leave(_ server: TestServer, _ upstream: ScriptedUpstream, connections: Int) async throws {
        let clients = try (0..<2).map { _ in try RawConnection(server.port) }
        for client in clients { try client.send(request()) }
        // Not only connections: one on which no request has come yet does not hang.
        for _ in 0..<500 where upstream.requests.count < connections { try await Task.sleep(for: .milliseconds(10)) }
        #expect(upstream.connections == connections)
        #expect(try await server.send(request()).status == 429)
        for client in clients { client.abort() }
    }

    @Test("a place is given back when the upstream cuts its answer, and when it gives none in time")
    func upstreamFails() async throws {
        for step in [ScriptedUpstream.Step.reset, .hang] {
            let upstream = try ScriptedUpstream([
                .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"), step,
            ])
            defer { upstream.stop() }
            let settings = ["MAX_CONCURRENT_REQUESTS_PER_TENANT": "1", "UPSTREAM_TIMEOUT": "200ms"]
            try await TestServer.with(upstream: upstream.port, settings) { server in
                for _ in 0..<3 {
                    // Cut or silent, the answer that has begun is aborted.
                    _ = try await RawConnection.exchange(server.port, request())
                }
                #expect(try await eventually(server) == 200)
                #expect(upstream.connections >= 2)
            }
        }
    }
}
