import JSON
import OTLP
import TestSupport
import Testing

@Suite("The filter with random input")
struct FilterFuzzTests {
    private static let key = "tenant_id"

    /// Whether a tree is an own resource-spans element, found out without the filter's code.
    private static func isOwn(_ element: JSONValue) -> Bool {
        guard let attributes = element["resource"]?["attributes"]?.arrayValue else { return false }
        let keyed = attributes.filter { $0["key"]?.stringValue.map { $0.utf8.elementsEqual(key.utf8) } ?? false }
        guard keyed.count == 1, let value = keyed.first?["value"]?.objectValue, value.count == 1 else { return false }
        return value["stringValue"]?.stringValue.map { $0.utf8.elementsEqual("acme".utf8) } ?? false
    }

    private static let document: [UInt8] = {
        let span = #"""
            {"traceId":"NbS7AAECAwQFBgcICQoLDA==","spanId":"4+f3q8d43zk=","parentSpanId":"AAAAAAAAAAE=","name":"GET /",
            "kind":"SPAN_KIND_SERVER","startTimeUnixNano":"17","endTimeUnixNano":18,
            "attributes":[{"key":"tenant_id","value":{"stringValue":"acme"}},{"key":"n","value":{"intValue":"-7"}}],
            "events":[{"timeUnixNano":"3","name":"e"}],"links":[{"traceId":"35b4bb000102030405060708090a0b0c"}],
            "status":{"code":"STATUS_CODE_ERROR"}}
            """#
        func element(_ attributes: String, resourceLast: Bool = false) -> String {
            let resource = #""resource":{"attributes":[\#(attributes)]}"#
            let spans = #""scopeSpans":[{"scope":{"name":"s"},"spans":[\#(span)]}]"#
            return resourceLast ? "{\(spans),\(resource)}" : "{\(resource),\(spans)}"
        }
        let acme = attribute(key, "acme")
        let other = attribute(key, "other")
        return Array(
            answer(
                element(acme), element(other), element("\(acme),\(acme)"), element(acme, resourceLast: true),
                element(other, resourceLast: true), #"{"scopeSpans":[]}"#,
                element(#"{"key":"\#(key)","value":{"arrayValue":{"values":[{"stringValue":"acme"}]}}}"#)
            ).utf8)
    }()

    private static let fragments: [[UInt8]] = [
        #""resource""#, #""resource":{},"#, #""attributes""#, #""key""#, #""key":"tenant_id","#, #""value""#,
        #""stringValue""#, #""stringValue":"acme""#, #""stringValue":"other""#, #"{"stringValue":"acme"}"#, "acme",
        "other", "tenant_id", #"{"key":"tenant_id","value":{"stringValue":"acme"}},"#, "null", "[]", "{}", ",", ":",
        #"\u0061"#, #"""#, "[", "]", "{", "}", "1", "-", "e", "\\", "true", #""trace":"#, #""resourceSpans":["#,
    ].map { Array($0.utf8) }

    private static func mutated(using random: inout SeededGenerator) -> [UInt8] {
        var text = document
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let place = Int.random(in: 0..<text.count, using: &random)
            let end = min(text.count, place + Int.random(in: 0..<24, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0: text[place] = UInt8.random(in: 0...255, using: &random)
            case 1: text.removeSubrange(place..<end)
            case 2: text.insert(contentsOf: text[place..<end], at: place)
            case 3: text.insert(contentsOf: fragments.randomElement(using: &random) ?? [], at: place)
            case 4...6: swapTokens(&text, using: &random)
            default:
                let start = Int.random(in: 0..<text.count, using: &random)
                text.insert(contentsOf: text[start..<min(text.count, start + 200)], at: place)
            }
            if text.isEmpty { text = document }
        }
        return text
    }

    /// Puts one token of the text in another's place, so that most texts stay JSON.
    private static func swapTokens(_ text: inout [UInt8], using random: inout SeededGenerator) {
        var tokenizer = JSONTokenizer()
        tokenizer.append(text)
        tokenizer.finish()
        var tokens: [JSONToken] = []
        while let token = try? tokenizer.next() { tokens.append(token) }
        let scalars = tokens.filter { [.name, .string, .number].contains($0.kind) }
        guard let target = scalars.randomElement(using: &random),
            let source = scalars.filter({ ($0.kind == .name) == (target.kind == .name) }).randomElement(using: &random)
        else { return }
        text.replaceSubrange(target.range, with: Array(text[source.range]))
    }

    @Test("Whatever is changed in an answer, only own resource spans come out, and cutting it changes nothing")
    func mutations() throws {
        var random = SeededGenerator(seed: 20_261_120)
        var accepted = 0
        var kept = 0
        var dropped = 0
        for _ in 0..<2_000 {
            let text = Self.mutated(using: &random)
            let whole = Result { try filtered([text]) }
            let cut = Int.random(in: 0...text.count, using: &random)
            let parts = Result { try filtered([Array(text[..<cut]), Array(text[cut...])]) }
            guard case .success(let trace) = whole else {
                #expect(throws: ResourceSpansFilterError.self) { try parts.get() }
                continue
            }
            #expect(try parts.get().bytes == trace.bytes)
            accepted += 1
            kept += trace.keptResourceSpans
            dropped += trace.droppedResourceSpans
            // The parser takes no member twice; of what an unknown object has twice it cannot say anything.
            guard let elements = try? JSONParser.parse(trace.bytes)["resourceSpans"]?.arrayValue else { continue }
            #expect(elements.count == trace.keptResourceSpans)
            #expect(elements.allSatisfy(Self.isOwn), "\(String(decoding: text, as: UTF8.self))")
        }
        // A run in which nothing was accepted, kept or dropped would show nothing.
        #expect(accepted > 600)
        #expect(kept > 2 * accepted / 3)
        #expect(dropped > accepted)
    }

    @Test("Of an answer that is JSON exactly the own resource spans are kept")
    func completeness() throws {
        var random = SeededGenerator(seed: 7)
        var compared = 0
        for _ in 0..<800 {
            var text = Self.document
            Self.swapTokens(&text, using: &random)
            guard let tree = try? JSONParser.parse(text),
                let elements = tree["trace"]?["resourceSpans"]?.arrayValue, let trace = try? filtered([text])
            else { continue }
            compared += 1
            let expected = elements.filter(Self.isOwn).count
            // An attribute with a member of an unknown name is doubtful, and dropped though the checker takes it.
            #expect(trace.keptResourceSpans <= expected)
            #expect(trace.keptResourceSpans >= expected - 1)
            #expect(trace.keptResourceSpans + trace.droppedResourceSpans == elements.count)
        }
        #expect(compared > 400)
    }
}
