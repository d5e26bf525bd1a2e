import HTTPClient
import JSON
import Testing

@testable import Server

/// Prometheus goes through its targets in no order.
@Suite("The order of metrics' descriptions")
struct MetadataOrderTests {
    private static let descriptions = [
        ("gauge", "b"), ("counter", "c"), ("gauge", "a"), ("gauge", "e\u{301}"), ("gauge", "\u{e9}"),
    ]

    @Test("descriptions of targets come in one order, whichever Prometheus gives them in")
    func order() async throws {
        var answers: Set<[UInt8]> = []
        for shift in Self.descriptions.indices {
            let entries = (Self.descriptions[shift...] + Self.descriptions[..<shift]).map { type, help in
                #"{"target":{"tenant_id":"acme"},"metric":"up","type":"\#(type)","help":"\#(help)","unit":""}"#
            }
            let upstream = FakeUpstream(
                json: #"{"status":"success","data":[\#(entries.joined(separator: ","))]}"#)
            let gateway = try TestGateway(upstream, metadata: MetadataProvider(source: .targets, file: nil))
            answers.insert(try await gateway.get("/api/v1/metrics/metadata").bytes)
        }
        #expect(answers.count == 1)
        let answer = try JSONParser.parse(try #require(answers.first))
        #expect(answer["data"]?["up"]?.arrayValue?.count == Self.descriptions.count)
        #expect(answer["data"]?["up"]?.arrayValue?.first?["type"] == "counter")
    }
}
