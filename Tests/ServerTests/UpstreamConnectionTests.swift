import Foundation
import HTTPClient
import Telemetry
import Testing

@testable import Server

/// How upstreams are reached: by http:// and https://, with what the gateway shows of itself.
@Suite("Connections to upstreams")
struct UpstreamConnectionTests {
    private static let envelope = #"{"status":"success","data":{"resultType":"vector","result":[]}}"#
    private static let answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(envelope.utf8.count)\r\n\r\n\(envelope)"

    @Test(
        "an https:// upstream is asked where its certificate is of UPSTREAM_CA_FILE, with the gateway's own certificate"
    )
    func overTLS() async throws {
        let authority = try TestAuthority("authority")
        let identity = try authority.identity("upstream", names: ["localhost"])
        let gateway = try authority.identity("gateway")
        let upstream = try ScriptedUpstream([.write(Self.answer)])
        let relay = try TLSRelay(
            to: upstream.port, as: identity,
            options: TLSRelay.Options(clientAuthorityFile: authority.certificateFile))
        let settings = [
            "PROMETHEUS_URL": "https://localhost:\(relay.port)", "UPSTREAM_CA_FILE": authority.certificateFile,
            "UPSTREAM_CLIENT_CERT_FILE": gateway.certificateFile, "UPSTREAM_CLIENT_KEY_FILE": gateway.keyFile,
        ]
        try await TestServer.with(upstream: 0, settings) { server in
            let answer = try await server.query("up")
            #expect(answer.status == 200)
            #expect(answer.text == Self.envelope)
        }
        #expect(relay.clients.map(\.certificateName) == ["CN=gateway"])
        #expect(upstream.requests.first?.lowercased().contains("\r\nhost: localhost:\(relay.port)\r\n") == true)
        relay.stop()
        upstream.stop()
        authority.discard(identity)
        authority.discard(gateway)
    }

    @Test("an https:// upstream that is not to be trusted is 502, and nothing is sent to it")
    func notTrusted() async throws {
        let authority = try TestAuthority("authority")
        let other = try TestAuthority("other")
        let identity = try authority.identity("upstream", names: ["localhost"])
        let upstream = try ScriptedUpstream([.write(Self.answer)])
        let relay = try TLSRelay(to: upstream.port, as: identity)
        let settings = [
            "PROMETHEUS_URL": "https://localhost:\(relay.port)", "UPSTREAM_CA_FILE": other.certificateFile,
        ]
        try await TestServer.with(upstream: 0, settings) { server in
            let answer = try await server.query("up")
            #expect(answer.status == 502)
            #expect(!answer.text.contains("certificate"))
            #expect(server.sink.text.contains("certificate"))
        }
        #expect(upstream.requests.isEmpty)
        relay.stop()
        upstream.stop()
        authority.discard(identity)
    }

    @Test("UPSTREAM_AUTHORIZATION_FILE is sent instead of the caller's token, and logged nowhere")
    func authorization() async throws {
        let authority = try TestAuthority("unused")
        let file = try authority.file("authorization", "Bearer upstream-secret\n")
        let upstream = try ScriptedUpstream([.write(Self.answer)])
        try await TestServer.with(
            upstream: upstream.port, ["UPSTREAM_AUTHORIZATION_FILE": file, "LOG_LEVEL": "debug"]
        ) { server in
            let answer = try await server.query("up")
            #expect(answer.status == 200)
            #expect(!server.sink.text.contains("upstream-secret"))
        }
        let lines = try #require(upstream.requests.first).components(separatedBy: "\r\n")
        #expect(
            lines.filter { $0.lowercased().hasPrefix("authorization:") } == ["Authorization: Bearer upstream-secret"])
        upstream.stop()
        authority.discard(TestAuthority.Identity(certificateFile: file, keyFile: file))
    }

    @Test("every request has the authorization, probes included, once")
    func everyRequest() async throws {
        let upstream = FakeUpstream()
        let authorization = try UpstreamAuthorization(fileContents: Array("Basic dTpw".utf8))
        let client = AuthorizedClient(http: upstream, authorization: authorization)
        _ = try? await client.send(HTTPClientRequest(target: "/a"))
        _ = try? await client.send(HTTPClientRequest(target: "/b", headers: ["authorization": "Bearer callers"]))
        #expect(upstream.received.count == 2)
        for request in upstream.received { #expect(request.headers.values("authorization") == ["Basic dTpw"]) }
    }

    @Test(
        "a 401 that is about the authorization is no proof that Tempo keeps tenants apart",
        arguments: [(401, 404, true), (401, 200, true), (401, 401, false), (200, 200, false), (404, 404, false)])
    func isolation(without: Int, with: Int, isProof: Bool) async throws {
        let upstream = FakeUpstream { request throws(HTTPClientError) in
            FakeUpstream.Answer(status: request.headers.contains("x-scope-orgid") ? with : without, headers: [:])
        }
        let isolation = TempoIsolation(
            http: upstream, prefix: "", logger: Logger(sink: MemorySink()), isAuthorized: true)
        await isolation.probe()
        #expect(isolation.isProven == isProof)
    }

    @Test("one newline at the end of the file does not count", arguments: ["Bearer a", "Bearer a\n", "Basic dTpw=="])
    func goodFiles(_ text: String) throws {
        let authorization = try UpstreamAuthorization(fileContents: Array(text.utf8))
        #expect(!"\(authorization) \(String(reflecting: authorization))".contains("Bearer"))
        var dumped = ""
        dump(authorization, to: &dumped)
        #expect(!dumped.contains("Bearer") && !dumped.contains("Basic"))
    }

    @Test(
        "a file with anything but one line of scheme and credentials is refused without being shown",
        arguments: [
            "", "\n", "hunter2", "Bearer hunter2\n\n", "Bearer hunter2\r\n", "Bearer hunter2\r\nX: 1",
            "Bearer\thunter2", "Bearer hunter2\0", "Bearer hünter2", " Bearer hunter2", "Bearer hunter2 ", "Bearer ",
            "Authorization: Bearer hunter2",
        ])
    func badFiles(_ text: String) throws {
        let error = #expect(throws: UpstreamAuthorization.Invalid.self) {
            try UpstreamAuthorization(fileContents: Array(text.utf8))
        }
        #expect(error?.description.contains("hunter2") == false)
    }
}
