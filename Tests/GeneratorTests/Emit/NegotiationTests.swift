import Testing

@testable import Generator

@Suite("Answers of several media types")
struct NegotiationTests {
    private func generation(_ content: String, parameters: String = "", rest: String = "") -> Generation {
        let document = Snippet.operation(parameters, rest: rest).replacing(
            "\"204\": {description: Nothing.}", with: "200: {description: d, content: {\(content)}}")
        return Generation(document)
    }

    @Test("each media type is a case of the body, and the case says which it is")
    func cases() throws {
        let generation = generation("text/plain; version=0.0.4: {}, application/json: {schema: {type: integer}}")
        for lines in [
            "public var body: Body",
            """
            /// The media types of the body, as the document has them.
            public enum ContentType: String, CaseIterable, Sendable {
            /// `text/plain; version=0.0.4`
            case plainText = "text/plain; version=0.0.4"
            /// `application/json`
            case json = "application/json"
            }
            """,
            """
            /// `text/plain; version=0.0.4`
            case plainText(ByteContent)
            /// `application/json`
            case json(JSONContent<Int>)
            """,
            "case .plainText: .plainText\ncase .json: .json",
            """
            case .plainText(let content): content.responseBody()
            case .json(let content): try content.checkedBody(0)
            """,
            """
            let headers: HeaderFields = ["Content-Type": body.contentType.rawValue, "Vary": "Accept"]
            return Response(status: status, headers: headers, body: try body.responseBody())
            """,
        ] {
            #expect(
                try generation.has(lines, in: "Operations.swift"),
                Comment(rawValue: generation.problems + (generation.files["Operations.swift"] ?? "")))
        }
    }

    @Test(
        "cases are named after the subtype, and after the parameters where that is taken",
        arguments: [
            ("text/plain", "plainText"), ("application/octet-stream", "binary"), ("application/json", "json"),
            ("application/x-ndjson", "ndjson"), ("application/openmetrics-text; version=1.0.0", "openmetricsText"),
            ("application/vnd.api+json", "vndAPIJSON"), ("image/svg+xml", "svgXML"), ("a/none", "noneContent"),
            ("text/csv; header=present", "csvHeaderPresent"), ("a/_", "content"),
        ])
    func names(mediaType: String, name: String) throws {
        let suffix = name == "noneContent" ? "none" : name
        let generation = generation("text/csv: {}, \(mediaType): {}")
        let text = try generation.file("Operations.swift")
        #expect(text.contains("case \(suffix)") || text.contains("case `\(suffix)`"), "\(text)")
        #expect(!text.contains("case none("))
    }

    @Test("the input has what the caller accepts, beside a parameter of that name")
    func input() throws {
        let generation = generation(
            "text/plain: {}, text/csv: {}",
            parameters: "parameters: [{name: accept, in: query, schema: {type: string}}]")
        #expect(try generation.has("public let accept: AcceptedMediaTypes\n", in: "Operations.swift"))
        #expect(try generation.has("public let acceptQuery: String?", in: "Operations.swift"))
        #expect(try generation.has("accept = AcceptedMediaTypes(request.headers)", in: "Operations.swift"))
        #expect(
            try generation.has(
                "public init(context: RequestContext, accept: AcceptedMediaTypes = .any, acceptQuery: String? = nil) {",
                in: "Operations.swift"))
    }

    @Test("an answer of one media type needs no negotiation")
    func single() throws {
        let text = try generation("application/octet-stream: {schema: {type: string, format: binary}}")
            .file("Operations.swift")
        #expect(text.contains("public var body: ByteContent"))
        #expect(text.contains("[\"Content-Type\": \"application/octet-stream\"]"))
        #expect(!text.contains("AcceptedMediaTypes"))
        #expect(!text.contains("Vary"))
    }

    @Test("a documented Vary is the handler's")
    func vary() throws {
        let document = Snippet.operation("").replacing(
            "\"204\": {description: Nothing.}",
            with: "200: {description: d, headers: {vary: {schema: {type: string}}}, content: {text/a: {}, text/b: {}}}")
        #expect(
            try Generation(document).has(
                "var headers: HeaderFields = [\"Content-Type\": body.contentType.rawValue]\nif let vary",
                in: "Operations.swift"))
    }

    @Test("each body is wrapped where the operation's extensions demand it")
    func wrapped() throws {
        let configuration = """
            operation-extensions: {x-tenancy: {values: {trace: {output: owned}}}}
            output-wrappers: {owned: Owned}
            """
        let document = Snippet.operation("x-tenancy: trace").replacing(
            "\"204\": {description: Nothing.}",
            with: "200: {description: d, content: {application/json: {}, application/protobuf: {}}}")
        let generation = Generation(document, configuration: configuration)
        for line in [
            "case json(Owned<JSONContent<JSONValue>>)", "case protobuf(Owned<ByteContent>)",
            "case .json(let content): try content.value.responseBody()",
            "case .protobuf(let content): content.value.responseBody()",
        ] {
            #expect(try generation.has(line, in: "Operations.swift"), "\(generation.problems)")
        }
    }

    @Test("inline types of two bodies have two names")
    func inlineTypes() throws {
        let generation = generation(
            "application/json: {schema: {properties: {a: {}}}}, application/b+json: {schema: {properties: {b: {}}}}")
        #expect(try generation.has("case json(JSONContent<JSONBody>)", in: "Operations.swift"))
        #expect(try generation.has("case bJSON(JSONContent<BJSONBody>)", in: "Operations.swift"))
    }
}
