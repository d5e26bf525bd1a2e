import APIRuntime
import JSON
import JSONSchema
import Testing

/// What a server reads item by item.
@Suite("Bodies of items that are read as they arrive")
struct RequestItemsTests {
    private struct Item: Codable, Sendable, Equatable {
        var a: Int
        var b: String?
    }

    private static let schemas = SchemaSet(
        generated: """
            [{"type":"object","required":["a"],"properties":{"a":{"type":"integer","maximum":9},"b":{"type":"string"}}},
            {"type":"object","properties":{"event":{"type":"string"},"data":{"type":"string","contentSchema":0}}},
            {"type":"object","properties":{"data":0}}]
            """)

    private func items<Value: Decodable>(
        _ type: Value.Type, _ pieces: [String], _ format: ItemFormat = .lines, schema: Int = 0
    ) throws -> RequestItems<Value> {
        let request = Request(method: .post, path: "/", body: .stream(PieceStream(pieces)))
        let decoder = InputDecoder(request, path: .none)
        return try #require(decoder.items(type, format, Self.schemas, schema: schema))
    }

    private func collected<Value: Decodable>(_ items: RequestItems<Value>) async throws -> [Value] {
        var values: [Value] = []
        for try await item in items { values.append(item) }
        return values
    }

    /// Where and how the first wrong item is wrong, after so many good ones.
    private func problem<Value: Decodable>(_ items: RequestItems<Value>) async throws -> String {
        var count = 0
        do {
            while try await items.next() != nil { count += 1 }
            return "\(count)"
        } catch let failure as APIFailure {
            let list = failure.violations.map {
                "\($0.line ?? 0):\($0.column ?? 0) \($0.name) \($0.rule)"
            }
            return "\(count) then \(list.joined(separator: ", "))"
        }
    }

    @Test("as lines, in whichever pieces, with empty lines between them and without an end of the last one")
    func lines() async throws {
        let text = "{\"a\":1}\n\r\n  {\"a\":2,\"b\":\"x\"}\r\n{\"a\":3}"
        for size in [1, 2, 5, 100] {
            let bytes = Array(text.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
            }
            let found = try await collected(items(Item.self, pieces))
            #expect(found == [Item(a: 1), Item(a: 2, b: "x"), Item(a: 3)])
        }
        #expect(try await collected(items(Item.self, [])).isEmpty)
    }

    @Test("each held to its schema, and what is wrong told with its line")
    func violations() async throws {
        #expect(
            try await problem(items(Item.self, ["{\"a\":1}\n\n{\"a\":10,\"b\":1}\n{\"a\":2}\n"]))
                == "1 then 3:0 /a maximum, 3:0 /b type")
        #expect(try await problem(items(Item.self, ["{\"a\":1}\n{\"a\": x}\n"])) == "1 then 2:7  json")
        #expect(try await problem(items(Item.self, ["{\"a\":1}\n{\"a\":"])) == "1 then 2:6  json")
        #expect(try await problem(items(Item.self, ["{}"])) == "0 then 1:0  required")
    }

    @Test("as records of a sequence, which may have several lines and are cut without a line break at their end")
    func sequence() async throws {
        let found = try await collected(
            items(Item.self, ["\u{1E}{\"a\":1}\n\u{1E}{\n\"a\":", "2,\n\"b\":\"}\\\"\"}\n"], .sequence))
        #expect(found == [Item(a: 1), Item(a: 2, b: "}\"")])
        #expect(try await problem(items(JSONValue.self, ["\u{1E}12"], .sequence, schema: 9)) == "0 then 1:0  json-seq")
        #expect(
            try await problem(items(Item.self, ["\u{1E}{\"a\":1}\n\u{1E}{\"a\":\n\u{1E}{}\n"], .sequence))
                == "1 then 2:0  json-seq")
    }

    @Test("as events, whose data may be JSON")
    func events() async throws {
        struct Event: Codable, Equatable {
            var event: String?
            var data: JSONText<Item>
            static func == (left: Event, right: Event) -> Bool {
                left.event == right.event && left.data.value == right.data.value
            }
        }
        let found = try await collected(
            items(Event.self, ["event: x\ndata: {\"a\":\ndata: 1}\n\n:\n\ndata:{\"a\":2}\n\n"], .events, schema: 1))
        #expect(found == [Event(event: "x", data: .init(Item(a: 1))), Event(data: .init(Item(a: 2)))])
        #expect(
            try await problem(items(Event.self, ["data: {\"a\":1}\n\ndata: {\"a\":10}\n\n"], .events, schema: 1))
                == "1 then 3:0 /data/a maximum")
        #expect(
            try await problem(items(Event.self, ["data: no\n\n"], .events, schema: 1))
                == "0 then 1:0 /data contentMediaType")
        #expect(
            try await problem(items(Event.self, ["data: {\"a\":1}\n\ndata: {\"a\":2}\n"], .events, schema: 1))
                == "1 then 3:0  event-stream")
    }

    @Test("with data that the document has as an object, as many write it")
    func objects() async throws {
        struct Event: Codable, Equatable { var data: Item }
        #expect(
            try await collected(items(Event.self, ["data: {\"a\":1}\n\n"], .events, schema: 2))
                == [Event(data: Item(a: 1))])
        #expect(
            try await problem(items(Event.self, ["data: {\"a\":10}\n\n"], .events, schema: 2))
                == "0 then 1:0 /data/a maximum")
        #expect(try await problem(items(Event.self, ["data: x\n\n"], .events, schema: 2)) == "0 then 1:0 /data type")
    }

    @Test("a body that breaks off throws what its stream throws, and no item is made of its rest")
    func cut() async throws {
        final class Cut: ByteStream {
            let length: Int? = nil
            var pieces = ["{\"a\":1}\n{\"a\":2}"]
            func next() async throws -> [UInt8]? {
                guard let piece = pieces.popLast() else { throw RequestBodyError.disconnected }
                return Array(piece.utf8)
            }
            func cancel() {}
        }
        let decoder = InputDecoder(
            Request(method: .post, path: "/", body: .stream(Cut())), path: .none)
        let items = try #require(decoder.items(Item.self, .lines, Self.schemas, schema: 0))
        #expect(try await items.next() == Item(a: 1))
        await #expect(throws: RequestBodyError.disconnected) { () async throws in _ = try await items.next() }
    }
}
