/// What a generated client makes of inputs and answers: every style of parameter, every kind
/// of body, of answer and of security, over the generated router in the same process.
enum Calls {
    /// What ``Inputs/document`` does not have: answers of every kind, header fields, servers.
    static let document = #"""
        openapi: 3.2.0
        info: {title: Calls, version: "1"}
        servers:
          - url: https://{region}.example.com/{base}
            description: Production.
            variables:
              region: {default: eu, enum: [eu, us-east]}
              base: {default: v1}
          - {url: /local, name: near-by}
        paths:
          /styles/{simple}/{label}/{labels}/{matrix}/{matrixes}:
            get:
              operationId: styles
              parameters:
                - {name: simple, in: path, required: true, explode: true, schema: {$ref: "#/components/schemas/Color"}}
                - {name: label, in: path, required: true, style: label, schema: {type: array, items: {type: string}}}
                - {name: labels, in: path, required: true, style: label, explode: true, schema: {$ref: "#/components/schemas/Color"}}
                - {name: matrix, in: path, required: true, style: matrix, schema: {$ref: "#/components/schemas/Color"}}
                - {name: matrixes, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: string}}}
                - {name: exploded, in: query, schema: {type: array, items: {type: string}}}
                - {name: spaces, in: query, style: spaceDelimited, explode: false, schema: {$ref: "#/components/schemas/Color"}}
                - {name: pipes, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {type: integer}}}
                - {name: flag, in: query, schema: {type: boolean}}
                - {name: ratio, in: query, schema: {type: number}}
                - {name: kind, in: query, schema: {type: string, enum: [good, "not so good"]}}
                - {name: X-Color, in: header, explode: true, schema: {$ref: "#/components/schemas/Color"}}
                - {name: X-JSON, in: header, content: {application/json: {schema: {$ref: "#/components/schemas/Color"}}}}
                - {name: X-Text, in: header, schema: {type: string}}
                - {name: shade, in: cookie, explode: true, schema: {$ref: "#/components/schemas/Color"}}
                - {name: plain, in: cookie, schema: {type: integer}}
              responses: {"200": {description: Seen., content: {text/plain: {}}}}
          /form:
            post:
              operationId: form
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      required: [name]
                      properties:
                        name: {type: string}
                        tags: {type: array, items: {type: string}}
                        color: {$ref: "#/components/schemas/Color"}
                    encoding: {color: {contentType: application/json}}
              responses: {"200": {description: Seen., content: {text/plain: {}}}}
          /answers/{kind}:
            parameters: [{name: kind, in: path, required: true, schema: {type: string}}]
            get:
              operationId: answer
              responses:
                "200":
                  description: Good.
                  headers:
                    X-Count: {required: true, schema: {type: integer}}
                    X-Kind: {schema: {type: string, enum: [a, b]}}
                    X-Text: {schema: {type: string}}
                    X-Sure: {schema: {type: boolean}}
                  content:
                    application/json: {schema: {$ref: "#/components/schemas/Color"}}
                    text/plain: {}
                    image/*: {}
                "204": {description: Nothing.}
                3XX: {description: Elsewhere., headers: {Location: {schema: {type: string}}}}
                "404": {$ref: "#/components/responses/Problem"}
                5XX: {$ref: "#/components/responses/Problem"}
            head:
              operationId: look
              responses:
                "200": {description: Good., headers: {X-Count: {schema: {type: integer}}}, content: {application/json: {}}}
                default: {$ref: "#/components/responses/Problem"}
          /events:
            get: {operationId: events, responses: {"200": {description: Events., content: {text/event-stream: {}}}}}
          /lines:
            get:
              operationId: lines
              responses:
                "200":
                  description: Lines.
                  content: {application/jsonl: {itemSchema: {$ref: "#/components/schemas/Color"}}}
          /search:
            query:
              operationId: search
              requestBody: {required: true, content: {application/json: {schema: {type: [string, "null"]}}}}
              responses: {"200": {description: Found., content: {application/json: {schema: {type: array, items: {}}}}}}
          /elsewhere:
            get:
              operationId: elsewhere
              servers: [{url: "https://other.example.com/{v}", variables: {v: {default: v2}}}]
        components:
          responses:
            Problem:
              description: A problem.
              content:
                application/problem+json:
                  schema: {type: object, required: [title], properties: {title: {type: string}, status: {type: integer}}}
          schemas:
            Color:
              type: object
              required: [r]
              properties: {r: {type: integer, maximum: 255}, g: {type: integer}, name: {type: string}}
        """#

    static let program = #"""
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
            func cancel() { rest = [] }
        }

        func text(_ color: Color?) -> String {
            color.map { "\($0.r)/\($0.g.map { "\($0)" } ?? "-")/\($0.name ?? "-")" } ?? "nil"
        }

        func joined(_ values: Any?...) -> String {
            values.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: " | ")
        }

        struct Service: DefaultAPI {
            func styles(_ input: Styles.Input) async throws -> Styles.Output {
                let seen = joined(
                    text(input.simple), input.label, text(input.labels), text(input.matrix), input.matrixes, input.exploded,
                    text(input.spaces), input.pipes, input.flag, input.ratio, input.kind, text(input.xColor),
                    text(input.xJSON), input.xText, text(input.shade), input.plain)
                return .ok(.init(body: .text(seen)))
            }
            func form(_ input: Form.Input) async throws -> Form.Output {
                .ok(.init(body: .text(joined(input.body.name, input.body.tags, text(input.body.color)))))
            }
            func answer(_ input: Answer.Input) async throws -> Answer.Output {
                switch input.kind {
                case "json":
                    return .ok(.init(xCount: 3, xKind: .b, xText: "t", xSure: true, body: .json(.value(Color(r: 1)))))
                case "text": return .ok(.init(xCount: 4, body: .plainText(.stream(Bytes("streamed text")))))
                case "image": return .ok(.init(xCount: 5, body: .image(.init("image/png", .text("png")))))
                case "wrong": return .ok(.init(xCount: 6, body: .json(.bytes(Array(#"{"g":"x"}"#.utf8)))))
                case "strange": return .ok(.init(xCount: 7, body: .json(.bytes(Array(#"{"r":999}"#.utf8)))))
                case "broken": return .ok(.init(xCount: 8, body: .json(.bytes(Array(#"{"r":"#.utf8)))))
                case "nothing": return .noContent(.init())
                case "moved": return .redirection(.init(location: "/there"), status: 307)
                case "busy": return .serverError(.init(body: .value(.init(title: "Busy", status: 503))), status: 503)
                case "odd": throw APIFailure(.forbidden, detail: "no")
                default: return .notFound(.init(body: .value(.init(title: "None of \(input.kind)"))))
                }
            }
            func look(_ input: Look.Input) async throws -> Look.Output {
                .ok(.init(xCount: 9, body: .value(.null)))
            }
            func events(_ input: Events.Input) async throws -> Events.Output {
                let text = "\u{FEFF}: hello\nretry: 20\ndata: one\n\nid: 7\r\nevent: more\r\ndata: two\r\ndata:three\r\n\r\ndata\r\r"
                return .ok(.init(body: .stream(Bytes(text))))
            }
            func lines(_ input: Lines.Input) async throws -> Lines.Output {
                .ok(.init(body: .stream(Bytes(#"{"r":1}"# + "\n\n" + #"{"r":2,"name":"ü"}"# + "\r\n" + #"{"r":"x"}"#))))
            }
            func search(_ input: Search.Input) async throws -> Search.Output {
                .ok(.init(body: .value([.string(input.body ?? "nothing"), 1, .null])))
            }
            func elsewhere(_ input: Elsewhere.Input) async throws -> Elsewhere.Output {
                .init(Response(status: 200))
            }
        }

        /// Shows what is sent, and sends it.
        struct Showing: ClientTransport {
            let inner: InProcessTransport
            func send(_ request: ClientRequest) async throws -> ClientResponse {
                print(">", request.method, request.server.origin?.host ?? "", request.target)
                for field in request.headers.fields { print("> \(field.name): \(field.value)") }
                if case .bytes(let bytes) = request.body { print(">", String(decoding: bytes, as: UTF8.self)) }
                return try await inner.send(request)
            }
        }

        @main enum Program {
            static let router = Router(default: Service())
            static let transport = Showing(inner: InProcessTransport { request in
                // The base path is the business of whatever stands in front of a router.
                let rest = request.path.utf8.drop { $0 == UInt8(ascii: "/") }.drop { $0 != UInt8(ascii: "/") }
                return try await router.respond(
                    to: Request(
                        method: request.method, path: String(Substring(rest)), query: request.query,
                        headers: request.headers, body: request.body))
            })
            static let client = Client(transport: transport)

            static func attempt(_ body: () async throws -> Void) async {
                do { try await body() } catch { print("!", error) }
            }

            static func show(_ output: Client.Answer.Output) async throws {
                switch output {
                case .ok(let ok):
                    let start = joined(ok.xCount, ok.xKind, ok.xText, ok.xSure, ok.headers["content-type"])
                    switch ok.body {
                    case .json(let color): print(start, text(color))
                    case .plainText(let body): print(start, try await body.text())
                    case .image(let body): print(start, body.contentType ?? "", try await body.collect(limit: 9))
                    }
                case .noContent: print("no content")
                case .redirection(let answer, let status): print(status, answer.location ?? "")
                case .notFound(let problem): print("404", problem.body.title)
                case .serverError(let problem, let status): print(status, problem.body.title, problem.body.status ?? 0)
                case .undocumented(let answer): print("undocumented", answer.status, answer.text)
                }
            }

            static func main() async {
                let color = Color(r: 1, g: 2, name: "a,b=c.d;e/ü")
                await attempt {
                    let output = try await client.styles(
                        simple: color, label: ["a,b", "c.d"], labels: color, matrix: color, matrixes: ["x;y", "z,"],
                        exploded: ["1&2", "+ %"], spaces: Color(r: 3, name: "n"), pipes: [4, 5], flag: true, ratio: 0.5,
                        kind: .notSoGood, xColor: Color(r: 6, name: "h"), xJSON: color, xText: "plain, text",
                        shade: Color(r: 7, g: 8), plain: 9)
                    print(try await output.ok.body.text())
                }
                await attempt {
                    var input = Client.Styles.Input(
                        simple: Color(r: 1), label: ["x"], labels: Color(r: 2), matrix: Color(r: 3), matrixes: [""])
                    input.flag = false
                    print(try await client.styles(input).ok.body.text())
                }
                for (label, header, spaces, name) in [
                    ([], nil, nil, nil), (["a"], "a\r\nb: c", nil, nil), (["a"], nil, "a b", nil), (["a"], nil, nil, "a,b"), (["."], nil, nil, nil),
                ] as [([String], String?, String?, String?)] {
                    await attempt {
                        _ = try await client.styles(
                            simple: Color(r: 1), label: label, labels: color, matrix: color, matrixes: ["m"],
                            spaces: Color(r: 1, name: spaces), xColor: Color(r: 1, name: name), xText: header)
                    }
                }
                await attempt { _ = try await client.answer(kind: "..") }
                await attempt { _ = try await client.answer(kind: "") }
                await attempt {
                    print(try await client.form(body: .init(name: "a b&c=d", tags: ["x", "y;"], color: color)).ok.body.text())
                }
                for kind in ["json", "text", "image", "wrong", "strange", "broken", "nothing", "moved", "busy", "odd", "a b/?"] {
                    await attempt { try await show(try await client.answer(kind: kind)) }
                }
                await attempt { _ = try await client.answer(kind: "busy").ok }
                await attempt {
                    let strict = Client(
                        transport: transport, configuration: ClientConfiguration(holdsAnswersToSchemas: true))
                    try await show(try await strict.answer(kind: "strange", accept: "application/json"))
                }
                await attempt {
                    let small = Client(transport: transport, configuration: ClientConfiguration(maximumBodyBytes: 5))
                    try await show(try await small.answer(kind: "json"))
                }
                await attempt { print(try await client.look(kind: "x").ok.xCount ?? 0) }
                await attempt {
                    let events = try await client.events().ok.body
                    for try await event in events { print(event.event, event.id, event.data.split(separator: "\n")) }
                    print(events.retryInterval ?? 0)
                }
                await attempt {
                    let lines = try await client.lines().ok.body
                    while let line = try await lines.next() { print(text(line)) }
                }
                await attempt { print(try await client.search(body: "what").ok.body) }
                await attempt { print(try await client.search(body: nil).ok.body) }
                await attempt { print(try await client.elsewhere().status) }
                let local = Client(server: Client.Servers.nearBy, transport: transport)
                await attempt { print(try await local.elsewhere().status) }
                print(Client.Servers.server1(region: .usEast), Client.Servers.server1(base: "b"))
                await attempt {
                    let unwilling = InProcessTransport { _ in throw RequestBodyError.disconnected }
                    _ = try await Client(transport: unwilling).events()
                }
                await attempt {
                    let other = InProcessTransport { _ in Response(status: 200, headers: ["Content-Type": "text/html"]) }
                    _ = try await Client(transport: other).answer(kind: "x")
                }
                await attempt {
                    let other = InProcessTransport { _ in
                        Response(status: 200, headers: ["Content-Type": "text/plain", "X-Count": "many"])
                    }
                    _ = try await Client(transport: other).answer(kind: "x")
                }
            }
        }
        """#
}
