import APIRuntime
import JSON
import JSONSchema
import Testing

@Suite("A parameter that is one value or several")
struct AlternativeStylesTests {
    static let schemas = """
        [{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},\
        {"oneOf":[{"type":"integer"},{"type":"array","items":{"type":"integer"},"minItems":2}]},\
        {"anyOf":[{"enum":["all"]},{"type":"array","maxItems":2,"items":{"type":"integer"}}]},\
        {"type":["array","null","boolean"],"items":{"type":"integer"}},\
        {"type":"object","properties":{"a":0}}]
        """

    private func read(
        _ query: String, _ style: ParameterStyle = .form(explode: true), schema: Int,
        in place: Violation.Location = .query
    ) throws -> String {
        let set = try SchemaSet(parsing: Array(Self.schemas.utf8))
        let headers: HeaderFields = place == .header ? ["a": query] : place == .cookie ? ["cookie": query] : [:]
        var decoder = InputDecoder(
            Request(method: .get, path: "/", query: place == .query ? query : nil, headers: headers), path: .none)
        let value = try decoder.value("a", in: place, style, required: false, JSONValue.self, set, schema: schema)
        if let value { return String(decoding: value.serialized(), as: UTF8.self) }
        do {
            try decoder.finish()
            return "nothing"
        } catch { return error.violations.map { "\($0.name) \($0.rule)" }.joined(separator: ", ") }
    }

    @Test(
        "is an array where there are several, and otherwise what fits",
        arguments: [
            ("a=x", 0, #""x""#), ("a=x&a=y", 0, #"["x","y"]"#), ("b=x", 0, "nothing"), ("a=x,y", 0, #""x,y""#),
            ("a=", 0, #""""#), ("a=7", 1, "7"), ("a=7&a=8", 1, "[7,8]"), ("a=x", 1, "a oneOf"),
            ("a=all", 2, #""all""#), ("a=1", 2, "[1]"), ("a=1&a=2", 2, "[1,2]"), ("a=1&a=2&a=3", 2, "a maxItems"),
            ("a=all&a=1", 2, "a/0 type"), ("a=true", 3, "true"), ("a=1", 3, "[1]"), ("a=x", 3, "a type"),
        ])
    func exploded(query: String, schema: Int, value: String) throws {
        #expect(try read(query, schema: schema) == value)
    }

    @Test("and so in the other styles")
    func styles() throws {
        #expect(try read("a=x,y", .form(explode: false), schema: 0) == #"["x","y"]"#)
        #expect(try read("a=x%2Cy", .form(explode: false), schema: 0) == #""x,y""#)
        #expect(try read("a=1|2", .pipeDelimited(explode: false), schema: 2) == "[1,2]")
        #expect(try read("a=all", .spaceDelimited(explode: false), schema: 2) == #""all""#)
        #expect(try read("a=%5B1%5D", .json, schema: 3) == "[1]")
        #expect(try read("1, 2", .simple(explode: false), schema: 1, in: .header) == "[1,2]")
        #expect(try read("5", .simple(explode: false), schema: 1, in: .header) == "5")
        #expect(try read("a=all", .form(explode: true), schema: 2, in: .cookie) == #""all""#)
    }

    @Test(
        "and as a member of a form", arguments: [("a=x", #"{"a":"x"}"#), ("a=x&a=y&b=1", #"{"a":["x","y"],"b":"1"}"#)])
    func forms(body: String, value: String) async throws {
        let set = try SchemaSet(parsing: Array(Self.schemas.utf8))
        var decoder = InputDecoder(
            Request(method: .post, path: "/", query: nil, headers: [:], body: .stream(PieceStream([body]))), path: .none
        )
        let read = try await decoder.form(JSONValue.self, set, schema: 4)
        #expect(read.map { String(decoding: $0.serialized(), as: UTF8.self) } == value)
    }
}
