import APIRuntime
import Compression
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Answers that pass through")
struct StreamedAnswerTests {

    @Test("a search is passed on line by line as it comes in")
    func search() async throws {
        let lines = [#"{"results":[{"name":"up"}]}"# + "\n", #"{"status":"success","has_more":false}"# + "\n"]
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            .init(headers: ["content-type": "application/x-ndjson; charset=utf-8"], pieces: lines)
        }
        let answer = try await TestGateway(upstream).get("/prometheus/api/v1/search/metric_names")
        #expect(answer.text == lines.joined())
        #expect(answer.headers["content-type"] == "application/x-ndjson")
        #expect(upstream.received.first?.headers["accept"] == "application/x-ndjson")
        let wrong = FakeUpstream(json: "{}")
        #expect(try await TestGateway(wrong).get("/prometheus/api/v1/search/metric_names").status == 502)
    }

    @Test("a search may not ask for metadata, nor leave the label out")
    func searchRefused() async throws {
        let upstream = UpstreamRequestTests.upstream()
        let gateway = try TestGateway(upstream)
        for answer in [
            try await gateway.get("/prometheus/api/v1/search/metric_names", [("include_metadata", "true")]),
            try await gateway.post("/prometheus/api/v1/search/metric_names", [("include_metadata", "true")]),
            try await gateway.get("/prometheus/api/v1/search/label_values"),
        ] { #expect(answer.status == 400) }
        #expect(upstream.received.isEmpty)
    }

    @Test(
        "federation is in the format that Accept wants, each selector restricted",
        arguments: [
            ("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
            ("", "text/plain; version=0.0.4; charset=utf-8"),
            (
                "application/openmetrics-text;version=1.0.0,text/plain;q=0.5",
                "application/openmetrics-text; version=1.0.0; charset=utf-8"
            ),
        ])
    func federation(_ accept: String, _ type: String) async throws {
        let upstream = FakeUpstream { request throws(HTTPClientError) in
            .init(headers: ["content-type": request.headers["accept"] ?? ""], pieces: ["up 1\n", "# EOF\n"])
        }
        let answer = try await TestGateway(upstream).get(
            "/prometheus/federate", [("match[]", "up"), ("match[]", "{job=\"a\"}")],
            headers: accept.isEmpty ? [:] : ["accept": accept])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.text == "up 1\n# EOF\n")
        #expect(answer.headers["content-type"] == type)
        #expect(
            try upstream.sent() == [
                SentRequest(
                    "GET", "/federate",
                    [#"match[]=up{tenant_id="acme"}"#, #"match[]={job="a",tenant_id="acme"}"#])
            ])
    }

    @Test("federation without a selector is empty, and nobody is asked")
    func federationOfNothing() async throws {
        let upstream = UpstreamRequestTests.upstream()
        let gateway = try TestGateway(upstream)
        let plain = try await gateway.get("/prometheus/federate")
        #expect(plain.status == 200 && plain.bytes.isEmpty)
        let open = try await gateway.get("/prometheus/federate", headers: ["accept": "application/openmetrics-text"])
        #expect(open.text == "# EOF\n")
        #expect(upstream.received.isEmpty)
        #expect(try await gateway.get("/prometheus/federate", [("match[]", "{}")]).status == 200)
        #expect(try upstream.sent().first?.fields == [#"match[]={tenant_id="acme"}"#])
    }

    @Test("what the upstream has compressed passes as it is to a caller that takes it, and only then")
    func compressed() async throws {
        let upstream = FakeUpstream { request throws(HTTPClientError) in
            let isCoded = request.headers["accept-encoding"] == "gzip"
            return .init(
                headers: isCoded
                    ? ["content-type": "application/json", "content-encoding": "gzip"]
                    : ["content-type": "application/json"],
                pieces: [isCoded ? "coded" : "plain"])
        }
        let gateway = try TestGateway(upstream)
        let path = "/prometheus/api/v1/query"
        let coded = try await gateway.get(path, [("query", "up")], headers: ["accept-encoding": "gzip, br"])
        #expect(coded.text == "coded")
        #expect(coded.headers["content-encoding"] == "gzip")
        #expect(coded.headers["vary"] == "Accept-Encoding")
        for accept in ["", "br", "gzip;q=0", "identity"] {
            let plain = try await gateway.get(path, [("query", "up")], headers: ["accept-encoding": accept])
            #expect(plain.text == "plain")
            #expect(!plain.headers.contains("content-encoding"))
        }
        // What is read here is never asked for in gzip.
        _ = try await gateway.get("/prometheus/api/v1/rules", headers: ["accept-encoding": "gzip"])
        #expect(upstream.received.last?.headers.contains("accept-encoding") == false)
    }

    @Test("a coding that was not asked for is 502")
    func unaskedCoding() async throws {
        for coding in ["gzip", "br", "gzip, gzip"] {
            let upstream = FakeUpstream { _ throws(HTTPClientError) in
                .init(headers: ["content-type": "application/json", "content-encoding": coding], pieces: ["x"])
            }
            let accept = coding == "gzip" ? "identity" : "gzip"
            let answer = try await TestGateway(upstream).get(
                "/prometheus/api/v1/labels", headers: ["accept-encoding": accept])
            #expect(answer.status == 502)
        }
    }

    @Test("warnings, infos, stats and native histograms pass to the byte")
    func untouched() async throws {
        let text = #"""
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"\u00e9"},"histogram":[1.5,
            {"count":"2","sum":"1e+300","buckets":[[0,"-1","+Inf","2"]]}]}],"stats":{"timings":{"x":0.10}}},
            "warnings":["w"],"infos":["i"]}
            """#
        let upstream = FakeUpstream(json: text)
        let answer = try await TestGateway(upstream).get(
            "/prometheus/api/v1/query", [("query", "up"), ("stats", "all")])
        #expect(answer.text == text)
    }
}
