import Foundation
import Testing

@testable import Generator

/// One snippet for each row of the table of clients in `docs/generator.md`.
@Suite("Features of clients")
struct ClientFeatureTests {
    struct Feature: CustomTestStringConvertible {
        /// As the table names it.
        var name: String
        var document: String
        /// What stands in Client.swift.
        var expected: String

        var testDescription: String { name }

        init(
            _ name: String, _ operation: String = "", method: String = "get", rest: String = "",
            responses: String? = nil, _ expected: String
        ) {
            self.name = name
            document = Snippet.operation(operation, method: method, rest: rest).replacing(
                "\"204\": {description: Nothing.}", with: responses ?? "\"204\": {description: Nothing.}")
            self.expected = expected
        }
    }

    private static func parameter(_ rest: String, in place: String = "query") -> String {
        "parameters: [{name: a, in: \(place), \(rest)}]"
    }

    private static func body(_ content: String) -> String { "requestBody: {required: true, content: {\(content)}}" }

    private static func answer(_ content: String) -> String { "200: {description: d, content: {\(content)}}" }

    private static let schemes = """
        components:
          securitySchemes:
            token: {type: http, scheme: bearer}
            basic: {type: http, scheme: basic}
            key: {type: apiKey, in: cookie, name: k}
        """

    static let features: [Feature] = [
        Feature(
            "styles", parameter("style: deepObject, schema: {type: object}"),
            "try request.query(\"a\", input.a, .deepObject(explode: false))"),
        Feature(
            "styles", parameter("schema: {type: array, items: {type: string}}", in: "header"),
            "try request.header(\"a\", input.a, .simple(explode: false))"),
        Feature(
            "styles", parameter("schema: {type: string}", in: "cookie"),
            "try request.cookie(\"a\", input.a, .form(explode: true))"),
        Feature(
            "`content` of a parameter", parameter("content: {application/json: {schema: {type: object}}}"),
            "try request.query(\"a\", input.a, .json)"),
        Feature(
            "bodies", body("application/json: {schema: {type: string}}"), method: "post",
            "try request.json(input.body, as: \"application/json\")"),
        Feature(
            "bodies",
            body("application/x-www-form-urlencoded: {schema: {type: object, properties: {b: {type: integer}}}}"),
            method: "post", "try request.field(\"b\", input.body.b, .form(explode: true))"),
        Feature(
            "bodies",
            body("multipart/form-data: {schema: {type: object, required: [t], properties: {t: {type: string}}}}"),
            method: "post", "try request.multipart(input.body, as: \"multipart/form-data\", required: [\"t\"])"),
        Feature(
            "bodies",
            body(
                "multipart/form-data: {schema: {type: object, properties: {t: {type: array, items: {type: string, format: binary}}}}}"
            ),
            method: "post", "public init(t: [FormFile] = []) {"),
        Feature(
            "bodies", body("text/plain: {}, image/*: {}"), method: "post",
            "case image(TypedContent)"),
        Feature(
            "statuses", responses: answer("application/json: {schema: {type: integer}}"),
            "body = try await answer.json(Int.self, Schemas.all, schema: 0)"),
        Feature(
            "header fields",
            responses: "200: {description: d, headers: {X-A: {required: true, schema: {type: integer}}}}",
            "self.xA = try answer.required(\"X-A\", answer.header(\"X-A\", Int.self))"),
        Feature(
            "several media types", responses: answer("text/csv: {}, application/json: {}"),
            "public var accept: String?"),
        Feature("streams", responses: answer("application/octet-stream: {}"), "public let body: BodyStream"),
        Feature("streams", responses: answer("text/event-stream: {}"), "public let body: EventStream"),
        Feature("streams", responses: answer("application/x-ndjson: {}"), "public let body: JSONLines<JSONValue>"),
        Feature(
            "streams",
            responses: answer("text/event-stream: {itemSchema: {type: object, properties: {data: {type: string}}}}"),
            "public let body: TypedEventStream<BodyItem>"),
        Feature(
            "streams", body("application/jsonl: {itemSchema: {type: integer}}"), method: "post",
            "request.items(input.body, .lines, as: \"application/jsonl\", Schemas.all, schema: 0)"),
        Feature(
            "`holdsInputsToSchemas`", parameter("schema: {type: string, maxLength: 3}"),
            "try request.hold(\"a\", in: .query, input.a, StringSchema(maxLength: 3))"),
        Feature(
            "`holdsInputsToSchemas`", body("application/json: {schema: {type: string}}"), method: "post",
            "try request.hold(\"\", in: .body, input.body, Schemas.all, schema: 0)"),
        Feature(
            "security", "security: [{token: [], key: []}, {basic: []}]", rest: schemes,
            "[[.bearer(\"token\", credentials.token), .apiKey(\"key\", \"k\", in: .cookie, credentials.key)], "
                + "[.basic(\"basic\", credentials.basic)]]"),
        Feature(
            "servers",
            rest: "servers: [{url: \"https://{where}/v\", variables: {where: {default: a, enum: [a, b]}}}]",
            "public static func server1(`where`: Server1Where = .a) -> ServerURL {"),
        Feature(
            "servers", "servers: [{url: \"https://a.example\"}]",
            "base.request(\"getA\", .get, \"/a\", server: \"https://a.example\")"),
        Feature(
            "`deprecated`", "deprecated: true",
            "@available(*, deprecated, message: \"GET /a is deprecated.\")\nnonisolated(nonsending) public func getA()"),
    ]

    @Test("that are supported generate what they should", arguments: features)
    func supported(feature: Feature) throws {
        let generation = Generation(feature.document, configuration: "modes: [client]")
        let text = try generation.file("Client.swift")
        #expect(text.contains(feature.expected), Comment(rawValue: text))
    }

    @Test("the table of clients in docs/generator.md names these features and no others")
    func documentation() throws {
        let text = try Repository.text("docs/generator.md")
        let section = text.components(separatedBy: "\n## Clients\n").dropFirst().first ?? ""
        let end = section.range(of: "\n## ")?.lowerBound ?? section.endIndex
        let rows = section[..<end].split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            .compactMap { $0.dropFirst(2).components(separatedBy: " | ").first }
        let names = Self.features.reduce(into: [String]()) { names, feature in
            if !names.contains(feature.name) { names.append(feature.name) }
        }
        #expect(rows == names)
    }
}
