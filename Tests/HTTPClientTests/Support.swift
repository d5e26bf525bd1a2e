import APIRuntime
import EventLoop
import HTTPClient
import Synchronization
import Testing

/// A count that tasks share.
final class Counter: Sendable {
    private let cell = Atomic<Int>(0)
    var value: Int { cell.load(ordering: .sequentiallyConsistent) }
    func add(_ amount: Int = 1) { cell.add(amount, ordering: .sequentiallyConsistent) }
}

/// Waits until a condition holds; how long that takes is not judged, short of giving up.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<2_000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

/// What came of a request.
struct Outcome: Sendable, Equatable {
    var status: Int?
    var headers: [String: String] = [:]
    var length: Int?
    var body: [UInt8] = []
    var error: HTTPClientError?

    var text: String { String(decoding: body, as: UTF8.self) }
    /// The whole answer was read.
    var isWhole: Bool { status != nil && error == nil }
}

/// Sends a request and reads its answer to the end. To be called on a shard.
nonisolated(nonsending) func fetch(_ client: any HTTPClient, _ request: HTTPClientRequest) async -> Outcome {
    var outcome = Outcome()
    do {
        let response = try await client.send(request)
        outcome.status = response.status
        outcome.length = response.body.length
        for field in response.headers.fields { outcome.headers[field.name] = field.value }
        while let piece = try await response.body.next() { outcome.body += piece }
    } catch let error as HTTPClientError {
        outcome.error = error
    } catch {
        Issue.record("an error of another kind: \(error)")
    }
    return outcome
}

/// A GET that waits seconds at most.
func get(_ target: String = "/", timeout: Duration = .seconds(20), idleTimeout: Duration = .seconds(20))
    -> HTTPClientRequest
{
    HTTPClientRequest(target: target, timeout: timeout, idleTimeout: idleTimeout)
}

/// A client under test on a running shard, and the upstream it talks to.
struct Bench: Sendable {
    let client: any HTTPClient
    let upstream: ScriptedUpstream
    let shard: Shard

    /// Sends a request on the shard and reads its answer to the end.
    func fetch(_ request: HTTPClientRequest = get()) async throws -> Outcome {
        try await shard.run { [client] in await HTTPClientTests.fetch(client, request) }
    }

    /// Runs `body` on the shard.
    func run<Value: Sendable>(
        _ body: nonisolated(nonsending) @escaping @Sendable (any HTTPClient) async throws -> Value
    ) async throws -> Value {
        try await shard.run { [client] in try await body(client) }
    }
}

/// Makes the client under test.
typealias ClientFactory = @Sendable (HTTPClientOrigin, HTTPClientConfiguration) -> any HTTPClient

/// Runs a test's body against an upstream that follows scripts, one a connection, the last one again and again.
func withBench(
    _ makeClient: ClientFactory, _ scripts: [ScriptedUpstream.Step]...,
    configure: (inout HTTPClientConfiguration) -> Void = { _ in }, _ body: (Bench) async throws -> Void
) async throws {
    let upstream = try ScriptedUpstream(scripts)
    let group = try ShardGroup(count: 1)
    try group.start()
    var configuration = HTTPClientConfiguration()
    configure(&configuration)
    let client = makeClient(HTTPClientOrigin(host: "127.0.0.1", port: upstream.port), configuration)
    let result: Result<Void, any Error>
    do {
        result = .success(try await body(Bench(client: client, upstream: upstream, shard: group.shards[0])))
    } catch {
        result = .failure(error)
    }
    await client.close()
    upstream.stop()
    group.stop()
    group.join()
    try result.get()
}

/// An answer with Content-Length.
func answer(_ body: String, _ fields: String = "") -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}

/// Records that an outcome is not what was expected.
func recordFailure(_ outcome: Outcome) {
    Issue.record("unexpected: \(outcome)")
}
