import Testing

@testable import Generator

@Suite("Operations become inputs and outputs")
struct OperationsTests {
    private func expect(
        _ content: String, _ lines: String, path: String = "/a", method: String = "get", rest: String = ""
    ) throws {
        let generation = Generation(Snippet.operation(content, path: path, method: method, rest: rest))
        #expect(
            try generation.has(lines, in: "Operations.swift"),
            Comment(rawValue: generation.files["Operations.swift"] ?? ""))
    }

    @Test(
        "each constraint of a parameter reaches its schema",
        arguments: [
            ("type: string", "StringSchema()"),
            ("type: string, minLength: 1, maxLength: 9", "StringSchema(minLength: 1, maxLength: 9)"),
            ("type: integer, minimum: 0", "IntegerSchema<Int>(minimum: 0)"),
            ("type: integer, format: int32, maximum: 9", "IntegerSchema<Int32>(maximum: 9)"),
            ("type: integer, exclusiveMinimum: 0, exclusiveMaximum: 10", "IntegerSchema<Int>(minimum: 1, maximum: 9)"),
            ("type: integer, minimum: 0.5, maximum: 2.5", "IntegerSchema<Int>(minimum: 1, maximum: 2)"),
            ("type: integer, minimum: -1e30, maximum: 1e30", "IntegerSchema<Int>()"),
            ("type: integer, minimum: -9223372036854775808", "IntegerSchema<Int>()"),
            ("type: integer, multipleOf: 5", "IntegerSchema<Int>(multipleOf: 5)"),
            ("type: number, minimum: 0, exclusiveMaximum: 1.5", "NumberSchema(minimum: 0.0, exclusiveMaximum: 1.5)"),
            ("type: boolean", "BooleanSchema()"),
            ("enum: [a, b]", "EnumerationSchema(B.self)"),
        ])
    func constraints(schema: String, call: String) throws {
        try expect(
            "parameters: [{name: b, in: query, schema: {\(schema)}}]",
            "let b = decoder.optional(\"b\", in: .query, \(call))\n")
        try expect(
            "parameters: [{name: b, in: header, required: true, schema: {\(schema)}}]",
            "let b = decoder.required(\"b\", in: .header, \(call))\ntry decoder.finish()\nguard let b else")
        try expect(
            "parameters: [{name: b, in: query, schema: {type: array, maxItems: 3, items: {\(schema)}}}]",
            "let b = decoder.array(\"b\", in: .query, required: false, ArraySchema(\(call), maxItems: 3))\n")
    }

    @Test("exclusive flags of 3.0 are bounds")
    func exclusiveFlags() throws {
        let generation = Generation(
            Snippet.operation(
                "parameters: [{name: b, in: query, schema: {type: integer, minimum: 0, exclusiveMinimum: true}}]"
            ).replacing("3.1.0", with: "3.0.3"))
        #expect(
            try generation.has(
                "let b = decoder.optional(\"b\", in: .query, IntegerSchema<Int>(minimum: 1))", in: "Operations.swift"))
    }

    @Test(
        "a default makes the property a plain value",
        arguments: [
            ("type: string, default: \"a\\\"\"", "String", "\"a\\\"\""), ("type: integer, default: 5", "Int", "5"),
            ("type: number, default: 1", "Double", "1.0"), ("type: boolean, default: false", "Bool", "false"),
            ("enum: [a, in], default: in", "B", ".`in`"),
        ])
    func defaults(schema: String, type: String, value: String) throws {
        try expect("parameters: [{name: b, in: query, schema: {\(schema)}}]", "public let b: \(type)\n")
        try expect("parameters: [{name: b, in: query, schema: {\(schema)}}]", ") ?? \(value)\n")
    }

    @Test("a default of an array is what it is if no value was given")
    func arrayDefault() throws {
        let content = """
            parameters:
              - {name: b, in: query, schema: {type: array, items: {enum: [x, y]}, default: [y, x]}}
              - {name: c, in: query, schema: {type: array, items: {type: integer}, default: []}}
            """
        try expect(
            content,
            """
            let b = decoder.array(
            "b", in: .query, required: false, default: [.y, .x], ArraySchema(EnumerationSchema(B.self))
            )
            let c = decoder.array("c", in: .query, required: false, default: [], ArraySchema(IntegerSchema<Int>()))
            """.replacing("(\n", with: "(").replacing("\n)", with: ")"))
        try expect(content, "public init(context: RequestContext, b: [B] = [.y, .x], c: [Int] = []) {")
    }

    @Test("a path parameter is required, and the path's own parameters hold for its operations")
    func pathParameters() throws {
        let document = Snippet.operation("", path: "/a/{trace_id}").replacing(
            "    get:",
            with: "    parameters: [{name: trace_id, in: path, required: true, schema: {type: string}}]\n    get:")
        #expect(
            try Generation(document).has(
                "let traceID = decoder.required(\"trace_id\", in: .path, StringSchema())", in: "Operations.swift"))
    }

    @Test("parameters of one name in two places get two properties, and no local variable hides another")
    func equalNames() throws {
        try expect(
            """
            parameters:
              - {name: path, in: query, schema: {type: string}}
              - {name: path, in: cookie, schema: {type: string}}
              - {name: context, in: query, schema: {type: string}}
            """,
            """
            let pathValue = decoder.optional("path", in: .query, StringSchema())
            let pathCookie = decoder.optional("path", in: .cookie, StringSchema())
            let contextQuery = decoder.optional("context", in: .query, StringSchema())
            try decoder.finish()
            context = request.context
            self.path = pathValue
            self.pathCookie = pathCookie
            self.contextQuery = contextQuery
            """)
    }

    @Test("header parameters that OpenAPI ignores are ignored")
    func ignoredHeaders() throws {
        try expect(
            "parameters: [{name: accept, in: header, required: true, schema: {type: string}}]",
            "decoder.expectNoBody()\ntry decoder.finish()\n")
    }

    @Test("a form becomes a body whose fields are decoded like parameters")
    func form() throws {
        try expect(
            """
            requestBody:
              required: true
              description: What is sent.
              content:
                application/x-www-form-urlencoded:
                  schema: {type: object, required: [a], properties: {a: {type: string}, b: {enum: [x]}}}
            """,
            """
            init(_ request: Request, _ path: PathParameters) async throws {
            var decoder = InputDecoder(request, path: path)
            try await decoder.readForm(required: true)
            let a = decoder.required("a", in: .body, StringSchema())
            let b = decoder.optional("b", in: .body, EnumerationSchema(Body.B.self))
            try decoder.finish()
            guard let a else { throw decoder.failure }
            context = request.context
            body = Body(a: a, b: b)
            }
            """, method: "post")
    }

    @Test("header fields of JSON are its text, whatever the schema; those of text are what their schema says")
    func headersOfContent() throws {
        let generation = Generation(
            """
            \(Snippet.head)
            paths:
              /a:
                get:
                  operationId: getA
                  responses:
                    "200":
                      description: d
                      headers:
                        X-Kind: {content: {application/json: {schema: {enum: [a, b]}}}}
                        X-Level: {required: true, content: {application/json: {schema: {type: integer, enum: [1, 2]}}}}
                        X-Count: {content: {text/plain: {schema: {type: integer}}}}
            """, configuration: "modes: [server, client]")
        for file in ["Operations.swift", "Client.swift"] {
            #expect(try generation.has("xKind: String?", in: file), "\(generation.problems)")
            #expect(try generation.has("xLevel: String\n", in: file))
            #expect(try generation.has("xCount: Int?", in: file))
        }
        #expect(try generation.has("if let xKind { headers[\"X-Kind\"] = xKind }", in: "Operations.swift"))
        #expect(try generation.has("\"X-Level\": self.xLevel", in: "Operations.swift"))
    }

    @Test("responses become cases by their status, with header fields and content")
    func responses() throws {
        let response = """
            "200":
                      description: Fine.
                      headers:
                        ETag: {required: true, schema: {type: string}}
                        X-Count: {schema: {type: integer}}
                      content: {text/csv; charset=utf-8: {}}
                    "418": {description: Tea.}
            """
        let document = Snippet.operation("").replacing("\"204\": {description: Nothing.}", with: response)
        let generation = Generation(document)
        for lines in [
            """
            /// 200: Fine.
            case ok(OK)
            /// 418: Tea.
            case status418(Status418)

            """,
            "public init(eTag: String, xCount: Int? = nil, body: ByteContent) {",
            """
            var headers: HeaderFields = ["Content-Type": "text/csv; charset=utf-8", "ETag": self.eTag]
            if let xCount { headers["X-Count"] = "\\(xCount)" }
            return Response(status: status, headers: headers, body: body.responseBody())
            """,
            "let headers: HeaderFields = [:]\nreturn Response(status: status, headers: headers)",
            "case .status418(let answer): try answer.response(status: 418)",
        ] {
            #expect(
                try generation.has(lines, in: "Operations.swift"),
                Comment(rawValue: generation.problems + (generation.files["Operations.swift"] ?? "")))
        }
    }

    @Test("responses of components are declared once")
    func sharedResponses() throws {
        let document = Snippet.operation(
            "",
            rest: """
                components:
                  schemas: {Problem: {type: object, properties: {a: {type: string}}}}
                  responses:
                    Problem:
                      description: A problem.
                      content: {application/problem+json: {schema: {$ref: "#/components/schemas/Problem"}}}
                """
        ).replacing("\"204\": {description: Nothing.}", with: "\"400\": {$ref: \"#/components/responses/Problem\"}")
        let generation = Generation(document)
        #expect(try generation.has("case badRequest(Responses.ProblemResponse)", in: "Operations.swift"))
        #expect(try generation.has("public var body: JSONContent<Problem>", in: "Operations.swift"))
    }

    @Test("what the document says of an operation is at hand")
    func description() throws {
        try expect(
            "summary: Get it",
            """
            OperationDescription(
            id: "getA", method: .get, path: "/a", tag: "T", isSecured: false, statuses: [204]
            )
            """.replacing("(\n", with: "(").replacing("\n)", with: ")"))
        try expect("summary: Get it", "/// Get it: `GET /a`.\npublic enum GetA {")
    }
}
