import JSON
import OTLP
import TestSupport
import Testing

@Suite("Requests to take in spans")
struct ExportTraceRequestTests {
    private static let traceID = "35b4bb000102030405060708090a0b0c"
    private static let kindMessage =
        "kind: must be one of SPAN_KIND_UNSPECIFIED, SPAN_KIND_INTERNAL, SPAN_KIND_SERVER, SPAN_KIND_CLIENT, "
        + "SPAN_KIND_PRODUCER, SPAN_KIND_CONSUMER or its number"
    private static let spanID = "e3e7f7abc778df39"

    private func request(_ text: String) throws(OTLPError) -> ExportTraceRequest {
        try ExportTraceRequest(json: Array(text.utf8))
    }

    private func request(span members: String) throws(OTLPError) -> ExportTraceRequest {
        let comma = members.isEmpty ? "" : ","
        return try request(
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\#(Self.traceID)","spanId":"\#(Self.spanID)"\#(comma)\#(members)}]}]}]}"#
        )
    }

    private func span(_ members: String) throws -> TraceSpan {
        try #require(try request(span: members).resourceSpans.first?.scopeSpans.first?.spans.first)
    }

    @Test("A request with everything in it is read")
    func everything() throws {
        let text = #"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}],
            "droppedAttributesCount":1},"schemaUrl":"r","scopeSpans":[{"scope":{"name":"lib","version":"1","attributes":
            [{"key":"a","value":{"boolValue":false}}],"droppedAttributesCount":2},"schemaUrl":"s","spans":[{"traceId":
            "35B4BB000102030405060708090A0B0C","spanId":"E3E7F7ABC778DF39","parentSpanId":"0000000000000001","flags":257,
            "traceState":"a=b","name":"GET /","kind":2,"startTimeUnixNano":"18446744073709551615","endTimeUnixNano":5,
            "attributes":[{"key":"i","value":{"intValue":"-9223372036854775808"}},{"key":"j","value":{"intValue":7}},
            {"key":"d","value":{"doubleValue":1.5}},{"key":"l","value":{"arrayValue":{"values":[{"stringValue":"x"},{}]}}},
            {"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{"bytesValue":"AQI="}}]}}},{"key":"e"}],
            "droppedAttributesCount":3,"events":[{"timeUnixNano":"9","name":"ev","droppedAttributesCount":4}],
            "droppedEventsCount":5,"links":[{"traceId":"00000000000000000000000000000001","spanId":"0000000000000002",
            "traceState":"c=d","flags":1}],"droppedLinksCount":6,"status":{"message":"bad","code":2}}]}]}]}
            """#
        let resource = try #require(try request(text).resourceSpans.first)
        #expect(resource.resource?.attributes == [Attribute(key: "service.name", value: .string("shop"))])
        #expect(resource.resource?.droppedAttributesCount == 1)
        #expect(resource.schemaURL == "r")
        let scope = try #require(resource.scopeSpans.first)
        #expect(scope.scope?.name == "lib")
        #expect(scope.scope?.version == "1")
        #expect(scope.scope?.attributes == [Attribute(key: "a", value: .bool(false))])
        #expect(scope.scope?.droppedAttributesCount == 2)
        #expect(scope.schemaURL == "s")
        let span = try #require(scope.spans.first)
        #expect(span.traceID.hexadecimal == Self.traceID)
        #expect(span.spanID.hexadecimal == Self.spanID)
        #expect(span.parentSpanID?.hexadecimal == "0000000000000001")
        #expect(span.flags == 257)
        #expect(span.traceState == "a=b")
        #expect(span.name == "GET /")
        #expect(span.kind == 2)
        #expect(span.startTimeUnixNano == .max)
        #expect(span.endTimeUnixNano == 5)
        #expect(
            span.attributes == [
                Attribute(key: "i", value: .integer(.min)), Attribute(key: "j", value: .integer(7)),
                Attribute(key: "d", value: .double(1.5)),
                Attribute(key: "l", value: .array([.string("x"), .empty])),
                Attribute(key: "m", value: .keyValueList([Attribute(key: "k", value: .bytes([1, 2]))])),
                Attribute(key: "e", value: .empty),
            ])
        #expect(span.events.first?.timeUnixNano == 9)
        #expect(span.events.first?.name == "ev")
        #expect(span.events.first?.droppedAttributesCount == 4)
        #expect(span.links.first?.spanID.hexadecimal == "0000000000000002")
        #expect(span.links.first?.traceState == "c=d")
        #expect(span.links.first?.flags == 1)
        #expect([span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount] == [3, 5, 6])
        #expect(span.status?.message == "bad")
        #expect(span.status?.code == 2)

        // Written as Tempo does, filtered and read again it is the same.
        let answer = Array(#"{"trace":{"resourceSpans":["#.utf8) + resource.tempoJSON() + Array("]}}".utf8)
        let trace = try filtered([answer], key: "service.name", values: ["shop"])
        #expect(try ExportTraceRequest(json: trace.bytes).resourceSpans == [resource])
    }

    @Test("Unknown fields and nulls are passed over")
    func unknown() throws {
        let read = try span(#""x":{"y":[1]},"name":null,"kind":null,"status":null,"events":null,"parentSpanId":"""#)
        let plain = try span("")
        #expect(read == plain)
        #expect(try request("{}").resourceSpans.isEmpty)
        #expect(try request(#"{"resourceSpans":null,"x":1}"#).resourceSpans.isEmpty)
    }

    @Test("Enumerations may be names")
    func names() throws {
        #expect(try span(#""kind":"SPAN_KIND_CONSUMER","status":{"code":"STATUS_CODE_OK"}"#).kind == 5)
    }

    @Test("Floating-point numbers may be strings, infinite and no numbers")
    func doubles() throws {
        func value(_ text: String) throws -> AttributeValue? {
            try span(#""attributes":[{"key":"a","value":{"doubleValue":\#(text)}}]"#).attributes.first?.value
        }
        #expect(try value(#""NaN""#) == .double(.nan))
        #expect(try value(#""Infinity""#) == .double(.infinity))
        #expect(try value(#""-Infinity""#) == .double(-.infinity))
        #expect(try value(#""1.5""#) == .double(1.5))
        #expect(try value("-0.0") == .double(-0.0))
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            (#""parentSpanId":"0""#, "parentSpanId: must be 16 hexadecimal digits"),
            (#""kind":"x""#, kindMessage),
            (#""kind":true"#, kindMessage),
            (#""startTimeUnixNano":-1"#, "startTimeUnixNano: must be a whole number from 0 to 2^64 - 1"),
            (#""startTimeUnixNano":"1.5""#, "startTimeUnixNano: must be a whole number from 0 to 2^64 - 1"),
            (#""flags":4294967296"#, "flags: must be a whole number from 0 to 2^32 - 1"),
            (#""name":5"#, "name: must be a string"), (#""attributes":{}"#, "attributes: must be an array"),
            (#""attributes":[{"key":"a"},null]"#, "attributes/1: must be an object"),
            (#""attributes":[{"key":5}]"#, "attributes/0/key: must be a string"),
            (#""attributes":[{"key":"a","value":"b"}]"#, "attributes/0/value: must be an object"),
            (
                #""attributes":[{"key":"a","value":{"stringValue":"b","intValue":1}}]"#,
                "attributes/0/value: has more than one value"
            ),
            (
                #""attributes":[{"key":"a","value":{"arrayValue":{"values":[{},{"intValue":"x"}]}}}]"#,
                "attributes/0/value/arrayValue/values/1/intValue: must be a whole number of 64 bits"
            ),
            (
                #""attributes":[{"key":"a","value":{"bytesValue":"AQI=="}}]"#,
                "attributes/0/value/bytesValue: must be base64"
            ),
            (
                #""attributes":[{"key":"a","value":{"boolValue":1}}]"#,
                "attributes/0/value/boolValue: must be true or false"
            ),
            (
                #""attributes":[{"key":"a","value":{"doubleValue":"nan"}}]"#,
                "attributes/0/value/doubleValue: must be a number, NaN, Infinity or -Infinity"
            ),
            (#""links":[{"spanId":"0000000000000002"}]"#, "links/0/traceId: must be 32 hexadecimal digits"),
            (
                #""links":[{"traceId":"00000000000000000000000000000001"}]"#,
                "links/0/spanId: must be 16 hexadecimal digits"
            ),
            (#""events":[{"timeUnixNano":"x"}]"#, "events/0/timeUnixNano: must be a whole number from 0 to 2^64 - 1"),
            (
                #""status":{"code":1.5}"#,
                "status/code: must be one of STATUS_CODE_UNSET, STATUS_CODE_OK, STATUS_CODE_ERROR or its number"
            ),
        ])
    func located(_ members: String, _ expected: String) {
        do {
            _ = try request(span: members)
            Issue.record("accepted")
        } catch {
            #expect(error.description == "/resourceSpans/0/scopeSpans/0/spans/0/" + expected)
        }
    }

    @Test(
        "Identifiers in base64, of other lengths or missing are refused",
        arguments: [
            #"{"spanId":"e3e7f7abc778df39"}"#, #"{"traceId":"","spanId":"e3e7f7abc778df39"}"#,
            #"{"traceId":"NbS7AAECAwQFBgcICQoLDA==","spanId":"e3e7f7abc778df39"}"#,
            #"{"traceId":"e3e7f7abc778df39","spanId":"e3e7f7abc778df39"}"#,
            #"{"traceId":"35b4bb000102030405060708090a0b0g","spanId":"e3e7f7abc778df39"}"#,
            #"{"traceId":"35b4bb000102030405060708090a0b0c"}"#,
            #"{"traceId":"35b4bb000102030405060708090a0b0c","spanId":"4+f3q8d43zk="}"#,
        ])
    func identifiers(_ span: String) {
        #expect(throws: OTLPError.self) {
            try request(#"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(span)]}]}]}"#)
        }
    }

    @Test("Text that is no JSON, or has a member twice, is refused with line and column")
    func malformed() {
        for (text, place) in [("", "1:1"), ("{", "1:2"), (#"{"a":1,"a":2}"#, "1:8"), ("{}x", "1:3")] {
            do {
                _ = try request(text)
                Issue.record("accepted")
            } catch {
                #expect(error.pointer == nil)
                #expect(error.description.hasPrefix(place + ": "))
            }
        }
        #expect(throws: OTLPError.self) { try request("[]") }
    }
}

@Suite("Requests to take in spans with random input")
struct ExportTraceRequestFuzzTests {
    @Test("Whatever is changed in a request, what is accepted survives being written, filtered and read")
    func mutations() throws {
        let span =
            #"{"traceId":"35b4bb000102030405060708090a0b0c","spanId":"e3e7f7abc778df39","kind":2,"flags":1,"name":"n","#
            + #""startTimeUnixNano":"17","attributes":[{"key":"i","value":{"intValue":"-7"}},{"key":"d","value":"#
            + #"{"doubleValue":1.5}},{"key":"l","value":{"arrayValue":{"values":[{"boolValue":true},{}]}}}],"#
            + #""status":{"code":1}}"#
        let resource = #"{"attributes":[{"key":"k","value":{"stringValue":"v"}}]}"#
        let text = Array(
            #"{"resourceSpans":[{"resource":\#(resource),"scopeSpans":[{"scope":{"name":"s"},"spans":[\#(span)]}]}]}"#
                .utf8)
        var random = SeededGenerator(seed: 3)
        var accepted = 0
        for _ in 0..<4_000 {
            var mutated = text
            let place = Int.random(in: 0..<text.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
            case 1: mutated.remove(at: place)
            case 2: mutated[place] = text[Int.random(in: 0..<text.count, using: &random)]
            default: mutated[place] = UInt8.random(in: 0x30...0x39, using: &random)
            }
            guard let request = try? ExportTraceRequest(json: mutated) else { continue }
            accepted += 1
            let elements = request.resourceSpans.map { $0.tempoJSON() }.joined(separator: [UInt8(ascii: ",")])
            let answer = Array(#"{"batches":["#.utf8) + elements + Array("]}".utf8)
            let trace = try filtered([answer], key: "k", values: ["v"])
            guard trace.keptResourceSpans == request.resourceSpans.count else { continue }
            #expect(try ExportTraceRequest(json: trace.bytes) == request)
        }
        #expect(accepted > 1_000)
    }
}

@Suite("Identifiers")
struct IdentifierTests {
    @Test("Trace identifiers are printed in lower case and in base64")
    func traceID() throws {
        let identifier = try #require(TraceID(hexadecimal: "35B4BB000102030405060708090A0B0C"))
        #expect(identifier.hexadecimal == "35b4bb000102030405060708090a0b0c")
        #expect(identifier.base64 == "NbS7AAECAwQFBgcICQoLDA==")
        #expect(TraceID(hexadecimal: "35b4bb000102030405060708090a0b0c") == identifier)
        #expect(TraceID(hexadecimal: "5b4bb000102030405060708090a0b0c") == nil)
    }

    @Test("Span identifiers are printed in lower case and in base64")
    func spanID() throws {
        let identifier = try #require(SpanID(hexadecimal: "E3E7F7ABC778DF39"))
        #expect(identifier.hexadecimal == "e3e7f7abc778df39")
        #expect(identifier.base64 == "4+f3q8d43zk=")
        #expect(SpanID(hexadecimal: "e3e7f7abc778df3") == nil)
    }

    @Test("Short trace identifiers have zeros in front")
    func shortTraceID() {
        #expect(TraceID(shortHexadecimal: "Ab")?.hexadecimal == String(repeating: "0", count: 30) + "ab")
        #expect(TraceID(shortHexadecimal: "0ab") == TraceID(shortHexadecimal: "ab"))
        #expect(TraceID(shortHexadecimal: "") == nil)
        #expect(TraceID(shortHexadecimal: String(repeating: "0", count: 33)) == nil)
        #expect(TraceID(shortHexadecimal: "é") == nil)
    }
}
