import JSON
import OTLP
import Testing

@Suite("The filter of resource spans")
struct ResourceSpansFilterTests {
    private static let own = resourceSpans(attribute("tenant_id", "acme"))
    private static let other = resourceSpans(attribute("tenant_id", "other"))
    private static let empty = #"{"resourceSpans":[]}"#

    @Test("All three shapes of a trace give the same document")
    func shapes() throws {
        let expected = #"{"resourceSpans":[\#(Self.own)]}"#
        #expect(try filtered(answer(Self.other, Self.own)).text == expected)
        #expect(try filtered(#"{"batches":[\#(Self.own),\#(Self.other)]}"#).text == expected)
        #expect(try filtered(#"{"resourceSpans":[\#(Self.own)]}"#).text == expected)
        #expect(try filtered(#"{"trace":{"batches":[\#(Self.own)]}}"#).text == expected)
    }

    @Test("What surrounds the resource spans is dropped")
    func surroundings() throws {
        let text = #"""
            {"status":"PARTIAL","message":"b","x":[{"resourceSpans":[\#(Self.own)]}],"trace":{"y":{"z":[1]},
            "resourceSpans":[\#(Self.own)],"w":null},"metrics":{"inspectedBytes":"9","m":[[]]},"last":1}
            """#
        #expect(try filtered(text).text == #"{"resourceSpans":[\#(Self.own)]}"#)
    }

    @Test(
        "A trace without spans is no error",
        arguments: [
            #"{"trace":{},"metrics":{}}"#, #"{"trace":null,"metrics":{}}"#, #"{"metrics":{}}"#, "{}", " {} ",
            #"{"trace":{"resourceSpans":[]}}"#, #"{"trace":{"resourceSpans":null}}"#, #"{"batches":[]}"#,
            #"{"batches":null}"#, #"{"resourceSpans":[]}"#,
        ])
    func nothingThere(_ text: String) throws {
        let trace = try filtered(text)
        #expect(trace.text == Self.empty)
        #expect(trace.byteCount == Self.empty.utf8.count)
        #expect(!trace.hadResourceSpans)
    }

    @Test("Counts tell own, foreign and nothing apart")
    func counts() throws {
        #expect(try filtered(answer(Self.other)).hadResourceSpans)
        #expect(try filtered(answer(Self.other)).isEmpty)
        #expect(try !filtered(answer(Self.own)).isEmpty)
    }

    @Test(
        "A shape that is not Tempo's is an error with its place",
        arguments: [
            ("[]", 1), ("1", 1), (#""x""#, 1), ("null", 1), (#"{"error":"x"}"#, 13),
            (#"{"trace":[]}"#, 10), (#"{"trace":"x"}"#, 10), (#"{"trace":{"resourceSpans":{}}}"#, 27),
            (#"{"batches":{}}"#, 12), (#"{"resourceSpans":"x"}"#, 18), (#"{"resourceSpans":[1]}"#, 19),
            (#"{"resourceSpans":[null]}"#, 19), (#"{"resourceSpans":[[]]}"#, 19), (#"{"trace":{},"trace":{}}"#, 13),
            (#"{"resourceSpans":[],"resourceSpans":[]}"#, 21), (#"{"resourceSpans":[],"batches":[]}"#, 21),
            (#"{"batches":[],"trace":{}}"#, 15), (#"{"trace":{},"batches":[]}"#, 13),
            (#"{"trace":{"batches":[],"resourceSpans":[]}}"#, 24),
        ])
    func unexpectedShape(_ text: String, _ column: Int) {
        do {
            let trace = try filtered(text)
            Issue.record("accepted as \(trace.text)")
        } catch .unexpectedShape(_, let position) {
            #expect(position.column == column)
        } catch {
            Issue.record(error)
        }
    }

    @Test(
        "Text that is no JSON is an error, wherever the fault is",
        arguments: [
            "", " ", "{", #"{"trace":{"resourceSpans":["#, answer(own) + "x", answer(own) + "{}",
            answer(own).replacing(#""24016""#, with: "01"), String(answer(own, other).dropLast(40)),
            answer(other.replacing("GET /", with: #"\ud800"#)), answer(other.replacing("GET /", with: "\u{1}")),
            answer(own, "{,}"), answer(own) + "\u{0}", "\u{feff}" + answer(own),
        ])
    func malformed(_ text: String) {
        #expect {
            _ = try filtered(text)
        } throws: { error in
            if case ResourceSpansFilterError.malformed = error { true } else { false }
        }
    }

    @Test("After an error nothing is handed out, and the error stays")
    func errorStays() {
        var filter = ResourceSpansFilter(attribute: "tenant_id", values: ["acme"], maximumBytes: 1_000)
        #expect(throws: ResourceSpansFilterError.self) { try filter.append(Array((answer(Self.own) + "x").utf8)) }
        #expect(throws: ResourceSpansFilterError.self) { try filter.append([0x20]) }
        #expect(throws: ResourceSpansFilterError.self) { try filter.finish() }
    }

    @Test("However the text is cut, the document has the same bytes")
    func splits() throws {
        let text = Array(
            answer(
                Self.other, Self.own,
                #"""
                {"scopeSpans":[{"spans":[{"traceId":"NbS7AAECAwQFBgcICQoLDA==","kind":"SPAN_KIND_SERVER",
                "startTimeUnixNano":17,"x":{"y":[1.50,"é\u00e9\n",null,true]}}]}],
                "resource":{"attributes":[\#(attribute("tenant_id", #"ac\u006de"#))]}}
                """#
            ).utf8)
        let whole = try filtered([text]).bytes
        for cut in 0...text.count {
            #expect(try filtered([Array(text[..<cut]), Array(text[cut...])]).bytes == whole)
        }
        #expect(try filtered(text.map { [$0] }).bytes == whole)
        #expect(try filtered([text, [], []]).keptResourceSpans == 2)
    }

    @Test("Members' order does not matter")
    func order() throws {
        let members = [
            #""resource":{"attributes":[\#(attribute("tenant_id", "acme"))]}"#, #""schemaUrl":"s""#,
            #""scopeSpans":[{"spans":[{"name":"x"}]}]"#,
        ]
        for first in 0..<3 {
            for second in 0..<3 where second != first {
                let element = "{\(members[first]),\(members[second]),\(members[3 - first - second])}"
                #expect(try filtered(answer(element)).text == #"{"resourceSpans":[\#(element)]}"#)
            }
        }
    }

    // MARK: Limits

    @Test("The limit counts the bytes of kept elements only")
    func limit() throws {
        let size = Self.own.utf8.count
        let huge = resourceSpans(attribute("tenant_id", "other"), span: String(repeating: "x", count: 100_000))
        let text = answer(huge, Self.own, huge)
        #expect(try filtered(text, maximumBytes: size).keptResourceSpans == 1)
        #expect(throws: ResourceSpansFilterError.tooLarge(maximumBytes: size - 1)) {
            try filtered(text, maximumBytes: size - 1)
        }
        #expect(throws: ResourceSpansFilterError.tooLarge(maximumBytes: size * 2)) {
            try filtered(answer(Self.own, Self.own), maximumBytes: size * 2)
        }
        #expect(try filtered(answer(Self.own, Self.own), maximumBytes: size * 2 + 1).keptResourceSpans == 2)
    }

    @Test("The limit holds for an element of many pieces too")
    func limitOverPieces() throws {
        let spans = Array(repeating: #"{"name":"x"}"#, count: 50_000).joined(separator: ",")
        let element =
            #"{"resource":{"attributes":[\#(attribute("tenant_id", "acme"))]},"scopeSpans":[{"spans":[\#(spans)]}]}"#
        let size = element.utf8.count
        #expect(try filtered(answer(element), maximumBytes: size).text == #"{"resourceSpans":[\#(element)]}"#)
        #expect(throws: ResourceSpansFilterError.tooLarge(maximumBytes: size - 1)) {
            try filtered(answer(element), maximumBytes: size - 1)
        }
    }

    @Test("A foreign element above the limit is dropped even if its resource comes last")
    func hugeForeignElement() throws {
        let spans = #""scopeSpans":[{"spans":[{"name":"\#(String(repeating: "x", count: 5_000))"}]}]"#
        let foreign = #"{\#(spans),"resource":{"attributes":[\#(attribute("tenant_id", "other"))]}}"#
        let twice = #"{"resource":{"attributes":[\#(attribute("tenant_id", "acme"))]},\#(spans),"resource":{}}"#
        let trace = try filtered(answer(foreign, twice, Self.own), maximumBytes: 1_000)
        #expect(trace.text == #"{"resourceSpans":[\#(Self.own)]}"#)
        let own = #"{\#(spans),"resource":{"attributes":[\#(attribute("tenant_id", "acme"))]}}"#
        #expect(throws: ResourceSpansFilterError.tooLarge(maximumBytes: 1_000)) {
            try filtered(answer(own), maximumBytes: 1_000)
        }
    }

    @Test("A document of many pieces is the same as in one")
    func pieces() throws {
        let elements = (0..<300).map {
            resourceSpans(attribute("tenant_id", "acme"), span: String(repeating: "x", count: $0 * 10))
        }
        let large = resourceSpans(attribute("tenant_id", "acme"), span: String(repeating: "y", count: 700_000))
        let all = (elements + [large] + elements).joined(separator: ",")
        let trace = try filtered(#"{"batches":[\#(all)]}"#, maximumBytes: 8 << 20)
        #expect(trace.text == #"{"resourceSpans":[\#(all)]}"#)
        #expect(trace.byteCount == trace.bytes.count)
        // Small elements share pieces.
        #expect((2...16).contains(trace.pieces.count))
        #expect(trace.pieces.allSatisfy { !$0.isEmpty })
    }

    @Test("Deeply nested values do not exhaust the stack")
    func depth() throws {
        func nested(_ levels: Int) -> String {
            let deep = String(repeating: #"{"arrayValue":{"values":["#, count: levels) + "{}"
            let closed = deep + String(repeating: "]}}", count: levels)
            return #"\#(attribute("tenant_id", "acme")),{"key":"k","value":\#(closed)}"#
        }
        #expect(try filtered(answer(resourceSpans(nested(250)))).keptResourceSpans == 1)
        #expect(throws: ResourceSpansFilterError.self) { try filtered(answer(resourceSpans(nested(100_000)))) }
    }
}
