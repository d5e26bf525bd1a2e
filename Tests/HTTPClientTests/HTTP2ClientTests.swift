import EventLoop
import HTTPClient
import Testing

@Suite("HTTP/2 client", .serialized)
struct HTTP2ClientTests {
    private static let head = HTTP2Receiver.Frame.fields(
        [(":status", "200"), ("content-type", "application/grpc"), ("x-empty", "")], isLast: false)

    /// What comes of a post to a server that answers so.
    private func post(
        _ answer: [HTTP2Receiver.Frame], body: [UInt8] = [1, 2, 3], timeout: Duration = .seconds(20)
    ) async throws -> (result: Result<HTTP2Answer, HTTPClientError>, bodies: [[UInt8]]) {
        let receiver = try HTTP2Receiver(answer)
        defer { receiver.stop() }
        return (try await post(receiver.port, body: body, timeout: timeout), receiver.received)
    }

    private func post(
        _ port: UInt16, body: [UInt8] = [1, 2, 3], timeout: Duration = .seconds(20)
    ) async throws -> Result<HTTP2Answer, HTTPClientError> {
        let shards = try ShardGroup(count: 1)
        try shards.start()
        defer {
            shards.stop()
            shards.join()
        }
        let client = HTTP2Client(origin: HTTPClientOrigin(host: "127.0.0.1", port: port), largestAnswer: 1_000)
        return try await shards.shards[0].run {
            do throws(HTTPClientError) {
                return .success(try await client.post("/a", headers: ["te": "trailers"], body: body, timeout: timeout))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test("head, body and trailers are told apart")
    func trailers() async throws {
        let (result, bodies) = try await post([
            Self.head, .data([7, 8]), .fields([("grpc-status", "0"), ("grpc-message", "a b")], isLast: true),
        ])
        let answer = try result.get()
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/grpc")
        #expect(answer.headers["x-empty"] == "")
        #expect(!answer.headers.contains("grpc-status"))
        #expect(answer.body == [7, 8])
        #expect(answer.trailers["grpc-status"] == "0")
        #expect(answer.trailers["grpc-message"] == "a b")
        #expect(bodies == [[1, 2, 3]])
    }

    @Test("trailers without a body, and an answer that is its head alone")
    func withoutBody() async throws {
        let behind = try await post([Self.head, .fields([("grpc-status", "14")], isLast: true)]).result.get()
        #expect(behind.body == [])
        #expect(behind.trailers["grpc-status"] == "14")
        let alone = try await post([.fields([(":status", "200"), ("grpc-status", "8")], isLast: true)]).result.get()
        #expect(alone.headers["grpc-status"] == "8")
        #expect(alone.trailers.fields.isEmpty)
    }

    @Test("an informational head before the final one is forgotten")
    func informational() async throws {
        let answer = try await post([
            .fields([(":status", "103"), ("link", "x")], isLast: false), Self.head, .data([1]),
            .fields([("grpc-status", "0")], isLast: true),
        ]).result.get()
        #expect(answer.status == 200)
        #expect(!answer.headers.contains("link"))
        #expect(answer.trailers["grpc-status"] == "0")
    }

    @Test("a body larger than the first window is sent in full")
    func largeBody() async throws {
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let (result, bodies) = try await post([Self.head, .fields([("grpc-status", "0")], isLast: true)], body: body)
        #expect(try result.get().status == 200)
        #expect(bodies == [body])
    }

    @Test("an answer that breaks off is none: closed or reset before its head, or within it")
    func cut() async throws {
        #expect(try await post([.close]).result.failure == .connectionClosed)
        #expect(try await post([.reset(7)]).result.failure == .connectionClosed)
        // What came with the end in one piece may be lost with it, the head as well.
        for end in [HTTP2Receiver.Frame.close, .reset(2)] {
            let failure = try await post([Self.head, .data([1]), end]).result.failure
            #expect(failure == .cut || failure == .connectionClosed, "\(String(describing: failure))")
        }
    }

    @Test("an answer beyond the limit is refused")
    func tooLarge() async throws {
        let large = HTTP2Receiver.Frame.data([UInt8](repeating: 1, count: 1_001))
        let failure = try await post([Self.head, large, .fields([("grpc-status", "0")], isLast: true)]).result.failure
        #expect(failure == .malformedAnswer("the answer is too large"))
    }

    @Test("who never answers runs into the time limit, and is left")
    func silent() async throws {
        let receiver = try HTTP2Receiver([])
        defer { receiver.stop() }
        #expect(try await post(receiver.port, timeout: .milliseconds(200)).failure == .timedOut(.head))
        #expect(await eventually { receiver.ended == 1 })
    }

    @Test("nobody there, and a server of HTTP/1.1, are failures")
    func others() async throws {
        let receiver = try HTTP2Receiver([])
        receiver.stop()
        guard case .cannotConnect? = try await post(receiver.port).failure else {
            Issue.record("there is nobody")
            return
        }
        let upstream = try ScriptedUpstream([
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), .pause(100), .close]
        ])
        defer { upstream.stop() }
        #expect(try await post(upstream.port, timeout: .seconds(5)).failure != nil)
    }

    @Test("cancelling ends the call at once, and its connection")
    func cancelled() async throws {
        let receiver = try HTTP2Receiver([])
        defer { receiver.stop() }
        let shards = try ShardGroup(count: 1)
        try shards.start()
        defer {
            shards.stop()
            shards.join()
        }
        let client = HTTP2Client(origin: HTTPClientOrigin(host: "127.0.0.1", port: receiver.port))
        let result: Result<HTTP2Answer, HTTPClientError> = try await shards.shards[0].run {
            let failure = Counter()
            let task = Shard.current?.start {
                do throws(HTTPClientError) {
                    _ = try await client.post("/", headers: [:], body: [1], timeout: .seconds(600))
                } catch {
                    if error == .cancelled { failure.add() }
                }
            }
            for _ in 0..<2_000 where receiver.received.isEmpty { try await Shard.sleep(for: .milliseconds(5)) }
            task?.cancel()
            await task?.wait()
            return failure.value == 1 ? .failure(.cancelled) : .failure(.closed)
        }
        #expect(result.failure == .cancelled)
        #expect(await eventually { receiver.ended == 1 })
    }

    @Test("a field that would be more than one line is not sent")
    func unwritable() async throws {
        let client = HTTP2Client(origin: HTTPClientOrigin(host: "127.0.0.1", port: 1))
        await #expect(throws: HTTPClientError.unwritableRequest("the field a has bytes that no field may have")) {
            try await client.post("/", headers: ["a": "b\r\nc: d"], body: [], timeout: .seconds(1))
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
