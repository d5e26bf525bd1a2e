import APIRuntime
import Testing

@Suite("Header fields")
struct HeaderFieldsTests {
    @Test("names are compared without regard to ASCII case alone")
    func names() {
        var headers: HeaderFields = ["Content-Type": "a", "content-type": "b", "X": "c"]
        #expect(headers["CONTENT-TYPE"] == "a")
        #expect(headers.values("content-Type") == ["a", "b"])
        #expect(headers.count("content-type") == 2)
        headers["content-type"] = "d"
        #expect(headers.values("Content-Type") == ["d"])
        headers["Content-Type"] = nil
        #expect(!headers.contains("content-type"))
        #expect(headers["x"] == "c")
        #expect(!asciiCaseInsensitiveEqual("@", "`"))
        #expect(!asciiCaseInsensitiveEqual("[", "{"))
        #expect(!asciiCaseInsensitiveEqual("K", "\u{212A}"))
    }

    @Test(
        "media types are read with their parameters",
        arguments: [
            ("application/json", "application/json", 0), ("Application/JSON; Charset=UTF-8", "application/json", 1),
            ("text/plain ;a=b;\tc=\"d\"", "text/plain", 2),
        ])
    func mediaTypes(_ text: String, _ essence: String, _ parameters: Int) throws {
        let type = try #require(MediaType(parsing: text))
        #expect(type.essence == essence)
        #expect(type.parameters.count == parameters)
    }

    @Test(
        "what is no media type is none",
        arguments: ["", "json", "a/", "/b", "a/b/c", "a b/c", "a/b;", "a/b;c", "a/b;=d", "a/b, c/d", "a/b;c=\"d"])
    func notMediaTypes(_ text: String) {
        #expect(MediaType(parsing: text) == nil)
    }

    @Test("+json types are JSON")
    func json() {
        #expect(MediaType(parsing: "application/problem+json")?.isJSON == true)
        #expect(MediaType(parsing: "application/json;charset=utf-8")?.isJSON == true)
        #expect(MediaType(parsing: "text/json-ish")?.isJSON == false)
    }
}
