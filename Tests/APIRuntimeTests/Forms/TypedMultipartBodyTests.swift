import APIRuntime
import JSONSchema
import Testing

private struct Form: MultipartFormModel {
    var title: String
    var count: Int32?
    var file: FormFile
    var notes: [String]

    static let fields = [
        MultipartField("title", .text), MultipartField("count", .text), MultipartField("file", .file),
        MultipartField("notes", .json, repeated: true),
    ]

    init(_ values: MultipartValues) throws {
        title = try values.value("title")
        count = try values.optional("count")
        file = try values.file("file")
        notes = try values.optional("notes") ?? []
    }

    func write(to form: inout MultipartWriter) throws {
        try form.value("title", title)
        try form.value("count", count)
        form.file("file", file)
        try form.value("notes", notes)
    }
}

/// What a server makes of a multipart form that the document describes.
@Suite("Multipart forms as structures")
struct TypedMultipartBodyTests {
    private static let schemas = SchemaSet(
        generated: """
            [{"type":"object","required":["title","file"],"properties":{"title":{"type":"string","minLength":1},
            "count":{"type":"integer"},"file":{"type":"string","maxLength":1},
            "notes":{"type":"array","items":{"type":"string"}}}}]
            """)

    private func body(_ parts: [(String, String)], size: Int = 7) throws -> TypedMultipartBody<Form> {
        let text = parts.map { "--b\r\nContent-Disposition: form-data; \($0)\r\n\r\n\($1)\r\n" }.joined() + "--b--"
        let bytes = Array(text.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map {
            String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
        }
        let request = Request(
            method: .post, path: "/", headers: ["content-type": "multipart/form-data; boundary=b"],
            body: .stream(PieceStream(pieces)))
        var decoder = InputDecoder(request, path: .none)
        return try #require(
            try decoder.multipart(
                Form.self, [.init("title", required: true, repeated: false)], Self.schemas, schema: 0))
    }

    private func problems(_ parts: [(String, String)]) async throws -> [String] {
        do {
            _ = try await body(parts).form()
            return []
        } catch let failure as APIFailure {
            return failure.violations.map { "\($0.name) \($0.rule)" }
        }
    }

    @Test("are read whatever pieces they come in; bytes are held to no length of text")
    func good() async throws {
        let parts = [
            ("name=file; filename=\"a b\"", "\r\nxyz"), ("name=notes", "\"1\""), ("name=other", "y"),
            ("name=\"title\"", "u"), ("name=notes", "\"2\""),
        ]
        for size in [1, 7, 1_000] {
            let form = try await body(parts, size: size).form()
            #expect(form.title == "u" && form.count == nil && form.notes == ["1", "2"])
            #expect(form.file.fileName == "a b" && form.file.bytes == Array("\r\nxyz".utf8))
            #expect(form.file.headers.fields.isEmpty && form.file.contentType == nil)
        }
    }

    @Test("every violation is told at once, with its part")
    func violations() async throws {
        let many = try await problems([
            ("name=title", ""), ("name=count", "1.5"), ("name=notes", "x"), ("name=notes", "1"),
        ])
        #expect(
            many == ["/notes/0 json", "/title minLength", "/count type", " required", "/notes/1 type"])
        #expect(try await problems([("name=title", "a"), ("name=file", ""), ("name=file", "")]) == ["/file unique"])
        #expect(
            try await problems([("name=title", "a"), ("name=file", ""), ("name=count", "3000000000")])
                == ["/count type"])
        #expect(try await problems([]) == [" required", " required"])
    }

    @Test("with more bytes than the limit they are refused, and not collected")
    func limit() async throws {
        let parts = [("name=title", "12345"), ("name=file", "12345")]
        #expect(try await body(parts).form(limit: 10).title == "12345")
        await #expect(throws: RequestBodyError.tooLarge(limit: 9)) { () async throws in
            _ = try await body(parts).form(limit: 9)
        }
    }

    @Test("can be read part by part instead, each name held to its rule")
    func streamed() async throws {
        let body = try body([("name=file", "x"), ("name=file", "y")])
        #expect(try await body.next()?.name == "file")
        #expect(try await body.next()?.name == "file")
        let failure = await #expect(throws: APIFailure.self) { () async throws in _ = try await body.next() }
        #expect(failure?.violations.first?.name == "/title")
    }
}
