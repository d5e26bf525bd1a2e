import Foundation
import Testing

@testable import Generator

/// One snippet for each row of `docs/generator.md`'s tables: what is said to be supported generates this, what is said
/// not to be is refused.
@Suite("Features of OpenAPI")
struct FeatureTests {
    struct Feature: CustomTestStringConvertible {
        /// As the table names it.
        var name: String
        var document: String
        /// The file and what stands in it; nil for what is refused.
        var file: String?
        var expected: String

        var testDescription: String { name }

        init(_ name: String, schema: String, version: String = "3.1.0", _ expected: String, in file: String = "Models")
        {
            self.name = name
            document = Snippet.schemas(schema, version: version)
            self.file = "\(file).swift"
            self.expected = expected
        }

        init(
            _ name: String, operation: String, method: String = "get", rest: String = "", _ expected: String,
            in file: String = "Operations"
        ) {
            self.name = name
            document = Snippet.operation(operation, method: method, rest: rest)
            self.file = "\(file).swift"
            self.expected = expected
        }

        init(_ name: String, document: String, _ expected: String, in file: String) {
            self.name = name
            self.document = document
            self.file = "\(file).swift"
            self.expected = expected
        }

        init(refused name: String, _ document: String, _ expected: String) {
            self.name = name
            self.document = document
            self.expected = expected
        }
    }

    static func body(_ schema: String, _ type: String = "application/json") -> String {
        "requestBody: {required: true, content: {\(type): {schema: \(schema)}}}"
    }

    static func parameter(_ rest: String, in place: String = "query") -> String {
        "parameters: [{name: a, in: \(place), \(rest)}]"
    }

    static let object = "{type: object, properties: {r: {type: integer}}}"
    static let schemes = """
        components:
          securitySchemes:
            token: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://a", scopes: {read: r}}}}
            key: {type: apiKey, in: header, name: X-Key}
            basic: {type: http, scheme: basic}
        """

    static let schemaFeatures: [Feature] = [
        Feature(
            "`oneOf`, `anyOf`", schema: "A: {oneOf: [{type: string}, {type: array, items: {type: integer}}]}",
            "case integerList([Int])"),
        Feature(
            "`oneOf`, `anyOf`", schema: "A: {properties: {b: {anyOf: [{type: string}, {type: \"null\"}]}}}",
            "public var b: Presence<String>"),
        Feature(
            "`discriminator`",
            schema: """
                A: {oneOf: [{$ref: "#/components/schemas/B"}], discriminator: {propertyName: k, mapping: {x: B}, defaultMapping: B}, properties: {k: {type: string}}}
                B: {properties: {b: {type: string}}}
                """, #""discriminator":{"propertyName":"k","mapping":{"x":0},"defaultMapping":0}"#, in: "Schemas"),
        Feature(
            "`allOf`", schema: "A: {allOf: [{properties: {b: {type: string}}}], properties: {c: {type: integer}}}",
            "public init(b: String? = nil, c: Int? = nil)"),
        Feature(
            "`nullable`, type arrays", schema: "A: {required: [b], properties: {b: {type: [string, \"null\"]}}}",
            "public var b: String?\n"),
        Feature(
            "`nullable`, type arrays", schema: "A: {type: object, properties: {b: {type: string, nullable: true}}}",
            version: "3.0.3", "public var b: Presence<String>\n"),
        Feature("`nullable`, type arrays", schema: "A: {type: [string, integer]}", "public typealias A = JSONValue"),
        Feature("`const`, `enum`", schema: "A: {const: 5}", "public typealias A = Int"),
        Feature("`const`, `enum`", schema: "A: {properties: {b: {enum: [a, null]}}}", "public var b: Presence<B>"),
        Feature(
            "`const`, `enum`", schema: "A: {enum: [1, a, true]}",
            "public enum A: ListedValue {\n/// `1`\ncase _1\n/// `\"a\"`\ncase a\n/// `true`\ncase `true`\n"),
        Feature("`const`, `enum`", schema: "A: {enum: [1, a, [2]]}", "public typealias A = JSONValue"),
        Feature(
            "`const`, `enum`", schema: "A: {type: integer, format: int32, enum: [1, -2]}",
            "public enum A: Int32, Codable, CaseIterable, Sendable {\n/// `1`\ncase _1 = 1\n/// `-2`\ncase minus2 = -2"),
        Feature(
            "`const`, `enum`", schema: "A: {enum: [1, 2], x-enum-varnames: [low, high]}", "case high = 2"),
        Feature("open enumerations", schema: "A: {type: string, x-extensible-enum: [a, other]}", "case otherValue"),
        Feature(
            "open enumerations", schema: "A: {anyOf: [{type: string}, {type: string, enum: [a, b-c]}]}",
            "(\"b-c\", .bC),"),
        Feature(
            "open enumerations",
            schema: "A: {properties: {b: {anyOf: [{type: string, enum: [a]}, {type: string}, {type: \"null\"}]}}}",
            "public var b: Presence<B>"),
        Feature(
            "`additionalProperties`, `patternProperties`",
            schema: "A: {properties: {b: {type: string}}, additionalProperties: {type: integer}}",
            "public var additionalProperties: [String: Int]"),
        Feature(
            "`additionalProperties`, `patternProperties`",
            schema: "A: {type: object, patternProperties: {^x: {type: boolean}}}",
            "public typealias A = [String: Bool]"),
        Feature(
            "recursion", schema: "A: {properties: {next: {$ref: \"#/components/schemas/A\"}}}",
            "private var _next: Box<A>?"),
        Feature(
            "recursion",
            schema:
                "A: {properties: {b: {$ref: \"#/components/schemas/B\"}}}\nB: {oneOf: [{type: string}, {$ref: \"#/components/schemas/A\"}]}",
            "indirect case a(A)"),
        Feature(
            "`prefixItems`, `contains`", schema: "A: {prefixItems: [{type: string}], contains: {}}",
            "public typealias A = [JSONValue]"),
        Feature(
            "`not`, `if`, dependencies, `unevaluated…`",
            schema: "A: {type: object, properties: {b: {type: string}}, not: {required: [b]}, if: {}, then: {}, "
                + "dependentRequired: {b: [c]}, unevaluatedProperties: false}", "public var b: String?"),
        Feature(
            "`readOnly`, `writeOnly`",
            schema: "A: {required: [id], properties: {id: {type: integer, readOnly: true}}}", "public var id: Int?"),
        Feature(
            "`contentSchema`",
            schema:
                "A: {properties: {b: {type: string, contentMediaType: application/json, contentSchema: {type: integer}}}}",
            "public var b: JSONText<Int>?"),
        Feature("formats", schema: "A: {type: integer, format: int32}", "public typealias A = Int32"),
        Feature(
            "formats", schema: "A: {properties: {b: {type: string, format: date-time}}}", "public var b: DateTime?"),
        Feature(
            "examples", schema: "A: {properties: {b: {type: array, items: {type: string}, examples: [[x, y]]}}}",
            "///\n/// Example: `[\"x\",\"y\"]`.\npublic var b: [String]?"),
        Feature(
            "siblings of `$ref`", schema: "A: {$ref: \"#/components/schemas/B\", minLength: 1}\nB: {type: string}",
            "public typealias A = B"),
        Feature(
            "references to other files", schema: "A: {$ref: \"beside/b.yaml#/definitions/B\"}",
            "public struct A: Codable, Sendable {"),
    ]

    static let beside = ["beside/b.yaml": "definitions: {B: {properties: {c: {$ref: \"#/definitions/B\"}}}}\n"]

    static let inputFeatures: [Feature] = [
        Feature(
            "styles", operation: parameter("style: deepObject, schema: \(object)"),
            #"try decoder.value("a", in: .query, .deepObject(explode: false), required: false, A.self, Schemas.all, schema: 0)"#
        ),
        Feature(
            "styles", operation: parameter("style: pipeDelimited, schema: {type: array, items: {type: string}}"),
            ".pipeDelimited(explode: false)"),
        Feature(
            "styles", operation: parameter("schema: {type: array, items: {type: string}}", in: "header"),
            "in: .header, .simple(explode: false)"),
        Feature(
            "`content` of a parameter", operation: parameter("content: {application/json: {schema: \(object)}}"),
            #"in: .query, .json, required: false"#),
        Feature(
            "`content` of a parameter", operation: parameter("content: {text/plain: {schema: {type: string}}}"),
            #"decoder.optional("a", in: .query, StringSchema())"#),
        Feature(
            "`allowEmptyValue`", operation: parameter("allowEmptyValue: true, schema: {type: integer}"),
            "allowEmpty: true"),
        Feature(
            "`pattern`", operation: parameter("schema: {type: string, pattern: \"^a{2}$\"}"),
            #""pattern":"^a{2}$""#, in: "Schemas"),
        Feature(
            "lookaround and backreferences in `pattern`",
            operation: parameter("schema: {type: string, pattern: \"^(?!a)(.)\\\\1\"}"),
            #""pattern":"^(?!a)(.)\\1""#, in: "Schemas"),
        Feature(
            "parameters within a segment",
            document: Snippet.operation(
                "parameters: [{name: b, in: path, required: true, schema: {type: string}}]", path: "/a/{b}.json"),
            #"(.get, "/a/{b}.json", .getA),"#, in: "Router"),
        Feature("JSON bodies", operation: body(object), method: "post", "body = try await decoder.json(BodyValue.self"),
        Feature(
            "form bodies", operation: body("{type: object, minProperties: 1}", "application/x-www-form-urlencoded"),
            method: "post", "body = try await decoder.form([String: JSONValue].self"),
        Feature(
            "multipart bodies",
            operation: body("{type: object, required: [f], properties: {f: {}}}", "multipart/form-data"),
            method: "post",
            #"MultipartBody.Rule("f", required: true, repeated: false)"#),
        Feature(
            "multipart forms",
            operation: body("{type: object, required: [f], properties: {f: {}}}", "multipart/form-data"),
            method: "post", "public let body: TypedMultipartBody<Form>"),
        Feature(
            "multipart forms",
            operation:
                "requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, "
                + "encoding: {f: {contentType: \"text/csv, text/plain\", headers: {X-A: {schema: {type: string}}}}}}}}",
            method: "post",
            #"MultipartField("f", .text, contentTypes: ["text/csv", "text/plain"], headers: [.init("X-A", required: false, schema: 1)]),"#
        ),
        Feature(
            "JSON Lines, sequences and events",
            operation: "requestBody: {content: {application/jsonl: {itemSchema: {type: integer}}}}", method: "post",
            "body = decoder.items(Int.self, .lines, Schemas.all, schema: 0)"),
        Feature(
            "JSON Lines, sequences and events",
            document: Snippet.answer("application/json-seq: {itemSchema: {type: integer}}"),
            "public var body: ItemContent<Int>", in: "Operations"),
        Feature(
            "JSON Lines, sequences and events",
            document: Snippet.answer("application/jsonl: {schema: {type: array, items: {type: integer}}}")
                .replacing("openapi: 3.1.0", with: "openapi: 3.2.0"),
            "body: body.checkedBody(.lines, 0)", in: "Operations"),
        Feature(
            "JSON Lines, sequences and events",
            document: Snippet.answer("text/event-stream: {schema: {type: integer}}"),
            "public var body: ItemContent<ServerSentEvent>", in: "Operations"),
        Feature(
            "JSON Lines, sequences and events",
            document: Snippet.answer(
                "text/event-stream: {itemSchema: {type: object, properties: {data: {type: string}}}}"),
            "public var body: ItemContent<BodyItem>", in: "Operations"),
        Feature(
            "other bodies", operation: body("{}", "application/octet-stream"), method: "post",
            "public let body: RequestBody"),
        Feature(
            "several media types", operation: "requestBody: {content: {application/json: {}, text/*: {}}}",
            method: "post",
            #"decoder.content(["application/json", "text/*"], required: false)"#),
        Feature(
            "ranges and `default`",
            document: Snippet.operation("").replacing("\"204\": {", with: "4XX: {description: d}\n        default: {"),
            "case clientError(ClientError, status: Int)", in: "Operations"),
        Feature(
            "no tag, no `operationId`",
            document: Snippet.operation("").replacing("operationId: getA", with: "summary: s")
                .replacing("tags: [T]", with: "description: d"),
            "public protocol DefaultAPI: Sendable {", in: "Protocols"),
        Feature(
            "`apiKey`, `basic`", operation: "security: [{key: []}]", rest: schemes,
            #"return try await authenticator.key(apiKey("X-Key", in: .header, of: request), of: request)"#, in: "Router"
        ),
        Feature(
            "OAuth 2 and OpenID Connect scopes", operation: "security: [{token: [read]}]", rest: schemes,
            #"try requireScopes(["read"], of: authenticator.scopes(of: credential))"#, in: "Router"),
        Feature(
            "alternatives and combinations", operation: "security: [{key: [], token: []}, {basic: []}, {}]",
            rest: schemes,
            "public let credential: AuthenticatedCaller?"),
        Feature(
            "callbacks, webhooks, links",
            operation:
                "callbacks: {done: {\"{$url}\": {post: {requestBody: {content: {application/json: {schema: \(object)}}}}}}}",
            "public struct DoneRequest: Codable, Sendable {", in: "Models"),
        Feature(
            "OpenAPI 3.2",
            document: Snippet.operation("", method: "query").replacing("openapi: 3.1.0", with: "openapi: 3.2.0"),
            "method: .query", in: "Operations"),
    ]

    /// What is odd, and generates nevertheless, with a warning.
    static let oddities: [Feature] = [
        Feature(
            "`nullable` since 3.1", schema: "A: {type: string, nullable: true}", "public typealias A = String"),
        Feature(
            "`$recursiveRef`",
            schema:
                "A: {$recursiveAnchor: true, properties: {b: {type: array, items: {$recursiveRef: \"#\"}}}}",
            "public var b: [A]?"),
        Feature(
            "keywords in `snake_case`", schema: "A: {oneOf: [{type: string, max_length: 3}, {type: integer}]}",
            #""maxLength":3"#, in: "Schemas"),
        Feature(
            "`exclusiveMinimum` as a flag since 3.1",
            operation: parameter("schema: {type: integer, minimum: 0, exclusiveMinimum: true}"),
            "IntegerSchema<Int>(minimum: 1)"),
        Feature("`optional`", schema: "A: {properties: {b: {type: string, optional: true}}}", "public var b: String?"),
        Feature(
            "`discriminator` without `oneOf` or `anyOf`",
            schema: "A: {properties: {k: {type: string}}, discriminator: {propertyName: k}}", "public struct A"),
        Feature(
            "siblings of other references",
            operation: "parameters: [{$ref: \"#/components/parameters/P\", required: true}]",
            rest: "components: {parameters: {P: {name: p, in: query, schema: {type: string}}}}",
            "public let p: String?"),
        Feature(
            "`?` in a path",
            document: Snippet.operation("", path: "\"/a?b=1\""),
            #"(.get, "/a?b=1", .getA),"#, in: "Router"),
        Feature(
            "`#` in a path", document: Snippet.operation("", path: "\"/a#b\""), #"(.get, "/a", .getA),"#, in: "Router"),
        Feature(
            "bodies of GET, HEAD and DELETE", operation: body("{type: string}"), "public let body: String"),
    ]

    static let refusals: [Feature] = [
        Feature(refused: "Swagger 2", "swagger: \"2.0\"\n", "Swagger 2 is not supported"),
        Feature(
            refused: "`$id`, `$anchor`, `$dynamicRef`", Snippet.schemas("A: {$dynamicRef: \"#a\"}"),
            "`$dynamicRef` of a schema is not supported yet"),
        Feature(
            refused: "references over the network", Snippet.schemas("A: {$ref: \"https://a.example/b.yaml#/A\"}"),
            "nothing is loaded over the network"),
        Feature(
            refused: "`additionalOperations`",
            Snippet.operation("").replacing("openapi: 3.1.0", with: "openapi: 3.2.0")
                .replacing("    get:\n", with: "    additionalOperations: {COPY: {}}\n    get:\n"),
            "the method `COPY` is not supported"),
        Feature(
            refused: "`mutualTLS`, other HTTP schemes",
            Snippet.operation("", rest: "components: {securitySchemes: {a: {type: mutualTLS}}}"),
            "security schemes of type `mutualTLS` are not supported"),
        Feature(
            refused: "`prefixEncoding`, `itemEncoding`",
            Snippet.operation("requestBody: {content: {multipart/mixed: {itemEncoding: {}}}}", method: "post"),
            "`itemEncoding` of a media type is not supported yet"),
        Feature(
            refused: "`in: querystring`, style `cookie`",
            Snippet.operation(
                "parameters: [{name: a, in: querystring, content: {application/x-www-form-urlencoded: {schema: {}}}}]"),
            "parameters in `querystring` are not supported yet"),
        Feature(
            refused: "`in: querystring`, style `cookie`",
            Snippet.operation("parameters: [{name: a, in: cookie, style: cookie, schema: {type: string}}]"),
            "the style `cookie` is not supported yet"),
        Feature(
            refused: "other `content` of parameters",
            Snippet.operation(parameter("content: {application/xml: {schema: {type: string}}}")),
            "`application/xml` is not supported as `content` of a parameter"),
        Feature(
            refused: "bodies of TRACE", Snippet.operation(body("{}"), method: "trace"), "a TRACE request has no body"),
        Feature(
            refused: "unknown keywords", Snippet.schemas("A: {maxlength: 1}"), "a schema has no keyword `maxlength`"),
    ]

    @Test("that are supported", arguments: schemaFeatures + inputFeatures)
    func supported(feature: Feature) throws {
        let generation = Generation(feature.document, beside: Self.beside)
        let file = try #require(feature.file)
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        #expect(
            try generation.file(file).contains(feature.expected), Comment(rawValue: generation.files[file] ?? ""))
    }

    @Test("that are odd, with a warning", arguments: oddities)
    func odd(feature: Feature) throws {
        let generation = Generation(feature.document)
        #expect(!generation.diagnostics.isEmpty && generation.diagnostics.allSatisfy { $0.severity == .warning })
        #expect(generation.problems.hasPrefix("api.yaml:") && generation.problems.contains("help: "))
        let file = try #require(feature.file)
        #expect(
            try generation.file(file).contains(feature.expected), Comment(rawValue: generation.files[file] ?? ""))
    }

    @Test("that are refused with their place", arguments: refusals)
    func refused(feature: Feature) {
        let generation = Generation(feature.document)
        #expect(generation.files.isEmpty)
        #expect(generation.problems.contains(feature.expected), "\(generation.problems)")
        #expect(generation.problems.hasPrefix("api.yaml:"))
    }

    @Test("the tables of docs/generator.md name these features and no others")
    func documentation() throws {
        let text = try Repository.text("docs/generator.md")
        func names(_ heading: String) -> [String] {
            let section = text.components(separatedBy: "\n## \(heading)\n").dropFirst().first ?? ""
            let end = section.range(of: "\n## ")?.lowerBound ?? section.endIndex
            return section[..<end].split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
                .compactMap { $0.dropFirst(2).components(separatedBy: " | ").first }
        }
        func unique(_ features: [Feature]) -> [String] {
            features.reduce(into: []) { names, feature in
                if !names.contains(feature.name) { names.append(feature.name) }
            }
        }
        #expect(names("Schemas") == unique(Self.schemaFeatures))
        #expect(names("Operations") == unique(Self.inputFeatures))
        #expect(names("With a warning") == unique(Self.oddities))
        #expect(names("Refused") == unique(Self.refusals))
    }

    @Test("problems are printed as JSON and as GitHub's annotations, too")
    func formats() throws {
        let diagnostics = Diagnostics()
        let spec = SourceFile(path: "a,b.yaml", bytes: Array(Snippet.schemas("A: {typ: string}").utf8))
        _ = Pipeline.generate(spec: spec, configuration: nil, diagnostics: diagnostics)
        #expect(
            diagnostics.rendered(.github)
                == "::error file=a%2Cb.yaml,line=12,col=9,title=unknown-keyword::a schema has no keyword `typ`%0A"
                + "help: did you mean `type`?\n")
        let json = try JSONSerialization.jsonObject(with: Data(diagnostics.rendered(.json).utf8)) as? [[String: Any]]
        let problem = try #require(json?.first)
        #expect(problem["file"] as? String == "a,b.yaml")
        #expect(problem["line"] as? Int == 12)
        #expect(problem["rule"] as? String == "unknown-keyword")
        #expect(problem["severity"] as? String == "error")
    }

    @Test("with --allow-unsupported only what has to do with a problem is left out, and listed")
    func leavingOut() throws {
        let document = """
            openapi: 3.1.0
            info: {title: T, version: "1", licence: x}
            paths:
              /good: {get: {operationId: good, responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Fine"}}}}}}}
              /bad: {get: {operationId: bad, responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Outer"}}}}}}}
              /worse: {get: {operationId: worse, parameters: [{name: a, in: query, schema: {type: string, pattern: "(?i:a)"}}]}}
              /typo: {get: {operationId: typo, parameters: [{name: a, in: query, schema: {type: string, maxlength: 3}}]}}
            components:
              schemas:
                Fine: {type: object, properties: {a: {type: string}}}
                Outer: {type: object, properties: {inner: {$ref: "#/components/schemas/Inner"}}}
                Inner: {type: object, properties: {b: {type: text}}}
            """
        let diagnostics = Diagnostics()
        let files = Dictionary(
            uniqueKeysWithValues: Pipeline.generate(
                spec: SourceFile(path: "api.yaml", bytes: Array(document.utf8)), configuration: nil,
                diagnostics: diagnostics, allowsUnsupported: true))
        #expect(!diagnostics.hasErrors, "\(diagnostics.rendered())")
        let left = diagnostics.all.filter { $0.rule == .leftOut }.map(\.message)
        #expect(left.sorted() == ["GET /bad is left out", "GET /worse is left out"])
        let models = try #require(files["Models.swift"])
        #expect(models.contains("struct Fine") && !models.contains("Outer") && !models.contains("Inner"))
        let operations = try #require(files["Operations.swift"])
        #expect(
            operations.contains("enum Good") && operations.contains("enum Typo") && !operations.contains("enum Bad"))
    }
}
