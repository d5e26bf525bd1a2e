import JSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    @Test("Commas and colons stand where they belong")
    func setsCommas() throws {
        var writer = JSONWriter(capacity: 64)
        writer.beginObject()
        writer.name("a")
        writer.beginArray()
        writer.integer(1)
        writer.integer(UInt64.max)
        writer.integer(Int64.min)
        writer.beginArray()
        writer.endArray()
        writer.beginObject()
        writer.endObject()
        writer.null()
        writer.endArray()
        writer.name(raw: Array("\"b\\u0000\"".utf8)[...])
        writer.raw(Array("{\"raw\":[1,2]}".utf8))
        writer.name("c")
        writer.bool(false)
        writer.name("d")
        writer.double(0.1)
        writer.name("e")
        writer.number(try #require(JSONNumber(text: "1.00")))
        writer.endObject()
        #expect(
            text(writer.bytes)
                == #"{"a":[1,18446744073709551615,-9223372036854775808,[],{},null],"b\u0000":{"raw":[1,2]},"#
                + #""c":false,"d":0.1,"e":1.00}"#)
    }

    @Test("Numbers that JSON does not have become null")
    func writesNonFiniteAsNull() {
        var writer = JSONWriter()
        writer.beginArray()
        for value in [Double.nan, .infinity, -.infinity, 1] { writer.double(value) }
        writer.endArray()
        #expect(text(writer.bytes) == "[null,null,null,1.0]")
    }

    @Test("Strings are escaped where they must be and nowhere else")
    func escapes() throws {
        for value in UInt32(0)...0x2100 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let string = "seven b" + String(scalar) + "after"
            var writer = JSONWriter()
            writer.string(string)
            #expect(try JSONParser.parse(writer.bytes) == .string(string))
            let isEscaped = writer.bytes.dropFirst().dropLast().contains(0x5C)
            #expect(isEscaped == (value < 0x20 || value == 0x22 || value == 0x5C))
        }
        var writer = JSONWriter()
        writer.string("\u{0}\u{1}\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{1F}\"\\/<\u{2028}")
        #expect(
            text(writer.bytes) == "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/<\u{2028}\"")
    }

    @Test("A text may be taken in pieces")
    func takesPieces() {
        var writer = JSONWriter()
        var pieces: [UInt8] = []
        writer.beginArray()
        for number in 0..<3 {
            writer.integer(number)
            pieces += writer.take()
            #expect(writer.bytes.isEmpty)
        }
        writer.endArray()
        #expect(text(pieces + writer.take()) == "[0,1,2]")
    }
}
