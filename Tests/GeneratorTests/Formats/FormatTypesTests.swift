import Foundation
import Testing

@testable import Generator

@Suite("Formats become types")
struct FormatTypesTests {
    @Test(
        "of the runtime, and those that are none stay text",
        arguments: [
            ("date-time", "DateTime"), ("date", "CalendarDate"), ("time", "TimeOfDay"),
            ("duration", "CalendarDuration"), ("uuid", "UniqueIdentifier"), ("uri", "URI"), ("byte", "Base64Bytes"),
            ("uri-reference", "String"), ("email", "String"), ("hostname", "String"), ("ipv4", "String"),
            ("ipv6", "String"), ("binary", "String"), ("password", "String"), ("unheard-of", "String"),
        ])
    func types(format: String, type: String) throws {
        let schema = Snippet.schemas(
            "A: {type: string, format: \(format)}\nB: {properties: {c: {$ref: '#/components/schemas/A'}}}")
        #expect(try Generation(schema).has("public typealias A = \(type)", in: "Models.swift"))
        // As text it is what it was.
        let text = Generation(schema, configuration: "formats: text")
        #expect(try text.has("public typealias A = String", in: "Models.swift"))
        #expect(try !text.file("Models.swift").contains("import"))
    }

    @Test("in place of String only: listed values stay an enumeration, and so does what is open")
    func enumerations() throws {
        let generation = Generation(
            Snippet.schemas(
                """
                A: {type: string, format: date, enum: ["2024-01-01"]}
                B: {type: [string, integer], format: date}
                C: {type: string, format: uuid, x-extensible-enum: [a]}
                D: {anyOf: [{type: string, format: date}, {type: string}]}
                """))
        #expect(try generation.has("public enum A: String,", in: "Models.swift"))
        #expect(try generation.has("public typealias B = JSONValue", in: "Models.swift"))
        #expect(try generation.has("case other(String)", in: "Models.swift"))
        #expect(try generation.has("public typealias D = String", in: "Models.swift"))
    }

    @Test("and alternatives of several formats are told apart by their names")
    func alternatives() throws {
        let generation = Generation(
            Snippet.schemas("A: {oneOf: [{type: string, format: date-time}, {type: string, format: date}]}"))
        #expect(try generation.has("case dateTime(DateTime)", in: "Models.swift"))
        #expect(try generation.has("case date(CalendarDate)", in: "Models.swift"))
        let text = Generation(
            Snippet.schemas("A: {oneOf: [{type: string, format: date-time}, {type: string, format: date}]}"),
            configuration: "formats: text")
        #expect(try text.has("public typealias A = String", in: "Models.swift"))
    }

    @Test("schemas of the document do not hide the types, and have their own names where those are not used")
    func names() throws {
        let schemas = Snippet.schemas("DateTime: {type: object, properties: {at: {type: string, format: date-time}}}")
        #expect(try Generation(schemas).has("public struct DateTimeModel:", in: "Models.swift"))
        #expect(
            try Generation(schemas, configuration: "formats: text").has("public struct DateTime:", in: "Models.swift"))
    }

    @Test("each of which stands in docs/generator.md")
    func documentation() throws {
        let text = try Repository.text("docs/generator.md")
        let section = try #require(text.components(separatedBy: "\n## Formats\n").dropFirst().first)
        let rows = section.components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("| `") }
        let types = try rows.map { row in
            let cells = row.components(separatedBy: "`")
            return try #require(FormatType(format: Name(cells[1])).map { $0.rawValue == cells[3] ? $0 : nil } ?? nil)
        }
        #expect(types == FormatType.allCases)
    }

    @Test("another setting is told with what it can be")
    func settings() {
        let generation = Generation(Snippet.schemas("A: {type: string}"), configuration: "formats: swift")
        #expect(generation.files.isEmpty)
        #expect(generation.problems.contains("generator.yaml:1:10: error: `formats` cannot be `swift`"))
        #expect(generation.problems.contains("help: with `types` strings"))
    }
}
