import Testing

@testable import Generator

@Suite("Schemas become models")
struct ModelsTests {
    private func expect(_ schemas: String, _ lines: String, version: String = "3.1.0") throws {
        let generation = Generation(Snippet.schemas(schemas, version: version))
        #expect(
            try generation.has(lines, in: "Models.swift"), Comment(rawValue: generation.files["Models.swift"] ?? ""))
    }

    @Test("an object becomes a structure with an initializer")
    func structure() throws {
        try expect(
            """
            Pet:
              type: object
              description: One pet.
              required: [id]
              properties:
                id: {type: integer, format: int64}
                name: {type: string, description: What it is called.}
            """,
            """
            /// One pet.
            public struct Pet: Codable, Sendable {
            /// The member `id`.
            public var id: Int64
            /// What it is called.
            public var name: String?
            """)
        try expect(
            "Pet: {required: [id], properties: {id: {type: string}, name: {type: number}}}",
            """
            public init(id: String, name: Double? = nil) {
            self.id = id
            self.name = name
            }
            """)
    }

    @Test(
        "types",
        arguments: [
            ("{type: string}", "String"), ("{type: string, format: date-time}", "DateTime"), ("{type: integer}", "Int"),
            ("{type: integer, format: int32}", "Int32"), ("{type: integer, format: int64}", "Int64"),
            ("{type: number}", "Double"), ("{type: number, format: float}", "Double"), ("{type: boolean}", "Bool"),
            ("{}", "JSONValue"), ("true", "JSONValue"), ("{type: object}", "[String: JSONValue]"),
            ("{type: object, additionalProperties: true}", "[String: JSONValue]"),
            ("{type: object, additionalProperties: {}}", "[String: JSONValue]"),
            ("{additionalProperties: {type: integer}}", "[String: Int]"),
            ("{additionalProperties: {type: [integer, \"null\"]}}", "[String: Int?]"),
            ("{type: array}", "[JSONValue]"), ("{type: array, items: {type: boolean}}", "[Bool]"),
            ("{items: {type: array, items: {type: string}}}", "[[String]]"),
            ("{type: array, items: {type: [string, \"null\"]}}", "[String?]"),
        ])
    func types(schema: String, type: String) throws {
        try expect("A: \(schema)", "public typealias A = \(type)\n")
        try expect("A: {type: object, properties: {b: \(schema)}}", "public var b: \(type)?\n")
    }

    @Test("strings that are listed become an enumeration")
    func enumeration() throws {
        try expect(
            "Status: {type: string, enum: [ready, not_ready, \"\", default, 1h]}",
            """
            public enum Status: String, Codable, CaseIterable, Sendable {
            /// `ready`
            case ready
            /// `not_ready`
            case notReady = "not_ready"
            /// ``
            case empty = ""
            /// `default`
            case `default`
            /// `1h`
            case _1h = "1h"
            }
            """)
    }

    @Test("no case is mistaken for one of an optional")
    func optionalCases() throws {
        try expect("A: {enum: [none]}", "case noneValue = \"none\"")
    }

    @Test("formats and deprecation are told in comments")
    func notes() throws {
        try expect(
            "A: {properties: {a: {type: string, format: date-time, deprecated: true, description: When.}}}",
            "/// When.\n///\n/// Format: `date-time`.\n/// Deprecated.\npublic var a: DateTime?")
    }

    @Test("values whose names would be the same get numbers")
    func equalCases() throws {
        try expect(
            "A: {enum: [a b, a-b, aB]}",
            """
            case aB = "a b"
            /// `a-b`
            case aBValue = "a-b"
            /// `aB`
            case aBValue2 = "aB"
            """)
    }

    @Test("a constant has one case, which initializers take by themselves")
    func constant() throws {
        try expect(
            "A: {required: [status], properties: {status: {const: ok}}}",
            "public init(status: Status = .ok) {")
    }

    @Test("an alternative written inline is named after the only value of a member that it needs")
    func namedAlternatives() throws {
        try expect(
            """
            A:
              oneOf:
                - {type: object, required: [k], properties: {k: {type: string, enum: [vector]}}}
                - {type: object, required: [n, k], properties: {n: {type: integer}, k: {const: matrix}}}
                - {type: object, properties: {k: {const: other}}}
            """,
            """
            /// `vector`
            case vector(Vector)
            /// `matrix`
            case matrix(Matrix)
            /// `object`
            case object(Object)
            """)
    }

    @Test("types written inline are nested and hide no other type")
    func nested() throws {
        try expect(
            """
            A: {properties: {b: {properties: {c: {type: string}}}, list: {items: {enum: [x]}}}}
            B: {type: string}
            """,
            """
            public struct A: Codable, Sendable {
            /// The member `b`.
            public var b: BValue?
            /// The member `list`.
            public var list: [ListItem]?
            """)
    }

    @Test("names of members that are not Swift's get coding keys")
    func codingKeys() throws {
        try expect(
            "A: {properties: {a_b: {type: string}, in: {type: string}, \"@\": {type: string}}}",
            """
            private enum CodingKeys: String, CodingKey {
            case aB = "a_b"
            case `in`
            case value = "@"
            }
            """)
    }

    @Test("a member that is required and may be null is written as null")
    func requiredNull() throws {
        try expect(
            "A: {required: [a], properties: {a: {type: [string, \"null\"]}, b: {type: string}}}",
            """
            try container.encode(self.a, forKey: .a)
            try container.encodeIfPresent(self.b, forKey: .b)
            """)
        try expect(
            "A: {type: object, required: [a], properties: {a: {type: string, nullable: true}}}",
            "try container.encode(self.a, forKey: .a)", version: "3.0.0")
    }

    @Test("models never hide types of Swift or of the runtime")
    func reservedNames() throws {
        for name in ["String", "Response", "Router", "Type", "Input"] {
            try expect(
                "\(name): {type: object, properties: {a: {type: string}}}", "public struct \(name)Model: Codable")
        }
    }

    @Test("comments cannot end early and long ones are wrapped")
    func comments() throws {
        let words = Array(repeating: "word", count: 60).joined(separator: " ")
        let generation = Generation(Snippet.schemas("A: {type: string, description: \"\(words)\\nlet x = 1\\r*/\"}"))
        let lines = try #require(generation.files["Models.swift"]).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 120 })
        let comment = lines.filter { $0.hasPrefix("/// ") }
        #expect(comment.count >= 4)
        #expect(comment.contains("/// let x = 1"))
    }
}
