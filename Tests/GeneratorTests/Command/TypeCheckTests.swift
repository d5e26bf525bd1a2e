import Foundation
import Testing

/// What a change of the document does to handwritten code: the generator's executable runs on a changed copy, and the
/// compiler says whether a handler still fits.
@Suite("Generated code and its handlers", .serialized)
struct TypeCheckTests {
    /// A server's code: an implementation of one tag, and a form's input forwarded to the operation that does the work.
    static let handler = """
        import APIRuntime
        import Tenancy

        struct Handler: HealthAPI {
            func getHealth(_ input: GetHealth.Input) async throws -> GetHealth.Output {
                .ok(.init(xRequestID: input.context.requestID, body: .value(Health(version: OpenAPIDocument.version))))
            }

            func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output {
                .serviceUnavailable(.init(body: .value(Readiness(status: .notReady))))
            }

            func getHealthDashboard(_ input: GetHealthDashboard.Input) async throws -> GetHealthDashboard.Output {
                throw APIFailure.notFound
            }
        }

        func forwarded(_ input: QueryMetricsForm.Input) -> QueryMetrics.Input {
            QueryMetrics.Input(
                context: input.context, credential: input.credential, query: input.body.query, time: input.body.time)
        }
        """

    /// Generates from a document and type-checks the outcome together with the handwritten part of the module.
    private func check(_ spec: String, handler: String = handler) throws -> (
        generation: Tools.Result, types: Tools.Result?
    ) {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "openapi.yaml")
            try Data(spec.utf8).write(to: document)
            let output = folder.appending(path: "Generated")
            let generation = try Tools.generate([
                "generate", "--spec", document.path(percentEncoded: false),
                "--config", Repository.root.appending(path: "generator.yaml").path(percentEncoded: false),
                "--output", output.path(percentEncoded: false),
            ])
            guard generation.status == 0 else { return (generation, nil) }
            let handlerFile = folder.appending(path: "Handler.swift")
            try Data(handler.utf8).write(to: handlerFile)
            let manual = Repository.root.appending(path: "Sources/GeneratedAPI")
            let files = try [output, manual].flatMap { folder in
                try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                    .filter { $0.pathExtension == "swift" }
            }
            return (generation, try Tools.typeCheck(files + [handlerFile]))
        }
    }

    private func changed(_ old: String, _ new: String) throws -> String {
        let document = try Repository.text("openapi.yaml")
        let range = try #require(document.range(of: old), "openapi.yaml no longer holds \(old)")
        return document.replacingCharacters(in: range, with: new)
    }

    @Test("the document as it is generates code that compiles with its handlers")
    func unchanged() throws {
        let (generation, types) = try check(Repository.text("openapi.yaml"))
        #expect(generation.errors.isEmpty)
        let result = try #require(types)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.isEmpty)
    }

    @Test("renaming an operation breaks the compilation of its handler")
    func renamedOperation() throws {
        let (_, types) = try check(changed("operationId: getHealth", "operationId: getHealthiness"))
        let result = try #require(types)
        #expect(result.status != 0)
        #expect(result.errors.contains("type 'Handler' does not conform to protocol 'HealthAPI'"), "\(result.errors)")
    }

    @Test("a new required parameter breaks the compilation of code that makes the input")
    func requiredParameter() throws {
        let parameter = """
              parameters:
                    - {name: region, in: query, required: true, schema: {type: string}}
                    - $ref: "#/components/parameters/Query"

            """
        let old = "  parameters:\n        - $ref: \"#/components/parameters/Query\"\n"
        let (_, types) = try check(changed(old, parameter))
        let result = try #require(types)
        #expect(result.status != 0)
        #expect(result.errors.contains("missing argument for parameter 'region' in call"), "\(result.errors)")
    }

    @Test("a field that becomes optional breaks the compilation of code that relies on it")
    func optionalField() throws {
        let (_, types) = try check(changed("required: [status, version]", "required: [status]"))
        #expect(try #require(types).status == 0, "an initializer takes a value for an optional member as well")
        let reader = "func version(_ health: Health) -> String { health.version }"
        #expect(try #require(check(changed("title: Palisade", "title: Gateway"), handler: reader).types).status == 0)
        let broken = try #require(
            check(changed("required: [status, version]", "required: [status]"), handler: reader).types)
        #expect(broken.errors.contains("value of optional type 'String?' must be unwrapped"), "\(broken.errors)")
    }

    @Test("an operation without x-tenancy is refused with its line")
    func missingTenancy() throws {
        let document = try Repository.text("openapi.yaml")
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
        let extensionLine = try #require(lines.firstIndex { $0.contains("x-tenancy: promql") })
        let methodLine = try #require(lines[..<extensionLine].lastIndex { $0 == "    get:" })
        let (generation, types) = try check(changed("      x-tenancy: promql\n", ""))
        #expect(types == nil)
        #expect(generation.status == 1)
        #expect(generation.errors.contains("openapi.yaml:\(methodLine + 1):5: error: "), "\(generation.errors)")
        #expect(generation.errors.contains("needs `x-tenancy` [missing-extension]\n    get:\n    ^\n"))
    }

    @Test("an operation whose input is no longer confined is refused")
    func missingConfinement() throws {
        let (generation, types) = try check(changed("          x-confine: promql\n", ""))
        #expect(types == nil)
        #expect(generation.errors.contains("[extension-input]"), "\(generation.errors)")
    }

    @Test("every construct that is supported generates code that compiles without warnings")
    func everything() throws {
        let (generation, types) = try check(
            Everything.document, handler: "import APIRuntime\nstruct Handler {}\n")
        #expect(generation.errors.isEmpty)
        let result = try #require(types)
        #expect(result.status == 0, "\(result.errors)")
    }
}
