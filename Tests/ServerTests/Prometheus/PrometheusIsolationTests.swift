import APIRuntime
import Foundation
import JSON
import Testing

@testable import Server

/// The Prometheus API in front of a real Prometheus that holds two tenants' series and rules, and some that are nobody's.
/// What a tenant gets is compared with what it gets where there is nobody else.
@Suite(
    "The Prometheus API over a real Prometheus",
    .enabled(if: RealPrometheus.isAvailable, "prometheus and promtool are not installed"))
struct PrometheusIsolationTests {
    private static let api = "/prometheus/api/v1/"
    private static let span: FormFields = [
        ("start", String(Samples.instant - 1_800)), ("end", String(Samples.instant)),
    ]

    /// A request, and how its answer begins if it is good.
    private struct Ask {
        let path: String
        var fields: FormFields = []
        var post = false
        /// What a good answer must hold, so that two empty ones prove nothing.
        var holds = ""
    }

    private static let asks: [Ask] = {
        let hostile = #"{tenant_id="globex"}"#
        var asks = [
            Ask(path: "labels", holds: #""job""#), Ask(path: "labels", post: true, holds: #""job""#),
            Ask(path: "labels", fields: [("match[]", hostile)]),
            Ask(path: "labels", fields: [("match[]", "load"), ("match[]", hostile)], holds: "job"),
            Ask(path: "labels", fields: [("match[]", "{}")], holds: "job"),
            Ask(path: "labels", fields: span, holds: "job"),
            Ask(path: "label/job/values", fields: span, holds: #"["api","db"]"#),
            Ask(path: "label/job/values", fields: [("match[]", "load"), ("match[]", hostile)], holds: "api"),
            Ask(path: "label/job/values", fields: [("match[]", #"{tenant_id!="acme"}"#)]),
            Ask(path: "label/tenant_id/values", fields: span, holds: #"["acme"]"#),
            Ask(path: "label/U__tenant_5f_id/values", fields: span, holds: #"["acme"]"#),
            Ask(path: "label/__name__/values", fields: span, holds: "load"),
            Ask(path: "label/nothing/values"),
            Ask(path: "series", fields: [("match[]", "load")] + span, holds: "acme"),
            Ask(path: "series", fields: [("match[]", "load")] + span, post: true, holds: "acme"),
            Ask(path: "series", fields: [("match[]", hostile)] + span),
            Ask(path: "series", fields: [("match[]", "load"), ("match[]", #"{job="secret"}"#)] + span, holds: "acme"),
            Ask(path: "series", fields: [("match[]", #"{__name__=~".+"}"#)] + span, holds: "acme"),
            Ask(path: "series", fields: [("match[]", #"{tenant_id=""}"#)] + span),
            Ask(path: "series", fields: [("match[]", "load}")] + span),
            Ask(path: "series", fields: [("match[]", "load"), ("limit", "1")] + span, holds: "acme"),
            Ask(path: "query_exemplars", fields: [("query", "load")] + span, holds: "[]"),
            Ask(path: "query_exemplars", fields: [("query", "load"), ("query", hostile)]),
            Ask(path: "format_query", fields: [("query", "sum  (load{job='a'})")], holds: #"sum(load{job=\"a\"})"#),
            Ask(path: "alerts"), Ask(path: "status/buildinfo", holds: "2.42.0"), Ask(path: "features", holds: "api"),
            Ask(path: "query", fields: [("query", "")]),
            Ask(path: "query", fields: [("query", ""), ("query", hostile)]),
            Ask(path: "query", fields: [("query", "load"), ("query", hostile)]),
            Ask(path: "query", fields: [("query", "load"), ("time", "x")]),
            Ask(
                path: "query",
                fields: [
                    ("query", "load"), ("time", String(Samples.instant)), ("timeout", "1s"), ("limit", "2"),
                    ("lookback_delta", "2m"),
                ], holds: "acme"),
            Ask(path: "metadata", holds: "load"), Ask(path: "metadata", fields: [("metric", "nothing")], holds: "{}"),
            Ask(path: "targets"), Ask(path: "status/config"), Ask(path: "status/tsdb"),
            Ask(path: "admin/tsdb/delete_series", post: true), Ask(path: "query/"), Ask(path: "..%2fv1/query"),
        ]
        for query in AttackQueries.all where query.utf8.count < 1_000 {
            asks.append(
                Ask(path: "query_range", fields: [("query", query), ("step", "60")] + span, post: query.contains("\n")))
        }
        asks.append(Ask(path: "query_range", fields: [("query", "load"), ("step", "1m")] + span, holds: "acme"))
        asks.append(
            Ask(
                path: "query_range", fields: [("query", "sum(rate(requests_total[5m]))"), ("step", "1m")] + span,
                holds: "values"))
        return asks
    }()

    private func overBothStores(_ body: (TestServer, TestServer) async throws -> Void) async throws {
        try await RealPrometheus.with(Samples.openMetrics()) { everybody in
            try await RealPrometheus.with(Samples.openMetrics(of: "acme")) { alone in
                try await TestServer.with(upstream: everybody.port) { one in
                    try await TestServer.with(upstream: alone.port) { other in try await body(one, other) }
                }
            }
        }
    }

    @Test("every endpoint answers as it does where there is nobody else")
    func alike() async throws {
        try await overBothStores { everybody, alone in
            var withData = 0
            for ask in Self.asks {
                let path = Self.api + ask.path
                let one = try await everybody.ask(path, ask.fields, post: ask.post)
                let other = try await alone.ask(path, ask.fields, post: ask.post)
                #expect(one.status == other.status, "\(ask)")
                #expect(one.headers["content-type"] == other.headers["content-type"], "\(ask)")
                #expect(one.text == other.text, "\(ask)")
                #expect(ask.holds.isEmpty || one.text.contains(ask.holds), "\(ask): \(one.text)")
                if !ask.fields.contains(where: { $0.value.contains("globex") || $0.value.contains("secret") }) {
                    #expect(!one.text.contains("globex") && !one.text.contains("secret"), "\(ask): \(one.text)")
                }
                if !ask.holds.isEmpty { withData += 1 }
            }
            // Two refusals are alike as well; a good part must be answers with something in them.
            #expect(withData >= 20)
        }
    }

    @Test("the own paths give the same data")
    func ownPaths() async throws {
        try await overBothStores { everybody, alone in
            for (own, path, fields) in [
                ("labels", "labels", []), ("labels/job/values", "label/job/values", Self.span),
                ("series", "series", [("match[]", "load")] + Self.span), ("metadata", "metadata", []),
                ("query_range", "query_range", [("query", "load"), ("step", "60")] + Self.span),
                ("exemplars", "query_exemplars", [("query", "load")] + Self.span), ("alerts", "alerts", []),
                ("rules", "rules", []),
            ] as [(String, String, FormFields)] {
                let one = try await everybody.ask("/api/v1/metrics/" + own, fields)
                #expect(one.status == 200, "\(own): \(one.text)")
                #expect(one.text == (try await everybody.ask(Self.api + path, fields).text), "\(own)")
                #expect(one.text == (try await alone.ask("/api/v1/metrics/" + own, fields).text), "\(own)")
            }
        }
    }

    @Test("rules and alerts are those of the tenant's own labels, and so is what federation and metadata show")
    func rules() async throws {
        try await RealPrometheus.with(Samples.openMetrics(), rules: RuleSamples.file()) { everybody in
            try await RealPrometheus.with(Samples.openMetrics(of: "acme"), rules: RuleSamples.file(of: "acme")) {
                alone in
                try await TestServer.with(upstream: everybody.port) { one in
                    try await TestServer.with(upstream: alone.port) { other in
                        for server in [one, other] { try await untilEvaluated(server) }
                        for path in ["rules", "alerts"] {
                            let (left, right) = (
                                try await one.ask(Self.api + path), try await other.ask(Self.api + path)
                            )
                            #expect(left.status == 200)
                            #expect(try timeless(left.json()) == timeless(right.json()), "\(left.text) \(right.text)")
                            #expect(left.text.contains("OwnAlert"))
                            for word in ["secret", "Secret", "globex", "obody"] {
                                #expect(!left.text.contains(word), "\(word): \(left.text)")
                            }
                        }
                        let victim = try await one.ask(Self.api + "rules", tenant: "globex")
                        #expect(victim.text.contains("secret:two") && !victim.text.contains("own:"))
                        let both = try await one.ask(Self.api + "alerts", tenant: ["acme", "globex"])
                        #expect(try both.json()["data"]?["alerts"]?.arrayValue?.count == 2)
                        try await federation(one, other)
                    }
                }
            }
        }
    }

    private func federation(_ one: TestServer, _ other: TestServer) async throws {
        let all: FormFields = [("match[]", #"{__name__=~".+"}"#)]
        for accept in ["text/plain", "application/openmetrics-text; version=1.0.0"] {
            let left = try await one.ask("/prometheus/federate", all, accept: accept)
            let right = try await other.ask("/prometheus/federate", all, accept: accept)
            #expect(left.status == 200)
            #expect(names(left.text) == names(right.text), "\(left.text) \(right.text)")
            #expect(names(left.text).contains("own:one"))
            // Older ones federate in the text format alone: then the answer says so.
            let isOpenMetrics = left.headers["content-type"]?.hasPrefix("application/openmetrics-text") == true
            #expect(isOpenMetrics == left.text.hasSuffix("# EOF\n"))
            #expect(isOpenMetrics || left.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        }
        let hostile = try await one.ask(
            "/prometheus/federate", [("match[]", #"{tenant_id="globex"}"#), ("match[]", "own:one")])
        #expect(names(hostile.text) == ["own:one"])
        #expect(try await one.ask("/prometheus/federate").text.isEmpty)
    }

    /// The names of the samples in a text format.
    private func names(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                .compactMap { $0.split(whereSeparator: { $0 == "{" || $0 == " " }).first.map(String.init) })
    }

    private func untilEvaluated(_ server: TestServer) async throws {
        for _ in 0..<100 {
            let alerts = try await server.ask(Self.api + "alerts")
            let samples = try await server.ask("/prometheus/federate", [("match[]", "{}")])
            let written: Set = ["own:one", "own:two", "ALERTS", "ALERTS_FOR_STATE"]
            if alerts.text.contains("OwnAlert"), names(samples.text) == written { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the rules were not evaluated")
    }

    /// Without what depends on the clock, and with files by their last name.
    private func timeless(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(timeless))
        case .object(let object):
            var kept = JSONObject()
            for member in object.members
            where !["evaluationTime", "lastEvaluation", "activeAt"].contains(member.name) {
                if member.name == "file", let file = member.value.stringValue {
                    kept[member.name] = .string((file as NSString).lastPathComponent)
                } else {
                    kept[member.name] = timeless(member.value)
                }
            }
            return .object(kept)
        default: return value
        }
    }
}
