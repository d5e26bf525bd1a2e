import APIRuntime
import Foundation
import JSON
import Telemetry
import Testing

@testable import Server

/// The whole gateway on a free port, configured as an operator would.
struct TestServer {
    var port: UInt16
    /// Where operators are answered.
    var adminPort: UInt16 = 0
    let sink: MemorySink

    /// Runs `body` with a gateway in front of the upstream on that port, stopped behind it.
    static func with<Value>(
        upstream port: UInt16, _ settings: [String: String] = [:], keyTiming: KeyEndpointWatch.Timing = .init(),
        _ body: (TestServer) async throws -> Value
    ) async throws -> Value {
        let environment = [
            "LISTEN": "127.0.0.1:0", "PROMETHEUS_URL": "http://127.0.0.1:\(port)", "SHARDS": "2",
            "ADMIN_LISTEN": "127.0.0.1:0",
            "JWT_HS256_SECRET_FILE": "secret", "SHUTDOWN_TIMEOUT": "2s",
        ].merging(settings) { $1 }
        let configuration = try Configuration(SettingSource(environment: environment)) { file in
            file == "secret" ? Array(Tokens.secretText.utf8) : try readSmallFile(file)
        }
        let sink = MemorySink()
        let service = try Service(configuration, keyTiming: keyTiming, logger: Logger(sink: sink))
        let address = try #require(try await service.start().first)
        let admin = try #require(try await service.startAdministration().first)
        do {
            let value = try await body(TestServer(port: address.port, adminPort: admin.port, sink: sink))
            await service.stop()
            service.end()
            return value
        } catch {
            await service.stop()
            service.end()
            throw error
        }
    }

    /// An instant query by POST; the connection closes behind it.
    func query(
        _ promQL: String, time: Int? = Samples.instant, tenant: JSONValue = "acme", picking: String? = nil
    ) async throws -> Answer {
        var fields: FormFields = [("query", promQL)]
        if let time { fields.append(("time", String(time))) }
        let form = String(decoding: encodeForm(fields), as: UTF8.self)
        let choice = picking.map { "\r\nX-Tenant: \($0)" } ?? ""
        return try await send(
            """
            POST /api/v1/metrics/query HTTP/1.1\r
            Host: gateway\r
            Connection: close\(choice)\r
            Authorization: Bearer \(Tokens.token(tenant))\r
            Content-Type: application/x-www-form-urlencoded\r
            Content-Length: \(form.utf8.count)\r
            \r
            \(form)
            """)
    }

    /// The status of an instant query with that token; the connection closes behind it.
    func status(token: String) async throws -> Int { try await query(token: token).status }

    /// An instant query with that token; the connection closes behind it.
    func query(token: String) async throws -> Answer {
        try await send(
            "GET /api/v1/metrics/query?query=up HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
                + "Authorization: Bearer \(token)\r\n\r\n")
    }

    /// A GET with these parameters, or a POST of them as a form; the connection closes behind it.
    func ask(
        _ path: String, _ fields: FormFields = [], post: Bool = false, tenant: JSONValue = "acme",
        accept: String = "*/*"
    ) async throws -> Answer {
        let text = String(decoding: encodeForm(fields), as: UTF8.self)
        let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(text.utf8.count)\r\n"
        return try await send(
            "\(post ? "POST" : "GET") \(path)\(post || fields.isEmpty ? "" : "?" + text) HTTP/1.1\r\nHost: gateway\r\n"
                + "Connection: close\r\nAccept: \(accept)\r\nAuthorization: Bearer \(Tokens.token(tenant))\r\n"
                + (post ? form : "") + "\r\n" + (post ? text : ""))
    }

    /// Sends bytes as they are and reads one answer.
    func send(_ request: String) async throws -> Answer {
        try parse(await RawConnection.exchange(port, request))
    }

    private func parse(_ text: String) throws -> Answer {
        let end = try #require(text.range(of: "\r\n\r\n"), "no whole head in \"\(text)\"")
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        var headers = HeaderFields()
        for line in lines.dropFirst() {
            let colon = try #require(line.firstIndex(of: ":"))
            headers.add(
                name: String(line[..<colon]),
                value: line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        var body = String(text[end.upperBound...])
        if headers["transfer-encoding"] == "chunked" { body = try unchunked(body) }
        return Answer(status: status, headers: headers, bytes: Array(body.utf8))
    }

    /// Thrown where a chunked body has no last chunk: the answer was cut.
    struct Cut: Error {}

    private func unchunked(_ text: String) throws -> String {
        var rest = Array(text.utf8)[...]
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: 13) {
            guard let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16) else { throw Cut() }
            if size == 0 { return String(decoding: body, as: UTF8.self) }
            guard rest.count >= end - rest.startIndex + size + 4 else { throw Cut() }
            body += rest[(end + 2)..<(end + 2 + size)]
            rest = rest[(end + 2 + size + 2)...]
        }
        throw Cut()
    }
}
