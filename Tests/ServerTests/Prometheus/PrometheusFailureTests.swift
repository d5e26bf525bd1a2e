import APIRuntime
import GeneratedAPI
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Failures below /prometheus/")
struct PrometheusFailureTests {
    private func error(_ answer: Answer) throws -> (type: String, text: String) {
        #expect(answer.headers["content-type"] == "application/json")
        let envelope = try answer.json()
        #expect(envelope["status"] == "error")
        #expect(envelope.objectValue?.count == 3)
        return (try #require(envelope["errorType"]?.stringValue), try #require(envelope["error"]?.stringValue))
    }

    @Test(
        "an error in a query reads as Prometheus' own",
        arguments: [
            ("sum(up", #"invalid parameter "query": 1:7: parse error: unclosed left parenthesis"#),
            ("up{", #"invalid parameter "query": 1:4: parse error: unexpected end of input inside braces"#),
            ("", #"invalid parameter "query": 1:1: parse error: no expression found in input"#),
            ("nosuch(up)", #"invalid parameter "query": 1:1: parse error: unknown function with name "nosuch""#),
        ])
    func parseErrors(_ query: String, _ text: String) async throws {
        let gateway = try TestGateway(FakeUpstream())
        for answer in [
            try await gateway.get("/prometheus/api/v1/query", [("query", query)]),
            try await gateway.post("/prometheus/api/v1/query", [("query", query)]),
            try await gateway.post("/prometheus/api/v1/parse_query", [("query", query)]),
        ] {
            #expect(answer.status == 400)
            let error = try error(answer)
            #expect(error.type == "bad_data")
            #expect(error.text == text)
        }
    }

    @Test(
        "every other failure comes in the envelope too",
        arguments: [
            ("GET", "/prometheus/api/v1/admin/tsdb/snapshot", 404, "not_found"),
            ("GET", "/prometheus/api/v1/targets", 404, "not_found"),
            ("GET", "/prometheus/api/v1/status/config", 404, "not_found"),
            ("POST", "/prometheus/api/v1/read", 404, "not_found"),
            ("POST", "/prometheus/api/v1/write", 404, "not_found"),
            ("GET", "/prometheus/api/v1/query/", 404, "not_found"),
            ("GET", "/prometheus//api/v1/query", 404, "not_found"),
            ("GET", "/prometheus/api/v1/%72ules", 404, "not_found"),
            ("GET", "/prometheus/api/v1/rules%2f", 404, "not_found"),
            ("GET", "/prometheus/api/v1/label/..%2f..%2fadmin/x", 404, "not_found"),
            ("GET", "/prometheus/", 404, "not_found"), ("GET", "/prometheus/metrics", 404, "not_found"),
            ("PUT", "/prometheus/api/v1/query", 405, "bad_data"),
            ("PATCH", "/prometheus/api/v1/series", 405, "bad_data"),
            ("DELETE", "/prometheus/api/v1/series", 405, "bad_data"),
            ("POST", "/prometheus/api/v1/rules", 405, "bad_data"),
            ("GET", "/prometheus/api/v1/query?time=now", 400, "bad_data"),
            ("GET", "/prometheus/api/v1/query?query=a&query=b", 400, "bad_data"),
            ("GET", "/prometheus/api/v1/query?query=a;query=b", 400, "bad_data"),
            ("GET", "/prometheus/api/v1/query?query=%zz", 400, "bad_data"),
            ("GET", "/prometheus/api/v1/series", 400, "bad_data"),
        ])
    func others(_ method: String, _ target: String, _ status: Int, _ type: String) async throws {
        let upstream = FakeUpstream()
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let answer = try await TestGateway(upstream).send(
            HTTPMethod(rawValue: method), parts[0], query: parts.count == 2 ? parts[1] : nil, token: Tokens.token())
        #expect(answer.status == status)
        #expect(try error(answer).type == type)
        #expect(upstream.received.isEmpty)
    }

    @Test("no token is 401 with the challenge, a token without a tenant 403, both in the envelope")
    func identity() async throws {
        let gateway = try TestGateway(FakeUpstream())
        let none = try await gateway.send(.get, "/prometheus/api/v1/labels")
        #expect(none.status == 401)
        #expect(none.headers["www-authenticate"] == "Bearer")
        #expect(try error(none).type == "unauthorized")
        let nobody = try await gateway.get("/prometheus/api/v1/labels", token: Tokens.token(.array([])))
        #expect(nobody.status == 403)
        #expect(try error(nobody).type == "forbidden")
    }

    @Test(
        "Prometheus' refusals keep status, type and words; what is not about the query keeps none",
        arguments: [
            (400, "bad_data", 400, "bad_data", true), (422, "execution", 422, "execution", true),
            (503, "timeout", 503, "timeout", true), (503, "canceled", 503, "canceled", true),
            (422, "made-up", 422, "execution", true), (500, "internal", 502, "internal", false),
            (401, "unauthorized", 502, "internal", false),
        ])
    func upstream(_ status: Int, _ type: String, _ ours: Int, _ ourType: String, _ isTold: Bool) async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            .init(
                status: status, headers: ["content-type": "application/json"],
                pieces: [#"{"status":"error","errorType":"\#(type)","error":"words","data":{"x":1}}"#])
        }
        let answer = try await TestGateway(upstream).get("/prometheus/api/v1/query", [("query", "up")])
        #expect(answer.status == ours)
        let error = try error(answer)
        #expect(error.type == ourType)
        #expect((error.text == "words") == isTold)
    }

    @Test("a form that is none is 415, and a body on a GET 400, in the envelope")
    func bodies() async throws {
        let gateway = try TestGateway(FakeUpstream())
        for headers in [
            ["content-type": "multipart/form-data; boundary=b"],
            ["content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip"],
        ] as [HeaderFields] {
            let answer = try await gateway.post("/prometheus/api/v1/labels", [("match[]", "up")], headers: headers)
            #expect(answer.status == 415)
            #expect(try error(answer).type == "bad_data")
        }
        for path in ["labels", "query", "label/job/values", "search/metric_names", "series"] {
            let answer = try await gateway.send(
                .get, "/prometheus/api/v1/" + path, query: "query=up&match[]=up", token: Tokens.token(),
                headers: ["content-type": "multipart/form-data; boundary=b"], form: "--b")
            #expect(answer.status == 400, "\(path)")
        }
    }

    @Test(
        "other names for what is confined are refused, wherever they stand",
        arguments: ["match", "extra_label", "extra_filters", "extra_filters[]", "storeMatch[]", "replicaLabels[]"])
    func aliases(_ name: String) async throws {
        let upstream = FakeUpstream()
        let gateway = try TestGateway(upstream)
        for path in ["query", "labels", "series", "query_exemplars", "search/metric_names"] {
            let fields: FormFields = [("query", "up"), ("match[]", "up"), (name, "x")]
            for answer in [
                try await gateway.get("/prometheus/api/v1/" + path, fields),
                try await gateway.post("/prometheus/api/v1/" + path, fields),
            ] {
                #expect(answer.status == 400)
                #expect(try error(answer).text == "invalid parameter \"\(name)\": is not taken by this gateway")
            }
        }
        #expect(try await gateway.get("/api/v1/metrics/labels", [(name, "x")]).status == 400)
        #expect(upstream.received.isEmpty)
    }

    @Test("the document names for each operation the form in which its path is answered")
    func documented() {
        for operation in OperationID.allCases where operation.description.failureMediaType != nil {
            let description = operation.description
            let type = FailureFormat.of(path: description.path).mediaType
            #expect(description.failureMediaType == type, "\(description.id)")
        }
        let below = OperationID.allCases.filter { $0.description.path.hasPrefix("/prometheus/") }
        #expect(below.count >= 25)
        for operation in below { #expect(operation.description.failureMediaType == "application/json") }
    }

    @Test("outside of it failures are problems, and below /tempo/ plain text")
    func otherForms() async throws {
        let gateway = try TestGateway(FakeUpstream())
        #expect(try await gateway.get("/prometheus").headers["content-type"] == "application/problem+json")
        #expect(try await gateway.get("/prometheusx/a").headers["content-type"] == "application/problem+json")
        let tempo = try await gateway.get("/tempo/api/nothing")
        #expect(tempo.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(tempo.text == "This gateway does not offer this part of Tempo's API.")
    }

    @Test("TENANT_CONFLICT=error refuses another tenant's name with 400, the own one is fine")
    func conflict() async throws {
        let upstream = UpstreamRequestTests.upstream()
        let gateway = try TestGateway(upstream, conflict: "error")
        for (path, name) in [
            ("query", "query"), ("query_exemplars", "query"), ("series", "match[]"), ("labels", "match[]"),
            ("label/job/values", "match[]"), ("search/label_names", "match[]"), ("rules", "match[]"),
        ] {
            let foreign = try await gateway.get("/prometheus/api/v1/" + path, [(name, #"up{tenant_id="globex"}"#)])
            #expect(foreign.status == 400, "\(path)")
            #expect(try error(foreign).text.contains("names a tenant other than the caller's"))
            #expect(!foreign.text.contains("globex"))
        }
        #expect(upstream.received.isEmpty)
        for own in [#"up{tenant_id="acme"}"#, #"up{tenant_id!="globex"}"#, #"up{tenant_id=~".*"}"#] {
            #expect(try await gateway.get("/prometheus/api/v1/query", [("query", own)]).status == 200)
            #expect(try await gateway.get("/prometheus/api/v1/series", [("match[]", own)]).status == 200)
        }
        #expect(try await gateway.get("/prometheus/federate", [("match[]", #"{tenant_id="b"}"#)]).status == 400)
    }
}
