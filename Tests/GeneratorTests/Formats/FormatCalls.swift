/// Values of formats wherever a scalar can stand, from a generated client to a generated server and back.
enum FormatCalls {
    static let document = #"""
        openapi: 3.1.0
        info: {title: Formats, version: "1"}
        paths:
          /places/{id}/{instant}/{days}:
            get:
              operationId: places
              parameters:
                - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
                - {name: instant, in: path, required: true, style: label, schema: {$ref: "#/components/schemas/Instant"}}
                - {name: days, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: string, format: date}}}
                - {name: at, in: query, schema: {$ref: "#/components/schemas/Instant"}}
                - {name: each, in: query, schema: {type: array, items: {type: string, format: date-time}}}
                - {name: joined, in: query, explode: false, schema: {type: array, maxItems: 2, items: {type: string, format: time}}}
                - {name: range, in: query, style: deepObject, explode: true, schema: {$ref: "#/components/schemas/Range"}}
                - {name: members, in: query, schema: {type: object, properties: {lasts: {type: string, format: duration}}}}
                - {name: either, in: query, schema: {oneOf: [{type: string, format: date-time}, {type: string, format: date}, {type: integer}]}}
                - {name: since, in: query, schema: {type: string, format: date, default: "2020-02-29"}}
                - {name: json, in: query, content: {application/json: {schema: {$ref: "#/components/schemas/Range"}}}}
                - {name: X-At, in: header, schema: {type: string, format: date-time}}
                - {name: X-Days, in: header, schema: {type: array, items: {type: string, format: date}}}
                - {name: token, in: cookie, schema: {type: string, format: byte}}
              responses:
                "200":
                  description: Seen.
                  headers:
                    X-Seen: {required: true, schema: {type: string, format: date-time}}
                    X-Day: {schema: {$ref: "#/components/schemas/Day"}}
                    X-None: {schema: {type: string, format: uuid}}
                  content: {text/plain: {}}
          /events:
            post:
              operationId: post
              requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Event"}}}}
              responses: {"200": {description: The same., content: {application/json: {schema: {$ref: "#/components/schemas/Event"}}}}}
          /form:
            post:
              operationId: form
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      required: [at]
                      properties:
                        at: {type: string, format: date-time}
                        days: {type: array, items: {type: string, format: date}}
                        data: {type: string, format: byte}
              responses: {"200": {description: Seen., content: {text/plain: {}}}}
        components:
          schemas:
            Instant: {type: string, format: date-time}
            Day: {type: string, format: date}
            Range: {type: object, required: [from], properties: {from: {$ref: "#/components/schemas/Day"}, to: {$ref: "#/components/schemas/Day"}}}
            Event:
              type: object
              required: [id, at, ended]
              properties:
                id: {type: string, format: uuid}
                at: {$ref: "#/components/schemas/Instant"}
                ended: {type: [string, "null"], format: date-time}
                cancelled: {type: [string, "null"], format: date-time}
                day: {type: string, format: date}
                opens: {type: string, format: time}
                lasts: {type: string, format: duration}
                link: {type: string, format: uri}
                data: {type: string, format: byte, minLength: 4}
                address: {type: string, format: ipv6}
                days: {type: array, items: {type: string, format: date}}
                names: {type: object, additionalProperties: {type: string, format: date-time}}
                maybe: {type: array, items: {type: [string, "null"], format: date}}
                either: {oneOf: [{type: string, format: uuid}, {$ref: "#/components/schemas/Day"}, {$ref: "#/components/schemas/Range"}]}
                loose: {anyOf: [{type: string, format: uri}, {type: string, maxLength: 3}]}
                kind: {type: string, format: date, enum: ["2024-01-01", "2025-01-01"]}
                only: {const: "2024-01-01T00:00:00Z", format: date-time}
                made: {type: string, format: date-time, default: "2024-01-01T00:00:00.50+01:00"}
              additionalProperties: {type: string, format: duration}
        """#

    static let program = #"""
        import APIRuntime
        import JSON

        func line(_ values: Any?...) -> String { values.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: " | ") }

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

        struct Service: DefaultAPI {
            func places(_ input: Places.Input) async throws -> Places.Output {
                let seen = line(
                    input.id, input.instant, input.days, input.at, input.each, input.joined, input.range?.from,
                    input.range?.to, input.members?.lasts?.hours, input.either, input.since, input.json?.from,
                    input.xAt?.secondsSince1970, input.xDays, input.token?.bytes)
                return .ok(.init(xSeen: input.instant, xDay: input.days.first, body: .text(seen)))
            }
            func post(_ input: Post.Input) async throws -> Post.Output { .ok(.init(body: .value(input.body))) }
            func form(_ input: Form.Input) async throws -> Form.Output {
                .ok(.init(body: .text(line(input.body.at, input.body.days, input.body.data?.bytes))))
            }
        }

        @main enum Program {
            static let router = Router(default: Service())
            static let client = Client(transport: InProcessTransport { request in
                print(">", request.method, request.path, request.query ?? "")
                for name in ["x-at", "x-days", "cookie"] { request.headers[name].map { print(">", $0) } }
                return try await router.respond(to: request)
            })

            static func attempt(_ body: () async throws -> Void) async {
                do { try await body() } catch { print("!", error) }
            }

            /// What the router answers to a request as it is.
            static func ask(_ method: HTTPMethod, _ path: String, _ query: String? = nil, _ body: String? = nil) async {
                do {
                    let request = Request(
                        method: method, path: path, query: query, headers: body == nil ? [:] : ["content-type": "application/json"],
                        body: body.map { RequestBody.stream(Bytes($0)) } ?? .none)
                    let response = try await router.respond(to: request)
                    if case .bytes(let bytes) = response.body { print(response.status, String(decoding: bytes, as: UTF8.self)) }
                } catch let failure as APIFailure {
                    print(failure.code.status)
                    for violation in failure.violations {
                        print(" ", violation.location, violation.name, violation.message, "[\(violation.rule)]")
                    }
                } catch { print("?", error) }
            }

            static func main() async {
                let id = UniqueIdentifier("F81d4fae-7dec-11d0-a765-00a0c91e6bf6")!
                let at = DateTime("2024-02-29T12:00:00.120+01:00")!
                let day = CalendarDate(year: 2024, month: 2, day: 29)!
                await attempt {
                    let answer = try await client.places(
                        id: id, instant: at, days: [day, CalendarDate(daysSince1970: 0)!], at: at, each: [at, at],
                        joined: [TimeOfDay("12:00:00Z")!], range: Range(from: day, to: day),
                        members: .init(lasts: CalendarDuration(hours: 7)), either: .dateTime(at), json: Range(from: day),
                        xAt: at, xDays: [day, day], token: [1, 2, 255]
                    ).ok
                    print(try await answer.body.text())
                    print(line(answer.xSeen, answer.xDay?.year, answer.xNone))
                    let other = try await client.places(id: id, instant: at, days: [day], either: .date(day)).ok
                    print(try await other.body.text())
                }
                await attempt {
                    let event = Event(
                        id: id, at: at, ended: nil, cancelled: .value(at), day: day, opens: TimeOfDay(hour: 8, minute: 30),
                        lasts: CalendarDuration(months: 1, days: 2), link: URI("https://a.example/b?c#d"), data: [1, 2, 3],
                        address: "::1", days: [day], names: ["a": at], maybe: [nil, day], either: .day(day), loose: "abc",
                        kind: ._20240101, only: ._20240101t000000z, additionalProperties: ["more": CalendarDuration("P1W")!])
                    let answer = try await client.post(body: event).ok.body
                    print(line(answer.id, answer.at, answer.ended, answer.cancelled, answer.day, answer.opens, answer.lasts))
                    print(line(answer.link, answer.data?.bytes, answer.address, answer.days, answer.names, answer.maybe))
                    print(line(answer.either, answer.loose, answer.kind, answer.only, answer.made, answer.additionalProperties))
                }
                await attempt {
                    print(try await client.form(body: .init(at: at, days: [day, day], data: [0])).ok.body.text())
                }
                await ask(.post, "/events", nil, #"{"id":"F81d4fae-7dec-11d0-a765-00a0c91e6bf6","at":"2024-02-29t12:00:00.1200z","ended":"2024-02-29T12:00:60+00:00","cancelled":null,"day":"2024-02-29","lasts":"PT090S","data":"QR==","extra":"P0D"}"#)
                await ask(.post, "/events", nil, #"{"id":"x","at":"2024-02-30T00:00:00Z","ended":7,"cancelled":"","day":"2023-02-29","opens":"12:00:00","lasts":"P","link":"a b","data":"A","days":["2024-1-1"],"names":{"a/b":"x"},"either":"x","kind":"2024-01-02","only":"x","extra":"1"}"#)
                await ask(.post, "/events", nil, #"{"id":"F81d4fae-7dec-11d0-a765-00a0c91e6bf6","at":"2024-02-29T12:00:00Z","ended":null,"lasts":"P99999999999999999999D"}"#)
                await ask(.get, "/places/x/.2024-01-01T00%3A00%3A00Z/;days=2024-01-01")
                await ask(
                    .get, "/places/F81d4fae-7dec-11d0-a765-00a0c91e6bf6/.2024-01-01T00%3A00%3A00Z/;days=2024-01-01",
                    "at=now&each=2024-01-01T00:00:00Z&each=x&joined=1,2,3&range[from]=x&lasts=1&either=x&since=x&json=%7B%22from%22:1%7D")
            }
        }
        """#
}
