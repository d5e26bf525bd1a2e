import APIRuntime
import Compression
import GeneratedAPI
import Testing

@testable import Server

@Suite("Content coding")
struct ContentCodingTests {
    private static let script = Array(String(repeating: "const palisade = 'Redoc';\n", count: 100).utf8)

    private func send(
        _ path: String, _ headers: HeaderFields = ["accept-encoding": "gzip, deflate, br"], _ method: HTTPMethod = .get
    ) async throws -> Answer {
        try await TestGateway(FakeUpstream(), redocBundle: RedocBundle(bytes: Self.script)).send(
            method, path, headers: headers)
    }

    @Test(
        "documents go in gzip to who takes it",
        arguments: ["/openapi.yaml", "/openapi.json", "/docs/redoc.standalone.js"])
    func documents(_ path: String) async throws {
        let plain = try await send(path, [:])
        let coded = try await send(path)
        #expect(coded.status == 200)
        #expect(coded.headers.values("content-encoding") == ["gzip"])
        #expect(coded.bytes == gzip(plain.bytes))
        #expect(coded.bytes.count < plain.bytes.count / 2)
        #expect(coded.headers["content-type"] == plain.headers["content-type"])
        #expect(!plain.headers.contains("content-encoding"))
        #expect(plain.headers.values("vary") == ["Accept-Encoding"])
        #expect(coded.headers.values("vary") == ["Accept-Encoding"])
    }

    @Test("the page does, without a tag; HEAD has the fields of the GET")
    func page() async throws {
        let gateway = try TestGateway(FakeUpstream())
        for method in [HTTPMethod.get, .head] {
            let answer = try await gateway.send(method, "/docs", headers: ["accept-encoding": "gzip"])
            #expect(answer.headers.values("content-encoding") == ["gzip"])
            #expect(!answer.headers.contains("etag"))
            #expect(answer.bytes.starts(with: [0x1f, 0x8b]))
        }
    }

    @Test(
        "the tag is strong for the bytes of the document and weak for what is compressed; both save the next transfer")
    func tags() async throws {
        let plain = try #require(try await send("/openapi.yaml", [:]).headers["etag"])
        let coded = try #require(try await send("/openapi.yaml").headers["etag"])
        #expect(plain == "\"\(OpenAPIDocument.yamlETag)\"")
        #expect(coded == "W/\(plain)")
        for known in [plain, coded] {
            for (accept, tag) in [("gzip", coded), ("identity", plain)] {
                let answer = try await send("/openapi.yaml", ["if-none-match": known, "accept-encoding": accept])
                #expect(answer.status == 304)
                #expect(answer.bytes.isEmpty)
                #expect(answer.headers.values("etag") == [tag])
                #expect(answer.headers.values("vary") == ["Accept-Encoding"])
                #expect(!answer.headers.contains("content-encoding"))
            }
        }
    }

    @Test(
        "weights decide",
        arguments: [
            ("gzip", true), ("GZIP", true), ("x-gzip", true), ("br, gzip;q=0.5", true), ("gzip ; q=1.000", true),
            ("*", true), ("identity;q=0.5, gzip;q=0.5", true), ("identity;q=0, *;q=0.1", true), ("br,,gzip", true),
            ("", false), ("br", false), ("identity", false), ("gzip;q=0", false), ("gzip;q=0.000, *", false),
            ("gzip;q=0.2, identity;q=0.8", false), ("*;q=0", false), ("gzip;q=2", false), ("gzip;q=0.0001", false),
            ("gzip;q=", false), ("gzip;level=9", false), ("gzip;q=1;q=0", false), ("gzipped", false),
        ])
    func weights(_ field: String, _ expected: Bool) {
        #expect(prefersGzip(["accept-encoding": field]) == expected)
    }

    @Test("several fields are one list; none asks for nothing")
    func fields() {
        #expect(prefersGzip(["accept-encoding": "br", "Accept-Encoding": "gzip"]))
        #expect(!prefersGzip([:]))
    }

    @Test("a tenant's data, an error and a short answer stay as they are")
    func others() async throws {
        let long =
            #"{"status":"success","data":{"resultType":"vector","result":["#
            + String(repeating: #"{"metric":{},"value":[1,"1"]},"#, count: 200) + "{}]}}"
        let gateway = try TestGateway(FakeUpstream(json: long))
        let headers: HeaderFields = ["accept-encoding": "gzip"]
        let data = try await gateway.send(
            .get, "/api/v1/metrics/query", query: "query=up", token: Tokens.token(), headers: headers)
        #expect(data.status == 200)
        #expect(data.text == long)
        for answer in [
            data, try await gateway.send(.get, "/health", headers: headers),
            try await gateway.send(.get, "/nowhere", headers: headers),
            try await gateway.send(.get, "/openapi.json", query: "%zz", headers: headers),
        ] {
            #expect(!answer.headers.contains("content-encoding"))
            #expect(!answer.headers.contains("vary"))
        }
    }

    @Test("with other origins allowed, both things that an answer depends on are named")
    func vary() async throws {
        let answer = try await TestGateway(FakeUpstream(), origins: .any).send(.get, "/openapi.json")
        #expect(answer.headers.values("vary") == ["Accept-Encoding", "Origin"])
    }

    @Test("over a socket the compressed document has its length, and HEAD has the same")
    func socket() async throws {
        let upstream = try ScriptedUpstream([.hang])
        defer { upstream.stop() }
        try await TestServer.with(upstream: upstream.port) { server in
            let length = String(try #require(gzip(OpenAPIDocument.json)).count)
            let answer = try await server.send(
                "HEAD /openapi.json HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n")
            #expect(answer.headers["content-length"] == length)
            #expect(answer.headers["content-encoding"] == "gzip")
            #expect(answer.bytes.isEmpty)
            #expect(!answer.headers.contains("server"))
        }
    }
}
