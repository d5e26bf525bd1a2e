import APIRuntime
import JSON
import Testing

@Suite("Failures")
struct FailureTests {
    @Test("a failure is problem details with its status, code and request id")
    func problem() throws {
        let failure = APIFailure.invalidInput([
            Violation(.query, "query", rule: "promql", message: "unexpected \"}\"", line: 1, column: 4),
            Violation(.query, "limit", rule: "minimum", message: "must be at least 0"),
        ])
        let response = failure.problemResponse(requestID: "id-1")
        #expect(response.status == 400)
        #expect(response.headers["content-type"] == "application/problem+json")
        let expected: JSONValue = [
            "type": "about:blank", "title": "Bad Request", "status": 400, "code": "invalid_input",
            "detail": "The request has 2 violations.", "requestId": "id-1",
            "violations": [
                [
                    "in": "query", "name": "query", "rule": "promql", "message": "unexpected \"}\"", "line": 1,
                    "column": 4,
                ],
                ["in": "query", "name": "limit", "rule": "minimum", "message": "must be at least 0"],
            ],
        ]
        #expect(try response.json() == expected)
    }

    @Test("what is for the log stays out of the answer")
    func logDetail() {
        let response = APIFailure(.upstreamFailed, detail: "no", logDetail: "10.0.0.7:9090 refused")
            .problemResponse(requestID: "x")
        #expect(!response.text.contains("10.0.0.7"))
    }

    @Test("every code has a status with a title")
    func titles() {
        for code in ProblemCode.allCases { #expect(reasonPhrase(of: code.status) != "Error", "\(code)") }
    }

    @Test("a request that could not be read is answered with a code of its own status")
    func protocolFailures() {
        for status in [400, 408, 413, 414, 417, 431, 501, 505] {
            #expect(ProblemCode(protocolFailure: status).status == status)
        }
        #expect(ProblemCode(protocolFailure: 400) == .malformedRequest)
    }

    @Test("a 405 names the methods in Allow")
    func allow() {
        #expect(APIFailure.methodNotAllowed(allowed: [.get, .head]).headers["allow"] == "GET, HEAD")
    }
}

@Suite("Bearer tokens")
struct BearerTests {
    @Test("the token stands behind Bearer, in any case", arguments: ["Bearer abc", "bearer abc", "BEARER   abc"])
    func token(_ value: String) throws {
        #expect(try bearerToken(of: ["authorization": value]) == "abc")
    }

    @Test("no field is no token")
    func missing() throws {
        #expect(try bearerToken(of: [:]) == nil)
    }

    @Test("another scheme is 401", arguments: ["Basic abc", "Bearer", "abc", "", "Bearerabc"])
    func otherSchemes(_ value: String) {
        #expect { try bearerToken(of: ["authorization": value]) } throws: {
            ($0 as? APIFailure)?.code == .unauthenticated
        }
    }

    @Test("two Authorization fields are refused, equal ones too")
    func two() {
        let headers: HeaderFields = ["Authorization": "Bearer a", "authorization": "Bearer a"]
        #expect { try bearerToken(of: headers) } throws: {
            ($0 as? APIFailure)?.headers["www-authenticate"]?.contains("invalid_request") == true
        }
    }
}
