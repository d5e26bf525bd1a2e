/// A server over the code that is generated from ``Everything/document``, which asks itself and prints what happens.
enum Golden {
    static let configuration = """
        credential: Caller
        operation-extensions:
          x-tenancy:
            values:
              promql: {security: required, input: [promql, promql-selectors]}
              own: {security: required}
              public: {}
        input-extensions: {x-confine: {promql: Confined<PromQLQuery>, promql-selectors: Confined<PromQLSelectors>}}
        routers: {x-listener: {admin: AdminRouter}}
        """

    static let server = #"""
        public import APIRuntime
        import JSON

        public struct Caller: Sendable { let name: String }
        public protocol ConfinableLanguage: Sendable {
            associatedtype Source: Sendable
            static func confine(_ source: Source) throws -> String
        }

        public enum PromQLQuery: ConfinableLanguage {
            public static func confine(_ source: String) throws -> String {
                if source == "bad" { throw Fault(index: nil) }
                return source
            }
        }

        public enum PromQLSelectors: ConfinableLanguage {
            public static func confine(_ source: [String]) throws -> String {
                if let index = source.firstIndex(where: { $0.isEmpty }) { throw Fault(index: index) }
                return source.isEmpty ? "everything" : source.joined(separator: "|")
            }
        }

        public struct Confined<Language: ConfinableLanguage>: CredentialBound, Sendable {
            let text: String
            public init(_ source: Language.Source, for credential: Caller) throws {
                text = "\(try Language.confine(source))@\(credential.name)"
            }
        }

        struct Fault: InputFailure {
            let index: Int?
            var fault: InputFault? { InputFault(rule: "promql", message: "bad", index: index, line: 1, column: 2) }
        }

        final class Bytes: ByteStream {
            var rest: [UInt8]?
            let length: Int? = nil
            init(_ text: String) { rest = Array(text.utf8) }
            func next() async throws -> [UInt8]? {
                defer { rest = nil }
                return rest
            }
            func cancel() {}
        }

        struct Gate: Authenticator {
            func bearerAuth(_ token: String?, of request: Request) async throws -> Caller {
                guard let token else { throw APIFailure.unauthenticated(.missing, detail: "no token") }
                return Caller(name: token)
            }
        }

        struct Store: PetStoreAPI {
            func getPet(_ input: GetPet.Input) async throws -> GetPet.Output {
                print("id", input.petID, "class", input.class, "by", input.credential.name)
                print("queries", input.petIDQuery as Any, input.request, input.decoder, input.path, input.selfQuery)
                print("lists", input.sort.map(\.rawValue), input.ids, input.limit as Any, input.kind as Any)
                print("header", input.contextHeader, "cookie", input.in)
                return .ok(.init(
                    xRateLimit: 5, xKind: .cat, xState: .on, body: .value(PetModel(input.petID))))
            }
            func deletePet(_ input: DeletePet.Input) async throws -> DeletePet.Output { .noContent(.init()) }
        }

        func PetModel(_ id: Int32) -> Pet {
            Pet(name: "n", id: Int64(id), parent: nil, pet: Pet.PetValue(pet: 1.5), kind: .dog,
                anything: .array([.null, .number(JSONNumber(1))]), größe: 3)
        }

        struct FormHandlers: AuthenticatorAPI {
            func sendForm(_ input: SendForm.Input) async throws -> SendForm.Output {
                print("form", input.body.query.text, input.body.name, input.body.type as Any, input.body.tags)
                print("query", input.name as Any)
                return .accepted(.init(body: .text("sent")))
            }
            func optionalForm(_ input: OptionalForm.Input) async throws -> OptionalForm.Output {
                print("optional form", input.body.a as Any, input.body.b)
                return .ok(.init(body: .value(input.body.a)))
            }
        }

        struct Stats: StatsAPI {
            func getSeries(_ input: GetSeries.Input) async throws -> GetSeries.Output {
                print("match", input.match.text, "depth", input.xDepth)
                print("accepted", input.accept.ordered(GetSeries.Output.OK.ContentType.self))
                switch input.accept.preferred(GetSeries.Output.OK.ContentType.self) {
                case .json: return .ok(.init(vary: "*", body: .json(.value(["a", "b"]))))
                case .ndjson: return .ok(.init(vary: "*", body: .ndjson(.stream(Bytes("\"a\"\n\"b\"\n")))))
                case nil: return .badRequest(.init(body: .text("not acceptable")))
                }
            }
            func postSeries(_ input: PostSeries.Input) async throws -> PostSeries.Output {
                print("match", input.body.match.text, "limit", input.body.limit, input.body.steps, "depth", input.xDepth)
                return .ok(.init(body: .bytes([0x6F, 0x6B])))
            }
            func getMetrics(_ input: GetMetrics.Input) async throws -> GetMetrics.Output {
                let types = Responses.Exposition.ContentType.self
                switch input.accept.preferred(types) ?? .plainText {
                case .plainText: return .ok(.init(body: .plainText(.text("old"))))
                case .plainTextVersion100: return .ok(.init(body: .plainTextVersion100(.text("new"))))
                case .openmetricsText: return .ok(.init(body: .openmetricsText(.text("open"))))
                case .protobuf: return .ok(.init(body: .protobuf(.bytes([0x70]))))
                case .binary: return .ok(.init(body: .binary(.stream(Bytes("b")))))
                case .jsonl: return .ok(.init(body: .jsonl(.text("1\n2\n"))))
                case .json: return .ok(.init(body: .json(.value(.array([])))))
                }
            }
            func adminPets(_ input: AdminPets.Input) async throws -> AdminPets.Output {
                .ok(.init(body: .vndPetsJSON(.value(.init(b: 1)))))
            }
        }

        @main enum Program {
            static let router = Router(
                authenticator: Gate(), petStore: Store(), authenticatorAPI: FormHandlers(), stats: Stats())
            static let admin = AdminRouter(stats: Stats())

            static func ask(
                _ method: HTTPMethod, _ path: String, _ query: String? = nil, _ headers: HeaderFields = [:],
                form: String? = nil, toAdmin: Bool = false
            ) async {
                print(">", method, path)
                var headers = headers
                if form != nil { headers["content-type"] = "application/x-www-form-urlencoded" }
                let body = form.map { RequestBody.stream(Bytes($0)) } ?? .none
                do {
                    let request = Request(method: method, path: path, query: query, headers: headers, body: body)
                    let response = try await toAdmin ? admin.respond(to: request) : router.respond(to: request)
                    let headers = response.headers.fields.map { "\($0.name): \($0.value)" }
                    print(response.status, headers.joined(separator: ", "))
                    if case .bytes(let bytes) = response.body { print(String(decoding: bytes, as: UTF8.self)) }
                    if case .stream(let stream) = response.body {
                        while let bytes = try await stream.next() { print(String(decoding: bytes, as: UTF8.self)) }
                    }
                } catch let failure as APIFailure {
                    print(
                        failure.code.status,
                        failure.violations.map { violation in
                            "\(violation.location) \(violation.name) \(violation.rule)"
                                + (violation.index.map { " \($0)" } ?? "")
                        })
                } catch {
                    print("error", error)
                }
            }

            static func main() async {
                let token: HeaderFields = ["authorization": "Bearer ann", "cookie": "a=b; in=crumb"]
                await ask(.get, "/pets/7/cat", "decoder=true&ids=1&ids=2&sort=-name&sort=&kind=dog", token)
                await ask(.get, "/pets/0/cat", "decoder=true&ids=1", token)
                await ask(.get, "/pets/7/cow", "decoder=true&ids=1", token)
                await ask(.get, "/pets/7/cat", "self=1000&limit=7&sort=a&pet_id=x", token)
                await ask(.get, "/pets/7/cat", "decoder=true&ids=1")
                await ask(.delete, "/pets/7/dog")
                await ask(.put, "/pets/7/dog")
                await ask(.get, "/pets/7")
                await ask(.post, "/forms", "name=q", token, form: "query=up&name=n&tags=a&tags=b&Type=x")
                await ask(.post, "/forms", nil, token, form: "query=bad&name=&Type=y")
                await ask(.post, "/forms", nil, token)
                await ask(.put, "/optional-form", nil, token)
                await ask(.put, "/optional-form", nil, token, form: "a=1&b=true&b=false")
                var lines = token
                lines["accept"] = "application/json;q=0.5, application/*"
                await ask(.get, "/series", nil, token)
                await ask(.get, "/series", "match[]=a&match%5B%5D=b", lines)
                await ask(.get, "/series", "match[]=a&match[]=", token)
                await ask(.get, "/series", "match[]=a&match[]=0123456789", token)
                await ask(.get, "/series", "match[]=a&match[]=b&match[]=c&match[]=d", token)
                await ask(.get, "/series", nil, ["accept": "text/html", "authorization": "Bearer bob"])
                await ask(.post, "/series", nil, token, form: "match[]=a&steps=7&match[]=b&limit=7")
                await ask(.post, "/series", nil, token)
                await ask(.post, "/series", nil, token, form: "match[]=a&match[]")
                await ask(.get, "/metrics")
                let scraper = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"
                await ask(.get, "/metrics", nil, ["accept": scraper], toAdmin: true)
                await ask(.get, "/metrics", nil, ["accept": "text/plain; version=1.0.0"], toAdmin: true)
                await ask(.get, "/metrics", nil, ["accept": "application/protobuf"], toAdmin: true)
                await ask(.get, "/metrics", nil, ["accept": "application/octet-stream, */*;q=0"], toAdmin: true)
                await ask(.get, "/metrics", nil, ["accept": "application/jsonl"], toAdmin: true)
                await ask(.get, "/metrics", toAdmin: true)
                await ask(.get, "/admin/pets", toAdmin: true)
                await ask(.get, "/series", nil, token, toAdmin: true)
                print(OperationID.allCases.count, AdminOperationID.allCases.map(\.rawValue))
                print(OperationID.getSeries.description.failureMediaType as Any)
                print(OperationID.getPet.description.failureMediaType as Any)
            }
        }
        """#

    static let output = #"""
        > GET /pets/7/cat
        id 7 class cat by ann
        queries nil a"b\c true true 2.0
        lists ["-name", ""] [1, 2] nil Optional(Program.Class.dog)
        header b cookie crumb
        200 Content-Type: application/json, X-Rate-Limit: 5, X-State: on, X-Kind: cat
        {"Pet":{"Pet":1.5},"anything":[null,1],"const":"pet","größe":3,"id":7,"kind":"dog","name":"n","parent":null}
        > GET /pets/0/cat
        404 []
        > GET /pets/7/cow
        404 []
        > GET /pets/7/cat
        400 ["query pet_id type", "query decoder required", "query self exclusiveMaximum", "query limit multipleOf", "query sort enum 0", "query ids required"]
        > GET /pets/7/cat
        401 []
        > DELETE /pets/7/dog
        204 
        > PUT /pets/7/dog
        405 []
        > GET /pets/7
        404 []
        > POST /forms
        form up@ann n Optional(Program.SendForm.Input.Body.TypeValue.x) ["a", "b"]
        query Optional("q")
        202 Content-Type: text/plain
        sent
        > POST /forms
        400 ["body /query promql", "body /name minLength", "body /Type enum"]
        > POST /forms
        400 ["body  required", "body /query required", "body /name required"]
        > PUT /optional-form
        optional form nil []
        200 Content-Type: application/json
        null
        > PUT /optional-form
        optional form Optional("1") [true, false]
        200 Content-Type: application/json
        "1"
        > GET /series
        match everything@ann depth 3
        accepted [Program.GetSeries.Output.OK.ContentType.json, Program.GetSeries.Output.OK.ContentType.ndjson]
        200 Content-Type: application/json, Vary: *
        ["a","b"]
        > GET /series
        match a|b@ann depth 3
        accepted [Program.GetSeries.Output.OK.ContentType.ndjson, Program.GetSeries.Output.OK.ContentType.json]
        200 Content-Type: application/x-ndjson, Vary: *
        "a"
        "b"

        > GET /series
        400 ["query match[] promql 1"]
        > GET /series
        400 ["query match[] maxLength 1"]
        > GET /series
        400 ["query match[] maxItems"]
        > GET /series
        match everything@bob depth 3
        accepted []
        400 Content-Type: text/plain; charset=utf-8
        not acceptable
        > POST /series
        match a|b@ann limit 7 [7.0] depth 3
        200 Content-Type: application/octet-stream
        ok
        > POST /series
        match everything@ann limit 10 [0.5, 2.0] depth 3
        200 Content-Type: application/octet-stream
        ok
        > POST /series
        400 ["body /match[] promql 1"]
        > GET /metrics
        404 []
        > GET /metrics
        200 Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8, Vary: Accept
        open
        > GET /metrics
        200 Content-Type: text/plain; version=1.0.0, Vary: Accept
        new
        > GET /metrics
        200 Content-Type: application/protobuf, Vary: Accept
        p
        > GET /metrics
        200 Content-Type: application/octet-stream, Vary: Accept
        b
        > GET /metrics
        200 Content-Type: application/jsonl, Vary: Accept
        1
        2

        > GET /metrics
        200 Content-Type: text/plain; version=0.0.4, Vary: Accept
        old
        > GET /admin/pets
        200 Content-Type: application/vnd.pets+json, Vary: Accept
        {"b":1}
        > GET /series
        404 []
        6 ["getMetrics", "adminPets"]
        Optional("text/plain; charset=utf-8")
        nil

        """#
}
