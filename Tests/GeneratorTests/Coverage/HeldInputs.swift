/// A client that holds its inputs to their schemas.
enum HeldInputs {
    static let document = #"""
        openapi: 3.2.0
        info: {title: Held, version: "1"}
        paths:
          /things/{id}:
            post:
              operationId: change
              parameters:
                - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}}
                - {name: text, in: query, schema: {type: string, maxLength: 3}}
                - {name: code, in: header, schema: {type: string, pattern: "^[A-Z]+$"}}
                - {name: ratio, in: cookie, schema: {type: number, exclusiveMaximum: 1}}
                - {name: kinds, in: query, schema: {type: array, maxItems: 2, items: {type: string, enum: [a, b]}}}
                - {name: texts, in: query, schema: {type: array, items: {type: string, minLength: 2}}}
                - {name: free, in: query, schema: {type: boolean}}
              requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
            put:
              operationId: fill
              parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema: {type: object, required: [name], properties: {name: {type: string, maxLength: 2}, tags: {type: array, items: {type: string}, uniqueItems: true}}}
            patch:
              operationId: add
              parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
              requestBody: {required: true, content: {application/jsonl: {itemSchema: {$ref: "#/components/schemas/Thing"}}}}
        components:
          schemas:
            Thing: {type: object, required: [id, name], properties: {id: {type: integer, readOnly: true}, name: {type: string, minLength: 1}, size: {type: integer, maximum: 9}}}
        """#

    static let program = #"""
        import APIRuntime

        @main enum Program {
            /// Takes whatever comes.
            static let transport = InProcessTransport { request in
                if case .stream(let body) = request.body { while let piece = try await body.next() { print("<", String(decoding: piece, as: UTF8.self)) } }
                return Response(status: 200)
            }

            static func attempt(_ body: () async throws -> Int) async {
                do { print(try await body()) } catch { print("!", error) }
            }

            static func main() async {
                for holds in [false, true] {
                    let client = Client(transport: transport, configuration: .init(holdsInputsToSchemas: holds))
                    await attempt {
                        try await client.change(
                            id: 0, text: "long", code: "a", ratio: 1, kinds: [.a, .b, .a], texts: ["xx", "y"], free: true,
                            body: Thing(name: "", size: 10)).status
                    }
                    await attempt { try await client.change(id: 1, text: "ü€x", code: "A", ratio: 0.5, kinds: [.b], texts: [], body: Thing(name: "x")).status }
                    await attempt { try await client.change(id: 1).status }
                    await attempt { try await client.fill(id: 1, body: .init(name: "abc", tags: ["a", "a"])).status }
                    await attempt { try await client.fill(id: 1, body: .init(name: "ab", tags: ["a", "b"])).status }
                    await attempt { try await client.add(id: 1, body: .items([Thing(name: "x"), Thing(name: "")])).status }
                }
            }
        }
        """#

    static let output = #"""
        < {"name":"","size":10}
        200
        < {"name":"x"}
        200
        200
        < name=abc&tags=a&tags=a
        200
        < name=ab&tags=a&tags=b
        200
        < {"name":"x"}

        < {"name":""}

        200
        ! The request cannot be written: path id must be at least 1; query text must have at most 3 characters; header code must match ^[A-Z]+$; cookie ratio must be less than 1.0; query kinds must be given at most 2 times; query texts must have at least 2 characters; body /name must have at least 1 character; body /size must be at most 9.
        < {"name":"x"}
        200
        200
        ! The request cannot be written: body /name must have at most 2 characters; body /tags must not have equal elements.
        < name=ab&tags=a&tags=b
        200
        < {"name":"x"}

        ! The request cannot be written: body /name must have at least 1 character.

        """#
}
