import APIRuntime
import Testing

@Suite("Input decoding")
struct InputDecoderTests {
    private func decoder(_ query: String?, headers: HeaderFields = [:]) -> InputDecoder {
        InputDecoder(Request(method: .get, path: "/", query: query, headers: headers), path: .none)
    }

    private func violations(_ decoder: InputDecoder) -> [Violation] {
        do {
            try decoder.finish()
            return []
        } catch {
            return error.violations
        }
    }

    enum Size: String, CaseIterable {
        case small
        case large
    }

    @Test("values are decoded by their schemas")
    func values() {
        var decoder = decoder("s=a%20b&i=-7&n=1.5e3&b=true&e=large&a=1&a=2", headers: ["X-Count": "9"])
        #expect(decoder.required("s", in: .query, StringSchema()) == "a b")
        #expect(decoder.required("i", in: .query, IntegerSchema<Int64>()) == -7)
        #expect(decoder.required("n", in: .query, NumberSchema()) == 1_500)
        #expect(decoder.required("b", in: .query, BooleanSchema()) == true)
        #expect(decoder.required("e", in: .query, EnumerationSchema(Size.self)) == .large)
        #expect(decoder.array("a", in: .query, required: true, ArraySchema(IntegerSchema<Int>())) == [1, 2])
        #expect(decoder.required("x-count", in: .header, IntegerSchema<Int>()) == 9)
        #expect(decoder.optional("absent", in: .query, StringSchema()) == nil)
        #expect(violations(decoder).isEmpty)
    }

    @Test("every violation is reported at once, in the order of the parameters")
    func allAtOnce() {
        var decoder = decoder("s=abc&i=x&e=huge&d=1&d=2&m=11")
        #expect(decoder.required("s", in: .query, StringSchema(maxLength: 2)) == nil)
        #expect(decoder.optional("i", in: .query, IntegerSchema<Int32>()) == nil)
        #expect(decoder.optional("e", in: .query, EnumerationSchema(Size.self)) == nil)
        #expect(decoder.optional("d", in: .query, StringSchema()) == nil)
        #expect(decoder.optional("m", in: .query, IntegerSchema<Int>(maximum: 10)) == nil)
        #expect(decoder.required("r", in: .query, StringSchema()) == nil)
        let found = violations(decoder)
        #expect(found.map(\.name) == ["s", "i", "e", "d", "m", "r"])
        #expect(found.map(\.rule) == ["maxLength", "type", "enum", "unique", "maximum", "required"])
    }

    @Test("a value given twice is refused, whichever one another parser would have taken")
    func duplicates() {
        var decoder = decoder("query=&query=evil")
        #expect(decoder.required("query", in: .query, StringSchema()) == nil)
        #expect(violations(decoder).map(\.rule) == ["unique"])
    }

    @Test(
        "an integer is plain decimal",
        arguments: ["", "+1", " 1", "1 ", "0x1", "1.0", "1e3", "٣", "9223372036854775808"])
    func integers(_ text: String) {
        var rules: [String] = []
        #expect(IntegerSchema<Int64>().decode(text) { rule, _ in rules.append(rule) } == nil)
        #expect(rules == ["type"])
    }

    @Test("a number is finite decimal", arguments: ["", "+1", "inf", "nan", "0x1p3", "1e999", "1,5", " 1"])
    func numbers(_ text: String) {
        var rules: [String] = []
        #expect(NumberSchema().decode(text) { rule, _ in rules.append(rule) } == nil)
        #expect(rules == ["type"])
    }

    @Test("lengths count code points, neither bytes nor graphemes")
    func lengths() {
        let schema = StringSchema(minLength: 2, maxLength: 2)
        #expect(schema.decode("é\u{301}") { _, _ in } != nil)
        #expect(schema.decode("🙂🙂") { _, _ in } != nil)
        #expect(schema.decode("🙂") { _, _ in } == nil)
        #expect(schema.decode("abc") { _, _ in } == nil)
        #expect(StringSchema(minLength: 1).decode("") { _, _ in } == nil)
    }

    @Test("an enumeration compares bytes: a canonically equal text is another")
    func enumerationBytes() {
        enum Accent: String, CaseIterable {
            case composed = "\u{e9}"
        }
        #expect(EnumerationSchema(Accent.self).decode("e\u{301}") { _, _ in } == nil)
        #expect(EnumerationSchema(Accent.self).decode("\u{e9}") { _, _ in } == .composed)
    }

    @Test("a query string that cannot be decoded is a violation", arguments: ["a=%", "a=1;b=2", "a=%ff"])
    func encoding(_ query: String) {
        #expect(violations(decoder(query)).map(\.rule) == ["encoding"])
    }

    @Test("a path parameter that breaks its schema is no such resource")
    func pathParameters() {
        var decoder = InputDecoder(Request(method: .get, path: "/"), path: .none)
        _ = decoder.required("id", in: .path, StringSchema())
        _ = decoder.required("q", in: .query, StringSchema())
        #expect(decoder.failure.code == .notFound)
        #expect(decoder.failure.violations.isEmpty)
    }

    @Test("of a repeated parameter the broken values are told, each by its index")
    func indices() throws {
        var decoder = decoder("a=1&a=x&b=2&a=&a=4")
        #expect(decoder.array("a", in: .query, required: false, ArraySchema(IntegerSchema<Int>())) == nil)
        #expect(decoder.array("b", in: .query, required: false, ArraySchema(IntegerSchema<Int>(), minItems: 2)) == nil)
        #expect(violations(decoder).map(\.index) == [1, 2, nil])
        let text = decoder.failure.problemResponse(requestID: "r").text
        #expect(text.contains(#""index":1}"#) && text.contains(#""index":2}"#) && !text.contains(#""index":0}"#))
    }

    @Test("a body is refused where none is taken")
    func unexpectedBody() {
        var decoder = InputDecoder(
            Request(method: .get, path: "/", body: .stream(PieceStream(["a"]))), path: .none)
        decoder.expectNoBody()
        #expect(violations(decoder).map(\.rule) == ["body"])
        var empty = InputDecoder(
            Request(method: .get, path: "/", body: .stream(PieceStream([], length: 0))), path: .none)
        empty.expectNoBody()
        #expect(violations(empty).isEmpty)
    }
}

@Suite("Form decoding")
struct FormBodyTests {
    private func decoder(_ body: RequestBody, _ headers: HeaderFields) -> InputDecoder {
        InputDecoder(Request(method: .post, path: "/", headers: headers, body: body), path: .none)
    }

    @Test(
        "a form is read, in pieces too",
        arguments: [
            "application/x-www-form-urlencoded", "Application/X-WWW-Form-URLEncoded; charset=UTF-8",
            "application/x-www-form-urlencoded;charset=\"utf-8\"",
        ])
    func forms(_ contentType: String) async throws {
        var decoder = decoder(.stream(PieceStream(["query=u", "p%7", "Ba%7D"])), ["content-type": contentType])
        try await decoder.readForm(required: true)
        #expect(decoder.required("query", in: .body, StringSchema()) == "up{a}")
        try decoder.finish()
    }

    @Test(
        "any other body is refused",
        arguments: [
            ["content-type": "multipart/form-data; boundary=x"], ["content-type": "application/json"], [:],
            ["content-type": "application/x-www-form-urlencoded; charset=utf-16"],
            ["content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip"],
            ["content-type": "application/x-www-form-urlencoded; boundary=x"],
        ] as [HeaderFields])
    func otherBodies(_ headers: HeaderFields) async {
        var decoder = decoder(.stream(PieceStream(["query=up"])), headers)
        await #expect { try await decoder.readForm(required: true) } throws: {
            ($0 as? APIFailure)?.code == .unsupportedMediaType
        }
    }

    @Test("names in a body are JSON pointers, and a missing form is a violation")
    func names() async throws {
        var decoder = decoder(.none, [:])
        try await decoder.readForm(required: true)
        _ = decoder.required("a/b~c", in: .body, StringSchema())
        #expect(decoder.failure.violations.map(\.name) == ["", "/a~1b~0c"])
    }

    @Test("collecting stops at the limit", arguments: [nil, 6])
    func limit(_ length: Int?) async {
        let stream = PieceStream(["abc", "def"], length: length)
        await #expect(throws: RequestBodyError.tooLarge(limit: 5)) {
            try await RequestBody.stream(stream).collect(limit: 5)
        }
    }
}
