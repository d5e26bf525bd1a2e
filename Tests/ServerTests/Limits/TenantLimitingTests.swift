import APIRuntime
import HTTPClient
import JSON
import TestSupport
import Testing

@testable import Server

/// The whole gateway with limits, and a clock of the test's own.
private struct Limited {
    let clock = ManualClock()
    let upstream: FakeUpstream
    let limits: TenantLimits
    let gateway: TestGateway

    init(
        perSecond: Double? = nil, burst: Int? = nil, running: Int? = nil,
        _ answer: @escaping @Sendable (HTTPClientRequest) throws(HTTPClientError) -> FakeUpstream.Answer = {
            _ throws(HTTPClientError) in FakeUpstream.Answer(pieces: ["{}"])
        }
    ) throws {
        let clock = clock
        upstream = FakeUpstream(answer)
        limits = TenantLimits(
            rate: perSecond.map { RequestRate(thousandthsPerSecond: Int($0 * 1_000), burst: burst) },
            mostRunning: running, now: { clock.now })
        gateway = try TestGateway(upstream, limits: limits)
    }

    func query(
        _ tenants: JSONValue = "acme", picking: String? = nil, _ text: String = "query=up"
    ) async throws -> Answer {
        try await gateway.send(
            .get, "/api/v1/metrics/query", query: text, token: Tokens.token(tenants),
            headers: picking.map { ["x-tenant": $0] } ?? [:])
    }

    /// The answer before anybody has read it.
    func respond(_ tenants: JSONValue = "acme", _ text: String = "query=up") async throws -> Response {
        let token = try Tokens.token(tenants)
        return await gateway.gateway.respond(
            to: Request(
                method: .get, path: "/api/v1/metrics/query", query: text,
                headers: ["authorization": "Bearer \(token)"]))
    }
}

@Suite("Rate limit")
struct RateLimitTests {
    @Test("over the limit it is 429 with the time to wait; nothing is asked of the upstream")
    func tooFast() async throws {
        let limited = try Limited(perSecond: 0.4, burst: 2)
        for remaining in [1, 0] {
            let answer = try await limited.query()
            #expect(answer.status == 200)
            #expect(answer.headers.values("ratelimit-policy") == ["\"default\";q=2;w=5"])
            #expect(answer.headers.values("ratelimit") == ["\"default\";r=\(remaining);t=\(remaining == 1 ? 3 : 5)"])
            #expect(!answer.headers.contains("retry-after"))
        }
        let refused = try await limited.query()
        #expect(refused.status == 429)
        #expect(try refused.json()["code"] == "rate_limited")
        #expect(refused.headers.values("retry-after") == ["3"])
        #expect(refused.headers.values("ratelimit") == ["\"default\";r=0;t=5"])
        #expect(refused.headers.values("ratelimit-policy") == ["\"default\";q=2;w=5"])
        #expect(limited.upstream.received.count == 2)
        limited.clock.advance(seconds: 2.5)
        #expect(try await limited.query().status == 200)
        #expect(try await limited.query().status == 429)
    }

    @Test("however short the wait, Retry-After is a second at least")
    func shortWait() async throws {
        let limited = try Limited(perSecond: 1_000, burst: 1)
        #expect(try await limited.query().headers["ratelimit-policy"] == "\"default\";q=1;w=1")
        #expect(try await limited.query().headers["retry-after"] == "1")
    }

    @Test("a failed request counts too, and its answer says where the limit stands")
    func failures() async throws {
        let limited = try Limited(perSecond: 1, burst: 2)
        let failed = try await limited.query("acme", "query=up{")
        #expect(failed.status == 400)
        #expect(failed.headers.values("ratelimit") == ["\"default\";r=1;t=1"])
    }

    @Test("another tenant has a limit of its own, and learns nothing of the first one's")
    func others() async throws {
        let limited = try Limited(perSecond: 1, burst: 2)
        for _ in 0..<5 { _ = try await limited.query("acme") }
        let other = try await limited.query("globex")
        #expect(other.status == 200)
        #expect(other.headers["ratelimit"] == "\"default\";r=1;t=1")
    }

    @Test("who is nobody is told of no limit and costs nobody anything")
    func nobody() async throws {
        let limited = try Limited(perSecond: 1, burst: 1)
        for _ in 0..<3 {
            let answer = try await limited.gateway.query("up", token: try Tokens.token("acme") + "x")
            #expect(answer.status == 401)
            #expect(!answer.headers.contains("ratelimit") && !answer.headers.contains("ratelimit-policy"))
        }
        #expect(try await limited.query().status == 200)
    }

    @Test("what needs no token has no limit")
    func publicOperations() async throws {
        let limited = try Limited(perSecond: 1, burst: 1)
        for _ in 0..<5 {
            let answer = try await limited.gateway.send(.get, "/health")
            #expect(answer.status == 200)
            #expect(!answer.headers.contains("ratelimit"))
        }
    }

    @Test("picking tenants multiplies nobody's allowance: each picked one pays")
    func picking() async throws {
        let limited = try Limited(perSecond: 1, burst: 2)
        #expect(try await limited.query(["a", "b"]).status == 200)
        #expect(try await limited.query(["a", "b"], picking: "a").status == 200)
        #expect(try await limited.query(["a", "b"], picking: "a").status == 429)
        #expect(try await limited.query(["a", "b"]).status == 429)
        // Neither another token nor another order or spelling of the list has a bucket of its own.
        #expect(try await limited.query("a").status == 429)
        #expect(try await limited.query(["b", "a"], picking: "b,a").status == 429)
        let last = try await limited.query(["a", "b"], picking: "b")
        #expect(last.status == 200)
        #expect(last.headers["ratelimit"] == "\"default\";r=0;t=2")
        #expect(try await limited.query("b").status == 429)
    }

    @Test("of several tenants, the fields speak of the one with the fewest left")
    func fewest() async throws {
        let limited = try Limited(perSecond: 1, burst: 5)
        for _ in 0..<3 { _ = try await limited.query("b") }
        #expect(try await limited.query(["a", "b"]).headers["ratelimit"] == "\"default\";r=1;t=4")
    }

    @Test("without limits nothing is said of them")
    func none() async throws {
        let answer = try await TestGateway(FakeUpstream()).query("up", token: Tokens.token())
        #expect(!answer.headers.contains("ratelimit") && !answer.headers.contains("ratelimit-policy"))
    }

    @Test("a full table is 503, and the log says why")
    func noRoom() async throws {
        let limits = TenantLimits(rate: nil, mostRunning: 1, capacity: 0)
        let gateway = try TestGateway(FakeUpstream(), limits: limits)
        var running: [Response] = []
        for number in 0..<100 {
            let token = try Tokens.token(.string("t\(number)"))
            running.append(
                await gateway.gateway.respond(
                    to: Request(
                        method: .get, path: "/api/v1/metrics/query", query: "query=up",
                        headers: ["authorization": "Bearer \(token)"])))
        }
        let answer = try await gateway.query("up", token: Tokens.token())
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "1")
        #expect(gateway.sink.text.contains("the table of tenants' limits is full"))
        #expect(running.count == 100)
    }
}

@Suite("Concurrency limit")
struct ConcurrencyLimitTests {
    @Test("a place is kept until the answer has ended, not until it begins")
    func held() async throws {
        let limited = try Limited(running: 2)
        let first = try await limited.respond()
        let second = try await limited.respond()
        let refused = try await limited.query()
        #expect(refused.status == 429)
        #expect(try refused.json()["code"] == "too_many_requests")
        #expect(refused.headers.values("retry-after") == ["1"])
        #expect(try await limited.query("globex").status == 200)
        first.onEnd?(ResponseEnd(outcome: .complete, bodyBytes: 0))
        #expect(try await limited.query().status == 200)
        // Ending the first one again frees no second place.
        first.onEnd?(ResponseEnd(outcome: .complete, bodyBytes: 0))
        let third = try await limited.respond()
        #expect(third.status == 200)
        #expect(try await limited.query().status == 429)
        second.onEnd?(ResponseEnd(outcome: .clientLeft, bodyBytes: 0))
        third.onEnd?(ResponseEnd(outcome: .bodyFailed, bodyBytes: 0))
        #expect(limited.limits.count == 0)
    }

    @Test("a place is given back when the operation throws, or the input is wrong")
    func thrown() async throws {
        let limited = try Limited(running: 1) { _ throws(HTTPClientError) in throw .cannotConnect("refused") }
        for _ in 0..<3 {
            #expect(try await limited.respond().status == 502)
            #expect(try await limited.respond("acme", "query=up{").status == 400)
        }
        #expect(limited.limits.count == 0)
    }

    @Test("a place is given back when an answer is dropped without having been sent")
    func dropped() async throws {
        let limited = try Limited(running: 1)
        for _ in 0..<3 { #expect(try await limited.respond().status == 200) }
        #expect(limited.limits.count == 0)
    }

    @Test("the access log still has its line")
    func logged() async throws {
        let limited = try Limited(running: 1)
        _ = try await limited.query()
        #expect(limited.gateway.sink.lines.count == 1)
    }

    @Test("whatever becomes of answers, in whatever order, no place is lost and none is won")
    func random() async throws {
        var random = SeededGenerator(seed: 12)
        let limited = try Limited(running: 3) { request throws(HTTPClientError) in
            if String(decoding: request.body, as: UTF8.self).contains("fail") { throw .cannotConnect("refused") }
            return FakeUpstream.Answer(pieces: ["{}"])
        }
        var running: [Response] = []
        for _ in 0..<1_000 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let response = try await limited.respond()
                #expect(response.status == (running.count < 3 ? 200 : 429))
                if response.status == 200 { running.append(response) }
            case 2:
                let status = try await limited.respond("acme", "query=fail").status
                #expect(status == (running.count < 3 ? 502 : 429))
            default:
                guard let index = running.indices.randomElement(using: &random) else { continue }
                let response = running.remove(at: index)
                // Some are ended, some dropped.
                if Bool.random(using: &random) { response.onEnd?(ResponseEnd(outcome: .clientLeft, bodyBytes: 0)) }
            }
        }
        running = []
        #expect(limited.limits.count == 0)
    }
}
