import JSON
import JSONSchema
import Testing

@Suite("Values are held to their schemas")
struct SchemaCheckTests {
    /// What is wrong, as `pointer rule`.
    private func problems(_ schemas: String, _ value: String) throws -> [String] {
        try outcome(schemas, value).violations.map { "\($0.pointer) \($0.rule)" }
    }

    private func outcome(
        _ schemas: String, _ value: String, _ direction: SchemaDirection = .request
    ) throws -> SchemaOutcome {
        let set = try SchemaSet(parsing: Array("[\(schemas)]".utf8))
        return set.check(try JSONParser.parse(Array(value.utf8)), against: 0, direction: direction)
    }

    @Test(
        "by every keyword",
        arguments: [
            (#"{"type":"integer"}"#, "1.0", ""), (#"{"type":"integer"}"#, "1.5", " type"),
            (#"{"type":["string","null"]}"#, "null", ""),
            (#"{"enum":[1,"a",null]}"#, "1.0", ""), (#"{"enum":[1,"a",null]}"#, "2", " enum"),
            (#"{"const":{"a":1}}"#, #"{"a":1}"#, ""),
            (#"{"minLength":2,"maxLength":3}"#, #""é""#, " minLength"), (#"{"maxLength":1}"#, #""ab""#, " maxLength"),
            (#"{"pattern":"^a"}"#, #""ba""#, " pattern"), (#"{"format":"date"}"#, #""x""#, " format"),
            (#"{"format":"int32"}"#, "2147483648", " format"),
            (#"{"contentSchema":{"type":"object"}}"#, #""{}""#, ""), (#"{"contentSchema":{"type":"object"}}"#, "1", ""),
            (#"{"contentSchema":{"type":"object"}}"#, #""1""#, " type"),
            (#"{"contentSchema":{"type":"object"}}"#, #""{""#, " contentMediaType"),
            (#"{"properties":{"a":{"contentSchema":{"items":{"maximum":1}}}}}"#, #"{"a":"[1,2]"}"#, "/a/1 maximum"),
            (#"{"minimum":9007199254740993}"#, "9007199254740992", " minimum"),
            (#"{"exclusiveMaximum":1}"#, "1", " exclusiveMaximum"),
            (#"{"multipleOf":0.1}"#, "0.3", ""), (#"{"multipleOf":3}"#, "7", " multipleOf"),
            (#"{"minItems":1}"#, "[]", " minItems"),
            (#"{"uniqueItems":true}"#, #"[{"a":1,"b":2},{"b":2.0,"a":1}]"#, " uniqueItems"),
            (#"{"items":{"type":"string"}}"#, #"["a",1]"#, "/1 type"),
            (#"{"prefixItems":[{"type":"string"}],"items":false}"#, #"["a",1]"#, "/1 schema"),
            (#"{"contains":{"type":"string"}}"#, "[1]", " contains"),
            (#"{"contains":{"type":"string"},"maxContains":1}"#, #"["a","b"]"#, " maxContains"),
            (#"{"required":["a"],"properties":{"b":{"type":"string"}}}"#, #"{"b":1}"#, "/b type, required"),
            (
                #"{"additionalProperties":false,"properties":{"a/b~":{}}}"#, #"{"a/b~":1,"c/d":2}"#,
                "/c~1d additionalProperties"
            ),
            (
                #"{"patternProperties":{"^x":{"type":"string"}},"additionalProperties":{"type":"null"}}"#,
                #"{"x":1,"y":2}"#, "/x type,/y type"
            ),
            (#"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#, "/ab propertyNames"),
            (#"{"minProperties":1}"#, "{}", " minProperties"),
            (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, " dependentRequired"),
            (#"{"dependentSchemas":{"a":{"required":["c"]}}}"#, #"{"a":1}"#, " required"),
            (#"{"allOf":[{"minimum":1},{"maximum":0}]}"#, "0.5", " minimum, maximum"),
            (#"{"not":{"type":"string"}}"#, #""a""#, " not"),
            (#"{"if":{"minimum":5},"then":{"multipleOf":2},"else":{"maximum":0}}"#, "7", " multipleOf"),
            (#"{"if":{"minimum":5},"else":{"maximum":0}}"#, "3", " maximum"),
            (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "2", " minimum"),
            (#"{"oneOf":[{"minimum":1},{"minimum":2}]}"#, "3", " oneOf"),
            (#"{"$ref":1},{"type":"string"}"#, "1", " type"),
            (#"{"properties":{"a":0,"n":{"type":"integer"}}}"#, #"{"a":{"a":{"n":"x"}}}"#, "/a/a/n type"),
            (
                #"{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}"#, #"{"a":1,"b":2}"#,
                "/b unevaluatedProperties"
            ),
            (#"{"anyOf":[{"properties":{"b":{"type":"string"}}}],"unevaluatedProperties":false}"#, #"{"b":"x"}"#, ""),
            (#"{"prefixItems":[{}],"unevaluatedItems":{"type":"string"}}"#, "[1,2]", "/1 type"),
            ("false", "1", " schema"), ("true", "1", ""),
        ])
    func keywords(schema: String, value: String, expected: String) throws {
        let found = try problems(schema, value)
        #expect(
            found == expected.split(separator: ",").map { $0.hasPrefix("/") ? String($0) : " " + $0.drop { $0 == " " } }
        )
    }

    @Test("by the alternative that a discriminator names, bare or mapped")
    func discriminator() throws {
        let schemas = #"""
            {"oneOf":[1,2],"discriminator":{"propertyName":"kind","mapping":{"cat":0,"Cat":0,"dog":1}}},
            {"title":"Cat","required":["claws"]},{"title":"Dog","required":["tail"]}
            """#
        #expect(try problems(schemas, #"{"kind":"Cat","claws":1}"#) == [])
        #expect(try problems(schemas, #"{"kind":"dog","claws":1}"#) == [" required"])
        #expect(try problems(schemas, #"{"kind":"cow"}"#) == ["/kind discriminator"])
        #expect(try problems(schemas, "{}") == ["/kind discriminator"])
        let set = try SchemaSet(parsing: Array("[\(schemas)]".utf8))
        #expect(set.alternative(of: ["kind": "dog"], in: 0) == 1)
        #expect(set.alternative(of: ["kind": "cow"], in: 0) == nil)
    }

    @Test("by the alternative that a discriminator has for all others, and for those that do not say")
    func defaultMapping() throws {
        let schemas = #"""
            {"oneOf":[1,2],"discriminator":{"propertyName":"kind","mapping":{"cat":0},"defaultMapping":1}},
            {"title":"Cat","required":["claws"]},{"title":"Dog","required":["tail"]}
            """#
        #expect(try problems(schemas, #"{"kind":"cat","tail":1}"#) == [" required"])
        #expect(try problems(schemas, #"{"kind":"cow","tail":1}"#) == [])
        #expect(try problems(schemas, #"{"tail":1}"#) == [])
        #expect(try problems(schemas, #"{"claws":1}"#) == [" required"])
        let set = try SchemaSet(parsing: Array("[\(schemas)]".utf8))
        #expect(set.alternative(of: [:], in: 0) == 1)
    }

    @Test("and what fits no alternative learns why for each")
    func explanation() throws {
        let schemas =
            #"{"oneOf":[1,2]},{"title":"Cat","required":["claws"]},{"title":"Dog","properties":{"tail":{"type":"string"}},"required":["tail"]}"#
        let violation = try #require(try outcome(schemas, #"{"tail":1}"#).violations.first)
        #expect(violation.message == "fits none of the alternatives (Cat: needs `claws`; Dog: /tail must be a string)")
        let near = try outcome(#"{"anyOf":[{"type":"string"},{"type":"object","required":["a"]}]}"#, "{}")
        #expect(near.violations.map(\.rule) == ["required"])
    }

    @Test("requests get defaults and lose what is readOnly, answers lose what is writeOnly")
    func directions() throws {
        let schema = #"""
            {"required":["id","secret"],"properties":{"id":{"readOnly":true,"type":"integer"},
            "secret":{"writeOnly":true,"type":"string"},"size":{"default":3}}}
            """#
        let request = try outcome(schema, #"{"id":"ignored","secret":"s"}"#)
        #expect(request.violations == [])
        #expect(request.value == ["secret": "s", "size": 3])
        let answer = try outcome(schema, #"{"id":1,"secret":"s"}"#, .response)
        #expect(answer.violations == [])
        #expect(answer.value == ["id": 1])
        #expect(try outcome(schema, #"{"secret":"s"}"#, .response).violations.map(\.rule) == ["required"])
    }

    @Test("a schema that grows without end over a value is given up")
    func budget() throws {
        let schemas = #"{"anyOf":[1,1]},{"items":0,"not":{"items":{"not":0}},"oneOf":[{"items":0},{"items":0}]}"#
        let deep = String(repeating: "[", count: 100) + "1" + String(repeating: "]", count: 100)
        #expect(try !outcome(schemas, deep).violations.isEmpty)
    }

    @Test("text takes the type that its schema has for it")
    func text() throws {
        let set = try SchemaSet(
            parsing: Array(#"[{"type":"integer"},{"anyOf":[{"type":"boolean"},{"type":"string"}]},{}]"#.utf8))
        #expect(set.value(of: "12", by: set.position(0)) == 12)
        #expect(set.value(of: "x", by: set.position(0)) == "x")
        #expect(set.value(of: "true", by: set.position(1)) == true)
        #expect(set.value(of: "12", by: set.position(1)) == "12")
        #expect(set.value(of: "12", by: set.position(2)) == "12")
    }
}

@Suite("Hostile values")
struct HostileValueTests {
    @Test("the deepest value that JSON's reader lets through fits on a small stack, through every kind of schema")
    func deep() throws {
        let schemas = #"""
            [{"anyOf":[{"allOf":[1]},{"type":"string"}]},{"if":{"type":"array"},"then":{"oneOf":[{"items":0,"type":"array"},
            {"type":"object","additionalProperties":0}]},"else":{"allOf":[{"allOf":[{"additionalProperties":0}]}]}}]
            """#
        let set = try SchemaSet(parsing: Array(schemas.utf8))
        for (opening, closing) in [("[", "]"), (#"{"a":"#, "}")] {
            let text = String(repeating: opening, count: 128) + "1" + String(repeating: closing, count: 128)
            let value = try JSONParser.parse(Array(text.utf8))
            _ = set.check(value, against: 0, direction: .request)
            _ = set.alternative(of: value, in: 0)
        }
    }
}
