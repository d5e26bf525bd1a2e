import APIRuntime
@testable import EventLoop
import HTTPClient
import Testing

/// A body that a test feeds piece by piece.
private final class Feed: ByteStream {
    let length: Int?
    private var next: @Sendable () async throws -> [UInt8]?
    private let asked: Counter
    private let left: Counter

    init(
        length: Int? = nil, asked: Counter = Counter(), left: Counter = Counter(),
        _ next: @escaping @Sendable () async throws -> [UInt8]?
    ) {
        self.length = length
        self.asked = asked
        self.left = left
        self.next = next
    }

    func next() async throws -> [UInt8]? {
        asked.add()
        return try await next()
    }

    func cancel() { left.add() }
}

@Suite("Bodies of requests that are streamed") struct UploadTests {
    private static let clients: [ClientFactory] = [
        { SocketHTTPClient(origin: $0, configuration: $1) }, { CurlHTTPClient(origin: $0, configuration: $1) },
    ]

    /// The head and the body of the answer to an upload.
    private nonisolated(nonsending) static func send(
        _ client: any HTTPClient, _ body: any ByteStream, timeout: Duration = .seconds(20), method: HTTPMethod = .post
    ) async -> Outcome {
        guard let client = client as? any UploadingHTTPClient else { return Outcome() }
        var outcome = Outcome()
        do {
            let request = HTTPClientRequest(method: method, target: "/", timeout: timeout, idleTimeout: .seconds(20))
            let response = try await client.send(request, body: body)
            outcome.status = response.status
            while let piece = try await response.body.next() { outcome.body += piece }
        } catch {
            outcome.error = error as? HTTPClientError
        }
        return outcome
    }

    @Test("go out with a length where it is known, and the connection is used again", arguments: [0, 1])
    func known(client: Int) async throws {
        try await withBench(Self.clients[client], [.answerAll(answer("ok"))]) { bench in
            for pieces in [[[0x61], [0x62, 0x63]], []] as [[[UInt8]]] {
                let outcome = try await bench.run {
                    await Self.send($0, PieceStream(pieces, length: pieces.reduce(0) { $0 + $1.count }))
                }
                #expect(outcome.text == "ok")
            }
            #expect(bench.upstream.connections == 1)
            let sent = bench.upstream.requests
            #expect(
                sent.count == 2 && sent[0].lowercased().contains("content-length: 3\r\n")
                    && sent[0].hasSuffix("\r\n\r\nabc"))
            #expect(sent.last?.lowercased().contains("content-length: 0\r\n") == true)
        }
    }

    @Test("go out in chunks where their length is not known", arguments: [0, 1])
    func chunked(client: Int) async throws {
        let wire = "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"
        try await withBench(
            Self.clients[client], [.request, .read(wire.utf8.count), .send(answer("ok")), .answerAll(answer("again"))]
        ) {
            bench in
            let outcome = try await bench.run { client in
                var rest: [[UInt8]] = [[0x61, 0x62, 0x63], [0x64]]
                let (pieces, source) = AsyncStream<[UInt8]>.makeStream()
                while !rest.isEmpty { source.yield(rest.removeFirst()) }
                source.finish()
                var iterator = pieces.makeAsyncIterator()
                let all = [await iterator.next(), await iterator.next()].compactMap { $0 }
                let queue = Queue(all)
                return await Self.send(client, Feed { queue.take() })
            }
            #expect(outcome.text == "ok")
            #expect(try await bench.fetch().text == "again")
            #expect(bench.upstream.connections == 1)
            #expect(bench.upstream.requests.first?.lowercased().contains("transfer-encoding: chunked\r\n") == true)
        }
    }

    @Test("are asked for more only when there is room", arguments: [0, 1])
    func backPressure(client: Int) async throws {
        let goOn = Counter()
        try await withBench(
            Self.clients[client], [.request, .until(goOn), .read(40 << 20), .send(answer("ok"))],
            configure: { $0.highWatermark = 100_000 }
        ) { bench in
            let asked = Counter()
            async let outcome = bench.run { client in
                await Self.send(
                    client,
                    Feed(asked: asked) {
                        asked.value <= 640 ? [UInt8](repeating: 1, count: 65_536) : nil
                    })
            }
            #expect(await eventually { asked.value > 1 })
            // What fits into the system's buffers is taken, and no more.
            var before = -1
            while before != asked.value {
                before = asked.value
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(before < 640)
            goOn.add()
            let whole = try await outcome
            #expect(whole.text == "ok" && asked.value > before)
        }
    }

    @Test("an answer before the end of the body is the answer, and the rest is let go of", arguments: [0, 1])
    func early(client: Int) async throws {
        let refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno"
        try await withBench(Self.clients[client], [.request, .send(refusal)]) { bench in
            let left = Counter()
            // The source never has anything more to say.
            let (never, source) = AsyncStream<[UInt8]>.makeStream()
            let outcome = try await bench.run { client in
                await Self.send(
                    client,
                    Feed(left: left) {
                        for await piece in never { return piece }; throw CancellationError()
                    })
            }
            #expect(outcome.status == 413 && outcome.text == "no")
            #expect(await eventually { left.value == 1 && bench.upstream.departures == 1 })
            source.finish()
        }
    }

    @Test(
        "a server that resets the connection while the body is sent has not answered, and is not asked again",
        arguments: [0, 1])
    func reset(client: Int) async throws {
        try await withBench(Self.clients[client], [.request, .reset]) { bench in
            let asked = Counter()
            let outcome = try await bench.run { client in
                await Self.send(client, Feed(asked: asked) { [UInt8](repeating: 1, count: 65_536) })
            }
            #expect(outcome.error == .connectionClosed)
            #expect(bench.upstream.connections == 1)
        }
    }

    @Test("a request whose body has begun is not sent again, though its method would allow it", arguments: [0, 1])
    func once(client: Int) async throws {
        try await withBench(Self.clients[client], [.request, .send(answer("a")), .request, .close]) { bench in
            #expect(try await bench.fetch().text == "a")
            let asked = Counter()
            let outcome = try await bench.run { client in
                await Self.send(client, Feed(asked: asked) { asked.value == 1 ? [1] : nil }, method: .put)
            }
            #expect(outcome.error == .connectionClosed)
            #expect(bench.upstream.connections == 1)
        }
    }

    @Test(
        "a body that breaks off, or is not as long as it said, ends the connection without an end of the body",
        arguments: [0, 1])
    func broken(client: Int) async throws {
        try await withBench(Self.clients[client], [.request, .read(1 << 20)]) { bench in
            let failing: [@Sendable () -> Feed] = [
                { Feed { throw RequestBodyError.disconnected } },
                {
                    let asked = Counter();
                    return Feed(asked: asked) {
                        if asked.value == 1 { return [1] }; throw RequestBodyError.timedOut
                    }
                },
                {
                    let asked = Counter(); return Feed(length: 2, asked: asked) { asked.value == 1 ? [1] : nil }
                },
                {
                    let asked = Counter(); return Feed(length: 2, asked: asked) { asked.value == 1 ? [1, 2, 3] : nil }
                },
            ]
            for (index, make) in failing.enumerated() {
                let outcome = try await bench.run { await Self.send($0, make()) }
                #expect(outcome.error == .requestBodyFailed)
                #expect(await eventually { bench.upstream.departures == index + 1 })
            }
        }
    }

    @Test("time runs while the server takes nothing, and not while the body has nothing to send", arguments: [0, 1])
    func time(client: Int) async throws {
        let goOn = Counter()
        let wire = "8\r\n........\r\n0\r\n\r\n"
        try await withBench(
            Self.clients[client], [.request, .until(goOn), .read(wire.utf8.count), .send(answer("ok"))]
        ) { bench in
            async let slow = bench.run { client in
                let asked = Counter()
                return await Self.send(
                    client,
                    Feed(asked: asked) {
                        if asked.value == 1 {
                            try await Task.sleep(for: .milliseconds(400))
                            goOn.add()
                            return [UInt8](repeating: 1, count: 8)
                        }
                        return nil
                    }, timeout: .milliseconds(200))
            }
            let outcome = try await slow
            #expect(outcome.text == "ok")
        }
        try await withBench(Self.clients[client], [.request, .until(Counter())]) { bench in
            let outcome = try await bench.run { client in
                await Self.send(client, Feed { [UInt8](repeating: 1, count: 65_536) }, timeout: .milliseconds(200))
            }
            #expect(outcome.error == .timedOut(.head))
        }
    }

    @Test("cancelling the task lets go of the body and the connection", arguments: [0, 1])
    func cancelling(client: Int) async throws {
        try await withBench(Self.clients[client], [.request, .read(1)]) { bench in
            let asked = Counter()
            let left = Counter()
            let (never, source) = AsyncStream<[UInt8]>.makeStream()
            let running = Task {
                try await bench.run { client in
                    await Self.send(
                        client,
                        Feed(asked: asked, left: left) {
                            for await piece in never { return piece }; throw CancellationError()
                        })
                }
            }
            #expect(await eventually { asked.value == 1 })
            running.cancel()
            let outcome = try await running.value
            #expect(outcome.error == .cancelled)
            #expect(await eventually { left.value == 1 && bench.upstream.departures == 1 })
            source.finish()
        }
    }
}

/// Pieces that are handed out one after another.
private final class Queue: Sendable {
    private let rest: Lock<[[UInt8]]>

    init(_ pieces: [[UInt8]]) { rest = Lock(pieces) }

    func take() -> [UInt8]? { rest.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
