import APIRuntime
import HTTPClient
import OTLP
import Testing

@testable import Telemetry

@Suite("OTLP over gRPC")
struct GRPCTests {
    /// A `google.rpc.Status` with a `RetryInfo` of 1.5 s, as grpcio writes it.
    private static let retryInfo =
        "CA4SBGJ1c3kaNgoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIKCggIARCAyrXuAQ=="

    private func answer(
        _ code: Int, _ more: HeaderFields = [:], status: Int = 200, inHead: Bool = false, body: [UInt8] = []
    ) -> HTTP2Answer {
        var fields: HeaderFields = ["grpc-status": String(code)]
        for field in more.fields { fields.add(name: field.name, value: field.value) }
        return HTTP2Answer(
            status: status, headers: inHead ? fields : [:], body: body, trailers: inHead ? [:] : fields)
    }

    @Test("a message has a byte for its coding and four for its length before it")
    func framing() {
        #expect(GRPCMessage([7, 8]).framed == [0, 0, 0, 0, 2, 7, 8])
        #expect(GRPCMessage([], isCompressed: true).framed == [1, 0, 0, 0, 0])
        #expect(GRPCMessage([UInt8](repeating: 0, count: 70_000)).framed?.prefix(5) == [0, 0, 1, 0x11, 0x70])
        #expect(GRPCMessage(body: [0, 0, 0, 0, 2, 7, 8]) == GRPCMessage([7, 8]))
        #expect(GRPCMessage(body: [1, 0, 0, 0, 0])?.isCompressed == true)
    }

    @Test(
        "what is no single whole message is none",
        arguments: [
            [], [0], [0, 0, 0, 0], [0, 0, 0, 0, 2, 7], [0, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0], [0, 255, 255, 255, 255],
        ]
            as [[UInt8]])
    func brokenFraming(_ body: [UInt8]) {
        #expect(GRPCMessage(body: body) == nil)
    }

    @Test("the codes that OTLP lists are sent again, the others are not")
    func retryable() {
        for code in GRPCStatus.Code.allCases {
            let expected = [1, 4, 10, 11, 14, 15].contains(code.rawValue)
            #expect(GRPCStatus(answer(code.rawValue)).isRetryable == expected, "\(code)")
            #expect(GRPCStatus(answer(code.rawValue, inHead: true)).isRetryable == expected, "\(code)")
        }
        #expect(GRPCStatus(answer(17)).code == .unknown)
        #expect(GRPCStatus(answer(-1)).code == .unknown)
    }

    @Test("RESOURCE_EXHAUSTED is sent again only where the collector says when")
    func exhausted() {
        #expect(OTLPGRPCExporter.result(of: answer(8)) == .failed(reason: "the collector answered RESOURCE_EXHAUSTED"))
        let said = answer(8, ["grpc-status-details-bin": Self.retryInfo, "grpc-message": "busy"])
        #expect(
            OTLPGRPCExporter.result(of: said)
                == .retry(after: .milliseconds(1_500), reason: "the collector answered RESOURCE_EXHAUSTED: busy"))
        // It does not make another code one that may be sent again.
        let refused = answer(3, ["grpc-status-details-bin": Self.retryInfo])
        #expect(OTLPGRPCExporter.result(of: refused) == .failed(reason: "the collector answered INVALID_ARGUMENT"))
    }

    @Test("an answer without grpc-status has the code that follows from HTTP's status")
    func httpStatus() {
        for (status, code) in [
            (400, GRPCStatus.Code.internal), (401, .unauthenticated), (403, .permissionDenied), (404, .unimplemented),
            (429, .unavailable), (502, .unavailable), (503, .unavailable), (504, .unavailable), (200, .unknown),
            (500, .unknown),
        ] {
            #expect(GRPCStatus(HTTP2Answer(status: status)).code == code, "\(status)")
        }
        // The protocol's own counts, whatever HTTP's is.
        // One that broke off may be sent again; one that something else than a collector gave would come again.
        #expect(GRPCStatus(HTTP2Answer(status: 200)).isRetryable)
        #expect(!GRPCStatus(HTTP2Answer(status: 302)).isRetryable)
        #expect(GRPCStatus(answer(0, status: 500)).code == .ok)
    }

    @Test(
        "the collector's words are read from their percent-encoding, and what is no escape stays",
        arguments: [
            ("100%25 sure", "100% sure"), ("caf%C3%A9", "café"), ("50% off", "50% off"), ("a%2", "a%2"), ("%", "%"),
        ])
    func words(_ encoded: String, _ text: String) {
        #expect(GRPCStatus(answer(14, ["grpc-message": encoded])).message == text)
    }

    @Test("long words are cut")
    func longWords() {
        let reason = GRPCStatus(answer(14, ["grpc-message": String(repeating: "x", count: 5_000)])).reason
        #expect(reason.utf8.count < 400)
    }

    @Test("a partial success says how many spans were rejected, and why")
    func partial() {
        let body: [UInt8] = [0, 0, 0, 0, 8, 0x0a, 0x06, 0x08, 0x02, 0x12, 0x02, 0x6e, 0x6f]
        #expect(OTLPGRPCExporter.result(of: answer(0, body: body)) == .taken(rejected: 2, message: "no"))
        #expect(OTLPGRPCExporter.result(of: answer(0, body: [0, 0, 0, 0, 0])) == .taken())
        #expect(OTLPGRPCExporter.result(of: answer(0)) == .taken())
    }
}
