import Foundation
import JSON
import Testing

/// The stand-in for Tempo, as a process of its own on a free port.
final class MiniTempo: Sendable {
    let port: UInt16
    private let process: ChildProcess

    private init(multitenancy: Bool) async throws {
        process = try ChildProcess(
            builtProgram("mini-tempo"), [],
            environment: ["LISTEN": "127.0.0.1:0", "MULTITENANCY": multitenancy ? "true" : "false"])
        #expect(try await process.waitForOutput("\"address\""), "\(process.output)")
        let line = try JSONParser.parse(Array((process.output.split(separator: "\n").first ?? "").utf8))
        port = try #require(line["address"]?.stringValue?.split(separator: ":").last.flatMap { UInt16($0) })
    }

    /// Runs `body` with one that is stopped behind it.
    static func with<Value>(
        multitenancy: Bool = false, _ body: (MiniTempo) async throws -> Value
    ) async throws -> Value {
        let tempo = try await MiniTempo(multitenancy: multitenancy)
        defer { tempo.process.terminate() }
        return try await body(tempo)
    }

    /// Pushes one span of a tenant, whose service has the tenant's name.
    func push(trace: String, span: String, tenant: String?, organisation: String? = nil) async throws {
        try await push(
            trace: trace, span: span, tenantValue: tenant.map { #"{"stringValue":"\#($0)"}"# },
            service: tenant ?? "nobody", organisation: organisation)
    }

    /// Pushes one span of a service with any value of the tenant attribute.
    func push(
        trace: String, span: String, tenantValue: String?, service: String, organisation: String? = nil
    ) async throws {
        let attribute = tenantValue.map { #"{"key":"tenant_id","value":\#($0)},"# } ?? ""
        let body = """
            {"resourceSpans":[{"resource":{"attributes":[\(attribute){"key":"service.name","value":{"stringValue":\
            "\(service)-service"}}]},"scopeSpans":[{"scope":{"name":"t"},"spans":[{"traceId":"\(trace)","spanId":\
            "\(span)","name":"\(service)-span","kind":2,"startTimeUnixNano":"1767366245000000000",\
            "endTimeUnixNano":"1767366245250000000"}]}]}]}
            """
        let header = organisation.map { "X-Scope-OrgID: \($0)\r\n" } ?? ""
        let answer = try await RawConnection.exchange(
            port,
            "POST /v1/traces HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: application/json\r\n\(header)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
    }
}
