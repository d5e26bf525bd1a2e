import Foundation
import Testing

@testable import Generator

@Suite("Changes of operations")
struct OperationComparisonTests {
    static let document = """
        openapi: 3.1.0
        servers: [{url: /v1}]
        security: [{key: []}]
        paths:
          /pets/{id}:
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
            get:
              operationId: getPet
              tags: [pets]
              x-tenancy: own
              parameters:
                - {name: sort, in: query, schema: {type: string}}
                - {name: X-A, in: header, required: true, schema: {type: string}}
              responses:
                "200":
                  headers: {X-Rate: {required: true, schema: {type: integer}}, X-Hint: {schema: {type: integer}}}
                  content: {application/json: {schema: {type: object}}, text/csv: {}}
                  links: {next: {operationId: getPet}}
                "404": {description: No.}
            put:
              operationId: putPet
              requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
              callbacks: {done: {'{$url}': {post: {requestBody: {content: {a/b: {schema: {type: string}}}}}}}}
        webhooks:
          born: {post: {requestBody: {required: true, content: {a/b: {schema: {type: string}}}}}}
        components:
          securitySchemes:
            key: {type: apiKey, in: header, name: X-Key}
            token: {type: http, scheme: bearer}
        """

    struct Case: CustomTestStringConvertible {
        var old: String
        var new: String
        var expected: [String]

        var testDescription: String { "\(expected)" }

        init(_ old: String, _ new: String, _ expected: String...) {
            self.old = old
            self.new = new
            self.expected = expected
        }
    }

    static let put = """
            put:
              operationId: putPet
              requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
              callbacks: {done: {'{$url}': {post: {requestBody: {content: {a/b: {schema: {type: string}}}}}}}}

        """

    static let cases: [Case] = [
        Case(
            "openapi: 3.1.0", "openapi: 3.2.0", "fine: the document is of OpenAPI 3.2.0 now [openapi-version-changed]"),
        Case(
            "/v1", "/v2", "warning: the server `/v1` is gone [server-removed]",
            "fine: there is a new server `/v2` [server-added]"),
        Case(put, "", "breaking: PUT /pets/{id} is gone [operation-removed]"),
        Case(
            "    put:", "    patch:", "breaking: PUT /pets/{id} is gone [operation-removed]",
            "fine: PATCH /pets/{id} is new [operation-added]"),
        Case(
            "operationId: putPet", "operationId: savePet",
            "warning: PUT /pets/{id} has the id `\"savePet\"` instead of `\"putPet\"` [operation-id-changed]"),
        Case("tags: [pets]", "tags: [cats]", "fine: GET /pets/{id} has other tags [operation-tags-changed]"),
        Case(
            "      operationId: putPet\n", "      operationId: putPet\n      deprecated: true\n",
            "fine: PUT /pets/{id} is deprecated [deprecated]"),
        Case(
            "x-tenancy: own", "x-tenancy: public",
            "warning: GET /pets/{id} has `x-tenancy` of `\"public\"` [extension-changed]"),
        Case(
            "x-tenancy: own", "x-other: a", "fine: GET /pets/{id} has `x-other`, `\"a\"` [extension-changed]",
            "warning: GET /pets/{id} no longer has `x-tenancy` [extension-changed]"),
        // Parameters
        Case(
            "- {name: sort, in: query, schema: {type: string}}",
            "- {name: sort, in: query, schema: {type: string}}\n        - {name: b, in: query, schema: {}}",
            "fine: GET /pets/{id} has a new query parameter `b` [parameter-added]"),
        Case(
            "- {name: sort, in: query, schema: {type: string}}",
            "- {name: sort, in: query, schema: {type: string}}\n        - {name: b, in: query, required: true, schema: {}}",
            "breaking: GET /pets/{id} has a new required query parameter `b` [parameter-added-required]"),
        Case(
            "        - {name: sort, in: query, schema: {type: string}}\n", "",
            "warning: GET /pets/{id} no longer has the query parameter `sort` [parameter-removed]"),
        Case(
            "name: sort, in: query", "name: sort, in: query, required: true",
            "breaking: the query parameter `sort` of GET /pets/{id} is required [parameter-became-required]"),
        Case(
            "in: header, required: true", "in: header",
            "fine: the header parameter `x-a` of GET /pets/{id} is optional [parameter-became-optional]"),
        Case("name: X-A", "name: x-a"),
        Case(
            "name: sort, in: query", "name: sort, in: query, explode: false",
            "breaking: the query parameter `sort` of GET /pets/{id} is written in the style form instead of form, exploded [parameter-style-changed]"
        ),
        Case(
            "name: sort, in: query, schema: {type: string}", "name: sort, in: query, content: {application/json: {}}",
            "breaking: the query parameter `sort` of GET /pets/{id} is of a media type [parameter-style-changed]"),
        Case(
            "name: sort, in: query", "name: sort, in: query, allowEmptyValue: true",
            "fine: the query parameter `sort` of GET /pets/{id} may be empty [empty-value-allowed]"),
        Case(
            "name: sort, in: query, schema: {type: string}", "name: sort, in: query, schema: {type: integer}",
            "breaking: the query parameter `sort` of GET /pets/{id} is `integer` instead of `string`, in requests [type-changed]"
        ),
        // Security
        Case(
            "security: [{key: []}]", "security: [{token: [a]}]",
            "breaking: GET /pets/{id} no longer lets in who shows `key`: it demands `token` with `a` [security-tightened]",
            "fine: GET /pets/{id} lets in who shows `token` with `a` [security-loosened]",
            "breaking: PUT /pets/{id} no longer lets in who shows `key`: it demands `token` with `a` [security-tightened]",
            "fine: PUT /pets/{id} lets in who shows `token` with `a` [security-loosened]"),
        Case(
            "operationId: putPet", "security: []\n      operationId: putPet",
            "warning: PUT /pets/{id} has become public: it demanded `key` [security-removed]"),
        Case(
            "operationId: putPet", "security: [{key: []}, {token: []}]\n      operationId: putPet",
            "fine: PUT /pets/{id} lets in who shows `token` [security-loosened]"),
        Case(
            "operationId: putPet", "security: [{key: [], token: []}]\n      operationId: putPet",
            "breaking: PUT /pets/{id} no longer lets in who shows `key`: it demands `key` and `token` [security-tightened]"
        ),
        Case(
            "name: X-Key", "name: X-Token",
            "breaking: the security scheme `key` has `name` of `\"X-Token\"` instead of `\"X-Key\"` [security-scheme-changed]"
        ),
        // Bodies
        Case(
            "      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}\n",
            "", "breaking: PUT /pets/{id} has no body any more [body-removed]"),
        Case(
            "      x-tenancy: own\n", "      x-tenancy: own\n      requestBody: {content: {a/b: {}}}\n",
            "fine: GET /pets/{id} has a new body [body-added]"),
        Case(
            "      x-tenancy: own\n", "      x-tenancy: own\n      requestBody: {required: true, content: {a/b: {}}}\n",
            "breaking: GET /pets/{id} has a new required body [body-added-required]"),
        Case(
            "requestBody: {required: true, content: {app", "requestBody: {content: {app",
            "fine: the body of PUT /pets/{id} is optional [body-became-optional]"),
        Case(
            "{schema: {type: object}}}}\n      callbacks",
            "{schema: {type: object}, encoding: {a: {style: form}}}}}\n      callbacks",
            "warning: the body of PUT /pets/{id} is encoded in another way [encoding-changed]"),
        Case(
            ", text/csv: {}", "",
            "breaking: the answer `200` of GET /pets/{id} is no longer `text/csv` [media-type-removed]"),
        Case(
            "text/csv: {}", "text/csv: {}, text/html: {}",
            "fine: the answer `200` of GET /pets/{id} may be `text/html` [media-type-added]"),
        // Responses
        Case(
            "\"200\":", "\"201\":", "breaking: GET /pets/{id} no longer answers `200` [response-removed]",
            "warning: GET /pets/{id} may answer `201` [response-added]"),
        Case(
            "\"404\":", "\"410\":", "fine: GET /pets/{id} no longer answers `404` [response-removed]",
            "fine: GET /pets/{id} may answer `410` [response-added]"),
        Case(
            "X-Rate: {required: true, schema: {type: integer}}, ", "",
            "breaking: the answer `200` of GET /pets/{id} no longer has the header field `x-rate` [header-removed]"),
        Case(
            ", X-Hint: {schema: {type: integer}}", "",
            "warning: the answer `200` of GET /pets/{id} no longer has the header field `x-hint` [header-removed]"),
        Case(
            "X-Hint: {schema", "X-More: {}, X-Hint: {required: true, schema",
            "fine: the header field `x-hint` of the answer `200` of GET /pets/{id} is always there [header-became-required]",
            "fine: the answer `200` of GET /pets/{id} has a new header field `x-more` [header-added]"),
        Case(
            "X-Rate: {required: true", "X-Rate: {required: false",
            "breaking: the header field `x-rate` of the answer `200` of GET /pets/{id} is no longer always there [header-became-optional]"
        ),
        Case(
            "links: {next: {operationId: getPet}}", "links: {last: {operationId: getPet}}",
            "warning: the answer `200` of GET /pets/{id} no longer has the link `next` [link-removed]",
            "fine: the answer `200` of GET /pets/{id} has a new link `last` [link-added]"),
        // What the server calls
        Case(
            "{done:", "{ended:", "warning: the callback `done` of PUT /pets/{id} is gone [callback-removed]",
            "fine: the callback `ended` is new [callback-added]"),
        Case(
            "{a/b: {schema: {type: string}}}}}}}}", "{a/b: {schema: {type: string, maxLength: 3}}}}}}}}",
            "fine: the body of POST {$url} has `maxLength` of 3 instead of none, in answers [constraint-tightened]"),
        Case(
            "  born:", "  died:", "warning: the webhook `born` is gone [webhook-removed]",
            "fine: the webhook `died` is new [webhook-added]"),
        Case(
            "{post: {requestBody: {required: true", "{post: {requestBody: {required: false",
            "breaking: the body of POST born is optional [body-became-optional]"),
        // Paths
        Case(
            "/pets/{id}:\n    parameters:\n      - {name: id", "/pets/{pet}:\n    parameters:\n      - {name: pet",
            "fine: the parameter `{id}` of the path is called `{pet}` [path-parameter-renamed]"),
    ]

    @Test("each change is told with what it does", arguments: cases)
    func change(change: Case) throws {
        let range = try #require(Self.document.range(of: change.old), "the document does not hold \(change.old)")
        let new = Self.document.replacingCharacters(in: range, with: change.new)
        #expect(Comparing(Self.document, new, extensions: ["x-tenancy"]).changes.sorted() == change.expected.sorted())
    }

    @Test("what was deprecated may go, and what is undone was there")
    func deprecation() {
        let deprecated = Self.document.replacing(
            "operationId: putPet", with: "deprecated: true\n      operationId: putPet"
        )
        .replacing("{name: sort, in: query,", with: "{name: sort, in: query, deprecated: true,")
        let after = Self.document.replacing(Self.put, with: "").replacing(
            "        - {name: sort, in: query, schema: {type: string}}\n", with: "")
        #expect(
            Comparing(deprecated, after).changes == [
                "fine: GET /pets/{id} no longer has the query parameter `sort` [parameter-removed]",
                "warning: PUT /pets/{id} is gone; it was deprecated [operation-removed]",
            ])
    }

    @Test("the other way round, what was refused is allowed")
    func reversed() {
        func kinds(_ old: String, _ new: String) -> [String] {
            Comparing(Self.document.replacing(old, with: new), Self.document).kinds
        }
        #expect(
            kinds("name: sort, in: query", "name: sort, in: query, allowEmptyValue: true") == [
                "breaking [empty-value-refused]"
            ])
        #expect(
            kinds("requestBody: {required: true, content: {app", "requestBody: {content: {app") == [
                "breaking [body-became-required]"
            ])
    }

    @Test("every kind of change has a test")
    func complete() {
        let tested =
            Self.cases.flatMap(\.expected) + SchemaComparisonTests.cases.flatMap { $0.request + $0.response }
            + ["[empty-value-refused]", "[body-became-required]"]
        for rule in ChangeRule.allCases {
            #expect(tested.contains { $0.hasSuffix("[\(rule.rawValue)]") }, "\(rule.rawValue)")
        }
    }

    @Test(
        "documents of others do not differ from themselves",
        .enabled(if: Repository.exists(Repository.sharedSpecs), "the folder of shared documents is not here"))
    func same() throws {
        for name in ["museum.yaml", "prometheus-3.2.yaml", "train-travel-3.1.yaml", "adyen-checkout-v71.json"] {
            let text = try String(contentsOf: Repository.sharedSpecs.appending(path: name), encoding: .utf8)
            #expect(Comparing(text, text).changes == [])
        }
    }

    @Test("the command compares files, and a file with a revision of git")
    func command() throws {
        try Tools.withFolder { folder in
            let path = folder.path(percentEncoded: false)
            func git(_ arguments: String...) throws {
                let result = try Tools.run(
                    URL(filePath: "/usr/bin/env"),
                    ["git", "-C", path, "-c", "user.name=a", "-c", "user.email=a@b"] + arguments)
                try #require(result.status == 0, "\(result.errors)")
            }
            let old = folder.appending(path: "old.yaml").path(percentEncoded: false)
            let new = folder.appending(path: "new.yaml")
            try Data(Self.document.utf8).write(to: URL(filePath: old))
            try Data(Self.document.utf8).write(to: new)
            try git("init", "-q")
            try git("add", ".")
            try git("commit", "-q", "-m", "a")
            try Data(Self.document.replacing(Self.put, with: "").utf8).write(to: new)
            let newPath = new.path(percentEncoded: false)
            let result = try Tools.generate(["diff", old, newPath])
            #expect(result.status == 1)
            #expect(result.output.hasPrefix("\(old):21:5: breaking: PUT /pets/{id} is gone [operation-removed]\n"))
            #expect(result.errors == "changes: 1 breaking, 0 doubtful, 0 fine\n")
            let shell =
                "cd '\(path)' && '\(Tools.buildFolder.path(percentEncoded: false))/Generator' diff --git HEAD new.yaml"
            let fromGit = try Tools.run(URL(filePath: "/bin/sh"), ["-c", shell + " --format json"])
            #expect(fromGit.status == 1)
            #expect(
                fromGit.output.hasPrefix(
                    "[{\"file\":\"HEAD:new.yaml\",\"line\":21,\"column\":5,\"severity\":\"breaking\",\"rule\":\"operation-removed\""
                ))
            let same = try Tools.generate(["diff", old, old, "--level", "breaking"])
            #expect(same.status == 0)
            #expect(same.output.isEmpty)
            let unknown = try Tools.run(URL(filePath: "/bin/sh"), ["-c", shell.replacing("HEAD", with: "nothing")])
            #expect(unknown.status == 1)
            #expect(unknown.errors.contains("`git show nothing:./new.yaml` failed"))
            #expect(try Tools.generate(["diff", old]).status == 2)
        }
    }
}
