import Testing

@testable import Generator

@Suite("generator.yaml")
struct ConfigurationTests {
    private func problems(_ configuration: String) -> String {
        Generation(Snippet.operation(""), configuration: configuration).problems
    }

    @Test(
        "what is wrong in it is told with its place",
        arguments: [
            ("import: [A]", "1:1", "unknown-keyword"), ("imports: A", "1:10", "unexpected-type"),
            ("imports: [\"A; import B\"]", "1:11", "invalid-value"),
            ("credential: \"A, B: C\"", "1:13", "invalid-value"),
            ("credential: \"A<B\"", "1:13", "invalid-value"), ("credential: 1", "1:13", "unexpected-type"),
            ("operation-extensions: {tenancy: {values: {}}}", "1:24", "invalid-value"),
            ("operation-extensions: {x-a: {}}", "1:29", "missing-keyword"),
            ("operation-extensions: {x-a: {values: {b: {security: maybe}}}}", "1:53", "invalid-value"),
            ("operation-extensions: {x-a: {values: {b: {output: owned}}}}", "1:51", "invalid-value"),
            ("operation-extensions: {x-a: {values: {b: {input: [c]}}}}", "1:51", "invalid-value"),
            ("operation-extensions: {x-a: {values: {b: {foo: 1}}}}", "1:43", "unknown-keyword"),
            ("operation-extensions: {x-a: {required: 1, values: {}}}", "1:40", "unexpected-type"),
            ("input-extensions: {x-a: b}", "1:25", "unexpected-type"),
            ("input-extensions: {x-a: {b: 1}}", "1:29", "unexpected-type"),
            ("input-extensions: {x-a: {b: \"[A]()\"}}", "1:29", "invalid-value"),
            ("x-more: 1", "1:1", "unknown-keyword"), ("a: 1\na: 2", "2:1", "duplicate-key"),
        ])
    func problems(configuration: String, place: String, rule: String) {
        let first = problems(configuration).split(separator: "\n").first { $0.contains("[\(rule)]") } ?? ""
        #expect(first.hasPrefix("generator.yaml:\(place): error: "), "\(problems(configuration))")
    }

    @Test("problems of both files are told together")
    func both() {
        let generation = Generation(Snippet.operation("foo: 1"), configuration: "bar: 1")
        #expect(generation.problems.contains("api.yaml:11:7: error: "))
        #expect(generation.problems.contains("generator.yaml:1:1: error: "))
    }

    @Test("everything in it is optional")
    func empty() {
        #expect(problems("{}").isEmpty)
        #expect(problems("imports: []").isEmpty)
    }
}
