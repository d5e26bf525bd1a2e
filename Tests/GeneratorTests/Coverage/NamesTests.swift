import Foundation
import Testing

@testable import Generator

@Suite("Names that Swift has a use for")
struct NamesTests {
    @Test("of schemas, properties, values, operations, tags and parameters give code that compiles, always the same")
    func compiles() throws {
        let generation = Generation(Self.document, configuration: "modes: [server, client]")
        #expect(generation.problems.isEmpty, "\(generation.problems)")
        #expect(Generation(Self.document, configuration: "modes: [server, client]").files == generation.files)
        try Tools.withFolder { folder in
            let files = try generation.files.map { name, text in
                let url = folder.appending(path: name)
                try Data(text.utf8).write(to: url)
                return url
            }
            let types = try Tools.typeCheck(files)
            #expect(types.status == 0, "\(types.errors)")
        }
    }

    private static let document = #"""
        openapi: 3.1.0
        info: {title: T, version: "1"}
        paths:
          /a-b: {get: {operationId: get-it, tags: [my tag], responses: {"200": {$ref: "#/components/responses/String"}}}}
          /a_b: {get: {operationId: get_it, tags: [my-tag], responses: {"200": {$ref: "#/components/responses/R-1"}}}}
          /c: {get: {operationId: getIt, tags: [MyTag], responses: {"200": {$ref: "#/components/responses/R_1"}}}}
          /d/{self}/{Type}: {post: {operationId: self, tags: [Self, class], parameters: [{name: self, in: path, required: true, schema: {type: string}}, {name: Type, in: path, required: true, schema: {type: string}}, {name: init, in: query, schema: {type: string}}, {name: $0, in: query, schema: {type: string}}, {name: "", in: query, schema: {type: string}}, {name: input, in: query, schema: {type: string}}, {name: body, in: query, schema: {type: string}}, {name: credential, in: query, schema: {type: string}}], requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/String"}}}}, responses: {"200": {description: d}, "201": {description: d}, default: {description: d}}}}
          /e: {get: {operationId: init, responses: {"200": {description: d, headers: {init: {schema: {type: string}}, status: {schema: {type: integer}}, body: {schema: {type: integer}}, Self: {schema: {type: integer}}}, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Array"}}}}}}}}
          /f: {get: {operationId: deinit, responses: {"200": {description: d}}}}
          /g: {get: {operationId: "123", responses: {"200": {description: d}}}}
          /h: {get: {operationId: "日本", responses: {"200": {description: d}}}}
          /i: {get: {operationId: "!!!", responses: {"200": {description: d}}}}
          /j: {get: {operationId: Client, responses: {"200": {description: d}}}}
          /k: {get: {operationId: Router, responses: {"200": {description: d}}}}
        components:
          responses:
            String: {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Optional"}}}}
            R-1: {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Dictionary"}}}}
            R_1: {description: d, content: {text/plain: {schema: {type: string}}}}
          schemas:
            Type: {type: object, properties: {Type: {type: string}, Self: {$ref: "#/components/schemas/Self"}, self: {type: string}, init: {type: integer}, description: {type: string}, hashValue: {type: integer}, encode: {type: string}, to: {type: string}, from: {type: string}, CodingKeys: {type: string}, a-b: {type: string}, a_b: {type: string}, aB: {type: string}, "": {type: string}, "1": {type: string}, "$": {type: string}, "a\"b\\": {type: string}}, required: [Type]}
            Self: {type: object, properties: {a: {type: string}}}
            Optional: {type: object, properties: {a: {type: string}}}
            String: {type: object, properties: {a: {type: string}, b: {type: integer}, c: {type: boolean}, d: {type: number}, e: {type: array, items: {type: string}}}}
            Array: {type: object, properties: {a: {type: array, items: {$ref: "#/components/schemas/Array"}}}}
            Dictionary: {type: object, additionalProperties: {$ref: "#/components/schemas/Int"}}
            Int: {type: integer, enum: [1, 2, -3]}
            Bool: {type: boolean}
            Double: {type: number}
            Result: {oneOf: [{$ref: "#/components/schemas/Type"}, {$ref: "#/components/schemas/Self"}]}
            Error: {type: object, properties: {Error: {type: string}}}
            Codable: {type: object, properties: {a: {type: string}}}
            Sendable: {type: object, properties: {a: {type: string}}}
            Swift: {type: object, properties: {a: {type: string}}}
            JSON: {type: object, properties: {a: {type: string}}}
            JSONValue: {type: object, properties: {a: {}}}
            APIRuntime: {type: object, properties: {a: {}}}
            Request: {type: object, properties: {a: {}}}
            Response: {type: object, properties: {a: {}}}
            Never: {type: object, properties: {a: {}}}
            Any: {type: object, properties: {a: {}}}
            Void: {type: object, properties: {a: {}}}
            Protocol: {type: object, properties: {a: {}}}
            Schemas: {type: object, properties: {a: {}}}
            Operations: {type: object, properties: {a: {}}}
            E: {type: string, enum: [self, Self, Type, init, "", "1", "-1", "+1", a-b, a_b, aB, "true", nil, none, some, rawValue, "a\nb", other, allCases, default, "😀", unknown]}
            class: {type: object, properties: {class: {enum: [class]}, func: {const: a}}}
            pet: {type: string}
            Pet: {type: integer}
            PET: {type: object, properties: {a: {}}}
        """#
}
