/// A server over the code that is generated from ``Everything/document``, which asks itself and prints what happens.
enum Golden {
    static let configuration = """
        credential: Caller
        operation-extensions:
          x-tenancy: {values: {promql: {security: required, input: [promql]}, own: {security: required}, public: {}}}
        input-extensions: {x-confine: {promql: Confined<PromQLQuery>}}
        """

    static let server = #"""
        public import APIRuntime
        import JSON

        public struct Caller: Sendable { let name: String }
        public enum PromQLQuery: Sendable {}

        public struct Confined<Language: Sendable>: CredentialBound, Sendable {
            let text: String
            public init(_ source: String, for credential: Caller) throws {
                if source == "bad" { throw Fault() }
                text = "\(source)@\(credential.name)"
            }
        }

        struct Fault: InputFailure {
            var fault: InputFault? { InputFault(rule: "promql", message: "bad", line: 1, column: 2) }
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

        @main enum Program {
            static let router = Router(authenticator: Gate(), petStore: Store(), authenticatorAPI: FormHandlers())

            static func ask(
                _ method: HTTPMethod, _ path: String, _ query: String? = nil, _ headers: HeaderFields = [:],
                form: String? = nil
            ) async {
                print(">", method, path)
                var headers = headers
                if form != nil { headers["content-type"] = "application/x-www-form-urlencoded" }
                let body = form.map { RequestBody.stream(Bytes($0)) } ?? .none
                do {
                    let response = try await router.respond(
                        to: Request(method: method, path: path, query: query, headers: headers, body: body))
                    let headers = response.headers.fields.map { "\($0.name): \($0.value)" }
                    print(response.status, headers.joined(separator: ", "))
                    if case .bytes(let bytes) = response.body { print(String(decoding: bytes, as: UTF8.self)) }
                } catch let failure as APIFailure {
                    print(failure.code.status, failure.violations.map { "\($0.location) \($0.name) \($0.rule)" })
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
        400 ["query pet_id type", "query decoder required", "query self exclusiveMaximum", "query limit multipleOf", "query sort enum", "query ids required"]
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

        """#
}
