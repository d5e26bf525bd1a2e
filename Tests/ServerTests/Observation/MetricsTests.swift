import APIRuntime
import Foundation
import JSON
import Testing

@testable import Server

@Suite("Metrics of the gateway", .serialized)
struct MetricsTests {
    private func metrics(_ server: TestServer, accept: String = "*/*") async throws -> Answer {
        var other = server
        other.port = server.adminPort
        return try await other.send(
            "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept: \(accept)\r\n\r\n")
    }

    /// A few requests of each kind: served, refused, without a token, to nowhere.
    private func ask(_ server: TestServer) async throws {
        for _ in 0..<3 { _ = try await server.query("up", time: nil) }
        _ = try await server.query("up", time: nil, tenant: "globex")
        _ = try await server.query("sum(", time: nil)
        _ = try await server.send("GET /api/v1/metrics/query HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        _ = try await server.send("GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        _ = try await server.send("nonsense\r\n\r\n")
    }

    private func with<Value>(
        _ settings: [String: String] = [:], _ body: (TestServer) async throws -> Value
    ) async throws -> Value {
        let upstream = try RecordingUpstream()
        defer { upstream.stop() }
        return try await TestServer.with(upstream: upstream.port, settings, body)
    }

    @Test("requests, verdicts, tokens and calls of upstreams are counted, on all shards together")
    func counts() async throws {
        let text = try await with { server in
            try await ask(server)
            let answer = try await metrics(server)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            return answer.text
        }
        for line in [
            #"palisade_requests_total{operation="queryMetricsForm",code="2xx"} 4"#,
            #"palisade_requests_total{operation="queryMetricsForm",code="4xx"} 1"#,
            #"palisade_requests_total{operation="queryMetrics",code="4xx"} 1"#,
            #"palisade_requests_total{operation="none",code="4xx"} 2"#,
            #"palisade_request_duration_seconds_count{operation="queryMetricsForm"} 5"#,
            #"palisade_verdicts_total{verdict="served",reason=""} 4"#,
            #"palisade_verdicts_total{verdict="refused",reason="invalid_input"} 1"#,
            #"palisade_verdicts_total{verdict="refused",reason="malformed_request"} 1"#,
            #"palisade_verdicts_total{verdict="refused",reason="not_found"} 1"#,
            #"palisade_verdicts_total{verdict="refused",reason="unauthenticated"} 1"#,
            #"palisade_token_verifications_total{outcome="accepted"} 5"#,
            #"palisade_token_verifications_total{outcome="missing"} 1"#,
            #"palisade_upstream_requests_total{upstream="prometheus",result="2xx"} 4"#,
            #"palisade_upstream_request_duration_seconds_count{upstream="prometheus"} 4"#,
            "palisade_confinement_failures_total 0", "palisade_requests_in_flight 0",
            "palisade_connections_accepted_total 8", "palisade_build_info{version=\"\(Version.current)\"} 1",
        ] {
            #expect(text.contains(line + "\n"), "\(line) is missing in\n\(text)")
        }
        for name in [
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
            "palisade_token_keys_age_seconds",
        ] {
            #expect(text.contains("\n\(name) "))
        }
        for shard in 0..<2 {
            for name in [
                "palisade_shard_lag_seconds", "palisade_shard_busy_seconds_total", "palisade_shard_turns_total",
                "palisade_shard_slow_turns_total", "palisade_accept_queue_length",
            ] {
                #expect(text.contains("\n\(name){shard=\"\(shard)\"} "), "\(name)")
            }
        }
        for line in [
            #"palisade_upstream_connections{upstream="prometheus",state="busy"} 0"#,
            #"palisade_upstream_queue_length{upstream="prometheus"} 0"#,
            #"palisade_log_queue_bytes{log="service"} 0"#, #"palisade_log_lines_dropped_total{log="service"} 0"#,
        ] {
            #expect(text.contains(line + "\n"), "\(line) is missing in\n\(text)")
        }
        #expect(!text.contains("acme"))
        #expect(!text.contains("# EOF"))
    }

    @Test("queues: the audit log's, and how many spans may wait")
    func queues() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = [
            "AUDIT_LOG_FILE": file.path, "TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:1",
            "OTEL_BSP_MAX_QUEUE_SIZE": "700",
        ]
        let text = try await with(settings) { server in try await metrics(server).text }
        #expect(text.contains(#"palisade_log_lines_dropped_total{log="audit"} 0"#))
        #expect(text.contains(#"palisade_log_queue_bytes{log="audit"} 0"#))
        #expect(text.contains("palisade_span_queue_capacity 700\n"))
    }

    @Test("a request that hangs upstream shows as a busy connection")
    func busy() async throws {
        let upstream = try ScriptedUpstream([.wait(milliseconds: 3_000), .reset])
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            async let answer = server.query("up", time: nil)
            let line = #"palisade_upstream_connections{upstream="prometheus",state="busy"} 1"#
            var text = ""
            for _ in 0..<200 where !text.contains(line) {
                text = try await metrics(server).text
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(text.contains(line), "\(text)")
            _ = try await answer
        }
    }

    @Test("tenants are told apart only where the operator says so")
    func tenants() async throws {
        let text = try await with(["METRICS_TENANT_LABEL": "true"]) { server in
            try await ask(server)
            return try await metrics(server).text
        }
        #expect(text.contains("palisade_tenant_requests_total{tenant=\"acme\"} 4\n"))
        #expect(text.contains("palisade_tenant_requests_total{tenant=\"globex\"} 1\n"))
    }

    @Test("promtool finds nothing wrong", .enabled(if: RealPrometheus.isAvailable))
    func promtool() async throws {
        let text = try await with([
            "METRICS_TENANT_LABEL": "true", "TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:1",
        ]) { server in
            try await ask(server)
            return try await metrics(server).text
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let program = try #require(findProgram("promtool"))
        let check = try ChildProcess("/bin/sh", ["-c", "\(program) check metrics < \(file.path)"])
        let status = await check.waitForExit()
        #expect(status == 0)
        #expect(check.output == "")
    }

    @Test(
        "a real Prometheus scrapes them, with exemplars that name traces", .enabled(if: RealPrometheus.isAvailable))
    func scraped() async throws {
        let collector = try RecordingUpstream { _ in Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8) }
        defer { collector.stop() }
        try await with(["TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:\(collector.port)"]) {
            server in
            try await ask(server)
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let configuration = folder.appendingPathComponent("prometheus.yml")
            try Data(
                """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - {job_name: palisade, static_configs: [{targets: ["127.0.0.1:\(server.adminPort)"]}]}
                """.utf8
            ).write(to: configuration)
            let port = try freePort()
            let prometheus = try ChildProcess(
                try #require(findProgram("prometheus")),
                [
                    "--config.file=\(configuration.path)", "--storage.tsdb.path=\(folder.path)/data",
                    "--web.listen-address=127.0.0.1:\(port)", "--enable-feature=exemplar-storage",
                ])
            var found = ""
            for _ in 0..<300 where !found.contains("\"4\"]") {
                let query = "palisade_requests_total%7Boperation=%22queryMetricsForm%22,code=%222xx%22%7D"
                found =
                    (try? await RawConnection.exchange(port, "GET /api/v1/query?query=\(query) HTTP/1.0\r\n\r\n")) ?? ""
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(found.contains("\"4\"]"), "\(found) \(prometheus.output.suffix(2_000))")
            let exemplars = try await RawConnection.exchange(
                port,
                "GET /api/v1/query_exemplars?query=palisade_request_duration_seconds_bucket&start=0&end=9999999999 HTTP/1.0\r\n\r\n"
            )
            #expect(exemplars.contains("\"trace_id\":\""), "\(exemplars)")
            prometheus.terminate()
            _ = await prometheus.waitForExit()
        }
    }

    @Test("what is for operators is not on the listener for callers, nor the other way round")
    func listeners() async throws {
        try await with { server in
            for path in ["/metrics", "/health/detail"] {
                let answer = try await server.send("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                #expect(answer.status == 404)
            }
            var admin = server
            admin.port = server.adminPort
            for path in ["/health", "/api/v1/metrics/query?query=up", "/docs", "/api/v1/health/dashboard"] {
                let answer = try await admin.send(
                    "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(Tokens.token())\r\n\r\n"
                )
                #expect(answer.status == 404)
            }
        }
    }

    @Test("deploy/prometheus/alerts.yml is what promtool takes for rules", .enabled(if: RealPrometheus.isAvailable))
    func alerts() async throws {
        let program = try #require(findProgram("promtool"))
        let check = try ChildProcess(
            program, ["check", "rules", repositoryFile("deploy/prometheus/alerts.yml").path])
        let status = await check.waitForExit()
        #expect(status == 0, "\(check.output)")
    }

    @Test("each alert fires where it should, and only there", .enabled(if: RealPrometheus.isAvailable))
    func firing() async throws {
        let program = try #require(findProgram("promtool"))
        let check = try ChildProcess(
            program, ["test", "rules", repositoryFile("deploy/prometheus/alerts.test.yml").path])
        let status = await check.waitForExit()
        #expect(status == 0, "\(check.output)")
    }

    @Test("alerts and the dashboard ask only for metrics that there are")
    func names() async throws {
        let text = try await with(["TRACING_ENABLED": "true", "TRACING_ENDPOINT": "http://127.0.0.1:1"]) { server in
            try await ask(server)
            return try await metrics(server).text
        }
        for file in ["deploy/prometheus/alerts.yml", "deploy/grafana/dashboards/palisade.json"] {
            let asked = try String(contentsOf: repositoryFile(file), encoding: .utf8)
            let names = asked.components(
                separatedBy: CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyz_0123456789").inverted
            )
            .filter { $0.hasPrefix("palisade_") }
            #expect(names.count > 5)
            for name in names {
                #expect(text.contains("\n\(name){") || text.contains("\n\(name) "), "\(file) asks for \(name)")
            }
        }
        _ = try JSONSerialization.jsonObject(
            with: Data(contentsOf: repositoryFile("deploy/grafana/dashboards/palisade.json")))
    }
}
