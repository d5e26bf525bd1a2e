/// A document with every style of parameter, every kind of body and of security, and a server over it that asks itself.
enum Inputs {
    static let document = #"""
        openapi: 3.1.0
        info: {title: Inputs, version: "1"}
        paths:
          /path/{simple}/{label}/{matrix}/{object}:
            get:
              parameters:
                - {name: simple, in: path, required: true, schema: {type: array, items: {type: integer}}}
                - {name: label, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: string}}}
                - {name: matrix, in: path, required: true, style: matrix, schema: {type: array, items: {type: string}}}
                - {name: object, in: path, required: true, style: matrix, explode: true, schema: {$ref: "#/components/schemas/Color"}}
          /query:
            get:
              parameters:
                - {name: commas, in: query, explode: false, schema: {type: array, items: {type: string}, uniqueItems: true}}
                - {name: spaces, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: integer}}}
                - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
                - {name: deep, in: query, style: deepObject, explode: true, schema: {$ref: "#/components/schemas/Color"}}
                - {name: members, in: query, schema: {$ref: "#/components/schemas/Page"}}
                - {name: pairs, in: query, explode: false, schema: {$ref: "#/components/schemas/Color"}}
                - {name: json, in: query, content: {application/json: {schema: {$ref: "#/components/schemas/Color"}}}}
                - {name: code, in: query, schema: {type: string, pattern: "^[A-Z]{3}$"}}
                - {name: day, in: query, schema: {type: string, format: date}}
                - {name: either, in: query, schema: {oneOf: [{type: integer}, {type: array, items: {type: string}}]}}
                - {name: flag, in: query, allowEmptyValue: true, schema: {type: integer, default: 7}}
                - {name: X-List, in: header, schema: {type: array, items: {type: integer}}}
                - {name: pick, in: cookie, explode: false, schema: {type: array, items: {type: string}}}
          /kinds/{from}-{to}.json:
            get:
              parameters:
                - {name: from, in: path, required: true, schema: {type: integer}}
                - {name: to, in: path, required: true, schema: {type: string, pattern: "^(?!0)(.)\\1$"}}
                - {name: mood, in: query, schema: {$ref: "#/components/schemas/Mood"}}
                - {name: moods, in: query, schema: {type: array, items: {$ref: "#/components/schemas/Mood"}}}
                - {name: level, in: query, schema: {$ref: "#/components/schemas/Level"}}
              responses:
                "200":
                  description: Both.
                  headers: {X-Level: {schema: {$ref: "#/components/schemas/Level"}}}
                  content: {application/json: {schema: {type: object, properties: {mood: {$ref: "#/components/schemas/Mood"}, level: {$ref: "#/components/schemas/Level"}}}}}
          /pets:
            post:
              tags: [pets]
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
              responses:
                "201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
                4XX: {description: Wrong., content: {text/plain: {}}}
                default: {description: Other., content: {image/*: {}}}
            patch:
              tags: [pets]
              requestBody:
                content:
                  application/json: {schema: {$ref: "#/components/schemas/Change"}}
                  application/x-www-form-urlencoded:
                    schema: {$ref: "#/components/schemas/Change"}
                    encoding: {color: {style: deepObject, explode: true}}
                  text/*: {}
              responses: {default: {description: Done.}}
          /upload:
            parameters:
              - {name: content, in: query, schema: {type: string}}
              - {name: body, in: query, schema: {type: string}}
            post:
              tags: [files]
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema: {type: object, required: [title], properties: {title: {type: string}, file: {type: string, format: binary}}}
            put:
              tags: [files]
              requestBody: {content: {application/octet-stream: {}}}
          /secrets:
            get:
              tags: [secrets]
              security: [{token: [read], key: []}, {basic: []}]
            post:
              tags: [secrets]
              security: [{}, {cookie: []}]
            put:
              tags: [secrets]
              security: [{token: [read, write]}]
        webhooks:
          petBorn:
            post:
              requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
        components:
          securitySchemes:
            token: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://a.example/t", scopes: {read: r, write: w}}}}
            key: {type: apiKey, in: query, name: key}
            cookie: {type: apiKey, in: cookie, name: session}
            basic: {type: http, scheme: basic}
          schemas:
            Mood: {type: string, maxLength: 5, x-extensible-enum: [good, bad]}
            Level: {type: integer, enum: [1, 2], x-enum-varnames: [low, high]}
            Color: {type: object, required: [r], properties: {r: {type: integer}, g: {type: integer}, b: {type: integer}}}
            Page: {type: object, properties: {limit: {type: integer, maximum: 10}, after: {type: string}}}
            Pet:
              oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
              discriminator: {propertyName: kind, mapping: {cat: Cat, hound: "#/components/schemas/Dog"}}
            Animal:
              type: object
              required: [kind, id, name]
              properties:
                kind: {type: string}
                id: {type: integer, readOnly: true}
                name: {type: string, minLength: 1}
            Cat:
              allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, properties: {lives: {type: integer, default: 9}}}]
            Dog:
              type: object
              required: [kind, name]
              properties:
                kind: {type: string}
                name: {type: string, minLength: 1}
                friend: {$ref: "#/components/schemas/Pet"}
                size: {enum: [1, 2, 3]}
              additionalProperties: {type: boolean}
            Change:
              type: object
              minProperties: 1
              properties:
                note: {type: [string, "null"]}
                tags: {type: array, items: {type: string}}
                color: {$ref: "#/components/schemas/Color"}
                value: {anyOf: [{type: string, maxLength: 2}, {type: array, items: {type: number}}, {type: "null"}]}
        """#

    static let server = handlers + program

    static let handlers = #"""
        import APIRuntime

        final class Bytes: ByteStream {
            var rest: [UInt8]
            let length: Int? = nil
            init(_ text: String) { rest = Array(text.utf8) }
            func next() async throws -> [UInt8]? {
                // In small pieces, so that every boundary is met somewhere.
                guard !rest.isEmpty else { return nil }
                defer { rest.removeFirst(min(3, rest.count)) }
                return Array(rest.prefix(3))
            }
            func cancel() {}
        }

        func line(_ values: Any?...) -> Response {
            print(values.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: " | "))
            return Response(status: 200)
        }

        extension Presence {
            var text: String {
                switch self {
                case .absent: "absent"
                case .null: "null"
                case .value(let value): "\(value)"
                }
            }
        }

        struct Untagged: DefaultAPI {
            func getPathBySimpleByLabelByMatrixByObject(
                _ input: GetPathBySimpleByLabelByMatrixByObject.Input
            ) async throws -> GetPathBySimpleByLabelByMatrixByObject.Output {
                .init(line(input.simple, input.label, input.matrix, input.object.r, input.object.b))
            }
            func getQuery(_ input: GetQuery.Input) async throws -> GetQuery.Output {
                .init(line(
                    input.commas, input.spaces, input.pipes, input.deep?.g, input.members?.limit, input.pairs?.r,
                    input.json?.b, input.code, input.day, input.either, input.flag, input.xList, input.pick))
            }
        }

        extension Untagged {
            func getKindsByFromByToJSON(
                _ input: GetKindsByFromByToJSON.Input
            ) async throws -> GetKindsByFromByToJSON.Output {
                _ = line(input.from, input.to, input.mood, input.moods, input.level)
                return .ok(.init(xLevel: input.level, body: .value(.init(mood: input.mood ?? .other("too long"), level: .low))))
            }
        }

        struct Pets: PetsAPI {
            func postPets(_ input: PostPets.Input) async throws -> PostPets.Output {
                switch input.body {
                case .cat(let cat):
                    _ = line("cat", cat.name, cat.id, cat.lives)
                    if cat.name == "Tom" { return .clientError(.init(body: .text("no Tom")), status: 409) }
                    if cat.name == "Bad" { return .clientError(.init(body: .text("?")), status: 500) }
                    return .created(.init(body: .value(.cat(Cat(kind: "cat", id: 1, name: cat.name, lives: cat.lives)))))
                case .dog(let dog):
                    _ = line("dog", dog.name, dog.size?.rawValue, dog.additionalProperties)
                    if case .cat(let cat)? = dog.friend { _ = line("friend", cat.name) }
                    return .default(.init(body: TypedContent("image/png", .text("png"))), status: 203)
                }
            }
            func patchPets(_ input: PatchPets.Input) async throws -> PatchPets.Output {
                switch input.body {
                case .json(let change)?, .form(let change)?:
                    _ = line(change.note.text, change.tags, change.color?.g, change.value.text)
                case .text(let body)?: _ = line("text", String(decoding: try await body.collect(limit: 99), as: UTF8.self))
                case nil: _ = line("nothing")
                }
                return .default(.init(), status: 204)
            }
        }

        struct Files: FilesAPI {
            func postUpload(_ input: PostUpload.Input) async throws -> PostUpload.Output {
                while let part = try await input.body.next() {
                    var text = ""
                    if part.name != "skip" {
                        while let piece = try await part.body.next() { text += String(decoding: piece, as: UTF8.self) }
                    }
                    _ = line("part", part.name, part.fileName, part.contentType, text.replacing("\r\n", with: "<CR LF>"))
                }
                return .init(Response(status: 204))
            }
            func putUpload(_ input: PutUpload.Input) async throws -> PutUpload.Output {
                let bytes = try await input.body?.collect(limit: 99)
                return .init(line("bytes", bytes?.count))
            }
        }

        struct Gate: Authenticator {
            func caller(_ text: String?, _ kind: String) throws -> AuthenticatedCaller {
                guard let text, text != "bad" else { throw APIFailure(.unauthenticated, detail: kind) }
                return AuthenticatedCaller(subject: "\(kind) \(text)", scopes: text == "rw" ? ["read", "write"] : ["read"])
            }
            func token(_ token: String?, of request: Request) async throws -> AuthenticatedCaller { try caller(token, "token") }
            func key(_ key: String?, of request: Request) async throws -> AuthenticatedCaller { try caller(key, "key") }
            func cookie(_ key: String?, of request: Request) async throws -> AuthenticatedCaller { try caller(key, "cookie") }
            func basic(_ credentials: BasicCredentials?, of request: Request) async throws -> AuthenticatedCaller {
                try caller(credentials.map { "\($0.user)+\($0.password)" }, "basic")
            }
            func scopes(of credential: AuthenticatedCaller) -> Set<String> { credential.scopes }
        }

        struct Secrets: SecretsAPI {
            func getSecrets(_ input: GetSecrets.Input) async throws -> GetSecrets.Output { .init(line(input.credential.subject)) }
            func postSecrets(_ input: PostSecrets.Input) async throws -> PostSecrets.Output { .init(line(input.credential?.subject)) }
            func putSecrets(_ input: PutSecrets.Input) async throws -> PutSecrets.Output { .init(line(input.credential.subject)) }
        }

        """#

    static let program = #"""
        @main enum Program {
            static let router = Router(
                authenticator: Gate(), default: Untagged(), pets: Pets(), files: Files(), secrets: Secrets())

            static func ask(
                _ method: HTTPMethod, _ path: String, _ query: String? = nil, _ headers: HeaderFields = [:],
                type: String? = nil, body: String? = nil
            ) async {
                print(">", method, path, query ?? "")
                var headers = headers
                if let type { headers["content-type"] = type }
                do {
                    let request = Request(
                        method: method, path: path, query: query, headers: headers,
                        body: body.map { .stream(Bytes($0)) } ?? .none)
                    let response = try await router.respond(to: request)
                    var text = "\(response.status)"
                    if let type = response.headers["content-type"] { text += " " + type }
                    if case .bytes(let bytes) = response.body { text += " " + String(decoding: bytes, as: UTF8.self) }
                    print(text)
                } catch let failure as APIFailure {
                    print(
                        failure.code.status, failure.headers["www-authenticate"] ?? "",
                        failure.violations.map { "\($0.location) \($0.name): \($0.message) [\($0.rule)]" }.joined(separator: "; "),
                        failure.code.status == 500 ? failure.logDetail ?? "" : "")
                } catch {
                    print("error", error)
                }
            }

            static func main() async {
                await ask(.get, "/path/1,2/.a.b%2Cc/;matrix=x,y%2Cz/;r=1;b=3")
                await ask(.get, "/path/1,x/.a/;matrix=x/;r=1")
                await ask(.get, "/path/1/a/;matrix=x/;r=1")
                await ask(
                    .get, "/query",
                    "commas=a,b%2Cc&spaces=1%202&pipes=x|y%7Cz&deep[r]=1&deep[g]=2&limit=5&pairs=r,4&json=%7B%22r%22:1,%22b%22:6%7D"
                        + "&code=ABC&day=2024-02-29&either=12&flag=",
                    ["x-list": "1, 2", "cookie": "pick=a,b"])
                await ask(.get, "/query")
                await ask(
                    .get, "/query",
                    "commas=a,a&deep[g]=x&limit=11&pairs=r&json=%7B&code=AB&day=2023-02-29&deep[r][x]=1&flag=x")
                await ask(.get, "/query", "code=ABC&code=ABC&spaces=1+x&either=a&deep[r]=1&deep[r]=2")
                let json = "application/json"
                await ask(.post, "/pets", type: json, body: #"{"kind":"cat","name":"Mia","id":"ignored"}"#)
                await ask(.post, "/pets", type: json, body: #"{"kind":"cat","name":"Tom","lives":3}"#)
                await ask(.post, "/pets", type: json, body: #"{"kind":"cat","name":"Bad"}"#)
                await ask(
                    .post, "/pets", type: json,
                    body: #"{"kind":"hound","name":"Rex","size":2,"good":true,"friend":{"kind":"cat","name":"Mia"}}"#)
                await ask(
                    .post, "/pets", type: json,
                    body: #"{"kind":"hound","name":"","size":4,"a/b":1,"friend":{"kind":"cat","name":7}}"#)
                await ask(.get, "/kinds/1-aa.json", "mood=good&moods=bad&moods=odd&level=2")
                await ask(.get, "/kinds/1-2-3.json")
                await ask(.get, "/kinds/1-aa.json")
                await ask(.get, "/kinds/1-aa.json", "mood=so+bad&level=3")
                await ask(.post, "/pets", type: json, body: #"{"kind":"cow"}"#)
                await ask(.post, "/pets", type: json, body: #"{"kind": nonsense}"#)
                await ask(.post, "/pets", type: "text/plain", body: "x")
                await ask(.post, "/pets")
                await ask(.patch, "/pets", type: json, body: #"{"note":null,"value":"ab"}"#)
                await ask(.patch, "/pets", type: json, body: #"{"tags":["a"],"value":[1,2.5]}"#)
                await ask(.patch, "/pets", type: json, body: #"{"note":"n","value":null}"#)
                await ask(.patch, "/pets", type: json, body: #"{"value":"abc"}"#)
                await ask(.patch, "/pets", type: json, body: #"{"value":true}"#)
                await ask(.patch, "/pets", type: json, body: "{}")
                let form = "application/x-www-form-urlencoded"
                await ask(.patch, "/pets", type: form, body: "note=a+b&tags=x&tags=y&color[r]=1&color[g]=2")
                await ask(.patch, "/pets", type: form, body: "note=a&note=b")
                await ask(.patch, "/pets", type: "text/css", body: "a{}")
                await ask(.patch, "/pets")
                let parts = [
                    "--b", #"Content-Disposition: form-data; name="title""#, "", "Hello\r\nthere", "--b",
                    #"Content-Disposition: form-data; name="file"; filename="a;\"b.txt""#, "Content-Type: text/plain", "",
                    "", "--b", #"Content-Disposition: form-data; name="skip""#, "", "skipped", "--b--", "",
                ].joined(separator: "\r\n")
                await ask(.post, "/upload", type: "multipart/form-data; boundary=b", body: parts)
                await ask(.post, "/upload", type: "multipart/form-data; boundary=b", body: "--b--")
                await ask(.post, "/upload", type: "multipart/form-data; boundary=b", body: "--b\r\n\r\nx")
                await ask(.post, "/upload", type: "multipart/form-data", body: parts)
                await ask(.put, "/upload", type: "application/octet-stream", body: "12345")
                await ask(.get, "/secrets", "key=k", ["authorization": "Bearer t"])
                await ask(.get, "/secrets", nil, ["authorization": "Basic dTpwOnE="])
                await ask(.get, "/secrets", "key=bad", ["authorization": "Bearer t"])
                await ask(.get, "/secrets")
                await ask(.post, "/secrets")
                await ask(.post, "/secrets", nil, ["cookie": "session=s"])
                await ask(.post, "/secrets", nil, ["cookie": "session=bad"])
                await ask(.put, "/secrets", nil, ["authorization": "Bearer t"])
                await ask(.put, "/secrets", nil, ["authorization": "Bearer rw"])
                print(PetBornRequest(name: "Mia"))
            }
        }
        """#
}
