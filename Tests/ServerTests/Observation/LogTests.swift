import Foundation
import Testing

@testable import Server

@Suite("The running gateway's log", .serialized)
struct LogTests {
    @Test("LOG_LEVEL=debug shows the original and the confined query; the start, what is in force; never a token")
    func debug() async throws {
        let settings = { (upstream: UInt16) in
            [
                "LOG_LEVEL": "debug", "LOG_FORMAT": "text", "TRACING_ENABLED": "true",
                "TRACING_ENDPOINT": "http://127.0.0.1:\(upstream)", "OTEL_EXPORTER_OTLP_HEADERS": "x-key=hush",
            ]
        }
        try await ServedGateway.with(settings) { gateway in
            let token = try Tokens.token()
            _ = try await gateway.query("sum(up)", token: token)
            #expect(try await gateway.process.waitForOutput("INFO request "))
            let output = gateway.process.output
            #expect(output.contains(#"parameter=query original=sum(up) confined="sum(up{tenant_id=\"acme\"})""#))
            #expect(output.contains("INFO listening address=127.0.0.1:\(gateway.port)"))
            #expect(output.contains(/tracing="otlp http\/protobuf to http:\/\/127\.0\.0\.1:[0-9]+\/v1\/traces"/))
            #expect(!output.contains(token))
            #expect(!output.contains("hush"))
            // One line an event, and few until it serves.
            let lines = output.split(separator: "\n")
            #expect(lines.allSatisfy { $0.hasPrefix("20") })
            #expect(lines.prefix { !$0.contains("in force") }.count <= 4)
        }
    }
}
