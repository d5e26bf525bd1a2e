import APIRuntime
import Foundation
import HTTPClient
import JSON
import Testing

@testable import Server

/// The requests that Grafana's Prometheus data source is known to send, as it sends them.
@Suite("Requests of Grafana")
struct GrafanaTests {
    private func replay(
        _ method: HTTPMethod, _ target: String, form: String? = nil
    ) async throws -> (answer: Answer, sent: [SentRequest]) {
        let upstream = UpstreamRequestTests.upstream()
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var headers: HeaderFields = [
            "user-agent": "Grafana/12.1.0", "accept-encoding": "gzip", "x-grafana-org-id": "1", "x-id-token": "other",
            "x-dashboard-uid": "d", "x-panel-id": "7", "x-datasource-uid": "palisade-metrics",
        ]
        if form != nil { headers["content-type"] = "application/x-www-form-urlencoded" }
        let answer = try await TestGateway(upstream).send(
            method, "/prometheus" + parts[0], query: parts.count == 2 ? parts[1] : nil, token: Tokens.token(),
            headers: headers, form: form)
        return (answer, try upstream.sent())
    }

    @Test("the test of the data source is a query without a selector")
    func healthCheck() async throws {
        let (answer, sent) = try await replay(.post, "/api/v1/query", form: "query=1%2B1&time=4")
        #expect(answer.status == 200)
        #expect(sent == [SentRequest("POST", "/api/v1/query", ["query=1 + 1", "time=4", "timeout=30"])])
    }

    @Test("a panel's range query, its instant query and its exemplars")
    func panel() async throws {
        let range = try await replay(
            .post, "/api/v1/query_range",
            form:
                "end=1767366000&query=rate%28http_requests_total%7Bjob%3D%22api%22%7D%5B1m0s%5D%29&start=1767362400&step=15"
        )
        #expect(range.answer.status == 200)
        #expect(
            range.sent == [
                SentRequest(
                    "POST", "/api/v1/query_range",
                    [
                        #"query=rate(http_requests_total{job="api",tenant_id="acme"}[1m])"#, "start=1767362400",
                        "end=1767366000", "step=15", "timeout=30",
                    ])
            ])
        let instant = try await replay(.post, "/api/v1/query", form: "query=up&time=1767366000.123")
        #expect(
            instant.sent.first?.fields == [#"query=up{tenant_id="acme"}"#, "time=1767366000.123", "timeout=30"])
        let exemplars = try await replay(
            .post, "/api/v1/query_exemplars", form: "end=1767366000&query=latency_bucket&start=1767362400")
        #expect(exemplars.answer.status == 200)
    }

    @Test("custom query parameters in the URL of a form are dropped, and widen nothing")
    func customParameters() async throws {
        let (answer, sent) = try await replay(
            .post, "/api/v1/query?max_source_resolution=5m&X-Amz=1", form: "query=up&custom=1")
        #expect(answer.status == 200)
        #expect(sent.first?.fields == [#"query=up{tenant_id="acme"}"#, "timeout=30"])
    }

    @Test("the names and values that a query editor offers")
    func editor() async throws {
        let cases: [(HTTPMethod, String, String?, SentRequest)] = [
            (
                .get,
                "/api/v1/label/job/values?match%5B%5D=up%7Binstance%3D~%22a.%2A%22%7D&start=1767362400&end=1767366000&limit=40000",
                nil,
                SentRequest(
                    "GET", "/api/v1/label/job/values",
                    [
                        #"match[]=up{instance=~"a.*",tenant_id="acme"}"#, "start=1767362400", "end=1767366000",
                        "limit=40000",
                    ])
            ),
            (
                .get, "/api/v1/label/__name__/values?start=1767362400&end=1767366000", nil,
                SentRequest(
                    "GET", "/api/v1/label/__name__/values",
                    [#"match[]={tenant_id="acme"}"#, "start=1767362400", "end=1767366000"])
            ),
            (
                .post, "/api/v1/labels", "end=1767366000&match%5B%5D=%7B__name__%21%3D%22%22%7D&start=1767362400",
                SentRequest(
                    "POST", "/api/v1/labels",
                    [#"match[]={__name__!="",tenant_id="acme"}"#, "start=1767362400", "end=1767366000"])
            ),
            (
                .post, "/api/v1/series", "end=1767366000&limit=40000&match%5B%5D=up&start=1767362400",
                SentRequest(
                    "POST", "/api/v1/series",
                    [#"match[]=up{tenant_id="acme"}"#, "start=1767362400", "end=1767366000", "limit=40000"])
            ),
            (
                .get, "/api/v1/metadata?limit=5000", nil,
                SentRequest("GET", "/api/v1/label/__name__/values", [#"match[]={tenant_id="acme"}"#])
            ),
            (.get, "/api/v1/rules", nil, SentRequest("GET", "/api/v1/rules", [#"match[]={tenant_id="acme"}"#])),
            (
                .get, "/api/v1/rules?type=alert&exclude_alerts=true&group_limit=100", nil,
                SentRequest(
                    "GET", "/api/v1/rules", ["type=alert", "exclude_alerts=true", #"match[]={tenant_id="acme"}"#])
            ),
        ]
        for (method, target, form, expected) in cases {
            let (answer, sent) = try await replay(method, target, form: form)
            #expect(answer.status == 200, "\(target): \(answer.text)")
            #expect(sent == [expected])
        }
    }

    @Test("the build information is the gateway's own, and looks like that of a Prometheus without a ruler API")
    func buildInfo() async throws {
        let (answer, sent) = try await replay(.get, "/api/v1/status/buildinfo")
        let data = try #require(try answer.json()["data"]?.objectValue)
        #expect(data["version"] == "2.42.0")
        #expect(data["application"] == nil && data["features"] == nil)
        #expect(sent.isEmpty)
        let features = try await replay(.get, "/api/v1/features")
        #expect(try features.answer.json()["data"]?["api"]?["label_values_match"] == true)
        #expect(features.sent.isEmpty)
    }

    @Test("the provisioned data source forwards the user's token and asks the drop-in API by POST")
    func provisioning() throws {
        let text = try String(
            contentsOf: repositoryFile("deploy/grafana/provisioning/datasources/palisade.yaml"), encoding: .utf8)
        for line in [
            "type: prometheus", "url: $PALISADE_URL/prometheus", "oauthPassThru: true", "httpMethod: POST",
            "prometheusVersion: \(Settings.prometheusVersion.defaultText ?? "")",
        ] { #expect(text.contains(line), "\(line)") }
    }
}
