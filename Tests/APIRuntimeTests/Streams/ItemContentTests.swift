import APIRuntime
import JSON
import JSONSchema
import Testing

/// What a server answers with item by item.
@Suite("Bodies of items that are written one after another")
struct ItemContentTests {
    private struct Item: Codable, Sendable, Equatable {
        var a: Int
    }

    private static let schemas = SchemaSet(
        generated: #"[{"type":"object","properties":{"a":{"type":"integer","maximum":9}}}]"#)

    private func pieces(_ body: ResponseBody) async throws -> [String] {
        guard case .stream(let stream) = body else { return [] }
        var pieces: [String] = []
        while let piece = try await stream.next() { pieces.append(String(decoding: piece, as: UTF8.self)) }
        #expect(try await stream.next() == nil)
        return pieces
    }

    @Test("are lines, records of a sequence, or events")
    func formats() async throws {
        let items = ItemContent.items([Item(a: 1), Item(a: 2)])
        #expect(try await pieces(items.responseBody(.lines)) == ["{\"a\":1}\n", "{\"a\":2}\n"])
        let texts = ItemContent.items(["x\ny"])
        #expect(try await pieces(texts.responseBody(.sequence)) == ["\u{1E}\"x\\ny\"\n"])
        let events = ItemContent.items([
            ServerSentEvent(data: "a"), ServerSentEvent(event: "b", data: "1\n2\r\n3\r4\n", id: "7", retry: 20),
            ServerSentEvent(data: ""),
        ])
        #expect(
            try await pieces(events.responseBody(.events)) == [
                "data: a\n\n", "event: b\nid: 7\nretry: 20\ndata: 1\ndata: 2\ndata: 3\ndata: 4\ndata: \n\n",
                "data: \n\n",
            ])
    }

    @Test("the next item of an async sequence is asked for when there is room for it")
    func backPressure() async throws {
        final class Count { var value = 0 }
        let count = Count()
        struct Numbers: AsyncSequence, AsyncIteratorProtocol {
            let count: Count
            func makeAsyncIterator() -> Numbers { self }
            mutating func next(isolation actor: isolated (any Actor)?) async throws -> Int? {
                count.value += 1
                return count.value
            }
        }
        guard case .stream(let stream) = ItemContent.items(Numbers(count: count)).responseBody(.lines) else { return }
        #expect(count.value == 0)
        #expect(try await stream.next() == Array("1\n".utf8))
        #expect(try await stream.next() == Array("2\n".utf8))
        #expect(count.value == 2)
        stream.cancel()
        await #expect(throws: CancellationError.self) { () async throws in _ = try await stream.next() }
        #expect(count.value == 2)
    }

    @Test("what the sequence throws is thrown, and what follows is no end")
    func failing() async throws {
        let (items, source) = AsyncThrowingStream<Int, any Error>.makeStream()
        source.yield(1)
        source.finish(throwing: APIFailure(.internalError))
        guard case .stream(let stream) = ItemContent.items(items).responseBody(.lines) else { return }
        #expect(try await stream.next() == Array("1\n".utf8))
        await #expect(throws: APIFailure.self) { () async throws in _ = try await stream.next() }
        await #expect(throws: CancellationError.self) { () async throws in _ = try await stream.next() }
    }

    @Test("letting go of the body lets go of the sequence")
    func leaving() async throws {
        let (items, source) = AsyncStream<Int>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        source.onTermination = { _ in end.finish() }
        source.yield(1)
        do {
            guard case .stream(let stream) = ItemContent.items(items).responseBody(.lines) else { return }
            #expect(try await stream.next() == Array("1\n".utf8))
            stream.cancel()
        }
        _ = consume items
        for await _ in ended {}
    }

    @Test("a task that is cancelled while it waits for an item is no end of the items")
    func cancelling() async throws {
        let (items, source) = AsyncStream<Int>.makeStream()
        let reading = Task { () async throws -> [UInt8]? in
            guard case .stream(let stream) = ItemContent.items(items).responseBody(.lines) else { return nil }
            return try await stream.next()
        }
        reading.cancel()
        await #expect(throws: CancellationError.self) { () async throws in _ = try await reading.value }
        source.finish()
    }

    @Test("an item that breaks its schema breaks the body off, without being repeated")
    func checked() async throws {
        let items = ItemContent.items([Item(a: 9), Item(a: 10)])
        guard case .stream(let stream) = items.responseBody(.lines, Self.schemas, schema: 0) else { return }
        #expect(try await stream.next() == Array("{\"a\":9}\n".utf8))
        let failure = await #expect(throws: APIFailure.self) { () async throws in _ = try await stream.next() }
        #expect(failure?.logDetail == "an item of the answer breaks its schema: /a must be at most 9 [maximum]")
    }

    @Test(
        "what no event can say is an error",
        arguments: [
            #"{"event":"a\nb","data":""}"#, #"{"id":"\u0000","data":""}"#, #"{"retry":-1,"data":""}"#,
            #"{"data":"","other":1}"#, #"{"event":1,"data":""}"#, "1",
        ])
    func unwritable(text: String) async throws {
        let value = try JSONParser.parse(Array(text.utf8))
        guard case .stream(let stream) = ItemContent.items([value]).responseBody(.events) else { return }
        await #expect(throws: APIFailure.self) { () async throws in _ = try await stream.next() }
    }

    @Test("bytes and streams that are items already pass through")
    func bytes() async throws {
        let text = ItemContent<Int>.text("1\n")
        guard case .bytes(let bytes) = text.responseBody(.lines) else { return }
        #expect(bytes == Array("1\n".utf8))
        let stream = ItemContent<Int>.stream(PieceStream(["1\n"]))
        #expect(try await pieces(stream.responseBody(.lines)) == ["1\n"])
    }
}
