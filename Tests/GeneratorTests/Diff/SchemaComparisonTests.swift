import Testing

@testable import Generator

/// Each change of a schema, where callers send the value and where the server does.
@Suite("Changes of schemas")
struct SchemaComparisonTests {
    struct Case: CustomTestStringConvertible {
        var old: String
        var new: String
        /// In requests, and in answers.
        var request: [String]
        var response: [String]

        var testDescription: String { "\(old) → \(new)" }

        init(_ old: String, _ new: String, _ rule: String, _ request: String, _ response: String) {
            self.init(old, new, ["\(request) [\(rule)]"], ["\(response) [\(rule)]"])
        }

        init(_ old: String, _ new: String, _ request: [String], _ response: [String]) {
            self.old = old
            self.new = new
            self.request = request
            self.response = response
        }
    }

    static let cases: [Case] = [
        Case("{type: number}", "{type: integer}", "type-narrowed", "breaking", "fine"),
        Case("{}", "{type: integer}", "type-narrowed", "breaking", "fine"),
        Case("{type: string}", "{type: [string, integer]}", "type-widened", "fine", "breaking"),
        Case("{type: string}", "{type: integer}", "type-changed", "breaking", "breaking"),
        Case("{type: string}", "{type: [string, \"null\"]}", "null-allowed", "fine", "breaking"),
        Case("{oneOf: [{type: string}, {type: \"null\"}]}", "{type: string}", "null-refused", "breaking", "fine"),
        Case("{type: [string, \"null\"]}", "{anyOf: [{type: string}, {type: \"null\"}]}", [], []),
        Case("{type: string}", "{type: string, format: date}", "format-changed", "breaking", "fine"),
        Case("{type: integer, format: int32}", "{type: integer, format: int64}", "format-changed", "fine", "breaking"),
        Case("{type: string, format: date}", "{type: string, format: uuid}", "format-changed", "breaking", "breaking"),
        Case("{type: string, format: foo}", "{type: string}", "format-changed", "warning", "warning"),
        Case("{enum: [a, b]}", "{enum: [a]}", "enum-value-removed", "breaking", "fine"),
        Case("{enum: [a]}", "{enum: [a, b]}", "enum-value-added", "fine", "breaking"),
        Case("{type: string}", "{type: string, const: a}", "enum-value-removed", "breaking", "fine"),
        Case("{type: string, enum: [a]}", "{type: string}", "enum-value-added", "fine", "breaking"),
        Case("{type: integer}", "{type: integer, minimum: 1}", "constraint-tightened", "breaking", "fine"),
        Case("{maxLength: 3}", "{maxLength: 2}", "constraint-tightened", "breaking", "fine"),
        Case("{maxItems: 3}", "{maxItems: 4}", "constraint-loosened", "fine", "breaking"),
        Case("{minProperties: 3}", "{}", "constraint-loosened", "fine", "breaking"),
        Case("{multipleOf: 2}", "{multipleOf: 4}", "constraint-tightened", "breaking", "fine"),
        Case("{multipleOf: 4}", "{multipleOf: 6}", "constraint-tightened", "breaking", "breaking"),
        Case("{uniqueItems: true}", "{}", "constraint-loosened", "fine", "breaking"),
        Case("{pattern: a}", "{pattern: b}", "pattern-changed", "warning", "warning"),
        Case("{}", "{pattern: b}", "constraint-tightened", "breaking", "fine"),
        Case("{pattern: b}", "{}", "constraint-loosened", "fine", "breaking"),
        Case("{properties: {a: {}}}", "{properties: {a: {}, b: {}}}", "property-added", "fine", "fine"),
        Case(
            "{properties: {a: {}}}", "{properties: {a: {}, b: {}}, required: [b]}", "property-added-required",
            "breaking", "fine"),
        Case("{properties: {a: {}}}", "{properties: {}}", "property-removed", "warning", "warning"),
        Case("{properties: {a: {}}, required: [a]}", "{properties: {}}", "property-removed", "warning", "breaking"),
        Case(
            "{properties: {a: {}}, additionalProperties: false}", "{properties: {}, additionalProperties: false}",
            "property-removed", "breaking", "warning"),
        Case(
            "{properties: {a: {}}}", "{properties: {a: {}}, required: [a]}", "property-became-required", "breaking",
            "fine"),
        Case(
            "{properties: {a: {}}, required: [a]}", "{properties: {a: {}}}", "property-became-optional", "fine",
            "breaking"),
        Case(
            "{required: [a]}", "{required: [b]}",
            ["breaking [property-became-required]", "fine [property-became-optional]"],
            ["breaking [property-became-optional]", "fine [property-became-required]"]),
        Case("{properties: {a: {}}}", "{properties: {a: {readOnly: true}}}", ["warning [read-only-changed]"], []),
        Case(
            "{properties: {a: {readOnly: true}}, required: [a]}", "{properties: {a: {}}, required: [a]}",
            ["breaking [read-only-changed]"], []),
        Case("{properties: {a: {}}}", "{properties: {a: {writeOnly: true}}}", [], ["breaking [write-only-changed]"]),
        Case("{properties: {a: {writeOnly: true}}}", "{properties: {a: {}}}", [], ["fine [write-only-changed]"]),
        Case(
            "{properties: {a: {readOnly: true, type: string}}}", "{properties: {a: {readOnly: true, type: integer}}}",
            [], ["breaking [type-changed]"]),
        Case("{}", "{additionalProperties: false}", "additional-properties-refused", "breaking", "fine"),
        Case("{additionalProperties: false}", "{}", "additional-properties-allowed", "fine", "warning"),
        Case(
            "{additionalProperties: {type: string}}", "{additionalProperties: {type: integer}}", "type-changed",
            "breaking", "breaking"),
        Case("{items: {type: string}}", "{items: {type: integer}}", "type-changed", "breaking", "breaking"),
        Case(
            "{prefixItems: [{type: string}]}", "{prefixItems: [{type: integer}]}", "type-changed", "breaking",
            "breaking"),
        Case("{oneOf: [{type: string}, {type: integer}]}", "{oneOf: [{type: integer}, {type: string}]}", [], []),
        Case(
            "{oneOf: [{type: string}, {type: integer}, {type: array}]}", "{oneOf: [{type: string}, {type: integer}]}",
            "alternative-removed", "breaking", "fine"),
        Case(
            "{anyOf: [{type: string}, {type: integer}]}", "{anyOf: [{type: string}, {type: integer}, {type: array}]}",
            "alternative-added", "fine", "breaking"),
        Case(
            "{oneOf: [{type: string}, {type: integer}]}", "{oneOf: [{type: string, minLength: 1}, {type: integer}]}",
            "constraint-tightened", "breaking", "fine"),
        Case(
            "{oneOf: [{type: string}, {type: integer}]}", "{anyOf: [{type: string}, {type: integer}]}",
            "composition-changed", "warning", "warning"),
        Case("{}", "{oneOf: [{type: string}, {type: integer}]}", "composition-changed", "warning", "warning"),
        Case(
            "{discriminator: {propertyName: a}}", "{discriminator: {propertyName: b}}", "discriminator-changed",
            "breaking", "breaking"),
        Case(
            "{discriminator: {propertyName: a, mapping: {x: A}}}",
            "{discriminator: {propertyName: a, mapping: {x: B}}}", "discriminator-changed", "breaking", "breaking"),
        Case("{discriminator: {propertyName: a}}", "{}", "discriminator-changed", "warning", "warning"),
        Case("{default: 1}", "{default: 2}", "default-changed", "warning", "fine"),
        Case("{not: {type: string}}", "{not: {type: integer}}", "schema-changed", "warning", "warning"),
        Case(
            "{}", "{if: {required: [a]}, then: {required: [b]}}",
            ["warning [schema-changed]", "warning [schema-changed]"],
            ["warning [schema-changed]", "warning [schema-changed]"]),
        Case("{patternProperties: {a: {}}}", "{patternProperties: {b: {}}}", "schema-changed", "warning", "warning"),
        Case("{type: string}", "{type: string, deprecated: true}", "deprecated", "fine", "fine"),
        Case("{type: object, x-a: 1}", "{type: object, x-a: 2}", "extension-changed", "fine", "fine"),
        Case("{allOf: [{type: object}, {required: [a]}]}", "{type: object, required: [a]}", [], []),
        Case("{allOf: [{minimum: 1}, {minimum: 3}]}", "{minimum: 2}", "constraint-loosened", "fine", "breaking"),
        Case("{title: a, description: b, examples: [1]}", "{description: c}", [], []),
        Case("{type: integer, minimum: 1}", "{minimum: 1.0, type: integer}", [], []),
        Case("{type: string}", "false", ["breaking [type-narrowed]"], ["fine [type-narrowed]"]),
        Case(
            "{properties: {a: {type: string}}}", "{properties: {a: {type: string, maxLength: 1}}}",
            "constraint-tightened", "breaking", "fine"),
    ]

    static func request(_ schema: String) -> String {
        """
        openapi: 3.1.0
        paths:
          /a:
            post:
              requestBody: {content: {application/json: {schema: \(schema)}}}
        """
    }

    static func response(_ schema: String) -> String {
        """
        openapi: 3.1.0
        paths:
          /a:
            post:
              responses: {"200": {content: {application/json: {schema: \(schema)}}}}
        """
    }

    @Test("what callers send must not get narrower, what they get must not get wider", arguments: cases)
    func change(change: Case) {
        #expect(Comparing(Self.request(change.old), Self.request(change.new)).kinds == change.request)
        #expect(Comparing(Self.response(change.old), Self.response(change.new)).kinds == change.response)
        #expect(Comparing(Self.request(change.old), Self.request(change.old)).kinds == [])
    }

    @Test("in OpenAPI 3.0 null and exclusive bounds are said in another way")
    func version30() {
        let old = "{type: string, nullable: true, minimum: 1, exclusiveMinimum: true}"
        let new = "{type: [string, \"null\"], exclusiveMinimum: 1}"
        #expect(
            Comparing(Self.request(old).replacing("3.1.0", with: "3.0.3"), Self.request(new)).kinds
                == ["fine [openapi-version-changed]"])
    }

    @Test("a schema that many refer to is compared once, in each direction, by its name")
    func references() {
        func document(_ type: String) -> String {
            """
            openapi: 3.1.0
            paths:
              /a:
                post:
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                  responses: {"200": {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
                put:
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
            components:
              schemas:
                Pet: {properties: {id: {type: \(type)}, parent: {$ref: '#/components/schemas/Pet'}}}
            """
        }
        #expect(
            Comparing(document("number"), document("integer")).changes == [
                "breaking: the property `id` of the schema `Pet` is `integer` instead of `number`, in requests [type-narrowed]",
                "fine: the property `id` of the schema `Pet` is `integer` instead of `number`, in answers [type-narrowed]",
            ])
    }

    @Test("a change has its place in both documents, and advice")
    func places() {
        let text = Comparing(Self.request("{type: string}"), Self.request("{type: string, minLength: 1}")).text
        #expect(
            text == """
                new.yaml:5:73: breaking: the body of POST /a has `minLength` of 1 instead of none, in requests [constraint-tightened]
                      requestBody: {content: {application/json: {schema: {type: string, minLength: 1}}}}
                                                                                        ^
                old.yaml:5:58: note: before
                      requestBody: {content: {application/json: {schema: {type: string}}}}
                                                                         ^
                help: take what was valid before, too, or make a new operation

                """)
    }
}
