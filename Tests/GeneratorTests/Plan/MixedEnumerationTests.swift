import Testing

@testable import Generator

@Suite("Enumerations of values of several types")
struct MixedEnumerationTests {
    private func models(_ schema: String, configuration: String? = nil) throws -> String {
        let generation = Generation(Snippet.schemas(schema), configuration: configuration)
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        return try generation.file("Models.swift")
    }

    @Test("have a case for each value, named after it")
    func cases() throws {
        let text = try models("A: {enum: [auto, Auto, 1, \"1\", -2, 0.5, true, false, \"\", none, null]}")
        #expect(
            text.contains(
                """
                public var rawValue: ListedScalar {
                switch self {
                case .auto: .string("auto")
                case .autoValue: .string("Auto")
                case ._1: .integer(1)
                case ._1Value: .string("1")
                case .minus2: .integer(-2)
                case ._0Point5: .number(0.5)
                case .`true`: .boolean(true)
                case .`false`: .boolean(false)
                case .empty: .string("")
                case .noneValue: .string("none")
                }
                """), "\(text)")
        #expect(text.contains("public import APIRuntime"))
    }

    @Test("are named by x-enum-varnames and by the configuration")
    func names() throws {
        #expect(try models("A: {enum: [a, 1], x-enum-varnames: [first, second]}").contains("case .second: .integer(1)"))
        let named = try models("A: {enum: [a, 1]}", configuration: "names: {enum-cases: {A: {a: alpha}}}")
        #expect(named.contains("case .alpha: .string(\"a\")"))
    }

    @Test("with null are optional where they are used, and with one type beside it that type's")
    func null() throws {
        #expect(try models("A: {required: [b], properties: {b: {enum: [a, 1, null]}}}").contains("public var b: B?"))
        #expect(try models("A: {enum: [true, false, null]}").contains("public typealias A = Bool"))
        #expect(try models("A: {enum: [0.5, 1]}").contains("public typealias A = Double"))
        #expect(try models("A: {enum: [a, null]}").contains("public enum A: String,"))
    }

    @Test("stay JSON where values cannot be told apart, or are no scalars", arguments: ["[1, 1.0, a]", "[a, {}]"])
    func json(values: String) throws {
        #expect(try models("A: {enum: \(values)}").contains("public typealias A = JSONValue"))
    }

    @Test("are alternatives of others, and parts of structures, without any module but the runtime")
    func uses() throws {
        let text = try models("A: {oneOf: [{enum: [a, 1]}, {type: array, items: {enum: [b, 2]}}]}")
        #expect(text.contains("public enum A: Codable, Sendable {") && text.contains("ListedValue {"))
    }

    @Test("pass as members, parameters and header fields, and others are refused")
    func calls() throws {
        let printed = try GeneratedProgram.output(of: Self.document, Self.program)
        #expect(printed == Self.output, "\(printed)")
    }

    private static let document = #"""
        openapi: 3.1.0
        info: {title: Mixed, version: "1"}
        paths:
          /sizes/{size}:
            post:
              operationId: measure
              parameters:
                - {name: size, in: path, required: true, schema: {$ref: "#/components/schemas/Size"}}
                - {name: sizes, in: query, schema: {type: array, items: {$ref: "#/components/schemas/Size"}}}
                - {name: either, in: query, schema: {oneOf: [{$ref: "#/components/schemas/Size"}, {type: array, items: {type: integer}}]}}
              requestBody: {content: {application/json: {schema: {type: object, properties: {size: {$ref: "#/components/schemas/Size"}}}}}}
              responses:
                "200":
                  description: Seen.
                  headers: {X-Size: {schema: {$ref: "#/components/schemas/Size"}}}
                  content: {application/json: {schema: {$ref: "#/components/schemas/Size"}}}
        components: {schemas: {Size: {enum: [auto, 1, 0.5, true]}}}
        """#

    private static let program = #"""
        import APIRuntime

        struct Service: DefaultAPI {
            func measure(_ input: Measure.Input) async throws -> Measure.Output {
                print(input.size, input.sizes, input.either.map { "\($0)" } ?? "nil")
                return .ok(.init(xSize: input.body?.size, body: .value(input.size)))
            }
        }

        @main enum Program {
            static func main() async throws {
                let router = Router(default: Service())
                let client = Client(transport: InProcessTransport { request in
                    print(">", request.path, request.query ?? "")
                    return try await router.respond(to: request)
                })
                for size in Size.allCases {
                    let answer = try await client.measure(
                        size: size, sizes: [size, ._1], either: .size(size), body: .init(size: size)).ok
                    print(answer.xSize == size, answer.body == size)
                }
                _ = try await client.measure(size: .auto, either: .integerList([7, 8]))
                do {
                    _ = try await router.respond(
                        to: Request(method: .post, path: "/sizes/auto", query: "sizes=2&sizes=auto&either=x", headers: [:]))
                } catch let failure as APIFailure {
                    for violation in failure.violations { print(violation.name, violation.message, violation.rule) }
                }
            }
        }
        """#

    private static let output = #"""
        > /sizes/auto sizes=auto&sizes=1&either=auto
        auto [auto, 1] size(auto)
        true true
        > /sizes/1 sizes=1&sizes=1&either=1
        1 [1, 1] size(1)
        true true
        > /sizes/0.5 sizes=0.5&sizes=1&either=0.5
        0.5 [0.5, 1] size(0.5)
        true true
        > /sizes/true sizes=true&sizes=1&either=true
        true [true, 1] size(true)
        true true
        > /sizes/auto either=7&either=8
        auto [] integerList([7, 8])
        sizes/0 must be one of auto, 1, 0.5, true enum
        either fits none of the alternatives (Size: must be one of auto, 1, 0.5, true; an array: must be an array) oneOf

        """#
}
