import JSON
import OTLP
import Testing

@Suite("Traces by id, over sockets")
struct TraceByIDTests {
    private static let request = Sample.request(Sample.resourceSpans(tenant: "a", span: "GET /"))

    @Test("What was pushed comes back in both versions of the API")
    func roundTrip() async throws {
        try await withTempo { tempo in
            let pushed = try tempo.push(Self.request)
            #expect(pushed.status == 200)
            #expect(pushed.text == #"{"partialSuccess":{}}"#)
            #expect(pushed["content-type"] == "application/json")
            let element = Sample.tempo(tenant: "a", span: "GET /")
            let first = try tempo.get("/api/traces/\(Sample.traceID)")
            #expect(first.status == 200)
            #expect(first["content-type"] == "application/json")
            #expect(first.text == #"{"batches":[\#(element)]}"#)
            let second = try tempo.get("/api/v2/traces/\(Sample.traceID)")
            #expect(second.status == 200)
            #expect(second["content-type"] == "application/json")
            #expect(
                second.text
                    == #"{"trace":{"resourceSpans":[\#(element)]},"metrics":{"inspectedBytes":"\#(element.utf8.count)"}}"#
            )
        }
    }

    @Test("An unknown id is 404 without a body in version 1 and an empty trace in version 2")
    func unknown() async throws {
        try await withTempo { tempo in
            _ = try tempo.push(Self.request)
            let first = try tempo.get("/api/traces/1")
            #expect(first.status == 404)
            #expect(first.body.isEmpty)
            #expect(first["content-type"] == nil)
            let second = try tempo.get("/api/v2/traces/1")
            #expect(second.status == 200)
            #expect(second.text == #"{"trace":{},"metrics":{}}"#)
        }
    }

    @Test("Ids of other digits, or of too many, are 400 in both versions")
    func badIDs() async throws {
        try await withTempo { tempo in
            for prefix in ["/api/traces/", "/api/v2/traces/"] {
                for (id, text) in [
                    ("xyz", "trace IDs can only contain hex characters: invalid character 'x' at position 1"),
                    ("12g", "trace IDs can only contain hex characters: invalid character 'g' at position 3"),
                    ("12%2d", "trace IDs can only contain hex characters: invalid character '-' at position 3"),
                    ("1%C3%A9", "trace IDs can only contain hex characters: invalid character 'é' at position 2"),
                    (String(repeating: "0", count: 33), "trace IDs can't be larger than 128 bits"),
                    (String(repeating: "a", count: 500), "trace IDs can't be larger than 128 bits"),
                ] {
                    let answer = try tempo.get(prefix + id)
                    #expect(answer.status == 400)
                    #expect(answer.text == text)
                    #expect(answer["content-type"] == "text/plain; charset=utf-8")
                }
            }
        }
    }

    @Test("Short, upper-case and escaped ids are accepted")
    func otherForms() async throws {
        try await withTempo { tempo in
            _ = try tempo.push(Self.request)
            let short = String(repeating: "0", count: 29) + "abc"
            _ = try tempo.push(Sample.request(Sample.resourceSpans(tenant: "a", span: "s", traceID: short)))
            for id in [Sample.traceID.uppercased(), "%335B4bb000102030405060708090a0b0c", "abc", "0ABC", short] {
                #expect(try tempo.get("/api/traces/\(id)").status == 200)
                #expect(try tempo.get("/api/v2/traces/\(id)?q=%7B%7D&start=1").text.hasPrefix(#"{"trace":{"resource"#))
            }
        }
    }

    @Test(
        "Everything else is 404",
        arguments: [
            "/", "/api/traces", "/api/traces/", "/api/v2/traces/", "/api/traces/abc/", "/api/v2/traces/abc/",
            "/api/traces/a%2Fb", "/api/traces/abc/json", "/api//traces/abc", "/API/traces/abc", "/api/v3/traces/abc",
            "/api/search/", "/api/search/tag/x", "/api/v2/search/tags/", "/querier/api/search", "/api/mcp", "/metrics",
            "/ready/", "/v1/traces/", "/v1/metrics", "/status",
        ])
    func notFound(_ path: String) async throws {
        try await withTempo { tempo in
            _ = try tempo.push(Sample.request(Sample.resourceSpans(tenant: "a", span: "s", traceID: Sample.traceID)))
            #expect(try tempo.get(path).status == 404)
        }
    }

    @Test("A path that is not percent-encoded UTF-8 is 400")
    func badEscapes() async throws {
        try await withTempo { (tempo) async throws in
            for path in ["/api/traces/%", "/api/traces/%zz", "/api/traces/%ff"] {
                #expect(try tempo.get(path).status == 400)
            }
        }
    }

    @Test("POST is taken for GET, HEAD has no body, other methods are 405")
    func methods() async throws {
        try await withTempo { tempo in
            _ = try tempo.push(Self.request)
            let path = "/api/v2/traces/\(Sample.traceID)"
            let get = try tempo.get(path)
            #expect(try tempo.send("POST", path, [], "q=x").body == get.body)
            let head = try tempo.send("HEAD", path, [], "")
            #expect(head.body.isEmpty)
            #expect(head["content-length"] == "\(get.body.count)")
            let delete = try tempo.send("DELETE", path, [], "")
            #expect(delete.status == 405)
            #expect(delete["allow"] == "GET, HEAD, POST")
        }
    }

    @Test("Accept chooses Protobuf, anything else JSON, and the schema for language models is refused")
    func accept() async throws {
        try await withTempo { tempo in
            _ = try tempo.push(Self.request)
            for path in ["/api/traces/\(Sample.traceID)", "/api/v2/traces/\(Sample.traceID)"] {
                for accept in ["application/protobuf", "application/json, application/protobuf"] {
                    let answer = try tempo.get(path, ["Accept: \(accept)"])
                    #expect(answer.status == 200)
                    #expect(answer["content-type"] == "application/protobuf")
                }
                let answer = try tempo.get(path, ["Accept: text/html"])
                #expect(answer["content-type"] == "application/json")
            }
            let llm = ["Accept: application/vnd.grafana.llm"]
            #expect(try tempo.get("/api/v2/traces/\(Sample.traceID)", llm).status == 406)
            #expect(try tempo.get("/api/traces/\(Sample.traceID)", llm).status == 200)
        }
    }

    @Test("In Protobuf both versions give the trace that was pushed, and an unknown id is answered as in JSON")
    func protobuf() async throws {
        try await withTempo { tempo in
            _ = try tempo.push(Self.request)
            let expected = try ExportTraceRequest(json: Array(Self.request.utf8))
            let accept = ["Accept: application/protobuf"]
            let first = try tempo.get("/api/traces/\(Sample.traceID)", accept)
            // A trace has the fields of a request to take it in.
            #expect(try ExportTraceRequest(protobuf: first.body) == expected)
            let second = try tempo.get("/api/v2/traces/\(Sample.traceID)", accept).body
            var filter = ProtobufResourceSpansFilter(
                attribute: "tenant_id", values: ["a"], in: .traceByIDResponse, maximumBytes: 10_000)
            try filter.append(second)
            let kept = try filter.finish()
            #expect(kept.keptResourceSpans == 1)
            #expect(try tempo.get("/api/traces/1", accept).status == 404)
            // An empty message in the field of the trace, and one in that of the metrics.
            #expect(try tempo.get("/api/v2/traces/1", accept).body == [0x0A, 0, 0x12, 0])
        }
    }

    @Test("Readiness, echo and build information answer as Tempo's, which say what this is")
    func fixedAnswers() async throws {
        try await withTempo(multitenancy: true) { tempo in
            let ready = try tempo.get("/ready")
            #expect(ready.status == 200)
            #expect(ready.text == "ready\n")
            #expect(try tempo.get("/api/echo").text == "echo")
            let build = try JSONParser.parse(try tempo.get("/api/status/buildinfo").body)
            #expect(build["version"]?.stringValue?.contains("stand-in") == true)
            #expect(try tempo.send("POST", "/ready", [], "x").status == 405)
        }
    }

    @Test("Several pushes and several traces in one push are put together by id")
    func assembly() async throws {
        try await withTempo { (tempo) async throws in
            let other = "00000000000000000000000000000abc"
            let mixed = #"""
                {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"x"},"spans":[
                {"traceId":"\#(Sample.traceID)","spanId":"0000000000000001"},
                {"traceId":"\#(other)","spanId":"0000000000000002"},
                {"traceId":"\#(Sample.traceID)","spanId":"0000000000000003"}]},
                {"scope":{"name":"y"},"spans":[{"traceId":"\#(other)","spanId":"0000000000000004"}]}]}]}
                """#
            #expect(try tempo.push(mixed).status == 200)
            #expect(try tempo.push(Self.request).status == 200)
            func spans(_ id: String) throws -> [[String?]] {
                let answer = try JSONParser.parse(try tempo.get("/api/traces/\(id)").body)
                return (answer["batches"]?.arrayValue ?? []).map { batch in
                    (batch["scopeSpans"]?.arrayValue ?? []).flatMap { scope in
                        (scope["spans"]?.arrayValue ?? []).map { $0["spanId"]?.stringValue }
                    }
                }
            }
            #expect(try spans(Sample.traceID) == [["AAAAAAAAAAE=", "AAAAAAAAAAM="], ["4+f3q8d43zk="]])
            #expect(try spans("abc") == [["AAAAAAAAAAI=", "AAAAAAAAAAQ="]])
        }
    }

    @Test("Of a mixed trace the filter keeps the own spans only, in both versions")
    func mixedTrace() async throws {
        try await withTempo { tempo in
            _ = try tempo.push(
                Sample.request(
                    Sample.resourceSpans(tenant: "a", span: "own 1"),
                    Sample.resourceSpans(tenant: "b", span: "foreign"),
                    Sample.resourceSpans(tenant: nil, span: "unlabelled")))
            _ = try tempo.push(Sample.request(Sample.resourceSpans(tenant: "a", span: "own 2")))
            let expected = try ExportTraceRequest(
                json: Array(
                    Sample.request(
                        Sample.resourceSpans(tenant: "a", span: "own 1"),
                        Sample.resourceSpans(tenant: "a", span: "own 2")
                    ).utf8))
            for path in ["/api/traces/\(Sample.traceID)", "/api/v2/traces/\(Sample.traceID)"] {
                let answer = try tempo.get(path).body
                var filter = ResourceSpansFilter(attribute: "tenant_id", values: ["a"], maximumBytes: 10_000)
                for byte in answer { try filter.append([byte]) }
                let trace = try filter.finish()
                #expect(trace.keptResourceSpans == 2)
                #expect(trace.droppedResourceSpans == 2)
                #expect(try ExportTraceRequest(json: trace.bytes) == expected)
                #expect(!String(decoding: trace.bytes, as: UTF8.self).contains("foreign"))
            }
        }
    }
}
