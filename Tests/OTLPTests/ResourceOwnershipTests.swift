import JSON
import OTLP
import Testing

@Suite("Which resource spans are own")
struct ResourceOwnershipTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let element: String
        var testDescription: String { name }

        init(_ name: String, _ element: String) {
            self.name = name
            self.element = element
        }

        /// A resource with these members.
        init(_ name: String, resource: String) {
            self.init(name, #"{"resource":{\#(resource)},"scopeSpans":[]}"#)
        }

        /// A resource with these attributes.
        init(_ name: String, attributes: String) {
            self.init(name, resource: #""attributes":[\#(attributes)]"#)
        }

        /// A resource with one attribute whose value this is.
        init(_ name: String, value: String) {
            self.init(name, attributes: #"{"key":"tenant_id","value":\#(value)}"#)
        }
    }

    private static let own = attribute("tenant_id", "acme")
    private static let value = #"{"stringValue":"acme"}"#

    static let foreign: [Case] = [
        Case("an empty element", "{}"),
        Case("no resource", #"{"scopeSpans":[]}"#),
        Case("a null resource", #"{"resource":null,"scopeSpans":[]}"#),
        Case("a string for a resource", #"{"resource":"acme","scopeSpans":[]}"#),
        Case("a number for a resource", #"{"resource":1,"scopeSpans":[]}"#),
        Case("an array for a resource", #"{"resource":[{"attributes":[\#(own)]}]}"#),
        Case("an attribute list for a resource", #"{"resource":[\#(own)]}"#),
        Case("two resources, both own", #"{"resource":{"attributes":[\#(own)]},"resource":{"attributes":[\#(own)]}}"#),
        Case(
            "two resources, the first own",
            #"{"resource":{"attributes":[\#(own)]},"scopeSpans":[],"resource":{"attributes":[]}}"#),
        Case(
            "two resources, the second own",
            #"{"resource":{"attributes":[]},"scopeSpans":[],"resource":{"attributes":[\#(own)]}}"#),
        Case("two resources, the first null", #"{"resource":null,"resource":{"attributes":[\#(own)]}}"#),
        Case("two resources, the second null", #"{"resource":{"attributes":[\#(own)]},"resource":null}"#),
        Case(
            "two resources, one name escaped",
            #"{"resource":{"attributes":[\#(own)]},"\u0072esource":{"attributes":[\#(own)]}}"#),
        Case("another name's resource", #"{"Resource":{"attributes":[\#(own)]}}"#),
        Case("a resource in the scope's spans", #"{"scopeSpans":[{"resource":{"attributes":[\#(own)]}}]}"#),
        Case("a resource within the resource", resource: #""resource":{"attributes":[\#(own)]}"#),
        Case(
            "the attribute on scope and span only",
            #"{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"attributes":[\#(own)]},"spans":[{"attributes":[\#(own)]}]}]}"#
        ),

        Case("an empty resource", resource: ""),
        Case("no attributes", resource: #""droppedAttributesCount":1"#),
        Case("null attributes", resource: #""attributes":null"#),
        Case("empty attributes", resource: #""attributes":[]"#),
        Case("an object for attributes", resource: #""attributes":{"key":"tenant_id","value":\#(value)}"#),
        Case("a map for attributes", resource: #""attributes":{"tenant_id":"acme"}"#),
        Case("a string for attributes", resource: #""attributes":"tenant_id""#),
        Case("attributes twice, both own", resource: #""attributes":[\#(own)],"attributes":[\#(own)]"#),
        Case("attributes twice, the first own", resource: #""attributes":[\#(own)],"attributes":[]"#),
        Case("attributes twice, the second own", resource: #""attributes":[],"attributes":[\#(own)]"#),
        Case("attributes twice, the second null", resource: #""attributes":[\#(own)],"attributes":null"#),
        Case("attributes in an array of arrays", resource: #""attributes":[[\#(own)]]"#),
        Case("the attribute as an unknown field", resource: #""tenant_id":"acme","attributes":[]"#),
        Case("attributes under an unknown field", resource: #""labels":[\#(own)],"attributes":[]"#),

        Case("the key twice, both own", attributes: "\(own),\(own)"),
        Case("the key twice, the first own", attributes: "\(own),\(attribute("tenant_id", "other"))"),
        Case("the key twice, the second own", attributes: "\(attribute("tenant_id", "other")),\(own)"),
        Case("the key twice, the second without a value", attributes: #"\#(own),{"key":"tenant_id"}"#),
        Case("the key twice, the second escaped", attributes: #"\#(own),{"key":"tenant\u005fid","value":{}}"#),
        Case("a null among the attributes", attributes: "\(own),null"),
        Case("a number among the attributes", attributes: "\(own),1"),
        Case("an array among the attributes", attributes: "\(own),[]"),

        Case("another key", attributes: attribute("tenant", "acme")),
        Case("the key with a capital", attributes: attribute("Tenant_id", "acme")),
        Case("the key with a blank", attributes: attribute("tenant_id ", "acme")),
        Case("the key with a NUL", attributes: attribute(#"tenant_id\u0000"#, "acme")),
        Case("the key with a combining mark", attributes: attribute(#"tenant_id\u0301"#, "acme")),
        Case("the key as a key list", attributes: #"{"key":["tenant_id"],"value":\#(value)}"#),
        Case("the key as an object", attributes: #"{"key":{"stringValue":"tenant_id"},"value":\#(value)}"#),
        Case("a number for another key", attributes: #"\#(own),{"key":1,"value":\#(value)}"#),
        Case("no key", attributes: #"{"value":\#(value)}"#),
        Case("a null key", attributes: #"{"key":null,"value":\#(value)}"#),
        Case(
            "one attribute with two keys, the first right",
            attributes: #"{"key":"tenant_id","key":"x","value":\#(value)}"#),
        Case(
            "one attribute with two keys, the second right",
            attributes: #"{"key":"x","key":"tenant_id","value":\#(value)}"#),
        Case(
            "one attribute with the key twice",
            attributes: #"{"key":"tenant_id","key":"tenant_id","value":\#(value)}"#),
        Case(
            "another attribute with two keys",
            attributes: #"\#(own),{"key":"x","key":"tenant_id","value":\#(value)}"#),

        Case("no value", attributes: #"{"key":"tenant_id"}"#),
        Case("a null value", value: "null"),
        Case("a bare string value", value: #""acme""#),
        Case("an empty value", value: "{}"),
        Case("another tenant's value", value: #"{"stringValue":"other"}"#),
        Case("the value with a capital", value: #"{"stringValue":"Acme"}"#),
        Case("a prefix of the value", value: #"{"stringValue":"acm"}"#),
        Case("the value and more", value: #"{"stringValue":"acme2"}"#),
        Case("the value with a combining mark", value: #"{"stringValue":"acme\u0301"}"#),
        Case("an empty string value", value: #"{"stringValue":""}"#),
        Case("a null string value", value: #"{"stringValue":null}"#),
        Case("a number as string value", value: #"{"stringValue":1}"#),
        Case("an array as string value", value: #"{"stringValue":["acme"]}"#),
        Case("an object as string value", value: #"{"stringValue":{"stringValue":"acme"}}"#),
        Case("an array value", value: #"{"arrayValue":{"values":[\#(value)]}}"#),
        Case("an array for a value", value: "[\(value)]"),
        Case("an integer value", value: #"{"intValue":"1"}"#),
        Case("a double value", value: #"{"doubleValue":1.5}"#),
        Case("a truth value", value: #"{"boolValue":true}"#),
        Case("a bytes value", value: #"{"bytesValue":"YWNtZQ=="}"#),
        Case("a key-value list", value: #"{"kvlistValue":{"values":[\#(own)]}}"#),
        Case("a string value and another member", value: #"{"stringValue":"acme","intValue":"1"}"#),
        Case("another member and a string value", value: #"{"boolValue":false,"stringValue":"acme"}"#),
        Case("a string value and an unknown member", value: #"{"stringValue":"acme","x":null}"#),
        Case("two string values, both own", value: #"{"stringValue":"acme","stringValue":"acme"}"#),
        Case("two string values, the last own", value: #"{"stringValue":"other","stringValue":"acme"}"#),
        Case("the old spelling string_value", value: #"{"string_value":"acme"}"#),
        Case(
            "one attribute with two values, both own",
            attributes: #"{"key":"tenant_id","value":\#(value),"value":\#(value)}"#),
        Case(
            "one attribute with two values, the second empty",
            attributes: #"{"key":"tenant_id","value":\#(value),"value":{}}"#),
        Case(
            "one attribute with two values, the first empty",
            attributes: #"{"key":"tenant_id","value":{},"value":\#(value)}"#),
        Case(
            "one attribute with two values, the second null",
            attributes: #"{"key":"tenant_id","value":\#(value),"value":null}"#),
        Case("the attribute with a third member", attributes: #"{"key":"tenant_id","value":\#(value),"x":1}"#),
    ]

    static let ownCases: [Case] = [
        Case("the attribute alone", attributes: own),
        Case("the attribute between others", attributes: "\(attribute("a", "b")),\(own),\(attribute("c", "acme"))"),
        Case("the value before the key", attributes: #"{"value":\#(value),"key":"tenant_id"}"#),
        Case("key and value with escapes", attributes: attribute(#"tenant\u005fid"#, #"ac\u006de"#)),
        Case(
            "names with escapes",
            #"{"r\u0065source":{"attribut\u0065s":[{"k\u0065y":"tenant_id","valu\u0065":{"string\u0056alue":"acme"}}]}}"#
        ),
        Case("the resource last", #"{"scopeSpans":[{"spans":[{"name":"x"}]}],"resource":{"attributes":[\#(own)]}}"#),
        Case("the attributes last", resource: #""droppedAttributesCount":1,"attributes":[\#(own)]"#),
        Case("another attribute with an empty key", attributes: #"{"value":\#(value)},\#(own)"#),
        Case(
            "another attribute of every type",
            attributes: #"""
                {"key":"a","value":{"intValue":"1"}},{"key":"b","value":{"arrayValue":{"values":[\#(value)]}}},\#(own),
                {"key":"c","value":{"kvlistValue":{"values":[\#(own)]}}},{"key":"d","value":{}},{"key":"e"},
                {"key":"f","value":{"boolValue":true}},{"key":"g","value":{"bytesValue":"AA=="}}
                """#),
        Case(
            "the attribute of another tenant on span and scope",
            #"{"resource":{"attributes":[\#(own)]},"scopeSpans":[{"scope":{"attributes":[\#(attribute("tenant_id", "b"))]}}]}"#
        ),
    ]

    @Test("An element that is not surely own is dropped", arguments: foreign)
    func foreignIsDropped(_ one: Case) throws {
        let trace = try filtered(answer(one.element))
        #expect(trace.text == #"{"resourceSpans":[]}"#)
        #expect(trace.keptResourceSpans == 0)
        #expect(trace.droppedResourceSpans == 1)
    }

    @Test("It leaves its own neighbours alone", arguments: foreign)
    func foreignBetweenOwn(_ one: Case) throws {
        let own = resourceSpans(Self.own)
        let trace = try filtered(answer(own, one.element, own))
        #expect(trace.text == #"{"resourceSpans":[\#(own),\#(own)]}"#)
        #expect(trace.droppedResourceSpans == 1)
    }

    @Test("It is dropped in every shape of answer", arguments: foreign)
    func foreignInEveryShape(_ one: Case) throws {
        for text in [#"{"batches":[\#(one.element)]}"#, #"{"resourceSpans":[\#(one.element)]}"#] {
            #expect(try filtered(text).isEmpty)
        }
    }

    @Test("An own element is kept", arguments: ownCases)
    func ownIsKept(_ one: Case) throws {
        let trace = try filtered(answer(one.element, resourceSpans(attribute("tenant_id", "other"))))
        #expect(trace.keptResourceSpans == 1)
        #expect(trace.droppedResourceSpans == 1)
        let expected = try JSONParser.parse(Array(#"{"resourceSpans":[\#(one.element)]}"#.utf8))
        #expect(try JSONParser.parse(trace.bytes) == expected)
    }

    @Test("Any of several values will do, and none but they")
    func severalValues() throws {
        let elements = ["a", "b", "c"].map { resourceSpans(attribute("tenant_id", $0)) }
        let trace = try filtered(answer(elements[0], elements[1], elements[2]), values: ["a", "c"])
        #expect(trace.text == #"{"resourceSpans":[\#(elements[0]),\#(elements[2])]}"#)
        #expect(try filtered(answer(elements[0]), values: []).isEmpty)
    }

    @Test("Keys and values that Unicode holds for equivalent are different")
    func canonicalEquivalence() throws {
        let composed = resourceSpans(attribute("tenant_id", "caf\u{e9}"))
        #expect(try filtered(answer(composed), values: ["cafe\u{301}"]).isEmpty)
        #expect(try filtered(answer(composed), values: ["caf\u{e9}"]).keptResourceSpans == 1)
        let key = resourceSpans(attribute("e\u{301}", "acme"))
        #expect(try filtered(answer(key), key: "\u{e9}").isEmpty)
        #expect(try filtered(answer(key), key: "e\u{301}").keptResourceSpans == 1)
    }
}
