import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Tempo's API: traces by id")
struct TempoTraceTests {
    private static let own = FakeTempo.resourceSpans(tenant: FakeTempo.text("acme"), service: "own")
    private static let other = FakeTempo.resourceSpans(tenant: FakeTempo.text("globex"), service: "secret")

    private func get(
        _ upstream: FakeUpstream, _ path: String, query: String? = nil, tenant: JSONValue = "acme",
        accept: String? = nil, denial: TraceDenial = .notFound
    ) async throws -> Answer {
        let gateway = try TestGateway(FakeUpstream(), tempo: upstream, denial: denial)
        return try await gateway.send(
            .get, "/tempo/api" + path, query: query, token: Tokens.token(tenant),
            headers: accept.map { ["accept": $0] } ?? [:])
    }

    @Test("version 2 gives the own resource spans in Tempo's own form, ids as they were")
    func second() async throws {
        let upstream = FakeTempo.upstream(trace: FakeTempo.trace([Self.other, Self.own]))
        let answer = try await get(upstream, "/v2/traces/\(FakeTempo.id)")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.text == #"{"trace":{"resourceSpans":[\#(Self.own)]},"metrics":{}}"#)
        #expect(upstream.targets == ["/api/v2/traces/\(FakeTempo.id)"])
    }

    @Test("version 1 gives them as batches, and is asked of version 1")
    func first() async throws {
        let upstream = FakeTempo.upstream(trace: #"{"batches":[\#(Self.other),\#(Self.own)]}"#)
        let answer = try await get(upstream, "/traces/\(FakeTempo.id)")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"batches":[\#(Self.own)]}"#)
        #expect(upstream.targets == ["/api/traces/\(FakeTempo.id)"])
    }

    @Test("in version 1 an unknown trace and another tenant's are 404 without a body and a media type")
    func firstAbsent() async throws {
        let unknown = FakeUpstream { _ throws(HTTPClientError) in FakeUpstream.Answer(status: 404, headers: [:]) }
        let foreign = FakeTempo.upstream(trace: #"{"batches":[\#(Self.other)]}"#)
        for (upstream, accept) in [
            (unknown, nil), (foreign, nil), (unknown, "application/protobuf"),
        ] as [(FakeUpstream, String?)] {
            let answer = try await get(upstream, "/traces/\(FakeTempo.id)", accept: accept)
            #expect(answer.status == 404)
            #expect(answer.bytes.isEmpty)
            #expect(answer.headers["content-type"] == nil)
        }
    }

    @Test("in version 2 an unknown trace and another tenant's are one and the same empty one")
    func secondAbsent() async throws {
        let upstreams = [
            FakeUpstream { _ throws(HTTPClientError) in FakeUpstream.Answer(status: 404, headers: [:]) },
            FakeTempo.upstream(), FakeTempo.upstream(trace: FakeTempo.trace([Self.other])),
        ]
        for upstream in upstreams {
            let answer = try await get(upstream, "/v2/traces/\(FakeTempo.id)")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"trace":{},"metrics":{}}"#)
        }
    }

    @Test("with TRACE_DENIAL=forbidden another tenant's trace is 403 in both versions")
    func forbidden() async throws {
        for path in ["/traces/", "/v2/traces/"] {
            let answer = try await get(
                FakeTempo.upstream(trace: FakeTempo.trace([Self.other])), path + FakeTempo.id, denial: .forbidden)
            #expect(answer.status == 403)
            #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
        }
    }

    @Test(
        "who names application/protobuf gets it, whatever else is accepted",
        arguments: ["application/protobuf", "application/json, application/protobuf;q=0.1", "APPLICATION/PROTOBUF"])
    func protobuf(_ accept: String) async throws {
        for (version, tag) in [("/traces/", []), ("/v2/traces/", [UInt8(0x0A)])] {
            let own = protobufResourceSpans(tenant: "acme")
            let list = protobufResourceSpans(tenant: "globex") + own
            let whole = tag.isEmpty ? list : tag + [UInt8(list.count)] + list + [0x12, 0x02, 0x08, 0x05]
            let upstream = FakeUpstream { _ throws(HTTPClientError) in
                FakeUpstream.Answer(headers: ["content-type": "application/protobuf"], bytes: whole)
            }
            let answer = try await get(upstream, version + FakeTempo.id, accept: accept)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/protobuf")
            #expect(upstream.received.first?.headers["accept"] == "application/protobuf")
            #expect(answer.bytes == (tag.isEmpty ? own : tag + [UInt8(own.count)] + own))
            let foreign = FakeUpstream { _ throws(HTTPClientError) in
                let list = protobufResourceSpans(tenant: "globex")
                return FakeUpstream.Answer(
                    headers: ["content-type": "application/protobuf"],
                    bytes: tag.isEmpty ? list : tag + [UInt8(list.count)] + list)
            }
            let denied = try await get(foreign, version + FakeTempo.id, accept: accept)
            #expect(denied.status == (tag.isEmpty ? 404 : 200))
            #expect(denied.bytes == (tag.isEmpty ? [] : [0x0A, 0, 0x12, 0]))
        }
    }

    @Test("anything else that is accepted is answered in JSON", arguments: ["*/*", "application/*", "text/html", ""])
    func json(_ accept: String) async throws {
        let upstream = FakeTempo.upstream(trace: FakeTempo.trace([Self.own]))
        let answer = try await get(upstream, "/v2/traces/\(FakeTempo.id)", accept: accept)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(upstream.received.first?.headers["accept"] == "application/json")
    }

    @Test(
        "ids in Tempo's forms are one trace", arguments: [FakeTempo.id.uppercased(), "%33\(FakeTempo.id.dropFirst())"])
    func forms(_ id: String) async throws {
        for version in ["/traces/", "/v2/traces/"] {
            let upstream = FakeTempo.upstream(trace: FakeTempo.trace([Self.own]))
            #expect(try await get(upstream, version + id).status == 200)
            #expect(upstream.targets == ["/api\(version)\(FakeTempo.id)"])
        }
        let upstream = FakeTempo.upstream()
        _ = try await get(upstream, "/v2/traces/a1b")
        #expect(upstream.targets == ["/api/v2/traces/\(String(repeating: "0", count: 29))a1b"])
    }

    @Test(
        "an id that is none is 400 in Tempo's words, and nothing is asked",
        arguments: [
            ("xyz", "trace IDs can only contain hex characters: invalid character 'x' at position 1"),
            ("a%2Fb", "trace IDs can only contain hex characters: invalid character '/' at position 2"),
            ("a1b2..", "trace IDs can only contain hex characters: invalid character '.' at position 5"),
            (String(repeating: "a", count: 33), "trace IDs can't be larger than 128 bits"),
        ])
    func malformed(_ id: String, _ message: String) async throws {
        for version in ["/traces/", "/v2/traces/"] {
            let upstream = FakeTempo.upstream()
            let answer = try await get(upstream, version + id)
            #expect(answer.status == 400)
            #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(answer.text == message)
            #expect(upstream.received.isEmpty)
        }
    }

    @Test("start and end are passed, rebuilt")
    func window() async throws {
        let upstream = FakeTempo.upstream()
        _ = try await get(upstream, "/v2/traces/\(FakeTempo.id)", query: "end=200&start=0100&unknown=1")
        #expect(upstream.targets == ["/api/v2/traces/\(FakeTempo.id)?start=100&end=200"])
    }

    @Test(
        "parameters by which Tempo would show more, or less clearly, are refused",
        arguments: [
            "mode=blocks", "blockStart=0", "blockEnd=f", "keep_hierarchy=true", "match_depth=1", "ancestor_depth=1",
            "span_pruning=true", "start=1", "end=1", "start=2&end=1", "start=x&end=3", "start=1&start=2&end=3",
            "start=1%zz&end=2",
        ])
    func refused(_ query: String) async throws {
        for version in ["/traces/", "/v2/traces/"] {
            let upstream = FakeTempo.upstream(trace: FakeTempo.trace([Self.own]))
            #expect(try await get(upstream, version + FakeTempo.id, query: query).status == 400)
            #expect(upstream.received.isEmpty)
        }
    }

    @Test("a q of version 2 is confined; version 1, where Tempo ignores it, refuses it")
    func query() async throws {
        let upstream = FakeTempo.upstream(trace: FakeTempo.trace([Self.other, Self.own]))
        let answer = try await get(upstream, "/v2/traces/\(FakeTempo.id)", query: "q=%7Bstatus=error%7D")
        #expect(answer.text == #"{"trace":{"resourceSpans":[\#(Self.own)]},"metrics":{}}"#)
        #expect(
            try upstream.parameters()["q"]
                == #"{ resource.tenant_id = "acme" } | { (resource.tenant_id = "acme") && (status = error) }"#)
        let first = FakeTempo.upstream(trace: FakeTempo.trace([Self.own]))
        #expect(try await get(first, "/traces/\(FakeTempo.id)", query: "q=%7B%7D").status == 400)
        #expect(try await get(first, "/v2/traces/\(FakeTempo.id)", query: "q=%7B%7D|rate()").status == 400)
        #expect(first.received.isEmpty)
    }

    @Test(
        "an answer of which a part is missing, or that is no trace, is 502", arguments: ["{", "[]", #"{"error":"x"}"#])
    func unusable(_ body: String) async throws {
        #expect(try await get(FakeTempo.upstream(trace: body), "/v2/traces/\(FakeTempo.id)").status == 502)
        #expect(try await get(FakeTempo.upstream(trace: body), "/traces/\(FakeTempo.id)").status == 502)
    }

    @Test("Tempo's words about a whole trace are not passed on", arguments: [400, 401, 422, 429, 500, 503])
    func words(_ status: Int) async throws {
        let upstream = FakeUpstream { _ throws(HTTPClientError) in
            FakeUpstream.Answer(
                status: status, headers: ["content-type": "text/plain"], pieces: ["trace of globex is too large"])
        }
        let answer = try await get(upstream, "/v2/traces/\(FakeTempo.id)")
        #expect(answer.status == 502)
        #expect(!answer.text.contains("globex"))
    }
}

/// Resource spans in Protobuf, as a field of a trace: one attribute and one span.
private func protobufResourceSpans(tenant: String) -> [UInt8] {
    func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }
    let value = field(2, field(1, Array(tenant.utf8)))
    let resource = field(1, field(1, field(1, Array("tenant_id".utf8)) + value))
    let span =
        field(1, [UInt8](repeating: 0xAB, count: 16)) + field(2, [UInt8](repeating: 0xCD, count: 8))
        + field(5, Array("c".utf8))
    return field(1, resource + field(2, field(2, span)))
}
