extension Inputs {
    /// A client that asks the handlers of ``Inputs/handlers`` for everything that they have.
    static let caller = #"""
        @main enum Program {
            static let router = Router(
                authenticator: Gate(), default: Untagged(), pets: Pets(), files: Files(), secrets: Secrets())
            static let transport = InProcessTransport { request in
                print(">", request.method, request.path, request.query ?? "", request.headers["content-type"]?.prefix(30) ?? "")
                return try await router.respond(to: request)
            }
            static let client = Client(transport: transport)

            static func attempt(_ body: () async throws -> Void) async {
                do { try await body() } catch { print("!", error) }
            }

            static func main() async {
                await attempt {
                    let color = Color(r: 1, b: 3)
                    print(
                        try await client.getPathBySimpleByLabelByMatrixByObject(
                            simple: [1, 2], label: ["a", "b,c"], matrix: ["x", "y,z"], object: color
                        ).status)
                    _ = try await client.getQuery(
                        commas: ["a", "b,c"], spaces: [1, 2], pipes: ["x", "y"], deep: Color(r: 1, g: 2),
                        members: Page(limit: 5), pairs: Color(r: 4), json: Color(r: 1, b: 6), code: "ABC",
                        day: CalendarDate("2024-02-29"), either: .integer(12), flag: 3, xList: [1, 2], pick: ["a", "b"])
                    let answer = try await client.getQuery(commas: ["a", "a"], code: "x")
                    print(answer.status, answer.text)
                }
                await attempt {
                    let made = try await client.postPets(body: .cat(Cat(kind: "cat", name: "Mia", lives: 7))).created
                    if case .cat(let cat) = made.body { print(cat.name, cat.id ?? 0, cat.lives ?? 0) }
                    let dog = Dog(
                        kind: "hound", name: "Rex", friend: .cat(Cat(kind: "cat", name: "Tom")), size: ._2,
                        additionalProperties: ["good": true])
                    switch try await client.postPets(body: .dog(dog)) {
                    case .default(let answer, let status):
                        print(status, answer.body.contentType ?? "", try await answer.body.text())
                    case let other: print(other.status)
                    }
                    switch try await client.postPets(body: .cat(Cat(kind: "cat", name: "Tom"))) {
                    case .clientError(let answer, let status): print(status, try await answer.body.text())
                    case let other: print(other.status)
                    }
                }
                await attempt {
                    let change = Change(note: .null, tags: ["x", "y"], color: Color(r: 1, g: 2), value: .value(.numberList([1, 2.5])))
                    print(try await client.patchPets(body: .json(change)).status)
                    let form = Change(note: .value("a b"), tags: ["x", "y"], color: Color(r: 1, g: 2))
                    print(try await client.patchPets(body: .form(form)).status)
                    print(try await client.patchPets(body: .text(TypedContent("text/css", .text("a{}")))).status)
                    print(try await client.patchPets().status)
                    _ = try await client.patchPets(body: .text(TypedContent("image/png", .text("a{}"))))
                }
                await attempt {
                    let form = MultipartForm([
                        .field("title", "Hello\r\nthere"),
                        .file("file", fileName: "a;\"b.txt", contentType: "text/plain", .stream(Bytes("streamed"))),
                        .file("empty", fileName: "", .bytes([])),
                    ])
                    print(try await client.postUpload(content: "q", body: form).status)
                    _ = try await client.postUpload(body: MultipartForm([.field("other", "")]))
                }
                await attempt {
                    print(try await client.putUpload(body: .stream(Bytes("12345"))).status)
                    print(try await client.putUpload(body: .bytes([1])).status)
                    print(try await client.putUpload().status)
                }
                for credentials in [
                    Client.Credentials(), .init(token: "rw"), .init(token: "t", key: "k"),
                    .init(cookie: "c", basic: CredentialSource(BasicCredentials(user: "u", password: "p:i"))),
                    .init(token: CredentialSource { throw RequestBodyError.timedOut }, key: "k"),
                    .init(token: "bad\n", key: "k"),
                ] {
                    let client = Client(transport: transport, credentials: credentials)
                    await attempt { print(try await client.getSecrets().status) }
                    await attempt { print(try await client.postSecrets().status) }
                    await attempt { print(try await client.putSecrets().status) }
                }
            }
        }
        """#
}
