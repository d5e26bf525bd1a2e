import Testing

@testable import Generator

@Suite("Names in Swift")
struct SwiftNameTests {
    @Test(
        "members",
        arguments: [
            ("query", "query"), ("trace_id", "traceID"), ("X-Request-ID", "xRequestID"), ("ETag", "eTag"),
            ("If-None-Match", "ifNoneMatch"), ("WWW-Authenticate", "wwwAuthenticate"), ("requestId", "requestId"),
            ("ID", "id"), ("HTTPServer", "httpServer"), ("URL", "url"), ("getOpenAPIYAML", "getOpenAPIYAML"),
            ("get-pet", "getPet"), ("NOT_FOUND", "notFound"), ("not_ready", "notReady"), ("pet store", "petStore"),
            ("-name", "minusName"), ("+name", "plusName"), ("1h", "_1h"), ("2nd try", "_2ndTry"), ("a.b/c", "aBC"),
            ("", ""), ("*", ""), ("größe", "größe"), ("Über-Größe", "überGröße"), ("日本", "日本"),
            ("__name__", "name"), ("true", "true"), ("a\u{200D}b", "aB"), ("v1.2", "v12"),
        ])
    func members(text: String, name: String) {
        #expect(SwiftName.member(text) == name)
    }

    @Test(
        "types",
        arguments: [
            ("queryMetrics", "QueryMetrics"), ("getOpenAPIYAML", "GetOpenAPIYAML"), ("get-pet", "GetPet"),
            ("class", "Class"), ("api", "API"), ("trace_id", "TraceID"), ("NOT_FOUND", "NotFound"),
            ("Pet", "Pet"), ("1st", "_1st"), ("", ""),
        ])
    func types(text: String, name: String) {
        #expect(SwiftName.type(text) == name)
    }

    @Test("keywords are written in backticks")
    func keywords() {
        #expect(SwiftName.escaped("default") == "`default`")
        #expect(SwiftName.escaped("in") == "`in`")
        #expect(SwiftName.escaped("query") == "query")
    }

    @Test("taken names get a suffix, then numbers")
    func scopes() {
        let outer = NameScope(taken: ["String"])
        #expect(outer.claim("String", suffix: "Model") == "StringModel")
        #expect(outer.claim("Pet", suffix: "Model") == "Pet")
        #expect(outer.claim("Pet", suffix: "Model") == "PetModel")
        #expect(outer.claim("Pet", suffix: "Model") == "PetModel2")
        #expect(outer.claim("Pet", suffix: "Model") == "PetModel3")
        let inner = NameScope(inside: outer)
        #expect(inner.claim("Pet", suffix: "Value") == "PetValue")
        #expect(inner.claim("Own", suffix: "Value") == "Own")
        #expect(outer.claim("Own", suffix: "Value") == "Own", "what is taken inside is free outside")
        #expect(inner.claim("", suffix: "Value", fallback: "empty") == "empty")
    }
}
