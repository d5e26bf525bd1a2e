import Testing

@testable import Generator

@Suite("Bodies of many items")
struct ItemsTests {
    private static let event = "{type: object, properties: {data: {type: string}, price: {type: integer}}}"

    @Test(
        "an event has four fields and no others",
        arguments: [event, "{oneOf: [{type: object, properties: {data: {}}}, \(event)]}"])
    func events(schema: String) throws {
        let generation = Generation(Snippet.answer("text/event-stream: {itemSchema: \(schema)}"))
        #expect(generation.rules == [.invalidValue])
        #expect(
            generation.problems.contains(
                "an event has the fields event, data, id and retry, and none that is called `price`"))
        #expect(generation.problems.contains("help: describe what is in `data`"))
    }

    @Test("what the schema of the whole says of an item is known since 3.2 alone")
    func versions() throws {
        let snippet = Snippet.answer("application/x-ndjson: {schema: {type: array, items: {type: integer}}}")
        #expect(try Generation(snippet).file("Operations.swift").contains("public var body: ItemContent<JSONValue>"))
        let later = snippet.replacing("openapi: 3.1.0", with: "openapi: 3.2.0")
        #expect(try Generation(later).file("Operations.swift").contains("public var body: ItemContent<Int>"))
    }

    @Test("`+json-seq` is a sequence, and an item may be null")
    func sequences() throws {
        let generation = Generation(
            Snippet.answer("application/geo+json-seq: {itemSchema: {type: [integer, \"null\"]}}"),
            configuration: "modes: [client]")
        #expect(
            try generation.file("Client.swift").contains("answer.lines(Int?.self, .sequence, Schemas.all, schema: 0)"))
    }

    @Test("a text is taken for JSON where its schema says so, and for text where it is encoded or listed")
    func contents() throws {
        let base = "type: string, contentMediaType: application/json, contentSchema: {type: integer}"
        for (schema, type) in [
            (base, "JSONText<Int>"), ("\(base), contentEncoding: base64", "String"),
            ("type: string, contentSchema: {type: integer}", "String"),
            ("type: string, contentMediaType: image/png, contentSchema: {}", "String"),
        ] {
            let generation = Generation(Snippet.schemas("A: {\(schema)}"))
            #expect(try generation.file("Models.swift").contains("public typealias A = \(type)"))
        }
    }
}
