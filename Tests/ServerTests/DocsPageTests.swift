import APIRuntime
import Foundation
import GeneratedAPI
import JSON
import Testing

@testable import Server

/// What the tests take for Redoc's bundle.
private let bundleText = "/* Redoc */ window.Redoc = {};"

@Suite("The page /docs")
struct DocsPageTests {
    private func page(bundle: Bool) async throws -> Answer {
        let bundle = bundle ? try RedocBundle(bytes: Array(bundleText.utf8)) : nil
        return try await TestGateway(FakeUpstream(), redocBundle: bundle).send(.get, "/docs")
    }

    @Test("without a bundle, every operation stands on it with its id, method, path and summary")
    func everyOperation() async throws {
        let answer = try await page(bundle: false)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/html")
        let document = try JSONParser.parse(OpenAPIDocument.json)
        for operation in OperationID.allCases {
            let description = operation.description
            let path = escaped(description.path)
            #expect(answer.text.contains("<article id=\"\(description.id)\">"))
            #expect(answer.text.contains("<p>operationId: <code>\(description.id)</code></p>"))
            #expect(answer.text.contains("<p><code>\(description.method) \(path)</code></p>"))
            let value = try #require(
                document["paths"]?[description.path]?[description.method.rawValue.lowercased()])
            var summary = HTMLWriter()
            DescriptionText.writeInline(try #require(value["summary"]?.stringValue), to: &summary)
            #expect(answer.text.contains("<h3>\(String(decoding: summary.bytes, as: UTF8.self))</h3>"))
        }
    }

    @Test("without a bundle, every parameter, answer and schema stands on it, and the extensions")
    func everyDetail() async throws {
        let text = try await page(bundle: false).text
        let view = DocumentView(root: try JSONParser.parse(OpenAPIDocument.json))
        for operation in view.sections.flatMap(\.operations) {
            let start = try #require(text.range(of: "<article id=\"\(operation.id)\">")).upperBound
            let end = try #require(text.range(of: "</article>", range: start..<text.endIndex)).lowerBound
            let article = text[start..<end]
            for parameter in operation.parameters {
                let name = try #require(parameter["name"]?.stringValue)
                #expect(article.contains("<th scope=\"row\"><code>\(escaped(name))</code>"))
            }
            for status in try #require(operation.value["responses"]?.objectValue).members.map(\.name) {
                #expect(article.contains("<th scope=\"row\">\(status)</th>"))
            }
            let tenancy = try #require(operation.value["x-tenancy"]?.stringValue)
            #expect(article.contains("<p>x-tenancy: <code>\(tenancy)</code></p>"))
        }
        let schemas = try #require(view.root["components"]?["schemas"]?.objectValue).members
        for schema in schemas { #expect(text.contains("<article id=\"schema-\(schema.name)\">")) }
        // A link leads to something that is there.
        for link in text.components(separatedBy: "href=\"#").dropFirst() {
            let target = link.prefix { $0 != "\"" }
            #expect(text.contains(" id=\"\(target)\""), "nothing on the page has the id \(target)")
        }
    }

    @Test("without a bundle, it runs nothing and loads nothing")
    func plainPolicy() async throws {
        let answer = try await page(bundle: false)
        #expect(
            answer.headers.values("content-security-policy") == [
                "default-src 'none'; style-src 'sha256-\(try await sum(of: PlainPage.style))'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'"
            ])
        for word in ["<script", "<img", "<link", "<iframe", "javascript:", " style=", " onclick"] {
            #expect(!answer.text.contains(word))
        }
        #expect(answer.text.contains("<style>\(PlainPage.style)</style>"))
    }

    @Test("with a bundle, it is Redoc over the served document, with the extensions")
    func redoc() async throws {
        let answer = try await page(bundle: true)
        #expect(answer.status == 200)
        #expect(answer.text.contains("<redoc spec-url=\"openapi.json\" show-extensions=\"true\""))
        #expect(answer.text.contains("<script src=\"docs/redoc.standalone.js\"></script>"))
        #expect(!answer.text.contains("//"), "an address of another server")
    }

    @Test("with a bundle, its policy admits what Redoc needs and nothing else")
    func redocPolicy() async throws {
        let answer = try await page(bundle: true)
        let style = try await sum(of: RedocPage.style)
        let nothing = try await sum(of: "")
        #expect(
            answer.headers.values("content-security-policy") == [
                "default-src 'none'; script-src 'self'; style-src 'sha256-\(nothing)' "
                    + "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc=' 'sha256-\(style)'; img-src data:; "
                    + "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ])
        #expect(answer.text.contains("<style>\(RedocPage.style)</style>"))
    }

    @Test(
        "no other answer may load or run anything",
        arguments: ["/openapi.json", "/health", "/docs/redoc.standalone.js"])
    func otherAnswers(_ path: String) async throws {
        let gateway = try TestGateway(
            FakeUpstream(), redocBundle: RedocBundle(bytes: Array(bundleText.utf8)))
        let answer = try await gateway.send(.get, path)
        #expect(answer.status == 200)
        #expect(
            answer.headers.values("content-security-policy") == ["default-src 'none'; frame-ancestors 'none'"])
    }

    @Test("a published page carries its policy itself and finds its files beside it")
    func published() {
        let text = String(decoding: RedocPage.published(title: "A & B"), as: UTF8.self)
        #expect(text.contains("<title>A &amp; B</title>"))
        #expect(text.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "))
        // Not allowed in the element.
        #expect(!text.contains("frame-ancestors"))
        #expect(text.contains("<script src=\"redoc.standalone.js\"></script>"))
    }

    /// SHA-256 in Base64, as policies have it.
    private func sum(of text: StaticString) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("style-\(UUID().uuidString)")
        try Data("\(text)".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let program = try ChildProcess("/usr/bin/env", ["sha256sum", file.path])
        #expect(await program.waitForExit() == 0)
        let digits = Array(program.output.prefix(64))
        let bytes = try stride(from: 0, to: 64, by: 2).map { index in
            try #require(UInt8(String(digits[index...(index + 1)]), radix: 16))
        }
        return Data(bytes).base64EncodedString()
    }

    private func escaped(_ text: String) -> String {
        var html = HTMLWriter()
        html.text(text)
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

@Suite("Redoc's bundle")
struct DocsBundleTests {
    @Test("it is served to the byte, to be kept for an hour, with a tag that saves the second transfer")
    func served() async throws {
        let gateway = try TestGateway(
            FakeUpstream(), redocBundle: RedocBundle(bytes: Array(bundleText.utf8)))
        let answer = try await gateway.send(.get, "/docs/redoc.standalone.js")
        #expect(answer.status == 200)
        #expect(answer.text == bundleText)
        #expect(answer.headers["content-type"] == "text/javascript")
        #expect(answer.headers.values("cache-control") == ["public, max-age=3600"])
        let tag = try #require(answer.headers["etag"])
        let second = try await gateway.send(.get, "/docs/redoc.standalone.js", headers: ["if-none-match": tag])
        #expect(second.status == 304)
        #expect(second.bytes.isEmpty)
        #expect(second.headers.values("cache-control") == ["public, max-age=3600"])
        let other = try RedocBundle(bytes: Array("\(bundleText)\n".utf8))
        #expect(other.entityTag != tag)
    }

    @Test("it does not exist if it is not configured")
    func notConfigured() async throws {
        let answer = try await TestGateway(FakeUpstream()).send(.get, "/docs/redoc.standalone.js")
        #expect(answer.status == 404)
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(try answer.json()["code"] == "not_found")
    }

    @Test("the document may be kept, if it is asked for again", arguments: ["/openapi.yaml", "/openapi.json"])
    func documentCaching(_ path: String) async throws {
        let gateway = try TestGateway(FakeUpstream())
        let answer = try await gateway.send(.get, path)
        #expect(answer.headers.values("cache-control") == ["no-cache"])
        let tag = try #require(answer.headers["etag"])
        let second = try await gateway.send(.get, path, headers: ["if-none-match": tag])
        #expect(second.headers.values("cache-control") == ["no-cache"])
    }

    @Test("a setting that names a file which is no bundle is a mistake in the configuration")
    func wrongFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bundle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ name: String, _ bytes: [UInt8]) throws -> String {
            let file = folder.appendingPathComponent(name)
            try Data(bytes).write(to: file)
            return file.path
        }
        let notRedoc = "it is not Redoc's bundle, redoc.standalone.js"
        let cases = [
            (folder.appendingPathComponent("missing").path, "No such file or directory"),
            (folder.path, "Is a directory"),
            (try write("empty", []), notRedoc),
            (try write("error.html", Array("<html>Redoc was not found".utf8)), notRedoc),
            (try write("other.js", Array("alert(1) // Red".utf8)), notRedoc),
            (try write("binary", Array("Redoc".utf8) + [0xff]), "it is not UTF-8"),
            (
                try write("large", Array(repeating: UInt8(ascii: " "), count: (16 << 20) + 1)),
                "the file is larger than 16 MiB"
            ),
        ]
        for (file, reason) in cases {
            do {
                _ = try configuration(file)
                Issue.record("\(file) was taken")
            } catch {
                #expect((error as? Configuration.Invalid)?.messages == ["REDOC_BUNDLE_FILE \(file): \(reason)"])
            }
        }
        let bundle = try write("redoc.standalone.js", Array(bundleText.utf8))
        #expect(try configuration(bundle).documentation.redocBundle?.bytes == Array(bundleText.utf8))
    }

    private func configuration(_ bundle: String) throws -> Configuration {
        let settings = ["JWT_HS256_SECRET_FILE": "key", "REDOC_BUNDLE_FILE": bundle]
        return try Configuration(SettingSource(environment: settings)) { _ in Array(Tokens.secretText.utf8) }
    }
}
