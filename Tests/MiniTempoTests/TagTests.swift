import JSON
import OTLP
import Testing

@testable import MiniTempo

@Suite("Tags and their values, over sockets")
struct TagTests {
    private func scopes(_ tempo: TempoClient, _ parameters: (String, String)...) throws -> [String: [String?]] {
        let answer = try tempo.query("/api/v2/search/tags", parameters)
        return Dictionary(
            uniqueKeysWithValues: answer.list("scopes").map { scope in
                (scope["name"]?.stringValue ?? "", scope.list("tags").map(\.stringValue))
            })
    }

    private func values(_ tempo: TempoClient, _ tag: String, _ parameters: (String, String)...) throws -> [String] {
        let answer = try tempo.query("/api/v2/search/tag/\(tag)/values", parameters)
        return answer.list("tagValues").map {
            "\($0["type"]?.stringValue ?? "") \($0["value"]?.stringValue ?? "")"
        }
    }

    @Test("Version 2 tells names by their scopes, intrinsic ones too")
    func names() async throws {
        try await withShop { (tempo) async throws in
            let scopes = try scopes(tempo)
            #expect(scopes["resource"] == ["region", "service.name", "tenant_id"])
            #expect(
                scopes["span"] == [
                    "cached", "codes", "http.method", "http.status_code", "labels", "ratio", "region", "rows",
                    "rows.limit", "secret",
                ])
            #expect(scopes["event"] == ["type"])
            #expect(scopes["link"] == ["why"])
            #expect(scopes["instrumentation"] == ["pool"])
            #expect(scopes["intrinsic"]?.contains("traceDuration") == true)
        }
    }

    @Test("A scope, a limit and a query narrow the names")
    func narrowedNames() async throws {
        try await withShop { (tempo) async throws in
            #expect(try scopes(tempo, ("scope", "event")) == ["event": ["type"]])
            #expect(try scopes(tempo, ("scope", "resource"), ("limit", "1")) == ["resource": ["region"]])
            let other = ("q", #"{ resource.tenant_id = "globex" }"#)
            #expect(try scopes(tempo, other, ("scope", "resource")) == ["resource": ["service.name", "tenant_id"]])
            #expect(try scopes(tempo, other, ("scope", "event")) == [:])
            #expect(
                try scopes(tempo, ("q", "{ span.rows > 40 }"), ("scope", "span"))["span"]?.contains("rows.limit")
                    == true)
            #expect(try tempo.get("/api/v2/search/tags?scope=x").status == 400)
        }
    }

    @Test("Version 1 tells names without scopes, and intrinsic ones only if asked")
    func firstVersion() async throws {
        try await withShop { (tempo) async throws in
            let names = try tempo.query("/api/search/tags").list("tagNames").map(\.stringValue)
            #expect(names.contains("service.name") && names.contains("rows") && !names.contains("traceDuration"))
            #expect(names.filter { $0 == "region" }.count == 1)
            let intrinsic = try tempo.query("/api/search/tags", [("scope", "intrinsic")]).list("tagNames")
            #expect(intrinsic.contains("traceDuration"))
        }
    }

    @Test("Values have their types; those of a name without a scope are the span's and the resource's")
    func typedValues() async throws {
        try await withShop { (tempo) async throws in
            #expect(try values(tempo, "resource.service.name") == ["string db", "string frontend", "string mail"])
            #expect(try values(tempo, "span.http.status_code") == ["int 200", "int 500"])
            #expect(try values(tempo, "span.ratio") == ["float 0.5"])
            #expect(try values(tempo, "span.cached") == ["bool true"])
            #expect(try values(tempo, "span.labels") == ["string blue", "string red"])
            #expect(try values(tempo, ".region") == ["string north", "string south"])
            #expect(try values(tempo, "event.type") == ["string io"])
            #expect(try values(tempo, "status") == ["keyword error", "keyword ok", "keyword unset"])
            #expect(try values(tempo, "kind").count == 6)
            #expect(try values(tempo, "name").count == 6)
            #expect(try values(tempo, "rootName") == ["string GET /", "string send"])
            #expect(try values(tempo, "duration") == [])
            #expect(try values(tempo, "resource.service.name", ("limit", "1")) == ["string db"])
        }
    }

    @Test(
        "A query narrows values by alternatives of conditions",
        arguments: [
            (#"{ resource.tenant_id = "globex" }"#, ["mail"]),
            (#"{ resource.tenant_id = "acme" && kind = client }"#, ["frontend"]),
            ("{ kind = client || kind = producer }", ["frontend", "mail"]),
            (#"{ (kind = client || kind = producer) && resource.tenant_id != "acme" }"#, ["mail"]),
            ("{ span.rows > 10 } | rate()", ["db"]), (#"{ name =~ "s.*" } | select(span.rows)"#, ["mail"]),
            ("{ 40 < span.rows }", ["db"]), ("{ kind = consumer }", []),
        ])
    func narrowedValues(_ query: String, _ services: [String]) async throws {
        try await withShop { (tempo) async throws in
            #expect(try values(tempo, "resource.service.name", ("q", query)) == services.map { "string \($0)" })
        }
    }

    @Test("Version 1 gives texts of names without scopes")
    func texts() async throws {
        try await withShop { (tempo) async throws in
            func texts(_ name: String) throws -> [String?] {
                try tempo.query("/api/search/tag/\(name)/values").list("tagValues").map(\.stringValue)
            }
            #expect(try texts("service.name") == ["db", "frontend", "mail"])
            #expect(try texts("rows") == ["42", "7"])
            #expect(try texts("status") == ["error", "ok", "unset"])
            #expect(try texts("root.name") == ["GET /", "send"])
            #expect(try texts("absent") == [])
        }
    }

    @Test(
        "A tag that is no attribute of a scope or intrinsic is 400 in version 2",
        arguments: ["rows", "parent.x", "a,.b", "span.", ".a),select(.b"])
    func badTags(_ tag: String) async throws {
        try await withShop { (tempo) async throws in
            let answer = try tempo.get("/api/v2/search/tag/\(tag)/values")
            #expect(answer.status == 400)
            #expect(answer.text == "tag name is not valid intrinsic or scoped attribute: \(tag)")
        }
    }

    @Test("A query of too many alternatives is 400")
    func alternatives() async throws {
        try await withShop { (tempo) async throws in
            let either = "(span.a = 1 || span.b = 2)"
            let query = "{ " + Array(repeating: either, count: 7).joined(separator: " && ") + " }"
            let answer = try tempo.get(TempoClient.target("/api/v2/search/tags", [("q", query)]))
            #expect(answer.status == 400)
            #expect(answer.text == "invalid TraceQL query: more than 100 condition groups")
        }
    }
}
