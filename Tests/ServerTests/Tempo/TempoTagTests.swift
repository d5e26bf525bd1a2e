import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Tempo's API: names and values of attributes")
struct TempoTagTests {
    private static let names =
        #"{"scopes":[{"name":"resource","tags":["service.name","k"]},{"name":"span","tags":["k","http.url"]},{"name":"intrinsic","tags":["status","rootName","trace:duration","nestedSetLeft","kind"]}],"metrics":{"inspectedBytes":"99"}}"#
    private static let values =
        #"{"tagValues":[{"type":"string","value":"a"},{"type":"int","value":"7"},{"type":"keyword","value":"a"}],"metrics":{"inspectedBytes":"99"}}"#

    private func get(_ upstream: FakeUpstream, _ path: String, query: String? = nil) async throws -> Answer {
        try await TestGateway(FakeUpstream(), tempo: upstream).send(.get, path, query: query, token: Tokens.token())
    }

    @Test("names come by scope, without counters and without intrinsics that no query may name")
    func names() async throws {
        for path in ["/tempo/api/v2/search/tags", "/api/v1/traces/tags"] {
            let upstream = FakeTempo.upstream(answer: Self.names)
            let answer = try await get(upstream, path)
            #expect(answer.status == 200)
            #expect(
                answer.text
                    == #"{"scopes":[{"name":"resource","tags":["service.name","k"]},{"name":"span","tags":["k","http.url"]},{"name":"intrinsic","tags":["status","kind"]}],"metrics":{}}"#
            )
            #expect(try upstream.parameters() == ["q": #"{ resource.tenant_id = "acme" }"#])
        }
    }

    @Test("the first version is asked of the second, confined, and gives each name once")
    func firstNames() async throws {
        let upstream = FakeTempo.upstream(answer: Self.names)
        let answer = try await get(upstream, "/tempo/api/search/tags", query: "scope=none&start=1&end=2&limit=5")
        #expect(answer.text == #"{"tagNames":["service.name","k","http.url"],"metrics":{}}"#)
        #expect(upstream.targets.first?.hasPrefix("/api/v2/search/tags?") == true)
        #expect(
            try upstream.parameters() == [
                "q": #"{ resource.tenant_id = "acme" }"#, "start": "1", "end": "2", "limit": "5",
            ])
    }

    @Test("a query is ANDed with the tenant's condition")
    func query() async throws {
        let upstream = FakeTempo.upstream(answer: Self.names)
        _ = try await get(
            upstream, "/tempo/api/v2/search/tags",
            query: "scope=span&maxStaleValues=3&q=%7Bspan.a%3D1%20%7C%7C%20status%3Derror%7D")
        #expect(
            try upstream.parameters() == [
                "q": #"{ (resource.tenant_id = "acme") && ((span.a = 1) || (status = error)) }"#, "scope": "span",
                "maxStaleValues": "3",
            ])
    }

    @Test(
        "a query that would switch Tempo's filter off is refused",
        arguments: [
            "{ .a = 1 }", "{ span.a }", "{ span.a = 1 } && { span.b = 2 }", "{ !(span.a = 1) }", "{ parent.a = 1 }",
            "{ span.a =~ \"(\" }", "{", "count() > 1", "{ rootName = \"x\" }", "{ } | rate()", "{ span.a = span.b }",
            "{ } | select(span.a)", "{ span.a = 1 && .b = 2 }", "{ true || span.a = 1 }",
            "{ " + (0..<60).map { "span.a\($0) = 1" }.joined(separator: " && ") + " }",
        ])
    func failsOpen(_ text: String) async throws {
        for path in [
            "/tempo/api/v2/search/tags", "/tempo/api/v2/search/tag/span.x/values", "/api/v1/traces/tags",
            "/api/v1/traces/tags/span.x/values",
        ] {
            let upstream = FakeTempo.upstream(answer: Self.values)
            let query = String(decoding: encodeForm([("q", text)]), as: UTF8.self)
            #expect(try await get(upstream, path, query: query).status == 400)
            #expect(upstream.received.isEmpty)
        }
    }

    @Test("the first version takes no query: Tempo ignores it there")
    func firstQuery() async throws {
        for path in ["/tempo/api/search/tags", "/tempo/api/search/tag/a/values"] {
            let upstream = FakeTempo.upstream(answer: Self.names)
            #expect(try await get(upstream, path, query: "q=%7B%7D").status == 400)
            #expect(upstream.received.isEmpty)
        }
    }

    @Test(
        "values are asked of the attribute that was named, in one form",
        arguments: [
            ("resource.service.name", "resource.service.name"), ("span.%22a%20b%22", "span.%22a%20b%22"),
            ("span:status", "status"), ("status", "status"), (".a", ".a"), ("%73pan.a", "span.a"),
            ("span.a%2Fb", "span.%22a%2Fb%22"),
        ])
    func values(_ name: String, _ sent: String) async throws {
        for path in ["/tempo/api/v2/search/tag/\(name)/values", "/api/v1/traces/tags/\(name)/values"] {
            let upstream = FakeTempo.upstream(answer: Self.values)
            let answer = try await get(upstream, path)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(
                answer.text
                    == #"{"tagValues":[{"type":"string","value":"a"},{"type":"int","value":"7"},{"type":"keyword","value":"a"}],"metrics":{}}"#
            )
            #expect(
                upstream.targets.first?.hasPrefix("/api/v2/search/tag/\(sent)/values?q=") == true, "\(upstream.targets)"
            )
            #expect(try upstream.parameters() == ["q": #"{ resource.tenant_id = "acme" }"#])
        }
    }

    @Test(
        "values of the first version are those of an attribute without a scope, or of an intrinsic, once each",
        arguments: [
            ("service.name", ".service.name"), ("status", "status"), ("a%20b", ".%22a%20b%22"),
            ("a%22%20%7C%7C%20b", ".%22a%5C%22%20%7C%7C%20b%22"),
        ])
    func firstValues(_ name: String, _ sent: String) async throws {
        let upstream = FakeTempo.upstream(answer: Self.values)
        let answer = try await get(upstream, "/tempo/api/search/tag/\(name)/values")
        #expect(answer.text == #"{"tagValues":["a","7"],"metrics":{}}"#)
        #expect(
            upstream.targets.first?.hasPrefix("/api/v2/search/tag/\(sent)/values?q=") == true, "\(upstream.targets)")
    }

    @Test(
        "what is no attribute, or is another span's, is 400",
        arguments: [
            "rootName", "rootServiceName", "trace:rootName", "traceDuration", "nestedSetParent", "span:parentID",
            "span:childCount", "parent", "parent.a", "trace:id", "service.name", "span.", "span.a%20%7C%7C", "%7B%7D",
            "%00",
        ])
    func noTag(_ name: String) async throws {
        let upstream = FakeTempo.upstream(answer: Self.values)
        let answer = try await get(upstream, "/tempo/api/v2/search/tag/\(name)/values")
        #expect(answer.status == 400, "\(answer.text)")
        #expect(upstream.received.isEmpty)
    }

    @Test("paths around do not exist", arguments: ["//values", "/a/b/values", "/a/values/", "/a%2Fvalues", "/../tags"])
    func paths(_ path: String) async throws {
        let upstream = FakeTempo.upstream(answer: Self.values)
        #expect(try await get(upstream, "/tempo/api/v2/search/tag\(path)").status == 404)
        #expect(upstream.received.isEmpty)
    }

    @Test("an answer over the limit, or that is none, is 502")
    func unusable() async throws {
        let large = #"{"tagValues":[{"type":"string","value":"\#(String(repeating: "x", count: 2 << 20))"}]}"#
        for body in [large, "[]", "{", #"{"error":"x"}"#, #"{"tagValues":["a"]}"#] {
            #expect(
                try await get(FakeTempo.upstream(answer: body), "/tempo/api/v2/search/tag/span.a/values").status == 502)
        }
    }
}
