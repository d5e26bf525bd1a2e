/// Multipart forms as structures, in both directions.
enum Forms {
    static let document = #"""
        openapi: 3.1.0
        info: {title: Forms, version: "1"}
        paths:
          /upload:
            post:
              operationId: upload
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [title, picture, pages, size]
                      additionalProperties: false
                      properties:
                        title: {type: string, maxLength: 5}
                        picture: {type: string, format: binary}
                        pages: {type: array, items: {type: string, format: binary}, maxItems: 2}
                        size: {$ref: "#/components/schemas/Size"}
                        tags: {type: array, items: {type: string, enum: [a, "b c"]}}
                        sizes: {type: array, items: {$ref: "#/components/schemas/Size"}}
                        count: {type: integer, default: 3}
                        sure: {type: [boolean, "null"]}
                        notes: {type: string}
                        raw: {}
                        default: {type: string}
                    encoding:
                      picture:
                        contentType: image/png, image/jpeg
                        headers:
                          X-Rate: {required: true, schema: {type: integer, maximum: 9}}
                          X-Name: {schema: {type: string}}
                      notes: {contentType: text/markdown}
              responses: {"200": {description: Seen., content: {text/plain: {}}}}
            put:
              operationId: replace
              requestBody:
                content:
                  multipart/form-data: {schema: {$ref: "#/components/schemas/Named"}}
                  application/json: {}
              responses: {"200": {description: Seen., content: {text/plain: {}}}}
        components:
          schemas:
            Size: {type: object, required: [w], properties: {w: {type: integer, minimum: 1}, h: {type: integer, default: 1}}}
            Named:
              allOf:
                - {type: object, required: [id], properties: {id: {type: integer}}}
                - {type: object, properties: {file: {contentMediaType: image/png, type: string}, odd: {type: string, enum: [x, y]}}}
        """#

    static let program = #"""
        import APIRuntime

        func text(_ file: FormFile?) -> String {
            guard let file else { return "nil" }
            let name = file.fileName ?? "-"
            let headers = file.headers.fields.map { "\($0.name)=\($0.value)" }
            return "\(name) \(file.contentType ?? "-") \(headers) \(String(decoding: file.bytes, as: UTF8.self))"
        }

        struct Service: DefaultAPI {
            func upload(_ input: Upload.Input) async throws -> Upload.Output {
                let form = try await input.body.form(limit: 200)
                let parts: [Any?] = [
                    form.title, text(form.picture), form.pages.map(text), form.size.w, form.size.h, form.tags,
                    form.sizes.map(\.w), form.count, form.sure, form.notes, text(form.raw), form.default,
                ]
                return .ok(.init(body: .text(parts.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: " | "))))
            }
            func replace(_ input: Replace.Input) async throws -> Replace.Output {
                guard case .multipart(let body)? = input.body else { return .ok(.init(body: .text("none"))) }
                // Part by part, as ever.
                var names: [String] = []
                while let part = try await body.next() { names.append(part.name ?? "") }
                return .ok(.init(body: .text("\(names)")))
            }
        }

        @main enum Program {
            static let router = Router(default: Service())
            static let transport = InProcessTransport { try await router.respond(to: $0) }
            static let client = Client(transport: transport)

            static func show(_ body: () async throws -> Client.Upload.Output) async {
                do {
                    switch try await body() {
                    case .ok(let answer): print(try await answer.body.text())
                    case .undocumented(let answer): print(answer.status, answer.text.split(separator: "\"violations\":").last ?? "")
                    }
                } catch { print("!", error) }
            }

            static func send(_ parts: [MultipartForm.Part]) async {
                await show { try await client.upload(body: MultipartForm(parts)) }
            }

            static func main() async throws {
                typealias Form = Client.Upload.Input.Form
                let picture = FormFile(fileName: "a.png", contentType: "image/png", headers: ["X-Rate": "7"], bytes: [0x70])
                let small = Form(title: "t", picture: picture, pages: [.init(bytes: [])], size: Size(w: 2))
                await show { try await client.upload(body: MultipartForm(small)) }
                let large = Form(
                    title: "ü\"", picture: FormFile(headers: ["x-rate": "1", "x-name": "n"], bytes: [1 + 0x60]),
                    pages: [.init(fileName: "q\"", bytes: [0x31]), .init(contentType: "text/css", bytes: [0x32])],
                    size: Size(w: 3, h: 4), tags: [.a, .bC], sizes: [Size(w: 5), Size(w: 6)], count: 8, sure: true,
                    notes: "# n", raw: .init(bytes: [0x72]), default: "d")
                await show { try await client.upload(body: MultipartForm(large)) }
                // A file that is streamed beside the structure's parts.
                var parts = try MultipartForm(small).parts
                parts.append(.file("pages", fileName: "s", .stream(PieceStream([[0x73], [0x74]], length: 2))))
                await send(parts)
                var broken = large
                broken.title = "too long"
                broken.picture.contentType = "image/gif"
                broken.pages.append(.init(bytes: []))
                broken.sizes[1].w = 0
                await show { try await client.upload(body: MultipartForm(broken)) }
                var wrong = small
                wrong.picture.headers = [:]
                wrong.notes = "n"
                await show { try await client.upload(body: MultipartForm(wrong)) }
                await send([
                    .field("title", "a"), .field("title", "b"), .field("size", "{"), .field("count", "x"), .field("sure", "maybe"),
                    .field("other", ""), .field("sizes", "1"), .init(name: "tags", content: .bytes([0xFF])), .field("tags", "c"),
                    .init(name: "picture", contentType: "image/png", headers: ["X-Rate": "10"], content: .text("")),
                    .init(name: "pages", content: .text("")), .init(name: nil, content: .text("ignored")),
                ])
                var big = small
                big.raw = FormFile(bytes: [UInt8](repeating: 0x78, count: 200))
                await show { try await client.upload(body: MultipartForm(big)) }
                await show { try await client.upload(body: MultipartForm([.field("title", "")])) }
                var unsound = small
                unsound.picture.headers = ["X-Rate": "1\r\nX: 2"]
                await show { try await client.upload(body: MultipartForm(unsound)) }
                let named = Client.Replace.Input.Form(id: 1, file: .init(bytes: []), odd: .x)
                print(try await client.replace(body: .multipart(MultipartForm(named))).ok.body.text())
                print(Client.Replace.Input.Form.fields.count)
            }
        }
        """#

    static let output = #"""
        t | a.png image/png ["x-rate=7"] p | ["- application/octet-stream [] "] | 2 | 1 | [] | [] | 3 | nil | nil | nil | nil
        ü" | - image/png ["x-rate=1", "x-name=n"] a | ["q%22 application/octet-stream [] 1", "- text/css [] 2"] | 3 | 4 | [Program.Upload.Input.TagsItem.a, Program.Upload.Input.TagsItem.bC] | [5, 6] | 8 | true | # n | - application/octet-stream [] r | d
        t | a.png image/png ["x-rate=7"] p | ["- application/octet-stream [] ", "s application/octet-stream [] st"] | 2 | 1 | [] | [] | 3 | nil | nil | nil | nil
        400 [{"in":"body","name":"/picture","rule":"contentType","message":"must be image/png or image/jpeg"},{"in":"body","name":"/title","rule":"maxLength","message":"must have at most 5 characters"},{"in":"body","name":"/pages","rule":"maxItems","message":"must have at most 2 elements"},{"in":"body","name":"/sizes/1/w","rule":"minimum","message":"must be at least 1"}]}
        400 [{"in":"body","name":"/picture","rule":"headers","message":"needs the header field X-Rate"}]}
        400 [{"in":"body","name":"/title","rule":"unique","message":"is given more than once"},{"in":"body","name":"/size","rule":"json","message":"the text ends early, expected a member name or '}'","line":1,"column":2},{"in":"body","name":"/tags/0","rule":"encoding","message":"is not valid UTF-8"},{"in":"body","name":"/picture","rule":"maximum","message":"has a header field X-Rate that must be at most 9"},{"in":"body","name":"/tags/1","rule":"enum","message":"must be one of a, b c"},{"in":"body","name":"/sizes/0","rule":"type","message":"must be an object"},{"in":"body","name":"/count","rule":"type","message":"must be an integer"},{"in":"body","name":"/sure","rule":"type","message":"must be true or false or null"},{"in":"body","name":"/other","rule":"additionalProperties","message":"is no member that is allowed here"}]}
        ! The request failed: tooLarge(limit: 200).
        ! The request cannot be written: body /picture is required; body /pages is required; body /size is required.
        ! The request cannot be written: body has a part with a header field that cannot be written.
        ["id", "file", "odd"]
        3

        """#
}
