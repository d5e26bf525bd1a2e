import GeneratedAPI
import JSON
import Testing

@testable import Server

@Suite("HTML of the documentation")
struct DocsTextTests {
    private func html(_ write: (inout HTMLWriter) -> Void) -> String {
        var html = HTMLWriter()
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    private func blocks(_ description: String) -> String {
        html { DescriptionText.writeBlocks(description, to: &$0) }
    }

    private func inline(_ text: String) -> String {
        html { DescriptionText.writeInline(text, to: &$0) }
    }

    @Test("text is escaped in elements and in attributes")
    func escaping() {
        let text = #"<script>alert("a" & 'b')</script>"#
        let escaped = "&lt;script&gt;alert(&quot;a&quot; &amp; &#39;b&#39;)&lt;/script&gt;"
        #expect(html { $0.text(text) } == escaped)
        #expect(html { $0.element("p", ["title": text], text: text) } == "<p title=\"\(escaped)\">\(escaped)</p>")
        #expect(html { $0.text("é – 日本 &amp;") } == "é – 日本 &amp;amp;")
    }

    @Test("HTML in a description stays text")
    func descriptions() {
        #expect(blocks("a <b>bold</b> & \"c\"") == "<p>a &lt;b&gt;bold&lt;/b&gt; &amp; &quot;c&quot;</p>")
        #expect(inline("`<i>`") == "<code>&lt;i&gt;</code>")
        #expect(
            inline("[<i>](https://a.example/?q=\"><script>)")
                == "<a href=\"https://a.example/?q=&quot;&gt;&lt;script&gt;\">&lt;i&gt;</a>")
        #expect(blocks("```\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>")
    }

    @Test(
        "only addresses of the web become links",
        arguments: [
            "[a](javascript:alert)", "[a](JavaScript:alert)", "[a](data:text/html,x)", "[a](//host/)",
            "[a]( https://b)",
            "[a](relative)", "[a]", "[a](", "[a](https://b", "[", "a[", "](",
        ])
    func otherLinks(_ text: String) {
        #expect(inline(text) == text)
    }

    @Test("paragraphs, lists, code and links are told apart")
    func structure() {
        #expect(blocks("one\ntwo\n\n\nthree\n") == "<p>one\ntwo</p><p>three</p>")
        #expect(blocks("intro\n- a\n  more\n- b\n\nend") == "<p>intro</p><ul><li>a\nmore</li><li>b</li></ul><p>end</p>")
        #expect(blocks("```yaml\na: 1\n\n  b: 2\n```\nend") == "<pre><code>a: 1\n\n  b: 2\n</code></pre><p>end</p>")
        #expect(blocks("```\nnot ended") == "<pre><code>not ended\n</code></pre>")
        #expect(blocks("") == "")
        #expect(
            inline("a `b` [c `d`](https://e.example/f) g `h")
                == "a <code>b</code> <a href=\"https://e.example/f\">c <code>d</code></a> g `h")
        #expect(inline("``") == "<code></code>")
    }

    @Test("a hostile document makes no element of its own")
    func hostileDocument() throws {
        let hostile = "\"><script>alert(1)</script><p title='"
        let text = JSONValue.string(hostile)
        var properties = JSONObject()
        properties[hostile] = ["type": "string", "pattern": text, "description": text, "enum": [text], "x-y": text]
        var paths = JSONObject()
        paths["/\(hostile)"] = [
            "get": [
                "operationId": text, "summary": text, "description": text, "x-tenancy": text, "tags": [text],
                "security": [.object([hostile: .array([])])],
                "parameters": [
                    ["name": text, "in": text, "schema": ["type": text, "default": text], "example": text]
                ],
                "requestBody": [
                    "content": .object([hostile: ["schema": ["type": "object", "properties": .object(properties)]]])
                ],
                "responses": .object([
                    hostile: [
                        "description": text, "headers": .object([hostile: .object([:])]),
                        "content": .object([hostile: .object([:])]),
                    ]
                ]),
            ]
        ]
        let document: JSONValue = [
            "info": ["title": text, "version": text, "description": text],
            "tags": [["name": text, "description": text]],
            "paths": .object(paths),
            "components": [
                "schemas": .object([hostile: ["properties": .object(properties)]]),
                "securitySchemes": .object([hostile: ["type": text, "description": text]]),
            ],
        ]
        let page = String(decoding: PlainPage.html(of: document), as: UTF8.self)
        #expect(!page.contains("<script"))
        #expect(!page.contains("title='"))
        #expect(page.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p title=&#39;"))
    }

    @Test("references are followed, and one that goes round in a circle ends")
    func references() {
        let view = DocumentView(root: [
            "a~/b": ["c": "found"], "one": ["$ref": "#/two"], "two": ["$ref": "#/a~0~1b/c"],
            "circle": ["$ref": "#/circle"],
        ])
        #expect(view.resolved(["$ref": "#/one"]) == "found")
        #expect(view.resolved(["$ref": "#/circle"]) == ["$ref": "#/circle"])
        #expect(view.resolved(["$ref": "#/missing"]) == ["$ref": "#/missing"])
        #expect(view.resolved(["$ref": "other.yaml"]) == ["$ref": "other.yaml"])
        #expect(view.resolved("plain") == "plain")
    }

    @Test("operations come in the order of the tags; those of an unknown tag or of none come last")
    func order() {
        let view = DocumentView(root: [
            "tags": [["name": "B"], ["name": "A"], ["name": "Unused"]],
            "paths": [
                "/1": ["get": ["operationId": "a1", "tags": ["A"]], "post": .object([:])],
                "/2": ["get": ["operationId": "x", "tags": ["X"]], "parameters": [["name": "p"]]],
                "/3": ["delete": ["operationId": "b1", "tags": ["B", "A"]]],
            ],
        ])
        #expect(view.sections.map(\.name) == ["B", "A", "Other"])
        #expect(view.sections.map { $0.operations.map(\.id) } == [["b1"], ["a1"], ["POST /1", "x"]])
        #expect(view.sections.last?.operations.last?.parameters == [["name": "p"]])
    }

    @Test("a schema is said in words")
    func schemas() {
        let view = DocumentView(root: ["components": ["schemas": ["A": ["type": "string"]]]])
        func type(_ schema: JSONValue) -> String { html { SchemaText(document: view).writeType(schema, to: &$0) } }
        #expect(
            type(["type": "integer", "format": "int64", "minimum": 0])
                == "integer, format <code>int64</code>, minimum <code>0</code>")
        #expect(
            type(["type": "array", "items": ["$ref": "#/components/schemas/A"], "maxItems": 3])
                == "array of <a href=\"#schema-A\">A</a>, maxItems <code>3</code>")
        #expect(type(["type": ["string", "null"]]) == "string or null")
        #expect(type(["enum": ["a", 1, .null]]) == "one of <code>a</code>, <code>1</code>, <code>null</code>")
        #expect(type(["const": "x"]) == "always <code>x</code>")
        #expect(type(.object([:])) == "anything")
        #expect(
            type(["oneOf": [["type": "string"], ["$ref": "#/components/schemas/A"]]])
                == "exactly one of string, <a href=\"#schema-A\">A</a>")
        #expect(type(["type": "object", "additionalProperties": true]) == "object, further names with anything")
        #expect(
            type(["type": "object", "additionalProperties": ["type": "string"]])
                == "object, further names with string")
        #expect(type(["type": "object", "additionalProperties": false]) == "object")
    }
}
