import JSON
import Testing

@Suite("JSON parser")
struct JSONParserTests {
    /// U+FFFF, U+FDD0 and U+10FFFF: scalars, though not characters.
    static let nonCharacters = [0xFFFF, 0xFDD0, 0x10FFFF].compactMap(Unicode.Scalar.init).map(String.init).joined()

    /// Texts that RFC 8259 makes JSON, and how they are written again without white space.
    static let valid: [(text: String, written: String)] = [
        ("null", "null"),
        (" \t\r\n true \t\r\n ", "true"),
        ("false", "false"),
        ("0", "0"),
        ("-0", "-0"),
        ("-0.0", "-0.0"),
        ("1E400", "1E400"),
        ("1e-2", "1e-2"),
        ("0e+1", "0e+1"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("1.10", "1.10"),
        ("\"\"", "\"\""),
        ("\"a\\/b\"", "\"a/b\""),
        ("\"\\\"\\\\\\b\\f\\n\\r\\t\"", "\"\\\"\\\\\\b\\f\\n\\r\\t\""),
        ("\"\\u0000\\u001F\\u007f\"", "\"\\u0000\\u001f\u{7F}\""),
        ("\"\\u00e9\\u20AC\\uD834\\uDD1e\"", "\"é€𝄞\""),
        ("\"\\uFFFF\\ufdd0\\uDBFF\\uDFFF\"", "\"\(nonCharacters)\""),
        ("\"é€𝄞\u{2028}\u{2029}<>&'\u{7F}\"", "\"é€𝄞\u{2028}\u{2029}<>&'\u{7F}\""),
        ("\"\u{FEFF}\"", "\"\u{FEFF}\""),
        ("[]", "[]"),
        ("[ ]", "[]"),
        ("[[[],{}]]", "[[[],{}]]"),
        ("[1,\n2 , 3]", "[1,2,3]"),
        ("{}", "{}"),
        ("{ }", "{}"),
        ("{\"\":0}", "{\"\":0}"),
        ("{\"a\" : 1 , \"b\":[{}], \"A\":null}", "{\"a\":1,\"b\":[{}],\"A\":null}"),
        ("{\"\\u0061b\":1}", "{\"ab\":1}"),
        ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
    ]

    @Test("Valid texts are read and written again", arguments: valid)
    func readsValidText(text: String, written: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(String(decoding: value.serialized(), as: UTF8.self).utf8.elementsEqual(written.utf8))
        #expect(try JSONParser.parse(value.serialized()) == value)
        let borrowed = try Array(text.utf8).withUnsafeBufferPointer { try JSONParser.parse($0) }
        #expect(borrowed == value)
    }

    /// Texts that are not JSON, and the offset of the byte that shows it.
    static let invalid: [(text: String, offset: Int)] = [
        ("", 0), (" ", 1), ("\u{FEFF}null", 0), ("nul", 3), ("nulL", 0), ("True", 0), ("nullx", 4), ("null null", 5),
        ("NaN", 0), ("Infinity", 0), ("-Infinity", 1), ("undefined", 0), ("'a'", 0), ("a", 0), ("//x\nnull", 0),
        ("/**/1", 0), ("1//", 1), ("#", 0), ("\u{A0}1", 0), ("\u{0B}1", 0), ("\u{0C}1", 0), ("1\u{0}", 1),
        // Numbers
        ("+1", 0), ("-", 1), ("--1", 1), ("-a", 1), ("01", 1), ("-01", 2), ("00", 1), (".5", 0), ("1.", 2), ("1.e1", 2),
        ("1.5.2", 3), ("1e", 2), ("1e+", 3), ("1e1.5", 3), ("1ee1", 2), ("0x10", 1), ("1_000", 1), ("1 2", 2),
        ("\u{FF11}", 0), ("[-]", 2), ("[1.]", 3), ("[1e]", 3), ("1+1", 1),
        // Strings
        ("\"", 0), ("\"a", 0), ("\"\\\"", 0), ("\"\\", 0), ("\"\\u12", 0), ("\"a\nb\"", 2), ("\"\u{0}\"", 1),
        ("\"\u{1F}\"", 1), ("\"\t\"", 1), ("\"\\x41\"", 1), ("\"\\'\"", 1), ("\"\\a\"", 1), ("\"\\ \"", 1),
        ("\"\\\n\"", 1),
        ("\"\\U0041\"", 1), ("\"\\u\"", 3), ("\"\\u00G0\"", 5), ("\"\\u+041\"", 3), ("\"\\u 041\"", 3),
        ("\"\\u{41}\"", 3), ("\"a\"b", 3),
        // Surrogates
        ("\"\\uD800\"", 1), ("\"\\uD800a\"", 1), ("\"\\uD800\\n\"", 1), ("\"\\uD800\\u0041\"", 1),
        ("\"\\uD800\\uD800\\uDC00\"", 1), ("\"\\uDC00\"", 1), ("\"\\uDC00\\uD800\"", 1), ("\"\\uD834\\uDD1G\"", 12),
        ("\"\\uDBFF\\uE000\"", 1),
        // Arrays
        ("[", 1), ("]", 0), ("[1", 2), ("[1,", 3), ("[1,]", 3), ("[,1]", 1), ("[1,,2]", 3), ("[1 2]", 3), ("[1}", 2),
        ("[\"a\":1]", 4), ("[]]", 2), ("[1]x", 3), ("[[]", 3), ("[1;2]", 2),
        // Objects
        ("{", 1), ("}", 0), ("{\"a\"", 4), ("{\"a\":", 5), ("{\"a\":1", 6), ("{\"a\":1,", 7), ("{\"a\":1,}", 7),
        ("{,\"a\":1}", 1), ("{\"a\" 1}", 5), ("{\"a\":}", 5), ("{\"a\",1}", 4), ("{\"a\":1]", 6), ("{1:1}", 1),
        ("{null:1}", 1), ("{a:1}", 1), ("{'a':1}", 1), ("{\"a\"::1}", 5), ("{\"a\":1 \"b\":2}", 7), ("{\"a\":1,,}", 7),
        ("{\"a\":1}}", 7), ("{[]:1}", 1), ("{\"a\"=1}", 4),
        // Names twice, by their content and not by how they are written
        ("{\"a\":1,\"a\":1}", 7), ("{\"a\":1,\"b\":2,\"\\u0061\":3}", 13), ("[{\"x\":{\"\":1,\"\":2}}]", 12),
    ]

    @Test("Invalid texts are refused at the offending byte", arguments: invalid)
    func refusesInvalidText(text: String, offset: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
        #expect(error?.offset == offset)
        #expect(error?.kind == .syntax || error?.kind == .duplicateName)
    }

    /// Byte sequences that are not UTF-8, and the valid ones next to them.
    static let sequences: [(bytes: [UInt8], isValid: Bool)] = [
        ([0x80], false), ([0xBF], false), ([0xC0, 0x80], false), ([0xC1, 0xBF], false), ([0xC2, 0x80], true),
        ([0xC2, 0x7F], false), ([0xC2, 0xC0], false), ([0xDF, 0xBF], true), ([0xC2], false),
        ([0xE0, 0x9F, 0xBF], false), ([0xE0, 0xA0, 0x80], true), ([0xE1, 0x80], false), ([0xE1, 0x80, 0x41], false),
        ([0xED, 0x9F, 0xBF], true), ([0xED, 0xA0, 0x80], false), ([0xED, 0xBF, 0xBF], false),
        ([0xEE, 0x80, 0x80], true),
        ([0xEF, 0xBF, 0xBF], true), ([0xF0, 0x8F, 0xBF, 0xBF], false), ([0xF0, 0x90, 0x80, 0x80], true),
        ([0xF1, 0x80, 0x80], false), ([0xF4, 0x8F, 0xBF, 0xBF], true), ([0xF4, 0x90, 0x80, 0x80], false),
        ([0xF5, 0x80, 0x80, 0x80], false), ([0xF8, 0x88, 0x80, 0x80, 0x80], false), ([0xFE], false), ([0xFF], false),
    ]

    @Test("Strings must be UTF-8, shortest forms and no surrogates", arguments: sequences)
    func checksUTF8(bytes: [UInt8], isValid: Bool) throws {
        for padding in [0, 1, 7, 8, 9] {
            let text = [0x22] + [UInt8](repeating: 0x61, count: padding) + bytes + [0x22]
            let error: JSONError?
            do throws(JSONError) {
                let value = try JSONParser.parse(text)
                error = nil
                #expect(value.serialized() == text)
            } catch let failure {
                error = failure
            }
            #expect((error == nil) == isValid)
            if let error {
                #expect(error.offset == padding + 1)
                #expect(error.message == "invalid UTF-8")
            }
        }
    }

    @Test("Every byte in every place of a word is told plain from special")
    func classifiesEveryByte() throws {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<17 {
                var text = [UInt8](repeating: 0x61, count: 19)
                (text[0], text[18]) = (0x22, 0x22)
                text[place + 1] = byte
                let isAccepted = (try? JSONParser.parse(text)) != nil
                #expect(isAccepted == (byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C))
            }
        }
    }

    @Test("Errors tell line, column in scalars, offset and what was expected")
    func locatesErrors() throws {
        let text = "{\r\n  \"é𝄞\": \"\\u00e9é\", \"b\" 1}"
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
        #expect(error?.line == 2)
        #expect(error?.column == 24)
        #expect(error?.offset == 31)
        #expect(error?.description == "2:24: expected ':', found '1'")
        let within = #expect(throws: JSONError.self) { try JSONParser.parse(Array("[\n\"éé\u{1}\"]".utf8)) }
        #expect(within?.description == "2:4: a control character, byte 0x01, must be escaped")
    }

    @Test("Nesting is limited and cannot overflow the stack")
    func limitsDepth() throws {
        let nested = { (depth: Int) in
            [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
        }
        _ = try JSONParser.parse(nested(128))
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(nested(129)) }
        #expect(error?.kind == .limit)
        #expect(error?.offset == 128)
        let deepest = JSONLimits(depth: .max)
        #expect(deepest.depth == JSONLimits.greatestDepth)
        let tree = try JSONParser.parse(nested(JSONLimits.greatestDepth), limits: deepest)
        #expect(tree.serialized() == nested(JSONLimits.greatestDepth))
        #expect(throws: JSONError.self) { try JSONParser.parse(nested(1_000_000), limits: deepest) }
        #expect(throws: JSONError.self) { try JSONParser.parse([0x5B], limits: JSONLimits(depth: 0)) }
    }

    @Test("Bytes, members and single values are limited")
    func limitsSize() throws {
        func kind(_ text: String, _ limits: JSONLimits) -> JSONError.Kind? {
            do throws(JSONError) {
                _ = try JSONParser.parse(Array(text.utf8), limits: limits)
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(kind("[1,2]", JSONLimits(bytes: 5)) == nil)
        #expect(kind("[1,2] ", JSONLimits(bytes: 5)) == .limit)
        #expect(kind("[1,2]", JSONLimits(bytes: 4)) == .limit)
        #expect(kind("[1,x,2]", JSONLimits(bytes: 4)) == .syntax)
        #expect(kind("[1,{\"a\":2}]", JSONLimits(members: 3)) == nil)
        #expect(kind("[1,{\"a\":2}]", JSONLimits(members: 2)) == .limit)
        #expect(kind("[\"abc\",12345]", JSONLimits(tokenBytes: 5)) == nil)
        #expect(kind("[\"abcd\"]", JSONLimits(tokenBytes: 5)) == .limit)
        #expect(kind("[123456]", JSONLimits(tokenBytes: 5)) == .limit)
        #expect(kind("[\"abcdé\"]", JSONLimits(tokenBytes: 6)) == .limit)
        #expect(kind("", JSONLimits(bytes: -1)) == .syntax)
    }
}
