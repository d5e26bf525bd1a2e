import Testing

@testable import Generator

@Suite("Examples against schemas")
struct ExampleValidatorTests {
    /// What is wrong with an example.
    static func violations(_ schema: String, _ example: String, version: String = "3.1.0", additional: Bool = false)
        -> [String]
    {
        let diagnostics = Diagnostics()
        let text = "schema: \(schema)\nexample: \(example)\ndefs: {A: {properties: {a: {$ref: '#/defs/A'}}}}"
        guard let root = YAMLReader.read(SourceFile(path: "a", bytes: Array(text.utf8)), diagnostics: diagnostics),
            let schema = root.mapping?["schema"]?.value, let example = root.mapping?["example"]?.value
        else { return ["unreadable: \(diagnostics.rendered())"] }
        var validator = ExampleValidator(
            references: References(root, diagnostics: diagnostics), isVersion30: version == "3.0.3",
            allowsAdditionalProperties: additional)
        return validator.violations(of: example, by: schema).map(\.message)
    }

    @Test(
        "what fits is accepted",
        arguments: [
            ("{type: integer}", "1.0"), ("{type: [string, \"null\"]}", "null"), ("{enum: [1, a]}", "1.0"),
            ("{const: {a: 1, b: 2}}", "{b: 2, a: 1}"), ("{type: number, multipleOf: 0.1}", "0.3"),
            ("{exclusiveMinimum: 1, maximum: 2}", "2"), ("{minLength: 1, maxLength: 1}", "é"),
            ("{pattern: \"^a+$\"}", "aaa"), ("{format: date-time}", "'2024-01-01T00:00:00Z'"), ("{format: what}", "x"),
            ("{type: array, items: {type: integer}, prefixItems: [{type: string}]}", "[a, 1]"),
            ("{contains: {const: 1}, maxContains: 1}", "[1, 2]"), ("{uniqueItems: true}", "[1, 2]"),
            ("{properties: {a: {}}, additionalProperties: {type: string}}", "{a: 1, b: x}"),
            ("{type: object}", "{a: 1}"), ("{properties: {a: {}}, patternProperties: {^x: {}}}", "{a: 1, x1: 1}"),
            ("{allOf: [{properties: {a: {}}}, {properties: {b: {}}}]}", "{a: 1, b: 2}"),
            ("{oneOf: [{properties: {a: {type: integer}}, required: [a]}, {type: string}]}", "{a: 1}"),
            ("{anyOf: [{type: integer}, {type: number}]}", "1"), ("{not: {type: string}}", "1"),
            ("{if: {required: [a]}, then: {required: [b]}}", "{c: 1}"), ("{$ref: '#/defs/A'}", "{a: {a: {}}}"),
            ("{dependentRequired: {a: [b]}}", "{a: 1, b: 1}"), ("true", "1"),
        ])
    func fits(schema: String, example: String) {
        #expect(Self.violations(schema, example).isEmpty)
    }

    @Test(
        "what does not fit is told",
        arguments: [
            ("{type: integer}", "1.5", ["it is a number, not an integer"]),
            ("{type: [string, \"null\"]}", "1", ["it is an integer, not a string or null"]),
            ("{enum: [1, a]}", "b", ["it is none of `1`, `\"a\"`"]), ("{const: 1}", "2", ["it is not `1`"]),
            ("{multipleOf: 0.1}", "0.35", ["it is no multiple of 0.1"]),
            ("{minimum: 1}", "0", ["it is below the minimum 1"]), ("{maximum: 1}", "2", ["it is above the maximum 1"]),
            ("{minLength: 2}", "a", ["it has less than 2 characters"]),
            ("{maxLength: 1}", "ab", ["it has more than 1 characters"]),
            ("{pattern: ^a$}", "b", ["it does not match `^a$`"]),
            ("{format: date}", "yesterday", ["it is not of the format `date`"]),
            ("{minItems: 1}", "[]", ["it has less than 1 items"]),
            ("{maxItems: 0}", "[1]", ["it has more than 0 items"]),
            ("{uniqueItems: true}", "[1, 1.0]", ["the item is there already"]),
            ("{contains: {const: 1}}", "[2]", ["too few of its items are as `contains` demands"]),
            ("{items: {type: string}}", "[a, 1]", ["it is an integer, not a string"]),
            ("{required: [a, b]}", "{a: 1}", ["it needs the property `b`"]),
            ("{properties: {a: {}}}", "{b: 1}", ["there is no property `b`"]),
            ("{properties: {a: {}}, additionalProperties: false}", "{b: 1}", ["there is no property `b`"]),
            ("{allOf: [{properties: {a: {}}}, {properties: {b: {}}}]}", "{c: 2}", ["there is no property `c`"]),
            ("{oneOf: [{type: integer}, {type: string}]}", "true", ["it fits none of the schemas of `oneOf`"]),
            ("{oneOf: [{type: integer}, {type: number}]}", "1", ["it fits 2 of the schemas of `oneOf`"]),
            ("{not: {type: string}}", "a", ["it is what `not` excludes"]),
            ("{if: {required: [a]}, then: {required: [b]}}", "{a: 1}", ["it needs the property `b`"]),
            ("{propertyNames: {maxLength: 1}}", "{ab: 1}", ["it has more than 1 characters"]),
            ("{dependentRequired: {a: [b]}}", "{a: 1}", ["`a` needs `b` beside it"]),
            ("false", "1", ["nothing is allowed here"]),
            ("{$ref: '#/defs/A'}", "{a: {b: 1}}", ["there is no property `b`"]),
        ] as [(String, String, [String])])
    func breaks(schema: String, example: String, expected: [String]) {
        #expect(Self.violations(schema, example) == expected)
    }

    @Test("OpenAPI 3.0 has exclusive bounds and null of its own, and nothing beside references")
    func version30() {
        #expect(
            Self.violations("{minimum: 1, exclusiveMinimum: true}", "1", version: "3.0.3") == [
                "it is below the minimum 1"
            ])
        #expect(Self.violations("{type: string, nullable: true}", "null", version: "3.0.3").isEmpty)
        #expect(Self.violations("{$ref: '#/defs/A', required: [z]}", "{}", version: "3.0.3").isEmpty)
        #expect(Self.violations("{$ref: '#/defs/A', required: [z]}", "{}") == ["it needs the property `z`"])
    }

    @Test("properties without a definition are accepted on demand")
    func additional() {
        #expect(Self.violations("{properties: {a: {}}}", "{b: 1}", additional: true).isEmpty)
    }
}
