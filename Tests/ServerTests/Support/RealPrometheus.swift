import Foundation
import Testing

/// A real Prometheus over a data set of the test's, on a free port.
final class RealPrometheus: Sendable {
    let port: UInt16
    private let process: ChildProcess
    private let folder: URL

    /// Whether its programs are there; a run that requires them (`scripts/test`) fails instead of skipping.
    static let isAvailable =
        ProcessInfo.processInfo.environment["PALISADE_REQUIRE_PROMETHEUS"] != nil
        || (findProgram("prometheus") != nil && findProgram("promtool") != nil)

    /// Starts one that holds the given samples, in the OpenMetrics text format, and evaluates the given rules.
    /// `PROMETHEUS_BIN` names another program than the one in PATH.
    private init(openMetrics: String, rules: String?) async throws {
        let prometheus = try #require(
            ProcessInfo.processInfo.environment["PROMETHEUS_BIN"] ?? findProgram("prometheus"),
            "prometheus is not installed")
        let promtool = try #require(findProgram("promtool"), "promtool is not installed")
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("palisade-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let metrics = folder.appendingPathComponent("metrics.txt")
        try Data(openMetrics.utf8).write(to: metrics)
        let data = folder.appendingPathComponent("data")
        let backfill = try ChildProcess(
            promtool, ["tsdb", "create-blocks-from", "openmetrics", metrics.path, data.path])
        let status = await backfill.waitForExit()
        #expect(status == 0, "\(backfill.output)")
        let configuration = folder.appendingPathComponent("prometheus.yml")
        var settings = "global: {}\n"
        if let rules {
            try Data(rules.utf8).write(to: folder.appendingPathComponent("rules.yml"))
            settings = "global: {evaluation_interval: 200ms}\nrule_files: [rules.yml]\n"
        }
        try Data(settings.utf8).write(to: configuration)
        port = try freePort()
        process = try ChildProcess(
            prometheus,
            [
                "--config.file=\(configuration.path)", "--storage.tsdb.path=\(data.path)",
                "--storage.tsdb.retention.time=100y", "--web.listen-address=127.0.0.1:\(port)",
                "--enable-feature=promql-at-modifier,promql-negative-offset,exemplar-storage",
            ])
        for _ in 0..<300 {
            if let answer = try? await RawConnection.exchange(port, "GET /-/ready HTTP/1.0\r\n\r\n"),
                answer.contains(" 200 ")
            {
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("Prometheus did not become ready: \(process.output)")
    }

    /// Runs `body` with a Prometheus that is stopped behind it.
    static func with<Value>(
        _ openMetrics: String, rules: String? = nil, _ body: (RealPrometheus) async throws -> Value
    ) async throws -> Value {
        let prometheus = try await RealPrometheus(openMetrics: openMetrics, rules: rules)
        do {
            let value = try await body(prometheus)
            await prometheus.stop()
            return value
        } catch {
            await prometheus.stop()
            throw error
        }
    }

    private func stop() async {
        process.terminate()
        _ = await process.waitForExit()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// The path of a program in PATH.
func findProgram(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// A data set of two tenants and of nobody, around one fixed instant.
enum Samples {
    /// The instant at which the tests look, in Unix seconds.
    static let instant = 1_767_366_000

    /// All tenants' samples, or one's alone.
    static func openMetrics(of tenant: String? = nil) -> String {
        var text = ""
        for metric in ["requests_total", "load", "limit", "temperature"] {
            text += "# TYPE \(metric.replacingOccurrences(of: "_total", with: "")) "
            text += metric.hasSuffix("_total") ? "counter\n" : "gauge\n"
            for series in series where tenant == nil || series.tenant == tenant {
                let label = series.tenant.map { "tenant_id=\"\($0)\"," } ?? ""
                for minute in stride(from: -30, through: 5, by: 1) {
                    let value = series.base + (metric.hasSuffix("_total") ? (minute + 30) * series.step : series.step)
                    text += "\(metric){\(label)job=\"\(series.job)\",instance=\"\(series.instance)\"} "
                    text += "\(value) \(instant + minute * 60)\n"
                }
            }
        }
        return text + "# EOF\n"
    }

    private struct Series {
        let tenant: String?
        let job: String
        let instance: String
        let base: Int
        let step: Int
    }

    private static let series = [
        Series(tenant: "acme", job: "api", instance: "1", base: 10, step: 2),
        Series(tenant: "acme", job: "api", instance: "2", base: 20, step: 3),
        Series(tenant: "acme", job: "db", instance: "1", base: 1, step: 1),
        Series(tenant: "globex", job: "api", instance: "1", base: 1_000, step: 50),
        Series(tenant: "globex", job: "db", instance: "9", base: 7_000, step: 60),
        Series(tenant: "globex", job: "secret", instance: "9", base: 9_000, step: 70),
        Series(tenant: nil, job: "nobody", instance: "1", base: 1_000_000, step: 1_000),
        Series(tenant: nil, job: "api", instance: "1", base: 2_000_000, step: 2_000),
    ]
}
