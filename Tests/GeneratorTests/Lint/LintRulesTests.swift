import Foundation
import Testing

@testable import Generator

/// Each rule of lint on a document that keeps all of them, and on that document with one thing changed.
@Suite("Rules of lint")
struct LintRulesTests {
    /// Keeps every rule, of whatever severity.
    static let document = """
        openapi: 3.1.0
        info:
          title: Pets
          version: "1"
          contact: {name: Ann}
          license: {name: MIT, identifier: MIT}
        servers:
          - url: https://{place}.palisade.dev
            variables: {place: {default: eu, enum: [eu, us]}}
        security: [{key: [read]}]
        tags:
          - {name: cats, description: Cats.}
          - {name: dogs, description: Dogs.}
        paths:
          /pets/{id}:
            parameters:
              - {name: id, in: path, required: true, description: Which., schema: {type: integer, maximum: 9}, example: 1}
            get:
              operationId: getPet
              summary: Finds a pet
              description: Finds one.
              tags: [cats]
              responses:
                "200":
                  description: It.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}, examples: {one: {value: {id: 1}}}}}
                "404": {$ref: "#/components/responses/Problem"}
          /pets/mine:
            put:
              operationId: putMine
              summary: Puts mine
              description: Puts it.
              tags: [dogs]
              parameters:
                - {name: sort, in: query, description: How., schema: {type: string, enum: [up, down]}}
              requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}, example: {id: 2, kind: cat}}}}
              responses:
                default: {description: Done.}
                4XX: {$ref: "#/components/responses/Problem"}
        components:
          securitySchemes:
            key: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://palisade.dev, scopes: {read: Reads.}}}}
          schemas:
            Pet:
              type: object
              required: [id]
              properties:
                id: {type: integer, minimum: 1, example: 3}
                kind: {type: string, enum: [cat, dog]}
                parts: {type: array, items: {type: string}}
              allOf: [{required: [id]}]
          responses:
            Problem:
              description: No.
              content:
                application/problem+json: {schema: {type: object, properties: {type: {type: string}, title: {type: string}}}}
        """

    struct Case: CustomTestStringConvertible {
        var rule: String
        var changes: [(String, String)]
        var version: String
        /// What is found, and in a line with what.
        var message: String
        var line: String

        var testDescription: String { "\(rule): \(message)" }

        init(
            _ rule: String, _ old: String, _ new: String, _ message: String, at line: String, version: String = "3.1.0"
        ) {
            self.init(rule, [(old, new)], message, at: line, version: version)
        }

        init(
            _ rule: String, _ changes: [(String, String)], _ message: String, at line: String, version: String = "3.1.0"
        ) {
            self.rule = rule
            self.changes = changes
            self.message = message
            self.line = line
            self.version = version
        }
    }

    static let cases: [Case] = [
        Case("struct", "title: Pets", "titel: Pets", "the info object needs `title`", at: "info:"),
        Case("struct", "title: Pets", "titel: Pets", "the info object has no keyword `titel`", at: "titel: Pets"),
        Case("struct", "in: query", "in: body", "`in` cannot be `body`", at: "in: body"),
        Case(
            "struct", "version: \"1\"", "version: 1", "`version` has to be a string, not an integer", at: "version: 1"),
        Case("struct", "4XX:", "4XY:", "`4XY` is no status code", at: "4XY:"),
        Case(
            "struct", "  /pets/mine", "  pets/mine", "a path has to begin with `/`, and `pets/mine` does not",
            at: "pets/mine"),
        Case(
            "struct", ", scopes: {read: Reads.}", "", "a client credentials flow needs `scopes`",
            at: "clientCredentials"),
        Case(
            "struct", "schema: {type: integer, maximum: 9}, ", "", "a parameter needs `schema` or `content`",
            at: "name: id"),
        Case("struct", "minimum: 1", "nullable: true", "a schema has no keyword `nullable`", at: "nullable: true"),
        Case(
            "no-unresolved-refs", "responses/Problem\"}\n  /", "responses/Problems\"}\n  /",
            "`#/components/responses/Problems` leads nowhere: there is no `Problems` in `#/components/responses`",
            at: "Problems"),
        Case(
            "no-unresolved-refs", "#/components/schemas/Pet\"}, examples", "other.yaml#/Pet\"}, examples",
            "the file `other.yaml` cannot be read", at: "other.yaml"),
        Case(
            "no-unresolved-refs", "#/components/schemas/Pet\"}, examples", "https://a/b.yaml#/Pet\"}, examples",
            "`https://a/b.yaml#/Pet` leads to another host, and nothing is fetched from there", at: "https://a/b"),
        Case(
            "spec-strict-refs", "contact: {name: Ann}", "contact: {$ref: \"#/info/license\"}",
            "a contact cannot be a reference", at: "#/info/license"),
        Case("info-contact", "  contact: {name: Ann}\n", "", "the info object has no `contact`", at: "info:"),
        Case(
            "info-license", "  license: {name: MIT, identifier: MIT}\n", "", "the info object has no `license`",
            at: "info:"),
        Case("info-license-strict", ", identifier: MIT", "", "the license has no `url`", at: "license:"),
        Case(
            "info-license-strict", "identifier: MIT", "identifier: \"\"", "the `identifier` of the license is empty",
            at: "license:"),
        Case(
            "info-license-strict", "identifier: MIT", "url: \"\"", "the `url` of the license is empty", at: "license:",
            version: "3.0.3"),
        Case(
            "no-empty-servers",
            "servers:\n  - url: https://{place}.palisade.dev\n    variables: {place: {default: eu, enum: [eu, us]}}\n",
            "", "the document has no `servers`", at: "openapi:"),
        Case(
            "no-empty-servers",
            "servers:\n  - url: https://{place}.palisade.dev\n    variables: {place: {default: eu, enum: [eu, us]}}\n",
            "servers: []\n", "`servers` names no server", at: "servers:"),
        Case(
            "no-server-example.com", "{place}.palisade.dev", "{place}.example.com",
            "`https://{place}.example.com` is no server that a reader could ask", at: "url:"),
        Case(
            "no-server-example.com", "https://{place}.palisade.dev", "http://localhost:80/{place}",
            "`http://localhost:80/{place}` is no server that a reader could ask", at: "url:"),
        Case(
            "no-server-trailing-slash", "palisade.dev\n", "palisade.dev/\n",
            "the URL ends with a slash, and paths begin with one", at: "url:"),
        Case(
            "no-server-variables-empty-enum", "[eu, us]", "[]", "a variable needs at least one value", at: "variables:"),
        Case(
            "no-server-variables-empty-enum", "[eu, us]", "[us]", "the default `eu` is none of the variable's values",
            at: "variables:"),
        Case(
            "no-undefined-server-variable", "{place}.palisade", "{places}.palisade",
            "the variable `{places}` of the URL is not defined", at: "url:"),
        Case(
            "no-undefined-server-variable", "{place}.palisade", "palisade",
            "the variable `place` does not stand in the URL", at: "variables:"),
        Case(
            "tag-description", "name: cats, description: Cats.", "name: cats", "the tag `cats` has no `description`",
            at: "name: cats"),
        Case(
            "no-duplicated-tag-names", "name: dogs", "name: cats", "there is a tag `cats` already",
            at: "description: Dogs."),
        Case(
            "tags-alphabetical", "name: cats, description", "name: eels, description",
            "the tag `dogs` belongs before `eels`", at: "name: dogs"),
        Case(
            "operation-tag-defined", "tags: [cats]", "tags: [cows]",
            "the tag `cows` is not among the document's `tags`", at: "[cows]"),
        Case(
            "operation-singular-tag", "tags: [cats]", "tags: [cats, dogs]", "GET /pets/{id} has several tags",
            at: "[cats, dogs]"),
        Case(
            "spec-no-invalid-tag-parents", "name: cats,", "name: cats, parent: pets,", "there is no tag `pets`",
            at: "name: cats", version: "3.2.0"),
        Case(
            "spec-no-invalid-tag-parents",
            [("name: cats,", "name: cats, parent: dogs,"), ("name: dogs,", "name: dogs, parent: cats,")],
            "the tag `cats` is above itself", at: "name: cats", version: "3.2.0"),
        Case(
            "no-path-trailing-slash", "/pets/mine", "/pets/mine/", "the path `/pets/mine/` ends with a slash",
            at: "/pets/mine/"),
        Case(
            "path-not-include-query", "/pets/mine", "/pets/mine?a=b", "the path `/pets/mine?a=b` has a query",
            at: "/pets/mine?"),
        Case(
            "path-declaration-must-exist", "/pets/mine", "/pets/mine/{}",
            "the path `/pets/mine/{}` has a parameter without a name", at: "/pets/mine/{}"),
        Case(
            "no-identical-paths",
            [("/pets/mine", "/pets/{name}"), ("name: sort, in: query", "name: name, required: true, in: path")],
            "`/pets/{name}` differs from `/pets/{id}` only in the names of parameters", at: "/pets/{name}"),
        Case(
            "no-ambiguous-paths",
            [("/pets/mine", "/{kind}/mine"), ("name: sort, in: query", "name: kind, required: true, in: path")],
            "a request can fit both `/{kind}/mine` and `/pets/{id}`", at: "/{kind}/mine"),
        Case(
            "paths-kebab-case", "/pets/mine", "/pets/myPets", "the path `/pets/myPets` is not in kebab-case",
            at: "/pets/myPets"),
        Case(
            "path-parameters-defined", "/pets/{id}", "/pets/{name}",
            "GET /pets/{name} does not declare the parameter `{name}` of its path", at: "get:"),
        Case(
            "path-parameters-defined", "/pets/{id}", "/pets/{name}", "the path `/pets/{name}` has no `{id}`",
            at: "name: id"),
        Case(
            "operation-parameters-unique", "- {name: sort, in: query, description: How.",
            "- {name: sort, in: query, description: Who., schema: {}}\n        - {name: sort, in: query, description: How.",
            "there is a query parameter `sort` already", at: "How."),
        Case(
            "parameter-description", ", description: How.", "", "the parameter `sort` has no `description`",
            at: "name: sort"),
        Case(
            "spec-querystring-parameters", "- {name: sort, in: query,",
            "- {name: all, in: querystring, description: All., content: {}}\n        - {name: sort, in: query,",
            "a query parameter cannot stand beside one that is the whole query string", at: "name: sort",
            version: "3.2.0"),
        Case(
            "spec-querystring-parameters", "- {name: sort, in: query,",
            "- {name: all, in: querystring, description: All., content: {}}\n        - {name: sort, in: querystring,",
            "there is another parameter that is the whole query string", at: "name: sort", version: "3.2.0"),
        Case("operation-summary", "      summary: Finds a pet\n", "", "GET /pets/{id} has no `summary`", at: "get:"),
        Case(
            "operation-summary", "summary: Finds a pet", "summary: \"\"", "the `summary` of GET /pets/{id} is empty",
            at: "summary:"),
        Case(
            "operation-description", "      description: Finds one.\n", "", "GET /pets/{id} has no `description`",
            at: "get:"),
        Case(
            "operation-operationId", "      operationId: getPet\n", "", "GET /pets/{id} has no `operationId`",
            at: "get:"),
        Case(
            "operation-operationId-unique", "putMine", "getPet", "another operation has the id `getPet`",
            at: "operationId: getPet"),
        Case(
            "operation-operationId-url-safe", "putMine", "put mine",
            "the id `put mine` has characters that no URL can hold", at: "put mine"),
        Case(
            "operation-2xx-response", "default: {", "\"300\": {", "PUT /pets/mine says nothing about success",
            at: "responses:"),
        Case(
            "operation-4xx-response", "4XX: {", "5XX: {", "PUT /pets/mine says nothing about wrong requests",
            at: "responses:"),
        Case(
            "operation-4xx-problem-details-rfc7807", "application/problem+json", "application/json",
            "the answer has no form `application/problem+json`", at: "404"),
        Case(
            "operation-4xx-problem-details-rfc7807", ", title: {type: string}", "", "problem details need `title`",
            at: "problem+json"),
        Case(
            "security-defined", "security: [{key: [read]}]\n", "",
            "GET /pets/{id} does not say what it demands of callers", at: "get:"),
        Case(
            "security-defined", "security: [{key: [read]}]", "security: [{kez: []}]",
            "there is no security scheme `kez`", at: "kez"),
        Case(
            "security-scopes-defined", "security: [{key: [read]}]", "security: [{key: [write]}]",
            "the scheme `key` has no scope `write`", at: "write"),
        Case(
            "no-enum-type-mismatch", "[cat, dog]", "[cat, 1]", "the value is an integer, and the type is `string`",
            at: "[cat, 1]"),
        Case(
            "no-schema-type-mismatch", "type: array, items: {type: string}", "type: array, properties: {a: {}}",
            "an array has no properties", at: "parts:"),
        Case(
            "no-schema-type-mismatch", "type: array, items", "type: object, items", "an object has no items",
            at: "parts:"),
        Case(
            "no-required-schema-properties-undefined", "required: [id]\n", "required: [id, name]\n",
            "`name` is required, but no property of the schema", at: "[id, name]"),
        Case(
            "no-mixed-number-range-constraints", "minimum: 1", "minimum: 1, exclusiveMinimum: 0",
            "`exclusiveMinimum` stands beside `minimum`", at: "minimum"),
        Case(
            "nullable-type-sibling", [("minimum: 1, example: 3", "nullable: true"), ("id: {type: integer, ", "id: {")],
            "`nullable` says nothing without a `type`", at: "nullable", version: "3.0.3"),
        Case(
            "spec-discriminator-defaultMapping", "required: [id]\n", "discriminator: {propertyName: kind}\n",
            "`kind` is optional, and there is no `defaultMapping`", at: "discriminator", version: "3.2.0"),
        Case(
            "spec-discriminator-defaultMapping", "required: [id]\n",
            "discriminator: {propertyName: kind, defaultMapping: Cat}\n", "there is no schema `Cat`",
            at: "discriminator", version: "3.2.0"),
        Case(
            "no-example-value-and-externalValue", "one: {value: {id: 1}}",
            "one: {value: {id: 1}, externalValue: https://a}", "`externalValue` stands beside `value`", at: "https://a"),
        Case(
            "spec-example-values", "one: {value: {id: 1}}", "one: {value: {id: 1}, dataValue: {id: 1}}",
            "`value` cannot stand beside `dataValue`", at: "dataValue", version: "3.2.0"),
        Case(
            "spec-no-invalid-encoding-combinations", "example: {id: 2, kind: cat}", "encoding: {}, itemEncoding: {}",
            "`encoding` cannot stand beside `prefixEncoding` or `itemEncoding`", at: "itemEncoding", version: "3.2.0"),
        Case(
            "no-invalid-media-type-examples", "{value: {id: 1}}", "{value: {id: 0}}",
            "the example does not fit its schema: it is below the minimum 1", at: "id: 0"),
        Case(
            "no-invalid-media-type-examples", "example: {id: 2, kind: cat}", "example: {id: 2, kinds: cat}",
            "the example does not fit its schema: there is no property `kinds`", at: "kinds"),
        Case(
            "no-invalid-parameter-examples", "example: 1", "example: 10",
            "the example does not fit its schema: it is above the maximum 9", at: "example: 10"),
        Case(
            "no-invalid-schema-examples", "example: 3", "example: three",
            "the example does not fit its schema: it is a string, not an integer", at: "three"),
        Case(
            "no-unused-components", "schemas:\n    Pet:", "schemas:\n    Cat: {}\n    Pet:",
            "nothing refers to `#/components/schemas/Cat`", at: "Cat"),
        Case(
            "spec-components-invalid-map-name", "schemas:\n    Pet:", "schemas:\n    C t: {}\n    Pet:",
            "`C t` cannot be a name here", at: "C t"),
    ]

    static let allRules = "rules:\n" + LintRule.all.map { "  \($0.name): error\n" }.joined()

    @Test("a document that keeps all rules has no problems", arguments: ["3.1.0", "3.2.0"])
    func clean(version: String) {
        let document = Self.document.replacing("3.1.0", with: version)
        #expect(Linting(document, configuration: Self.allRules).heads == [])
    }

    @Test("what breaks a rule is found where it stands", arguments: cases)
    func broken(rule: Case) throws {
        var document = Self.document.replacing("3.1.0", with: rule.version)
        for (old, new) in rule.changes {
            let range = try #require(document.range(of: old), "the document does not hold \(old)")
            document.replaceSubrange(range, with: new)
        }
        let text = Linting(document, configuration: Self.allRules).text
        let lines = text.split(separator: "\n")
        let index = try #require(
            lines.firstIndex { $0.contains("error: \(rule.message) [\(rule.rule)]") }, "found:\n\(text)")
        #expect(lines[index + 1].contains(rule.line), "\(lines[index + 1])")
    }

    @Test("every rule has a case")
    func complete() {
        #expect(Set(Self.cases.map(\.rule)) == Set(LintRule.all.map(\.name)))
    }
}
