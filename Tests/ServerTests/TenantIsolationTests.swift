import JSON
import Testing

/// The gateway in front of a real Prometheus that holds two tenants' series, and some that are nobody's.
@Suite(
    "Tenants over a real Prometheus",
    .enabled(if: RealPrometheus.isAvailable, "prometheus and promtool are not installed"))
struct TenantIsolationTests {
    private func metrics(_ answer: Answer) throws -> [JSONValue] {
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(answer.json()["data"]?["result"]?.arrayValue).compactMap { $0["metric"] }
    }

    @Test("a user of tenant A gets nothing of tenant B, nor of nobody")
    func ownDataOnly() async throws {
        try await RealPrometheus.with(Samples.openMetrics()) { prometheus in
            try await TestServer.with(upstream: prometheus.port) { server in
                let acme = try metrics(try await server.query("load"))
                #expect(acme.count == 3)
                #expect(acme.allSatisfy { $0["tenant_id"] == "acme" })
                let globex = try metrics(try await server.query("load", tenant: "globex"))
                #expect(globex.count == 3)
                #expect(globex.allSatisfy { $0["tenant_id"] == "globex" })
                #expect(try metrics(try await server.query("load", tenant: "unknown")).isEmpty)
                let both = try metrics(try await server.query("load", tenant: ["acme", "globex"]))
                #expect(both.count == 6)
                #expect(try metrics(try await server.query(#"load{tenant_id="globex"}"#)).isEmpty)
                #expect(try metrics(try await server.query(#"load{tenant_id=""}"#)).isEmpty)
            }
        }
    }

    @Test("who picks one of its tenants gets what that tenant's own token would")
    func picking() async throws {
        try await RealPrometheus.with(Samples.openMetrics()) { prometheus in
            try await TestServer.with(upstream: prometheus.port) { server in
                for tenant in ["acme", "globex"] {
                    let own = try metrics(try await server.query("load", tenant: .string(tenant)))
                    #expect(own.count == 3)
                    let picked = try await server.query("load", tenant: ["acme", "globex"], picking: tenant)
                    #expect(try metrics(picked) == own)
                }
                #expect(try await server.query("load", tenant: "acme", picking: "globex").status == 403)
            }
        }
    }

    @Test("Prometheus' own errors come back with its words")
    func errors() async throws {
        try await RealPrometheus.with(Samples.openMetrics()) { prometheus in
            try await TestServer.with(upstream: prometheus.port) { server in
                let duplicate = try await server.query("load * on(job) limit")
                #expect(duplicate.status == 422)
                #expect(try duplicate.json()["code"] == "query_failed")
                #expect(duplicate.text.contains("many-to-many") || duplicate.text.contains("duplicate"))
                #expect(!duplicate.text.contains("globex"))
                // Newer than this Prometheus: parsed here, refused there.
                let newer = try await server.query("max_over_time(load[5m] smoothed)")
                #expect(newer.status == 400)
            }
        }
    }
}
