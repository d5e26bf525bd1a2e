import APIRuntime
import TestSupport
import Testing

@Suite("URL-encoded text")
struct URLEncodingTests {
    @Test("fields keep their order, and repeated names stay apart")
    func order() throws {
        let fields = try decodeForm("b=1&a=2&b=3".utf8)
        #expect(fields.map(\.name) == ["b", "a", "b"])
        #expect(fields.map(\.value) == ["1", "2", "3"])
    }

    @Test(
        "a pair is decoded once",
        arguments: [
            ("a=%41%2B+b", "a", "A+ b"), ("match%5B%5D=x", "match[]", "x"), ("a=%2541", "a", "%41"), ("a", "a", ""),
            ("a=", "a", ""), ("=b", "", "b"), ("a=b=c", "a", "b=c"), ("a=%C3%A9", "a", "é"), ("a=%00", "a", "\0"),
        ])
    func decoding(_ text: String, _ name: String, _ value: String) throws {
        let fields = try decodeForm(text.utf8)
        #expect(fields.count == 1)
        #expect(fields.first?.name.utf8.elementsEqual(name.utf8) == true)
        #expect(fields.first?.value.utf8.elementsEqual(value.utf8) == true)
    }

    @Test("empty pairs are nothing")
    func emptyPairs() throws {
        #expect(try decodeForm("".utf8).isEmpty)
        #expect(try decodeForm("&&a=1&&".utf8).count == 1)
    }

    @Test("a bad escape is an error", arguments: ["a=%", "a=%4", "a=%G1", "%zz=1", "a=%%41", "a=%u0041"])
    func badEscapes(_ text: String) {
        #expect(throws: URLEncodingError.badEscape) { try decodeForm(text.utf8) }
    }

    @Test("bytes that are no UTF-8 are an error", arguments: ["a=%FF", "a=%C3", "%ED%A0%80=1", "a=%C0%AF"])
    func invalidUTF8(_ text: String) {
        #expect(throws: URLEncodingError.notUTF8) { try decodeForm(text.utf8) }
    }

    @Test("a semicolon is an error, for some servers take it for a separator", arguments: ["a=1;b=2", ";", "a;b"])
    func semicolons(_ text: String) {
        #expect(throws: URLEncodingError.semicolon) { try decodeForm(text.utf8) }
    }

    @Test("what was encoded decodes to itself")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let fields: FormFields = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                (randomText(&generator) + "n", randomText(&generator))
            }
            let decoded = try decodeForm(encodeForm(fields))
            #expect(decoded.elementsEqual(fields) { $0.name == $1.name && $0.value == $1.value })
        }
    }

    private func randomText(_ generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = ["a", "&", "=", "+", " ", "%", ";", "é", "\u{301}", "\0", "\n", "🙂", "\"", "/"]
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &generator)])
        }
        return text
    }
}
