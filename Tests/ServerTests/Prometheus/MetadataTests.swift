import APIRuntime
import HTTPClient
import JSON
import Testing

@testable import Server

@Suite("Metadata")
struct MetadataTests {
    private static let path = "/prometheus/api/v1/metadata"

    @Test("by names, it has the tenant's metrics with type unknown and no help")
    func names() async throws {
        let upstream = FakeUpstream(json: #"{"status":"success","data":["up","load"]}"#)
        let gateway = try TestGateway(upstream)
        let answer = try await gateway.get(Self.path)
        let expected =
            #"{"status":"success","data":{"load":[{"type":"unknown","help":"","unit":""}],"#
            + #""up":[{"type":"unknown","help":"","unit":""}]}}"#
        #expect(answer.text == expected)
        #expect(
            try upstream.sent() == [
                SentRequest("GET", "/api/v1/label/__name__/values", [#"match[]={tenant_id="acme"}"#])
            ])
    }

    @Test("limit and metric choose among them")
    func selection() async throws {
        let gateway = try TestGateway(FakeUpstream(json: #"{"status":"success","data":["c","a","b"]}"#))
        func metrics(_ fields: FormFields) async throws -> [String]? {
            try await gateway.get("/api/v1/metrics/metadata", fields).json()["data"]?.objectValue?.members.map(\.name)
        }
        #expect(try await metrics([]) == ["a", "b", "c"])
        #expect(try await metrics([("limit", "2")]) == ["a", "b"])
        #expect(try await metrics([("limit", "0")]) == ["a", "b", "c"])
        #expect(try await metrics([("limit", "-1")]) == ["a", "b", "c"])
        #expect(try await metrics([("metric", "b")]) == ["b"])
        #expect(try await metrics([("metric", "")]) == ["a", "b", "c"])
        #expect(try await metrics([("metric", "secret")]) == [])
    }

    @Test("the operator's file describes the tenant's metrics, and shows no others")
    func file() async throws {
        let file = try MetadataFile(
            fileContents: Array(
                #"{"up":[{"type":"gauge","help":"Lives.","unit":""}],"secret":[{"type":"gauge","help":"s"}]}"#.utf8))
        let gateway = try TestGateway(
            FakeUpstream(json: #"{"status":"success","data":["up","x"]}"#),
            metadata: MetadataProvider(source: .names, file: file))
        let answer = try await gateway.get(Self.path)
        #expect(try answer.json()["data"]?["up"]?.arrayValue?.first?["help"] == "Lives.")
        #expect(try answer.json()["data"]?["x"]?.arrayValue?.first?["type"] == "unknown")
        #expect(!answer.text.contains("secret"))
    }

    @Test(
        "a file of another form is refused",
        arguments: ["", "[]", "{", #"{"up":{}}"#, #"{"up":[{"type":"gauge"}]}"#, #"{"up":[1]}"#])
    func badFiles(_ text: String) {
        #expect(throws: (any Error).self) { try MetadataFile(fileContents: Array(text.utf8)) }
    }

    @Test("from targets, it has what the tenant's own targets say, each text once")
    func targets() async throws {
        let upstream = FakeUpstream(
            json: #"""
                {"status":"success","data":[
                {"target":{"job":"a","tenant_id":"acme"},"metric":"up","type":"gauge","help":"mine","unit":""},
                {"target":{"job":"b","tenant_id":"acme"},"metric":"up","type":"gauge","help":"mine","unit":""},
                {"target":{"job":"c","tenant_id":"acme"},"metric":"up","type":"gauge","help":"mine too","unit":"s"},
                {"target":{"job":"d","tenant_id":"globex"},"metric":"up","type":"gauge","help":"secret","unit":""},
                {"target":{"job":"e"},"metric":"x","type":"gauge","help":"secret","unit":""}]}
                """#)
        let gateway = try TestGateway(upstream, metadata: MetadataProvider(source: .targets, file: nil))
        let answer = try await gateway.get(Self.path)
        let data = try #require(try answer.json()["data"]?.objectValue)
        #expect(data.members.map(\.name) == ["up"])
        #expect(data["up"]?.arrayValue?.map { $0["help"] } == ["mine", "mine too"])
        #expect(
            try upstream.sent() == [
                SentRequest("GET", "/api/v1/targets/metadata", [#"match_target={tenant_id="acme"}"#])
            ])
        #expect(
            try await gateway.get(Self.path, [("limit_per_metric", "1")]).json()["data"]?["up"]?.arrayValue?.count
                == 1)
    }

    @Test("it is kept for each tenant apart, and asked for again when it is old")
    func cache() async throws {
        let upstream = FakeUpstream { request throws(HTTPClientError) in
            .init(pieces: [
                #"{"status":"success","data":["\#(request.target.contains("globex") ? "secret" : "up")"]}"#
            ])
        }
        let gateway = try TestGateway(upstream)
        for _ in 0..<3 { #expect(try await gateway.get(Self.path).text.contains("up")) }
        #expect(upstream.received.count == 1)
        #expect(try await gateway.get(Self.path, token: Tokens.token("globex")).text.contains("secret"))
        let both = try await gateway.get(Self.path, token: Tokens.token(["acme", "globex"]))
        #expect(both.status == 200)
        #expect(upstream.received.count == 3)
        #expect(!(try await gateway.get(Self.path).text.contains("secret")))
    }
}
