import APIRuntime
import Foundation
import JSON
import Testing

@testable import Server

@Suite("Health dashboard", .serialized)
struct HealthDashboardTests {
    private func dashboard(_ server: TestServer, tenant: JSONValue = "acme", _ more: JSONObject = [:]) async throws
        -> JSONValue
    {
        let answer = try await server.send(
            "GET /api/v1/health/dashboard HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(Tokens.token(tenant, more))\r\n\r\n"
        )
        #expect(answer.status == 200, "\(answer.text)")
        return try answer.json()
    }

    private func upstream() throws -> RecordingUpstream {
        try RecordingUpstream { request in
            request.head.contains("buildinfo")
                ? RecordingUpstream.ok(#"{"status":"success","data":{"version":"2.42.0"}}"#)
                : RecordingUpstream.ok(#"{"status":"success","data":{"resultType":"vector","result":[]}}"#)
        }
    }

    @Test("it needs a token")
    func token() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let answer = try await server.send(
                "GET /api/v1/health/dashboard HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.status == 401)
        }
    }

    @Test("services, stages and upstreams, as they are")
    func shape() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let value = try await dashboard(server)
            #expect(value["status"] == "healthy")
            for name in ["metrics_service", "traces_service", "identity_service", "telemetry_service"] {
                let service = try #require(value["services"]?[name], "\(name)")
                #expect(service["registered"]?.boolValue != nil)
                #expect(service["status"]?.stringValue != nil)
                #expect(service["since"]?.stringValue?.utf8.count == 24)
            }
            #expect(value["services"]?["metrics_service"]?["status"] == "up")
            #expect(value["services"]?["traces_service"]?["registered"] == false)
            #expect(value["services"]?["telemetry_service"]?["status"] == "disabled")
            var orders: [Int] = []
            for name in [
                "request_id", "observability", "security_headers", "authentication", "rate_limiting", "validation",
            ] {
                let stage = try #require(value["middleware"]?[name], "\(name)")
                orders.append(try #require(stage["order"]?.numberValue?.integer))
                #expect(stage["settings"]?.objectValue != nil)
                #expect(stage["status"] == (name == "rate_limiting" ? "disabled" : "active"))
            }
            #expect(orders == orders.sorted())
            #expect(orders.first == 1)
            #expect(value["providers"]?["count"] == 1)
            let prometheus = try #require(value["providers"]?["prometheus"])
            #expect(prometheus["flavor"] == "prometheus")
            #expect(prometheus["version"] == "2.42.0")
            #expect(prometheus["status"] == "up")
            #expect(prometheus["lastSuccess"]?.stringValue?.utf8.count == 24)
            #expect(prometheus["address"] == nil)
            #expect(prometheus["calls"] == nil)
        }
    }

    @Test("with limits, tracing and other sizes switched on it says so")
    func switched() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        let settings = [
            "RATE_LIMIT_PER_SECOND": "50", "MAX_BODY_BYTES": "2MiB", "CORS_ALLOWED_ORIGINS": "*",
            "TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:\(upstream.port)",
        ]
        try await TestServer.with(upstream: upstream.port, settings) { server in
            let value = try await dashboard(server)
            #expect(value["middleware"]?["rate_limiting"]?["status"] == "active")
            #expect(value["middleware"]?["rate_limiting"]?["settings"]?["burst"] == 50)
            #expect(value["middleware"]?["cross_origin"]?["status"] == "active")
            #expect(value["middleware"]?["observability"]?["settings"]?["tracing"] == true)
            #expect(value["middleware"]?["validation"]?["settings"]?["max_body_bytes"] == 2_097_152)
            #expect(value["services"]?["telemetry_service"]?["registered"] == true)
            #expect(value["services"]?["telemetry_service"]?["status"] == "up")
        }
    }

    @Test("with the upstream stopped it is degraded, and /ready and the operators' health say so")
    func stopped() async throws {
        let upstream = try upstream()
        try await TestServer.with(upstream: upstream.port) { server in
            var admin = server
            admin.port = server.adminPort
            func get(_ server: TestServer, _ path: String) async throws -> Answer {
                try await server.send("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            }
            let before = try await get(admin, "/health/detail")
            #expect(before.status == 200)
            #expect(try before.json()["missing"] == [])
            #expect(try await get(server, "/ready").status == 200)
            upstream.stop()
            // A probe's outcome counts for a second.
            var value = try await dashboard(server)
            for _ in 0..<100 where value["status"] != "degraded" {
                try await Task.sleep(for: .milliseconds(50))
                value = try await dashboard(server)
            }
            #expect(value["status"] == "degraded")
            #expect(value["services"]?["metrics_service"]?["status"] == "down")
            #expect(value["providers"]?["prometheus"]?["status"] == "down")
            #expect(value["providers"]?["prometheus"]?["lastSuccess"] != nil)
            let ready = try await get(server, "/ready")
            #expect(ready.status == 503)
            #expect(ready.text == #"{"status":"not_ready"}"#)
            let after = try await get(admin, "/health/detail")
            #expect(after.status == 503)
            #expect(try after.json()["missing"]?.arrayValue == ["prometheus does not answer its probe"])
            #expect(try await get(server, "/health").status == 200)
        }
    }

    @Test("a tenant sees its own figures alone, an operator those of all and where upstreams are")
    func figures() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port, ["OPERATOR_CLAIM": "roles=operator"]) { server in
            for _ in 0..<5 { _ = try await server.query("up", time: nil, tenant: "globex") }
            _ = try await server.query("sum(", time: nil, tenant: "globex")
            _ = try await server.query("up", time: nil)
            let own = try await dashboard(server)
            #expect(own["requests"]?["scope"] == "own")
            #expect(own["requests"]?["count"] == 1)
            #expect(own["requests"]?["lastError"] == nil)
            let other = try await dashboard(server, tenant: "globex", ["roles": ["viewer"]])
            #expect(other["requests"]?["count"] == 6)
            #expect(other["requests"]?["lastError"]?["reason"] == "invalid_input")
            let all = try await dashboard(server, ["roles": ["viewer", "operator"]])
            #expect(all["requests"]?["scope"] == "all")
            #expect(all["requests"]?["count"] == 9)
            let prometheus = try #require(all["providers"]?["prometheus"])
            #expect(prometheus["address"]?.stringValue == "http://127.0.0.1:\(upstream.port)")
            #expect(prometheus["calls"]?["count"]?.numberValue?.integer.map { $0 >= 6 } == true)
            #expect(try await dashboard(server, ["roles": "operator"])["requests"]?["scope"] == "all")
        }
    }

    private func count(_ dashboard: JSONValue, _ member: String = "count") -> Int {
        (dashboard["history"]?["steps"]?.arrayValue ?? []).reduce(0) { $0 + ($1[member]?.numberValue?.integer ?? 0) }
    }

    @Test("over time, too, a tenant sees its own requests alone; only operators see whose requests failed last")
    func history() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port, ["OPERATOR_CLAIM": "roles=operator"]) { server in
            for _ in 0..<4 { _ = try await server.query("up", time: nil, tenant: "globex") }
            _ = try await server.query("sum(", time: nil, tenant: "globex")
            _ = try await server.query("up", time: nil)
            let own = try await dashboard(server)
            #expect(own["history"]?["scope"] == "own")
            #expect(own["history"]?["stepSeconds"] == 15)
            #expect(count(own) == 1)
            #expect(count(own, "refused") == 0)
            #expect(own["recentErrors"] == nil)
            let other = try await dashboard(server, tenant: "globex")
            #expect(count(other) == 5)
            #expect(count(other, "refused") == 1)
            let step = try #require(
                other["history"]?["steps"]?.arrayValue?.first { $0["count"]?.numberValue?.integer != 0 })
            #expect(step["at"]?.stringValue?.utf8.count == 24)
            #expect(step["p95Seconds"]?.numberValue != nil)
            // A caller with both tenants has the requests of both.
            let both = try await dashboard(server, tenant: ["acme", "globex"])
            #expect(count(both) == 8)
            let all = try await dashboard(server, ["roles": "operator"])
            #expect(all["history"]?["scope"] == "all")
            #expect(count(all) == 9)
            let errors = try #require(all["recentErrors"]?.arrayValue)
            #expect(errors.count == 1)
            #expect(errors.first?["status"] == 400)
            #expect(errors.first?["reason"] == "invalid_input")
            #expect(errors.first?["tenants"] == ["globex"])
            #expect(errors.first?["operation"] == "queryMetricsForm")
            #expect(errors.first?["requestId"]?.stringValue?.isEmpty == false)
            #expect(errors.first?["traceId"]?.stringValue?.utf8.count == 32)
        }
    }

    @Test("a caller is told what its token grants and which of it was picked")
    func caller() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let answer = try await server.send(
                "GET /api/v1/health/dashboard HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Tenant: globex\r\nAuthorization: Bearer \(Tokens.token(["globex", "acme"], ["sub": "ann"]))\r\n\r\n"
            )
            let caller = try #require(try answer.json()["caller"])
            #expect(caller["tenants"] == ["acme", "globex"])
            #expect(caller["selected"] == ["globex"])
            #expect(caller["subject"] == "ann")
            #expect(caller["operator"] == false)
        }
    }

    @Test("without OPERATOR_CLAIM nobody is an operator")
    func nobody() async throws {
        let upstream = try upstream()
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let value = try await dashboard(server, ["roles": ["operator"], "sub": "root"])
            #expect(value["requests"]?["scope"] == "own")
        }
    }
}
