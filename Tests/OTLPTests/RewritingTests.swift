import OTLP
import Testing

@Suite("What is kept, in OTLP/JSON")
struct RewritingTests {
    private static let resource = #""resource":{"attributes":[\#(attribute("tenant_id", "acme"))]}"#

    /// What becomes of one span of an own resource.
    private func rewritten(span: String) throws -> String {
        try rewritten(scopeSpans: #"{"spans":[\#(span)]}"#, prefix: #"{"spans":["#, suffix: "]}")
    }

    private func rewritten(scopeSpans: String, prefix: String = "", suffix: String = "") throws -> String {
        let text = try filtered(answer(#"{\#(Self.resource),"scopeSpans":[\#(scopeSpans)]}"#)).text
        let before = #"{"resourceSpans":[{\#(Self.resource),"scopeSpans":["# + prefix
        let after = suffix + "]}]}"
        try #require(text.hasPrefix(before) && text.hasSuffix(after))
        return String(text.dropFirst(before.count).dropLast(after.count))
    }

    @Test("A span of Tempo's becomes one of OTLP")
    func wholeSpan() throws {
        let span = #"""
            {"traceId":"NbS7AAECAwQFBgcICQoLDA==","spanId":"4+f3q8d43zk=","parentSpanId":"AAAAAAAAAAE=","flags":257,
             "traceState":"a=b","name":"GET /","kind":"SPAN_KIND_SERVER","startTimeUnixNano":"1700000000000000001",
             "endTimeUnixNano":1700000000000000002,"attributes":[{"key":"n","value":{"intValue":"-7"}},
             {"key":"m","value":{"intValue":7}},{"key":"b","value":{"bytesValue":"NbS7AAECAwQFBgcICQoLDA=="}}],
             "droppedAttributesCount":1,"events":[{"timeUnixNano":"3","name":"e","attributes":[]}],
             "links":[{"traceId":"35b4bb000102030405060708090a0B0C","spanId":"E3E7F7ABC778DF39","traceState":"c=d",
             "attributes":[{"key":"l","value":{"boolValue":true}}]}],"status":{"message":"m","code":"STATUS_CODE_ERROR"}}
            """#
        let expected =
            #"{"traceId":"35b4bb000102030405060708090a0b0c","spanId":"e3e7f7abc778df39","#
            + #""parentSpanId":"0000000000000001","flags":257,"traceState":"a=b","name":"GET /","kind":2,"#
            + #""startTimeUnixNano":"1700000000000000001","endTimeUnixNano":"1700000000000000002","#
            + #""attributes":[{"key":"n","value":{"intValue":"-7"}},{"key":"m","value":{"intValue":"7"}},"#
            + #"{"key":"b","value":{"bytesValue":"NbS7AAECAwQFBgcICQoLDA=="}}],"droppedAttributesCount":1,"#
            + #""events":[{"timeUnixNano":"3","name":"e","attributes":[]}],"#
            + #""links":[{"traceId":"35b4bb000102030405060708090a0b0c","spanId":"e3e7f7abc778df39","traceState":"c=d","#
            + #""attributes":[{"key":"l","value":{"boolValue":true}}]}],"status":{"message":"m","code":2}}"#
        #expect(try rewritten(span: span) == expected)
        #expect(try rewritten(span: expected) == expected)
    }

    @Test(
        "Identifiers become lower-case hexadecimal from either form",
        arguments: [
            ("traceId", "NbS7AAECAwQFBgcICQoLDA==", "35b4bb000102030405060708090a0b0c"),
            ("traceId", "NbS7AAECAwQFBgcICQoLDA", "35b4bb000102030405060708090a0b0c"),
            ("traceId", "/////////////////////w==", "ffffffffffffffffffffffffffffffff"),
            ("traceId", "_____________________w==", "ffffffffffffffffffffffffffffffff"),
            ("traceId", "AAAAAAAAAAAAAAAAAAAAAA==", "00000000000000000000000000000000"),
            ("traceId", "35B4BB000102030405060708090A0B0C", "35b4bb000102030405060708090a0b0c"),
            ("traceId", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            ("traceId", #"NbS7AAECAwQFBgcICQoLDA=\u003d"#, "35b4bb000102030405060708090a0b0c"),
            ("spanId", #"4+f3q8d43zk\u003d"#, "e3e7f7abc778df39"), ("spanId", "4-f3q8d43zk", "e3e7f7abc778df39"),
            ("spanId", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"), ("parentSpanId", "", ""),
        ])
    func identifiers(_ name: String, _ written: String, _ expected: String) throws {
        #expect(try rewritten(span: #"{"\#(name)":"\#(written)"}"#) == #"{"\#(name)":"\#(expected)"}"#)
    }

    @Test(
        "A known field of another form is an error",
        arguments: [
            #"{"traceId":""}"#, #"{"traceId":"4+f3q8d43zk="}"#, #"{"traceId":5}"#, #"{"traceId":[]}"#,
            #"{"traceId":"35b4bb000102030405060708090a0b0"}"#, #"{"traceId":"35b4bb000102030405060708090a0b0c0d"}"#,
            #"{"traceId":"35b4bb000102030405060708090a0b0g"}"#, #"{"traceId":"NbS7AAECAwQFBgcICQoLDB=="}"#,
            #"{"traceId":"NbS7AAECAwQFBgcICQoL=A=="}"#, #"{"traceId":"NbS7AAECAwQFBgcICQoLDA=A"}"#,
            #"{"spanId":""}"#, #"{"spanId":"NbS7AAECAwQFBgcICQoLDA=="}"#, #"{"spanId":"4+f3q8d43zkA"}"#,
            #"{"parentSpanId":"00"}"#, #"{"links":[{"traceId":"x"}]}"#, #"{"links":[{"spanId":"x"}]}"#,
            #"{"startTimeUnixNano":"-1"}"#, #"{"startTimeUnixNano":1.5}"#, #"{"startTimeUnixNano":"x"}"#,
            #"{"startTimeUnixNano":""}"#, #"{"startTimeUnixNano":"18446744073709551616"}"#,
            #"{"endTimeUnixNano":true}"#, #"{"endTimeUnixNano":{}}"#, #"{"events":[{"timeUnixNano":"1 "}]}"#,
            #"{"attributes":[{"key":"a","value":{"intValue":"9223372036854775808"}}]}"#,
            #"{"attributes":[{"key":"a","value":{"intValue":1e99}}]}"#,
            #"{"attributes":[{"key":"a","value":{"arrayValue":{"values":[{"intValue":"x"}]}}}]}"#,
            #"{"attributes":[{"key":"a","value":"b"}]}"#, #"{"attributes":[1]}"#, #"{"attributes":[null]}"#,
            #"{"attributes":{}}"#, #"{"kind":"SPAN_KIND_FRIENDLY"}"#, #"{"kind":"span_kind_server"}"#,
            #"{"kind":"2"}"#, #"{"kind":1.5}"#, #"{"kind":[]}"#, #"{"kind":4294967296}"#,
            #"{"status":{"code":"OK"}}"#, #"{"status":2}"#, #"{"events":{}}"#, #"{"links":[[]]}"#,
            #"{"name":"a","name":"b"}"#, #"{"attributes":[],"attributes":[]}"#, #"{"kind":null,"kind":2}"#,
        ])
    func wrongForm(_ span: String) throws {
        #expect {
            _ = try rewritten(span: span)
        } throws: { error in
            if case ResourceSpansFilterError.unexpectedShape = error { true } else { false }
        }
        // The same in somebody else's resource spans is nobody's business, wherever their resource stands.
        let foreign = #""resource":{"attributes":[\#(attribute("tenant_id", "other"))]}"#
        let spans = #""scopeSpans":[{"spans":[\#(span)]}]"#
        let own = "{\(Self.resource)}"
        let trace = try filtered(answer("{\(foreign),\(spans)}", "{\(spans),\(foreign)}", "{\(spans)}", own))
        #expect(trace.text == #"{"resourceSpans":[\#(own)]}"#)
    }

    @Test(
        "64-bit integers become strings of digits",
        arguments: [
            ("0", "0"), (#""0""#, "0"), ("18446744073709551615", "18446744073709551615"),
            (#""18446744073709551615""#, "18446744073709551615"), (#""007""#, "7"), (#""\u0037""#, "7"),
        ])
    func integers(_ written: String, _ expected: String) throws {
        #expect(
            try rewritten(span: #"{"startTimeUnixNano":\#(written)}"#) == #"{"startTimeUnixNano":"\#(expected)"}"#)
    }

    @Test(
        "Enumerations become numbers",
        arguments: [
            (#""SPAN_KIND_UNSPECIFIED""#, "0"), (#""SPAN_KIND_INTERNAL""#, "1"), (#""SPAN_KIND_SERVER""#, "2"),
            (#""SPAN_KIND_CLIENT""#, "3"), (#""SPAN_KIND_PRODUCER""#, "4"), (#""SPAN_KIND_CONSUMER""#, "5"),
            ("3", "3"), ("77", "77"), (#""SPAN\u005fKIND_SERVER""#, "2"),
        ])
    func kinds(_ written: String, _ expected: String) throws {
        #expect(try rewritten(span: #"{"kind":\#(written)}"#) == #"{"kind":\#(expected)}"#)
    }

    @Test("Status codes become numbers")
    func statusCodes() throws {
        for (index, name) in ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"].enumerated() {
            let status = try rewritten(span: #"{"status":{"code":"\#(name)"}}"#)
            #expect(status == #"{"status":{"code":\#(index)}}"#)
        }
    }

    @Test(
        "Unknown fields of own resource spans stay as they are",
        arguments: [
            #"{"x":1.50,"y":{"traceId":"NbS7AAECAwQFBgcICQoLDA==","kind":"SPAN_KIND_SERVER","a":[1,[],{},null]}}"#,
            #"{"x":null,"x":null}"#, #"{"\u0078":"\u00e9\n\/"}"#, #"{"trace_id":"q","Kind":"SPAN_KIND_SERVER"}"#,
            #"{"status":{"x":{"code":"STATUS_CODE_OK"}},"events":[{"x":[1]}],"links":[{"x":"y"}]}"#,
            #"{"attributes":[{"key":"a","value":{"x":1e400},"z":[]}]}"#,
            #"{"attributes":[{"key":"a","value":{"doubleValue":"NaN"}},{"key":"b","value":{"doubleValue":1.0}}]}"#,
            #"{"attributes":[{"key":"a","value":{"arrayValue":{"values":[{"stringValue":"x","u":0}],"v":1}}}]}"#,
        ])
    func unknownFields(_ span: String) throws {
        #expect(try rewritten(span: span) == span)
    }

    @Test("Unknown fields of resource, scope and resource spans stay as they are")
    func unknownOuterFields() throws {
        let element =
            #"{"a":[1],"resource":{"entityRefs":[{"type":"service"}],"attributes":[\#(attribute("tenant_id", "acme"))]},"#
            + #""scopeSpans":[{"b":{},"scope":{"name":"n","c":"d"},"spans":[],"schemaUrl":"u"}],"schemaUrl":"v","e":{}}"#
        #expect(try filtered(answer(element)).text == #"{"resourceSpans":[\#(element)]}"#)
    }

    @Test("Fields that are null are left out")
    func nullFields() throws {
        #expect(try rewritten(span: #"{"traceId":null,"name":"x","events":null,"kind":null}"#) == #"{"name":"x"}"#)
        #expect(try rewritten(span: #"{"status":null}"#) == "{}")
    }

    @Test("Old names of fields become today's")
    func oldNames() throws {
        let old =
            #"{\#(Self.resource),"instrumentationLibrarySpans":[{"instrumentationLibrary":{"name":"n"},"spans":[{"kind":"SPAN_KIND_CLIENT"}]}]}"#
        #expect(
            try filtered(#"{"batches":[\#(old)]}"#).text
                == #"{"resourceSpans":[{\#(Self.resource),"scopeSpans":[{"scope":{"name":"n"},"spans":[{"kind":3}]}]}]}"#
        )
        #expect(throws: ResourceSpansFilterError.self) {
            try filtered(answer(#"{\#(Self.resource),"scopeSpans":[],"instrumentationLibrarySpans":[]}"#))
        }
    }

    @Test("White space between tokens is left out")
    func whiteSpace() throws {
        #expect(try rewritten(span: "{ \"a b\" : [ 1 ,\n 2 ] , \"c\" : { } }") == #"{"a b":[1,2],"c":{}}"#)
    }

    @Test("An error says where")
    func errorPlace() {
        let text = answer("{\(Self.resource),\n\"scopeSpans\":[{\"spans\":[{\"kind\":\"x\"}]}]}")
        do {
            _ = try filtered(text)
            Issue.record("accepted")
        } catch .unexpectedShape(let message, let position) {
            #expect(message.hasPrefix("expected one of SPAN_KIND_UNSPECIFIED, SPAN_KIND_INTERNAL, "))
            #expect(position.line == 2)
            #expect(position.column == 33)
        } catch {
            Issue.record(error)
        }
    }
}
