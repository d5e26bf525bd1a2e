import APIRuntime
import EventLoop
import HTTPClient
import HTTPServer
import JSONSchema
import Testing

private struct Price: Codable, Sendable, Equatable {
    var id: Int
    var text: String?
}

private let schemas = SchemaSet(
    generated: #"[{"type":"object","required":["id"],"properties":{"id":{"type":"integer","minimum":0}}}]"#)

/// As many prices as are asked for, and how many that were.
private struct Prices: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let made: Counter
    let count: Int
    var failsAtEnd = false

    func makeAsyncIterator() -> Prices { self }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> Price? {
        guard made.value < count else {
            if failsAtEnd { throw RequestBodyError.timedOut }
            return nil
        }
        made.add()
        return Price(id: made.value, text: String(repeating: "x", count: 4_000))
    }
}

/// A server that answers with items and adds up those that it gets.
private struct Service: Responder {
    let made: Counter
    let seen: Counter

    func respond(to request: Request) async -> Response {
        do {
            switch request.path {
            case "/prices":
                let items = ItemContent.items(Prices(made: made, count: 5_000))
                return Response(
                    status: 200, headers: ["content-type": "application/jsonl"], body: items.responseBody(.lines))
            case "/broken":
                let items = ItemContent.items(Prices(made: made, count: 2, failsAtEnd: true))
                return Response(
                    status: 200, headers: ["content-type": "application/jsonl"], body: items.responseBody(.lines))
            case "/events":
                let items = ItemContent.items([ServerSentEvent(data: "a\nb", id: "1"), ServerSentEvent(data: "c")])
                return Response(
                    status: 200, headers: ["content-type": "text/event-stream"], body: items.responseBody(.events))
            default:
                let decoder = InputDecoder(request, path: .none)
                guard let items = decoder.items(Price.self, .lines, schemas, schema: 0) else { break }
                for try await _ in items { seen.add() }
                return Response(status: 200, body: .bytes(Array("\(seen.value)".utf8)))
            }
        } catch {
            let failure = error as? APIFailure ?? APIFailure(.internalError, logDetail: "\(error)")
            return failure.problemResponse(requestID: "")
        }
        return Response(status: 500)
    }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response { Response(status: failure.status) }
}

@Suite("Items over real sockets") struct ItemsOverSocketsTests {
    /// A server and a client of it, for as long as the body runs.
    private func withPeers(_ body: (Counter, Counter, APIClient) async throws -> Void) async throws {
        let (made, seen) = (Counter(), Counter())
        let shards = try ShardGroup(count: 1)
        try shards.start()
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        configuration.maximumBodyBytes = 1 << 30
        let server = HTTPServer(
            configuration: configuration, shards: shards, responder: Service(made: made, seen: seen))
        let addresses = try await server.start()
        let port = try #require(addresses.first).port
        let transport = HTTPTransport()
        let client = APIClient(
            server: nil, default: ServerURL("http://127.0.0.1:\(port)"), transport: transport,
            configuration: ClientConfiguration())
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(made, seen, client))
        } catch {
            result = .failure(error)
        }
        await transport.close()
        await server.shutdown(within: .zero)
        shards.stop()
        shards.join()
        try result.get()
    }

    private func id(_ lines: JSONLines<Price>) async throws -> Int? { try await lines.next()?.id }

    private func lines(_ path: String, _ client: APIClient) async throws -> JSONLines<Price> {
        try await client.send(client.request("a", .get, path)).lines(Price.self, .lines, schemas, schema: 0)
    }

    @Test("an item is made when there is room for it, and every one arrives")
    func answers() async throws {
        try await withPeers { made, _, client in
            let lines = try await lines("/prices", client)
            #expect(try await id(lines) == 1)
            // Nobody reads on: the sockets' buffers fill up, and then no more is made.
            var before = -1
            while before != made.value {
                before = made.value
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(before < 5_000)
            var last = 1
            while let price = try await lines.next() {
                #expect(price.id == last + 1)
                last = price.id
            }
            #expect(last == 5_000)
        }
    }

    @Test("letting go of an answer ends the making of items")
    func leaving() async throws {
        try await withPeers { made, _, client in
            do {
                let lines = try await lines("/prices", client)
                _ = try await lines.next()
                lines.cancel()
            }
            var before = -1
            while before != made.value {
                before = made.value
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(before < 5_000)
        }
    }

    @Test("an answer that breaks off is a failure, after the items that came")
    func broken() async throws {
        try await withPeers { _, _, client in
            let lines = try await lines("/broken", client)
            #expect(try await id(lines) == 1)
            #expect(try await id(lines) == 2)
            let failure = await #expect(throws: ClientFailure.self) { () async throws in _ = try await lines.next() }
            #expect(failure?.description == "The request failed: cut.")
        }
    }

    @Test("events arrive as they were written")
    func events() async throws {
        try await withPeers { _, _, client in
            var found: [ServerSentEvent] = []
            for try await event in try await client.send(client.request("a", .get, "/events")).events() {
                found.append(event)
            }
            #expect(found == [.init(data: "a\nb", id: "1"), .init(data: "c", id: "1")])
        }
    }

    @Test("a client's items are read as they are sent")
    func requests() async throws {
        try await withPeers { made, seen, client in
            var request = client.request("a", .post, "/sum")
            request.items(ItemContent.items(Prices(made: made, count: 500)), .lines, as: "application/jsonl")
            let answer = try await client.send(request)
            let text = try await answer.stream().text()
            #expect(text == "500")
            #expect(seen.value == 500)
        }
    }

    @Test("an item that is read before the next one is made is read at once")
    func oneByOne() async throws {
        struct Slow: AsyncSequence, AsyncIteratorProtocol, Sendable {
            let made: Counter
            let seen: Counter
            func makeAsyncIterator() -> Slow { self }
            mutating func next(isolation actor: isolated (any Actor)?) async throws -> Price? {
                guard made.value < 5 else { return nil }
                guard await eventually({ seen.value == made.value }) else { throw RequestBodyError.timedOut }
                made.add()
                return Price(id: made.value)
            }
        }
        try await withPeers { made, seen, client in
            var request = client.request("a", .post, "/sum")
            request.items(ItemContent.items(Slow(made: made, seen: seen)), .lines, as: "application/jsonl")
            let text = try await client.send(request).stream().text()
            #expect(text == "5")
        }
    }

    @Test("a wrong item is answered while the rest is still to be sent")
    func early() async throws {
        struct Endless: AsyncSequence, AsyncIteratorProtocol, Sendable {
            let made: Counter
            func makeAsyncIterator() -> Endless { self }
            mutating func next(isolation actor: isolated (any Actor)?) async throws -> Price? {
                made.add()
                return Price(id: made.value == 3 ? -1 : made.value, text: String(repeating: "x", count: 4_000))
            }
        }
        try await withPeers { made, seen, client in
            var request = client.request("a", .post, "/sum")
            request.items(ItemContent.items(Endless(made: made)), .lines, as: "application/jsonl")
            let answer = try await client.send(request)
            #expect(answer.status == 400)
            let text = try await answer.stream().text()
            #expect(text.contains(#""name":"/id","rule":"minimum","message":"must be at least 0","line":3"#))
            #expect(seen.value == 2)
        }
    }

    @Test("items that break off are no whole body for the server")
    func cut() async throws {
        try await withPeers { made, seen, client in
            var request = client.request("a", .post, "/sum")
            request.items(
                ItemContent.items(Prices(made: made, count: 3, failsAtEnd: true)), .lines, as: "application/jsonl")
            let failure = await #expect(throws: ClientFailure.self) { () async throws in
                _ = try await client.send(request)
            }
            #expect(failure?.description == "The request failed: timedOut.")
        }
    }
}
