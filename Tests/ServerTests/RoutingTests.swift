import APIRuntime
import GeneratedAPI
import JSON
import Testing

@testable import Server

@Suite("Routing")
struct RoutingTests {
    private func send(_ method: HTTPMethod, _ path: String) async throws -> Answer {
        try await TestGateway(FakeUpstream()).send(method, path, token: Tokens.token())
    }

    @Test(
        "a path that the document does not have does not exist",
        arguments: [
            "/", "/api/v1/metrics/query/", "/api/v1/metrics//query", "//api/v1/metrics/query",
            "/api/v1/metrics/%71uery",
            "/api/v1/metrics/../metrics/query", "/api/v1/metrics/query%2f", "/api/v1/metrics/query;x",
            "/API/v1/metrics/query",
            "/api/v1/query", "/metrics", "/api/v1/admin/tsdb/delete_series", "/health/", "/%68ealth", "/-/reload",
        ])
    func unknown(_ path: String) async throws {
        let answer = try await send(.get, path)
        #expect(answer.status == 404)
        #expect(try answer.json()["code"] == "not_found")
    }

    @Test(
        "a method that the document does not have is 405 with Allow",
        arguments: [HTTPMethod.put, .patch, .delete, .trace])
    func methods(_ method: HTTPMethod) async throws {
        let answer = try await send(method, "/api/v1/metrics/query")
        #expect(answer.status == 405)
        #expect(answer.headers["allow"] == "GET, HEAD, OPTIONS, POST")
    }

    @Test("OPTIONS lists the methods and needs no token")
    func options() async throws {
        let answer = try await TestGateway(FakeUpstream()).send(.options, "/api/v1/metrics/query")
        #expect(answer.status == 204)
        #expect(answer.headers["allow"] == "GET, HEAD, OPTIONS, POST")
    }

    @Test("a GET with a body is refused: another server might read it")
    func bodyOnGet() async throws {
        let upstream = FakeUpstream()
        let gateway = try TestGateway(upstream)
        for type in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"] {
            let answer = try await gateway.send(
                .get, "/api/v1/metrics/query", query: "query=up", token: Tokens.token(),
                headers: ["content-type": type], form: "query=evil")
            #expect(answer.status == 400)
        }
        #expect(upstream.received.isEmpty)
    }

    @Test("a form in another encoding is 415")
    func otherForms() async throws {
        let upstream = FakeUpstream()
        let gateway = try TestGateway(upstream)
        for headers in [
            ["content-type": "multipart/form-data; boundary=b"], ["content-type": "application/json"],
            ["content-type": "application/x-www-form-urlencoded; charset=utf-7"],
            ["content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip"],
        ] as [HeaderFields] {
            let answer = try await gateway.send(
                .post, "/api/v1/metrics/query", token: Tokens.token(), headers: headers, form: "query=up")
            #expect(answer.status == 415)
        }
        #expect(upstream.received.isEmpty)
    }

    @Test(
        "text that two parsers could read differently is refused",
        arguments: [
            "query=up&query=evil", "query=&query=evil", "query=up;query=evil", "query=%zz", "query=%ff",
            "query=up&%71uery=x",
        ])
    func ambiguous(_ text: String) async throws {
        let upstream = FakeUpstream()
        let gateway = try TestGateway(upstream)
        #expect(
            try await gateway.send(.get, "/api/v1/metrics/query", query: text, token: Tokens.token()).status == 400)
        #expect(
            try await gateway.send(.post, "/api/v1/metrics/query", token: Tokens.token(), form: text).status == 400)
        #expect(upstream.received.isEmpty)
    }

    @Test("of a form, what stands in the URL is not read")
    func urlBesideForm() async throws {
        let upstream = FakeUpstream()
        let answer = try await TestGateway(upstream).send(
            .post, "/api/v1/metrics/query", query: "query=evil&time=1", token: Tokens.token(), form: "query=up")
        #expect(answer.status == 200)
        let form = try #require(upstream.received.first).form()
        #expect(form["query"] == #"up{tenant_id="acme"}"#)
        #expect(form["time"] == nil)
    }

    @Test("every operation of the document is served, and every route is in the document")
    func documentAndRoutes() throws {
        let document = try JSONParser.parse(OpenAPIDocument.json)
        let paths = try #require(document["paths"]?.objectValue)
        var documented: Set<String> = []
        for path in paths.members {
            for method in try #require(path.value.objectValue).members where method.name != "parameters" {
                documented.insert("\(method.name.uppercased()) \(path.name)")
            }
        }
        let served = Set(OperationID.allCases.map { "\($0.description.method) \($0.description.path)" })
        let administration = Set(
            AdminOperationID.allCases.map { "\($0.description.method) \($0.description.path)" })
        #expect(documented == served.union(administration))
        #expect(served.isDisjoint(with: administration))
        for operation in OperationID.allCases {
            let description = operation.description
            guard case .operation(let found, _) = Router.match(description.method, path: description.path) else {
                Issue.record("\(description.path) has no route")
                continue
            }
            #expect(found == operation)
        }
    }
}

@Suite("The document")
struct DocumentTests {
    @Test(
        "it is served as YAML and JSON, with a tag that saves the second transfer",
        arguments: ["/openapi.yaml", "/openapi.json"])
    func served(_ path: String) async throws {
        let gateway = try TestGateway(FakeUpstream())
        let answer = try await gateway.send(.get, path)
        #expect(answer.status == 200)
        let tag = try #require(answer.headers["etag"])
        for condition in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let second = try await gateway.send(.get, path, headers: ["if-none-match": condition])
            #expect(second.status == 304)
            #expect(second.bytes.isEmpty)
            #expect(second.headers["etag"] == tag)
        }
        #expect(try await gateway.send(.get, path, headers: ["if-none-match": "\"other\""]).status == 200)
    }

    @Test("both forms say the same")
    func json() throws {
        let document = try JSONParser.parse(OpenAPIDocument.json)
        #expect(document["info"]?["version"]?.stringValue == OpenAPIDocument.version)
        #expect(document["openapi"] == "3.1.0")
    }

    @Test("every failure that a query can end with is documented for it")
    func statuses() {
        for operation in [OperationID.queryMetrics, .queryMetricsForm] {
            let statuses = operation.description.statuses
            for code in [
                ProblemCode.invalidInput, .unauthenticated, .forbidden, .notFound, .queryFailed, .internalError,
                .rateLimited, .tooManyRequests, .upstreamFailed, .unavailable, .upstreamTimeout,
            ] {
                #expect(statuses.contains(code.status), "\(operation) does not document \(code.status)")
            }
        }
        for operation in OperationID.allCases where operation.description.isSecured {
            #expect(operation.description.statuses.contains(429), "\(operation) does not document 429")
        }
        let form = OperationID.queryMetricsForm.description.statuses
        #expect(form.contains(413) && form.contains(415))
    }
}
