import JSON
import Testing

@testable import MiniTempo

@Suite("Taking in spans, over sockets")
struct TraceIngestTests {
    private static let request = Sample.request(Sample.resourceSpans(tenant: "a", span: "GET /"))

    @Test("An empty request is a success")
    func empty() async throws {
        try await withTempo { (tempo) async throws in
            #expect(try tempo.push("{}").text == #"{"partialSuccess":{}}"#)
            #expect(try tempo.push("{}", ["Content-Type: application/json; charset=utf-8"]).status == 200)
        }
    }

    @Test(
        "Bad JSON and bad ids are 400 with the place",
        arguments: [
            ("{", "1:2: the text ends early, expected a member name or '}'"), ("[]", "must be an object"),
            (
                Sample.request(Sample.resourceSpans(tenant: "a", span: "s", traceID: "xyz")),
                "/resourceSpans/0/scopeSpans/0/spans/0/traceId: must be 32 hexadecimal digits"
            ),
            (
                Sample.request(Sample.resourceSpans(tenant: "a", span: "s", traceID: Sample.base64TraceID)),
                "/resourceSpans/0/scopeSpans/0/spans/0/traceId: must be 32 hexadecimal digits"
            ),
        ])
    func badRequests(_ body: String, _ message: String) async throws {
        try await withTempo { tempo in
            let answer = try tempo.push(body)
            #expect(answer.status == 400)
            #expect(answer["content-type"] == "application/json")
            let status = try JSONParser.parse(answer.body)
            #expect(status["code"] == 3)
            #expect(status["message"] == .string(message))
        }
    }

    @Test("A request without a body is 400")
    func noBody() async throws {
        try await withTempo { (tempo) async throws in #expect(try tempo.push("").status == 400) }
    }

    @Test(
        "Any other media type, and compression, is 415",
        arguments: [
            [], ["Content-Type: application/protobuf"], ["Content-Type: text/plain"], ["Content-Type: json"],
            ["Content-Type: application/jsonx"], ["Content-Type: application/json", "Content-Encoding: gzip"],
            ["Content-Type: application/json", "Content-Encoding: identity, gzip"],
        ])
    func mediaTypes(_ headers: [String]) async throws {
        try await withTempo { tempo in
            let answer = try tempo.push(Self.request, headers)
            #expect(answer.status == 415)
            let says =
                headers.contains { $0.hasPrefix("Content-Encoding") } ? "no compressed" : "unsupported media type"
            #expect(answer.text.contains(says))
        }
    }

    @Test("Other methods are 405")
    func methods() async throws {
        try await withTempo { tempo in
            for method in ["GET", "PUT", "DELETE"] {
                let answer = try tempo.send(method, "/v1/traces", [], "")
                #expect(answer.status == 405)
                #expect(answer["allow"] == "POST")
            }
        }
    }

    @Test("A body above the limit is 413")
    func largeBody() async throws {
        try await withTempo { (tempo) async throws in
            let headers = ["Content-Type: application/json", "Content-Length: \(TraceIngest.maximumBodyBytes + 1)"]
            #expect(try tempo.send("POST", "/v1/traces", headers, "").status == 413)
        }
    }

    @Test("Nothing of a request that is refused is stored")
    func nothingStored() async throws {
        try await withTempo { (tempo) async throws in
            let good = Sample.resourceSpans(tenant: "a", span: "s")
            let bad = Sample.resourceSpans(tenant: "a", span: "s", traceID: "")
            #expect(try tempo.push(Sample.request(good, bad)).status == 400)
            #expect(try tempo.get("/api/traces/\(Sample.traceID)").status == 404)
        }
    }

    @Test("The oldest traces are forgotten, and one that is larger than the store is rejected with a message")
    func eviction() async throws {
        try await withTempo(maximumStoredBytes: 4_096) { tempo in
            let ids = (0..<10).map { String(repeating: "0", count: 31) + String($0) }
            for id in ids {
                let answer = try tempo.push(Sample.request(Sample.resourceSpans(tenant: "a", span: "s", traceID: id)))
                #expect(answer.text == #"{"partialSuccess":{}}"#)
            }
            #expect(try tempo.get("/api/traces/\(ids[0])").status == 404)
            #expect(try tempo.get("/api/traces/\(ids[9])").status == 200)
            let large = String(repeating: "x", count: 5_000)
            let answer = try tempo.push(Sample.request(Sample.resourceSpans(tenant: "a", span: large)))
            #expect(answer.status == 200)
            #expect(try JSONParser.parse(answer.body)["partialSuccess"]?["rejectedSpans"] == "1")
            #expect(try tempo.get("/api/traces/\(ids[9])").status == 200)
        }
    }
}

@Suite("Taking in spans in Protobuf, over sockets")
struct ProtobufIngestTests {
    @Test("What was pushed in Protobuf is what JSON would have been")
    func roundTrip() async throws {
        try await withTempo { tempo in
            let pushed = try tempo.push(Shop.resourceSpans)
            #expect(pushed.status == 200)
            #expect(pushed["content-type"] == "application/x-protobuf")
            // partial_success, in which nothing is said.
            #expect(pushed.body == [0x0A, 0])
            let answer = try tempo.get("/api/traces/\(Shop.traceID)")
            let elements = Shop.resourceSpans.map { String(decoding: $0.tempoJSON(), as: UTF8.self) }
            #expect(answer.text == #"{"batches":[\#(elements.joined(separator: ","))]}"#)
        }
    }

    @Test("What is no such message is 400 with a status in Protobuf")
    func malformed() async throws {
        try await withTempo { tempo in
            let answer = try tempo.push(bytes: [0x0A, 0x7F], ["Content-Type: application/x-protobuf"])
            #expect(answer.status == 400)
            #expect(answer["content-type"] == "application/x-protobuf")
            // Code 3, invalid argument.
            #expect(answer.body.starts(with: [0x08, 3, 0x12]))
        }
    }

    @Test("What is rejected is told in Protobuf")
    func rejected() async throws {
        try await withTempo(maximumStoredBytes: 100) { tempo in
            let answer = try tempo.push(Shop.resourceSpans)
            #expect(answer.status == 200)
            // partial_success with rejected_spans = 5.
            #expect(answer.body.dropFirst(2).starts(with: [0x08, 5]))
            #expect(answer.text.contains("MAX_STORED_BYTES"))
        }
    }
}

@Suite("Organizations, over sockets")
struct MultitenancyTests {
    private static let request = Sample.request(Sample.resourceSpans(tenant: "a", span: "GET /"))
    private static let json = "Content-Type: application/json"
    private static let path = "/api/v2/traces/\(Sample.traceID)"

    @Test("Without an organization reading is 401 and taking in is 503")
    func missing() async throws {
        try await withTempo(multitenancy: true) { tempo in
            for path in ["/api/traces/\(Sample.traceID)", Self.path, "/api/traces/xyz"] {
                for headers in [[], ["X-Scope-OrgID:"]] {
                    let answer = try tempo.get(path, headers)
                    #expect(answer.status == 401)
                    #expect(answer.text == "no org id")
                }
            }
            let pushed = try tempo.push(Self.request)
            #expect(pushed.status == 503)
            #expect(pushed.text == #"{"code":14,"message":"no org id"}"#)
        }
    }

    @Test("An organization sees its own traces only, and several see theirs together")
    func separation() async throws {
        try await withTempo(multitenancy: true) { tempo in
            for organization in ["a", "b"] {
                let body = Sample.request(Sample.resourceSpans(tenant: organization, span: "GET /"))
                #expect(try tempo.push(body, [Self.json, "X-Scope-OrgID: \(organization)"]).status == 200)
            }
            func tenants(_ headers: String...) throws -> [String?] {
                let answer = try tempo.get(Self.path, headers)
                let elements = try JSONParser.parse(answer.body)["trace"]?["resourceSpans"]?.arrayValue ?? []
                return elements.map {
                    $0["resource"]?["attributes"]?.arrayValue?.first?["value"]?["stringValue"]?.stringValue
                }
            }
            #expect(try tenants("X-Scope-OrgID: a") == ["a"])
            #expect(try tenants("X-Scope-OrgID: b") == ["b"])
            #expect(try tenants("X-Scope-OrgID: a|b") == ["a", "b"])
            #expect(try tenants("X-Scope-OrgID: b|a|b") == ["a", "b"])
            #expect(try tenants("X-Scope-OrgID: c").isEmpty)
            #expect(try tenants("X-Scope-OrgID: a", "X-Scope-OrgID: b") == ["a"])
            let unknown = try tempo.get(Self.path, ["X-Scope-OrgID: c"])
            #expect(unknown.text == #"{"trace":{},"metrics":{}}"#)
            #expect(try tempo.get("/api/traces/\(Sample.traceID)", ["X-Scope-OrgID: c"]).status == 404)
        }
    }

    @Test(
        "An organization of other characters, or too long, is 400",
        arguments: ["a,b", "a/b", "..", ".", "a|..", "a|", "a b", "ä", String(repeating: "a", count: 151)])
    func invalid(_ name: String) async throws {
        try await withTempo(multitenancy: true) { (tempo) async throws in
            #expect(try tempo.get(Self.path, ["X-Scope-OrgID: \(name)"]).status == 400)
            #expect(try tempo.push(Self.request, [Self.json, "X-Scope-OrgID: \(name)"]).status == 400)
        }
    }

    @Test("Spans are taken in for one organization at a time")
    func ingestForSeveral() async throws {
        try await withTempo(multitenancy: true) { (tempo) async throws in
            #expect(try tempo.push(Self.request, [Self.json, "X-Scope-OrgID: a|b"]).status == 400)
            #expect(try tempo.push(Self.request, [Self.json, "X-Scope-OrgID: a|a"]).status == 200)
        }
    }

    @Test("With multitenancy off the header is ignored and everybody sees everything")
    func off() async throws {
        try await withTempo { tempo in
            #expect(try tempo.push(Self.request, [Self.json, "X-Scope-OrgID: a"]).status == 200)
            let all = try tempo.get(Self.path)
            #expect(all.text.contains("GET /"))
            for header in ["b", "a|b", "..", ""] {
                #expect(try tempo.get(Self.path, ["X-Scope-OrgID: \(header)"]).body == all.body)
            }
        }
    }
}
