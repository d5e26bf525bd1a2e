/// Bodies of items that follow each other, in both directions: a server that answers and reads them, and a client.
enum Streams {
    static let document = #"""
        openapi: 3.2.0
        info: {title: Streams, version: "1"}
        paths:
          /prices:
            get:
              operationId: prices
              parameters: [{name: count, in: query, schema: {type: integer}}]
              responses:
                "200":
                  description: Prices.
                  content:
                    application/jsonl: {itemSchema: {$ref: "#/components/schemas/Price"}}
                    application/json-seq: {schema: {type: array, items: {$ref: "#/components/schemas/Price"}}}
                    application/x-ndjson: {}
            post:
              operationId: addPrices
              requestBody:
                required: true
                content:
                  application/jsonl: {itemSchema: {$ref: "#/components/schemas/Price"}}
              responses: {"200": {description: How many., content: {application/json: {schema: {type: integer}}}}}
            put:
              operationId: setPrices
              requestBody:
                content:
                  application/json-seq: {itemSchema: {type: object, required: [id], properties: {id: {type: string}}}}
                  text/event-stream: {itemSchema: {$ref: "#/components/schemas/Change"}}
                  application/x-ndjson: {}
              responses: {"200": {description: How many., content: {application/json: {schema: {type: integer}}}}}
          /changes:
            get:
              operationId: changes
              responses: {"200": {description: Changes., content: {text/event-stream: {itemSchema: {$ref: "#/components/schemas/Change"}}}}}
          /news:
            get:
              operationId: news
              responses: {"200": {description: News., content: {text/event-stream: {}}}}
        components:
          schemas:
            Price:
              type: object
              required: [id]
              properties: {id: {type: string}, amount: {type: integer, maximum: 100}, currency: {type: string, default: EUR}}
            Change:
              oneOf:
                - title: Added
                  type: object
                  required: [event, data]
                  properties:
                    event: {const: added}
                    data: {type: string, contentMediaType: application/json, contentSchema: {$ref: "#/components/schemas/Price"}}
                - title: Removed
                  type: object
                  required: [event, data]
                  properties: {event: {const: removed}, data: {type: string}, id: {type: string}}
        """#

    static let program = #"""
        import APIRuntime

        struct Service: DefaultAPI {
            func prices(_ input: Prices.Input) async throws -> Prices.Output {
                let (prices, source) = AsyncThrowingStream<Price, any Error>.makeStream()
                for index in 0..<(input.count ?? 2) { source.yield(Price(id: "p\(index)", amount: index * 60)) }
                source.finish(throwing: input.count == 1 ? RequestBodyError.disconnected : nil)
                switch input.accept.preferred(Prices.Output.OK.ContentType.self) {
                case .jsonl, nil: return .ok(.init(body: .jsonl(.items(prices))))
                case .jsonSeq: return .ok(.init(body: .jsonSeq(.items(prices))))
                case .ndjson: return .ok(.init(body: .ndjson(.items([1, .null, "x"]))))
                }
            }
            func addPrices(_ input: AddPrices.Input) async throws -> AddPrices.Output {
                var sum = 0
                for try await price in input.body {
                    print("< \(price.id) \(price.amount ?? 0) \(price.currency ?? "")")
                    sum += 1
                }
                return .ok(.init(body: .value(sum)))
            }
            func setPrices(_ input: SetPrices.Input) async throws -> SetPrices.Output {
                var sum = 0
                switch input.body {
                case .jsonSeq(let items): while let item = try await items.next() { print("< \(item.id)"); sum += 1 }
                case .eventStream(let events): while let event = try await events.next() { print("< \(event)"); sum += 1 }
                case .ndjson(let bytes): sum = try await bytes.collect(limit: 99).count
                case nil: sum = -1
                }
                return .ok(.init(body: .value(sum)))
            }
            func changes(_ input: Changes.Input) async throws -> Changes.Output {
                .ok(.init(body: .items([
                    .added(.init(data: .init(Price(id: "ü", amount: 5)))), .removed(.init(data: "a\nb", id: "7")),
                    .added(.init(data: .init(Price(id: "x", amount: 101)))),
                ])))
            }
            func news(_ input: News.Input) async throws -> News.Output {
                .ok(.init(body: .items([.init(data: "one\r\ntwo"), .init(event: "x", data: "", id: "3", retry: 9)])))
            }
        }

        @main enum Program {
            static let router = Router(default: Service())
            static let client = Client(transport: InProcessTransport { try await router.respond(to: $0) })

            static func attempt(_ body: () async throws -> Void) async {
                do { try await body() } catch {
                    if case ClientFailure.transport(let error as APIFailure) = error {
                        print("!", error.logDetail ?? "")
                    } else {
                        print("!", error)
                    }
                }
            }

            static func show(_ output: Client.Prices.Output) async throws {
                switch try output.ok.body {
                case .jsonl(let lines): for try await line in lines { print("line", line.id, line.amount ?? 0) }
                case .jsonSeq(let lines): for try await line in lines { print("record", line.id, line.amount ?? 0) }
                case .ndjson(let lines): for try await line in lines { print("value", line) }
                }
            }

            static func show(_ output: Client.AddPrices.Output) async throws {
                switch output {
                case .ok(let count): print(count.body)
                case .undocumented(let answer): print(answer.status, answer.text)
                }
            }

            static func main() async {
                for accept in ["application/jsonl", "application/json-seq", "application/x-ndjson"] {
                    await attempt { try await show(try await client.prices(accept: accept)) }
                }
                await attempt { try await show(try await client.prices(count: 1)) }
                await attempt { try await show(try await client.prices(count: 3)) }
                await attempt {
                    let (prices, source) = AsyncStream<Price>.makeStream()
                    source.yield(Price(id: "a", amount: 1))
                    source.yield(Price(id: "b", currency: "CHF"))
                    source.finish()
                    try await show(try await client.addPrices(body: .items(prices)))
                }
                await attempt { try await show(try await client.addPrices(body: .items([Price(id: "a"), Price(id: "b", amount: 200)]))) }
                await attempt { try await show(try await client.addPrices(body: .text("{\"id\":\"a\"}\n\n{\"id\":"))) }
                await attempt { try await show(try await client.addPrices(body: .text("{}\n"))) }
                await attempt {
                    let (prices, source) = AsyncThrowingStream<Price, any Error>.makeStream()
                    source.yield(Price(id: "a"))
                    source.finish(throwing: ClientFailure.unexpectedStatus(7))
                    try await show(try await client.addPrices(body: .items(prices)))
                }
                await attempt { print(try await client.setPrices(body: .jsonSeq(.items([.init(id: "s")]))).ok.body) }
                await attempt {
                    let change = Change.removed(.init(data: "{}", id: "9"))
                    print(try await client.setPrices(body: .eventStream(.items([change]))).ok.body)
                }
                await attempt { print(try await client.setPrices(body: .ndjson(.text("1\n"))).ok.body) }
                await attempt { print(try await client.setPrices().ok.body) }
                await attempt {
                    let changes = try await client.changes().ok.body
                    while let change = try await changes.next() {
                        switch change {
                        case .added(let added): print("added", added.data.value.id, added.data.value.amount ?? 0)
                        case .removed(let removed): print("removed", removed.data.split(separator: "\n"), removed.id ?? "")
                        }
                    }
                }
                await attempt {
                    for try await event in try await client.news().ok.body {
                        print(event.event, event.data.split(separator: "\n"), event.id, event.retry ?? 0)
                    }
                }
                await attempt {
                    let other = InProcessTransport { _ in
                        Response(status: 200, headers: ["Content-Type": "text/event-stream"], body: .bytes(Array("event: added\ndata: {\"amount\":1}\n\n".utf8)))
                    }
                    _ = try await Client(transport: other).changes().ok.body.next()
                }
                await attempt {
                    let other = InProcessTransport { _ in
                        Response(status: 200, headers: ["Content-Type": "application/jsonl"], body: .bytes(Array("{\"id\":\"a\"}\n{\"id\":1}\n".utf8)))
                    }
                    try await show(try await Client(transport: other).prices())
                }
            }
        }
        """#

    static let output = #"""
        line p0 0
        line p1 60
        record p0 0
        record p1 60
        value number(1)
        value null
        value string("x")
        line p0 0
        ! The request failed: disconnected.
        line p0 0
        line p1 60
        ! an item of the answer breaks its schema: /amount must be at most 100 [maximum]
        < a 1 EUR
        < b 0 CHF
        2
        < a 0 EUR
        400 {"type":"about:blank","title":"Bad Request","status":400,"code":"invalid_input","detail":"The request has 1 violation.","requestId":"","violations":[{"in":"body","name":"/amount","rule":"maximum","message":"must be at most 100","line":2}]}
        < a 0 EUR
        400 {"type":"about:blank","title":"Bad Request","status":400,"code":"invalid_input","detail":"The request has 1 violation.","requestId":"","violations":[{"in":"body","name":"","rule":"json","message":"the text ends early, expected a value","line":3,"column":7}]}
        400 {"type":"about:blank","title":"Bad Request","status":400,"code":"invalid_input","detail":"The request has 1 violation.","requestId":"","violations":[{"in":"body","name":"","rule":"required","message":"needs `id`","line":1}]}
        < a 0 EUR
        ! The answer has the status 7.
        < s
        1
        < removed(Program.Change.Removed(event: Program.Change.Removed.Event.removed, data: "{}", id: Optional("9")))
        1
        2
        -1
        added ü 5
        removed ["a", "b"] 7
        ! an item of the answer breaks its schema: fits none of the alternatives (Added: /data/amount must be at most 100; Removed: /event must be removed) [oneOf]
        message ["one", "two"]  0
        x [] 3 9
        ! The answer 200 breaks its contract: body fits none of the alternatives (Added: /data needs `id`; Removed: /event must be removed) (line 1).
        line a 0
        ! The answer 200 breaks its contract: body /id must be a string (line 2).

        """#
}
