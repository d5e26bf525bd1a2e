import APIRuntime
import HTTPClient
import JSON
import Testing
import TraceQLSyntax

@testable import Server

/// What a hostile caller might ask, on every path that takes TraceQL: refused, or sent with the condition everywhere.
@Suite("TraceQL: a caller cannot get out of its tenant")
struct TraceQLIsolationTests {
    private static let condition = #"resource.tenant_id = "acme""#

    private func send(
        _ query: String, _ path: String, _ upstream: FakeUpstream, conflict: String = "and"
    ) async throws -> Answer {
        try await TestGateway(FakeUpstream(), conflict: conflict, tempo: upstream).send(
            .get, path, query: String(decoding: encodeForm([("q", query)]), as: UTF8.self), token: Tokens.token())
    }

    /// The query that was sent, after checking that each of its filters and pipelines demands the tenant.
    private func sent(_ query: String, _ path: String = "/tempo/api/search") async throws -> String {
        let upstream = FakeTempo.upstream()
        let answer = try await send(query, path, upstream)
        #expect(answer.status == 200, "\(query): \(answer.text)")
        let text = try #require(upstream.parameters()["q"])
        #expect(upstream.received.count == 1)
        let filters = try TraceQLExpression.parse(text).filterCount
        let confined = text.components(separatedBy: "{ \(Self.condition) }").count - 1
        let more = text.components(separatedBy: "{ (\(Self.condition)) && ").count - 1
        #expect(filters == confined + more, "\(text)")
        return text
    }

    private func refusal(_ query: String, _ path: String = "/tempo/api/search") async throws -> String {
        let upstream = FakeTempo.upstream()
        let answer = try await send(query, path, upstream)
        #expect(answer.status == 400, "\(query)")
        #expect(upstream.received.isEmpty)
        return answer.text
    }

    @Test("|| does not get out of the condition, for && and || bind alike in TraceQL")
    func precedence() async throws {
        let text = try await sent(#"{ .a || resource.tenant_id = "globex" }"#)
        #expect(text.hasSuffix(#"{ (\#(Self.condition)) && (.a || (resource.tenant_id = "globex")) }"#), "\(text)")
    }

    @Test("a condition of the caller's on another tenant selects nothing, or is refused")
    func otherTenant() async throws {
        _ = try await sent(#"{ resource.tenant_id = "globex" }"#)
        let upstream = FakeTempo.upstream()
        let answer = try await send(
            #"{ resource.tenant_id = "globex" }"#, "/tempo/api/search", upstream, conflict: "error")
        #expect(answer.status == 400)
        #expect(upstream.received.isEmpty)
    }

    @Test(
        "comments inside and behind braces swallow nothing",
        arguments: [
            "{ .a = 1 // }\n}", "{ .a /* } */ }", "{ .a } // || {}", "{ .a } /* | */ || { .b }",
        ])
    func comments(_ query: String) async throws { _ = try await sent(query) }

    @Test(
        "pipelines without braces get the condition in front",
        arguments: [
            "count() > 0", "select(.a)", "by(.a) | count() > 1", "max(duration) > 3s | { .a }", "avg(.a) > 1",
            "{ .a } | by(.b) | coalesce() | { .c }", "({ .a } | count() > 1) && ({ .b } | count() > 2)",
        ])
    func pipelines(_ query: String) async throws {
        #expect(try await sent(query).contains("{ \(Self.condition) } | "))
    }

    @Test(
        "metrics without braces, and each operand of their arithmetic, get it too",
        arguments: [
            "by(.a) | rate()", "({ .a } | rate()) / ({ .b } | rate())", "({ } | rate()) + ({ } | count_over_time())",
            "{ } | quantile_over_time(duration, 0.5, .9) by (span.a)", "{ } | histogram_over_time(duration) | topk(5)",
        ])
    func metrics(_ query: String) async throws {
        let text = try await sent(query, "/tempo/api/metrics/query_range")
        #expect(text.contains("{ \(Self.condition) } | "))
    }

    @Test(
        "both sides of every structural operator get it",
        arguments: [
            ">", "<", ">>", "<<", "~", "!>", "!<", "!>>", "!<<", "!~", "&>", "&<", "&>>", "&<<", "&~", "&&", "||",
        ])
    func structural(_ name: String) async throws {
        let text = try await sent("{ .a } \(name) { .b }")
        #expect(text.components(separatedBy: Self.condition).count - 1 == 3)
    }

    @Test(
        "what reads other spans of the trace is refused",
        arguments: [
            "{ parent.a = 1 }", "{ parent = nil }", "{ rootName = \"x\" }", "{ rootServiceName = \"x\" }",
            "{ trace:rootName = \"x\" }", "{ trace:rootService = \"x\" }", "{ traceDuration > 1s }",
            "{ trace:duration > 1s }",
            "{ nestedSetParent < 0 }", "{ nestedSetLeft > 1 }", "{ nestedSetRight > 1 }", "{ span:childCount > 1 }",
            "{ span:parentID = \"a\" }", "{ } | select(rootName)", "{ } | by(rootServiceName)",
            "{ } | avg(traceDuration) > 1s",
        ])
    func foreignSpans(_ query: String) async throws { _ = try await refusal(query) }

    @Test(
        "so is compare, and what reads them only in a metrics query",
        arguments: [
            "{ } | compare({ status = error })", "{ } | rate() by (parent.a)", "{ } | rate() by (rootName)",
            "{ } | max_over_time(traceDuration)",
        ])
    func foreignMetrics(_ query: String) async throws {
        _ = try await refusal(query, "/tempo/api/metrics/query_range")
        _ = try await refusal(query, "/api/v1/traces/metrics")
    }

    @Test(
        "attributes of that name elsewhere than in the resource are the caller's own matter",
        arguments: [
            #"{ .tenant_id = "globex" }"#, #"{ span.tenant_id = "globex" }"#, #"{ event.tenant_id = "globex" }"#,
            #"{ resource."tenant_id" = "globex" }"#, #"{ resource."tenant\"_id" = 1 }"#, "{ resource.tenant_id = 7 }",
            "{ resource.tenant_id != nil }", #"{ resource.tenant_id =~ ".*" }"#,
        ])
    func names(_ query: String) async throws { _ = try await sent(query) }

    @Test(
        "texts do not break out of their quotes",
        arguments: [
            "{ .a = `x\\`} || { .b = \"y\" }", "{ .a = \"`} || {`\" }", #"{ .a = "\"} || {\"" }"#,
            "{ .a = \"\\x60} || { \" }",
            #"{ span."a} || {b" = 1 }"#, "{ .a = \"\\u0022 || true || \\u0022\" }",
        ])
    func quotes(_ query: String) async throws {
        let upstream = FakeTempo.upstream()
        let answer = try await send(query, "/tempo/api/search", upstream)
        if answer.status == 200 { _ = try await sent(query) } else { #expect(upstream.received.isEmpty) }
    }

    @Test(
        "errors that depend on a span's value meet own spans only: the pipeline begins with the condition",
        arguments: [
            "{ 1/(span.x - 42) = 1 }", "{ !span.x }", "{ span.x } | avg(span.y) > 1",
        ])
    func errorOracles(_ query: String) async throws {
        #expect(try await sent(query).hasPrefix("{ \(Self.condition) } | "))
    }

    @Test(
        "broken syntax is refused with line and column, wherever it is",
        arguments: [
            "{", "{}}", "{ .a", "{ .a = 1 } |", "{ .a = \"x }", "{ 'x' = 1 }", "{ .a\u{A0}= 1 }", "{} {}", "{};{}",
            "{ .a =~ \"(\" }",
            "{ \u{0} }", "({} | {}) | count() > 1", "{ .a = 0x10 }",
        ])
    func broken(_ query: String) async throws {
        #expect(try await refusal(query).contains("parse error at line "))
        let own = try await refusal(query, "/api/v1/traces")
        #expect(own.contains("\"rule\":\"traceql\"") && own.contains("\"line\":"), "\(own)")
    }

    @Test(
        "unknown hints are refused",
        arguments: ["debug_return_in=5", "skip_ast_transformations=true", "job_size=1", "x=1"])
    func hints(_ hint: String) async throws { _ = try await refusal("{ } with (\(hint))") }

    @Test(
        "deep and long queries are refused at once",
        arguments: [
            "{ " + String(repeating: "(", count: 10_000) + ".a" + String(repeating: ")", count: 10_000) + " }",
            Array(repeating: "{ .a }", count: 10_000).joined(separator: " && "),
            "{ " + Array(repeating: ".a", count: 10_000).joined(separator: " && ") + " }",
            "{ .a = \"" + String(repeating: "x", count: 1 << 20) + "\" }",
        ])
    func large(_ query: String) async throws { _ = try await refusal(query) }

    @Test("an explanation shows what would be sent, and asks nobody")
    func explained() async throws {
        let upstream = FakeTempo.upstream()
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream)
        let query = String(decoding: encodeForm([("q", "{ .a } >> { .b } | select(.c)")]), as: UTF8.self)
        let answer = try await gateway.send(.get, "/api/v1/explain/traceql", query: query, token: Tokens.token())
        #expect(answer.status == 200)
        let t = Self.condition
        #expect(
            try answer.json()["query"]
                == .string("{ \(t) } | ({ (\(t)) && .a }) >> ({ (\(t)) && .b }) | select(.c)"))
        #expect(try answer.json()["condition"] == .string(t))
        #expect(try answer.json()["filters"] == 3)
        #expect(try answer.json()["pipelines"] == 1)
        #expect(try answer.json()["isMetricsQuery"] == false)
        #expect(upstream.received.isEmpty)
        let bad = try await gateway.send(.get, "/api/v1/explain/traceql", query: "q=%7B", token: Tokens.token())
        #expect(bad.status == 400)
        #expect(try await gateway.send(.get, "/api/v1/explain/traceql", token: Tokens.token()).status == 400)
    }
}
