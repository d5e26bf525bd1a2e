import APIRuntime
import HTTPClient
import JSON
import Telemetry
import Testing

@testable import Server

/// Traces by id over a stand-in for Tempo in-process, which answers as Tempo's v2 API does.
@Suite("Traces by id")
struct TraceTests {
    static let id = "35bed2f1a3c94d5e8f7061728394a5b6"
    private static let base64ID = "Nb7S8aPJTV6PcGFyg5Sltg=="

    /// A resource-spans element as Tempo writes it, with whatever attributes.
    private static func resourceSpans(_ attributes: String?, span: String, service: String) -> String {
        let resource = attributes.map { #""resource":{"attributes":\#($0)},"# } ?? ""
        return
            #"{\#(resource)"scopeSpans":[{"scope":{"name":"\#(service)"},"spans":[{"traceId":"\#(base64ID)","spanId":"\#(span)","name":"\#(service)-call","kind":"SPAN_KIND_SERVER","startTimeUnixNano":"1767366245000000000","endTimeUnixNano":"1767366245250000000","newField":{"x":[1]}}]}]}"#
    }

    private static func tenant(_ value: String) -> String {
        #"[{"key":"service.name","value":{"stringValue":"shop"}},{"key":"tenant_id","value":\#(value)}]"#
    }

    private static let own = resourceSpans(tenant(#"{"stringValue":"acme"}"#), span: "4+f3q38d43g=", service: "own")
    private static let other = resourceSpans(
        tenant(#"{"stringValue":"globex"}"#), span: "AAAAAAAAAAE=", service: "secret")

    private func trace(_ elements: [String]) -> FakeUpstream {
        FakeUpstream(
            json:
                #"{"trace":{"resourceSpans":[\#(elements.joined(separator: ","))]},"metrics":{"inspectedBytes":"24016"}}"#
        )
    }

    private func get(
        _ upstream: FakeUpstream, _ id: String = TraceTests.id, tenant: JSONValue = "acme",
        denial: TraceDenial = .notFound
    ) async throws -> Answer {
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, denial: denial)
        return try await gateway.send(.get, "/api/v1/traces/\(id)", token: Tokens.token(tenant))
    }

    @Test("a valid trace id returns the right trace, as OTLP/JSON has it")
    func validTrace() async throws {
        let upstream = trace([Self.own])
        let answer = try await get(upstream)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
        let sent = try #require(upstream.received.last)
        #expect(sent.method == .get)
        #expect(sent.target == "/api/v2/traces/\(Self.id)")
        #expect(Set(sent.headers.fields.map { $0.name.lowercased() }) == ["accept", "x-request-id"])
        let spans = try #require(answer.json()["resourceSpans"]?.arrayValue)
        #expect(spans.count == 1)
        let span = try #require(
            spans.first?["scopeSpans"]?.arrayValue?.first?["spans"]?.arrayValue?.first)
        #expect(span["traceId"] == .string(Self.id))
        #expect(span["spanId"] == "e3e7f7ab7f1de378")
        #expect(span["kind"] == 2)
        #expect(span["startTimeUnixNano"] == "1767366245000000000")
        #expect(span["newField"] == ["x": [1]])
        #expect(try answer.json()["metrics"] == nil)
    }

    @Test(
        "an id in other forms is the same trace, rebuilt for the upstream",
        arguments: [id.uppercased(), "%33\(id.dropFirst())"])
    func forms(_ text: String) async throws {
        let upstream = trace([Self.own])
        #expect(try await get(upstream, text).status == 200)
        #expect(upstream.received.last?.target == "/api/v2/traces/\(Self.id)")
    }

    @Test("a short id has zeros in front")
    func shortID() async throws {
        let upstream = trace([Self.own])
        _ = try await get(upstream, "a1")
        #expect(upstream.received.last?.target == "/api/v2/traces/\(String(repeating: "0", count: 30))a1")
    }

    @Test("a user of tenant A is denied a trace of tenant B, as if there were none")
    func foreignTrace() async throws {
        let foreign = try await get(trace([Self.other]))
        let unknown = try await get(FakeUpstream(json: #"{"trace":{},"metrics":{}}"#))
        let missing = try await get(
            FakeUpstream { _ throws(HTTPClientError) in FakeUpstream.Answer(status: 404, headers: [:]) })
        let malformed = try await get(trace([Self.own]), "no-hex")
        for answer in [foreign, unknown, missing, malformed] {
            #expect(answer.status == 404)
            #expect(try comparable(answer) == comparable(unknown))
        }
    }

    @Test("with TRACE_DENIAL=forbidden a trace of tenant B is 403, an unknown one is still 404")
    func forbidden() async throws {
        #expect(try await get(trace([Self.other]), denial: .forbidden).status == 403)
        #expect(try await get(FakeUpstream(json: #"{"trace":{},"metrics":{}}"#), denial: .forbidden).status == 404)
        #expect(try await get(trace([Self.own]), "no-hex", denial: .forbidden).status == 404)
        #expect(try await get(trace([Self.other, Self.own]), denial: .forbidden).status == 200)
    }

    @Test(
        "an invalid trace id is 404, and the upstream is not asked",
        arguments: [
            "x", "35bed2f1a3c94d5e8f7061728394a5b67", "35bed2f1-a3c9", "%20", "..", "0x1", "a%2Fb", "%00",
            String(repeating: "a", count: 5_000),
        ])
    func invalidID(_ id: String) async throws {
        let upstream = trace([Self.own])
        #expect(try await get(upstream, id).status == 404)
        #expect(upstream.received.isEmpty)
    }

    @Test("paths around a trace do not exist", arguments: ["/", "/\(id)/", "/\(id)/spans", "//\(id)"])
    func paths(_ path: String) async throws {
        let upstream = trace([Self.own])
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream)
        #expect(try await gateway.send(.get, "/api/v1/traces\(path)", token: Tokens.token()).status == 404)
        #expect(upstream.received.isEmpty)
    }

    @Test("of a mixed trace a caller gets its own spans, and nothing tells of the others")
    func mixed() async throws {
        let mixed = try await get(trace([Self.other, Self.own, Self.other]))
        let alone = try await get(trace([Self.own]))
        #expect(mixed.status == 200)
        #expect(mixed.bytes == alone.bytes)
        #expect(try comparable(mixed) == comparable(alone))
        let both = try await get(trace([Self.other, Self.own]), tenant: ["acme", "globex"])
        #expect(try both.json()["resourceSpans"]?.arrayValue?.count == 2)
    }

    @Test(
        "what does not carry exactly the caller's tenant is not the caller's",
        arguments: [
            nil, "null", "[]", #"[{"key":"service.name","value":{"stringValue":"acme"}}]"#, tenant("null"),
            tenant(#"{"stringValue":"acme "}"#), tenant(#"{"stringValue":""}"#), tenant(#"{"stringValue":"Acme"}"#),
            tenant(#"{"intValue":"1"}"#), tenant(#"{"boolValue":true}"#), tenant("{}"),
            tenant(#"{"arrayValue":{"values":[{"stringValue":"acme"}]}}"#),
            tenant(#"{"stringValue":"acme","intValue":"1"}"#),
            tenant(#"{"stringValue":"globex","stringValue":"acme"}"#),
            #"[{"key":"tenant_id","value":{"stringValue":"acme"}},{"key":"tenant_id","value":{"stringValue":"acme"}}]"#,
            #"[{"key":"tenant_id","value":{"stringValue":"acme"}},{"key":"tenant_id","value":{"stringValue":"globex"}}]"#,
        ] as [String?])
    func notOwn(_ attributes: String?) async throws {
        let element = Self.resourceSpans(attributes, span: "AAAAAAAAAAE=", service: "secret")
        #expect(try await get(trace([element])).status == 404)
        let mixed = try await get(trace([element, Self.own, element]))
        #expect(mixed.status == 200)
        #expect(!mixed.text.contains("secret"))
    }

    @Test(
        "what is not Tempo's answer is 502",
        arguments: ["", "{", "[]", "null", #"{"error":"x"}"#, #"{"trace":[]}"#, "{}x"])
    func garbage(_ text: String) async throws {
        #expect(try await get(FakeUpstream(json: text)).status == 502)
    }

    @Test("an answer that is cut is 502, not a smaller trace")
    func cut() async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(pieces: [#"{"trace":{"resourceSpans":["# + Self.own], cut: .cut)
        }
        #expect(try await get(upstream).status == 502)
    }

    @Test("any other status of Tempo's is 502 without its words", arguments: [400, 401, 403, 302, 500, 503])
    func statuses(_ status: Int) async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(status: status, headers: ["content-type": "text/plain"], pieces: ["secret"])
        }
        let answer = try await get(upstream)
        #expect(answer.status == 502)
        #expect(!answer.text.contains("secret"))
    }

    @Test("the limit counts the caller's own bytes alone")
    func limit() async throws {
        let foreign = Array(repeating: Self.other, count: 50)
        let gateway = try TestGateway(FakeUpstream(), tempo: trace(foreign + [Self.own]), maximumBytes: 1_000)
        #expect(try await gateway.send(.get, "/api/v1/traces/\(Self.id)", token: Tokens.token()).status == 200)
        let large = try TestGateway(
            FakeUpstream(), tempo: trace([Self.own, Self.own, Self.own]), maximumBytes: 1_000)
        #expect(try await large.send(.get, "/api/v1/traces/\(Self.id)", token: Tokens.token()).status == 502)
    }

    @Test("a trace needs a token")
    func noToken() async throws {
        let gateway = try TestGateway(FakeUpstream(), tempo: trace([Self.own]))
        #expect(try await gateway.send(.get, "/api/v1/traces/\(Self.id)").status == 401)
    }

    @Test("without a Tempo traces are not available")
    func noTempo() async throws {
        let gateway = try TestGateway(FakeUpstream())
        #expect(try await gateway.send(.get, "/api/v1/traces/\(Self.id)", token: Tokens.token()).status == 503)
    }

    private func comparable(_ answer: Answer) throws -> String {
        let headers = answer.headers.fields.filter { !asciiCaseInsensitiveEqual($0.name, "x-request-id") }
            .map { "\($0.name): \($0.value)" }
        var body = try answer.json().objectValue
        body?["requestId"] = nil
        body?["traceId"] = nil
        return "\(answer.status) \(headers) \(body.map { String(decoding: $0.serialized(), as: UTF8.self) } ?? "")"
    }
}

@Suite("Tempo's own tenancy")
struct TempoTenancyTests {
    private let answer = FakeUpstream(json: #"{"trace":{"resourceSpans":[{"scopeSpans":[]}]},"metrics":{}}"#)

    private func get(_ gateway: TestGateway, tenant: JSONValue = "acme") async throws -> Answer {
        try await gateway.send(.get, "/api/v1/traces/\(TraceTests.id)", token: Tokens.token(tenant))
    }

    @Test("by attribute the organisation is the operator's, or none")
    func attribute() async throws {
        _ = try await get(TestGateway(FakeUpstream(), tempo: answer))
        #expect(answer.received.last?.headers.contains("x-scope-orgid") == false)
        _ = try await get(TestGateway(FakeUpstream(), tempo: answer, organisation: "all"))
        #expect(answer.received.last?.headers.values("x-scope-orgid") == ["all"])
    }

    @Test("by header the organisation is the tenant, several joined, and spans are not checked")
    func header() async throws {
        let refusing = FakeUpstream { _ throws(HTTPClientError) in FakeUpstream.Answer(status: 401, headers: [:]) }
        let isolation = TempoIsolation(http: refusing, prefix: "", logger: Logger(sink: MemorySink()))
        await isolation.probe()
        let gateway = try TestGateway(FakeUpstream(), tempo: answer, tenancy: .header, isolation: isolation)
        #expect(try await get(gateway).status == 200)
        #expect(answer.received.last?.headers.values("x-scope-orgid") == ["acme"])
        #expect(try await get(gateway, tenant: ["b", "a"]).status == 200)
        #expect(answer.received.last?.headers.values("x-scope-orgid") == ["a|b"])
    }

    @Test("by header nothing is served until Tempo was seen to refuse a call without it")
    func unproven() async throws {
        let isolation = TempoIsolation(http: answer, prefix: "", logger: Logger(sink: MemorySink()))
        let gateway = try TestGateway(FakeUpstream(), tempo: answer, tenancy: .header, isolation: isolation)
        #expect(try await get(gateway).status == 503)
        #expect(answer.received.isEmpty)
        #expect(try await gateway.send(.get, "/ready").status == 503)
    }

    @Test("by both the organisation is the tenant, and spans are checked all the same")
    func both() async throws {
        let gateway = try TestGateway(FakeUpstream(), tempo: answer, tenancy: .both)
        #expect(try await get(gateway).status == 404)
        #expect(answer.received.last?.headers.values("x-scope-orgid") == ["acme"])
    }

    @Test("only a 401 proves it", arguments: [(401, true), (200, false), (404, false), (403, false), (500, false)])
    func probe(_ status: Int, _ isProof: Bool) async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(status: status, headers: ["content-type": "text/plain"], pieces: ["no org id"])
        }
        let isolation = TempoIsolation(http: upstream, prefix: "/t", logger: Logger(sink: MemorySink()))
        #expect(!isolation.isProven)
        await isolation.probe()
        #expect(isolation.isProven == isProof)
        let probe = try #require(upstream.received.first)
        #expect(probe.target.hasPrefix("/t/api/v2/traces/"))
        #expect(!probe.headers.contains("x-scope-orgid"))
    }

    @Test("a proof is withdrawn when it no longer holds")
    func withdrawn() async throws {
        let statuses = Statuses([401, 200])
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(status: statuses.next(), headers: [:])
        }
        let isolation = TempoIsolation(http: upstream, prefix: "", logger: Logger(sink: MemorySink()))
        await isolation.probe()
        #expect(isolation.isProven)
        await isolation.probe()
        #expect(!isolation.isProven)
    }
}
