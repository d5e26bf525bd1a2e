import APIRuntime
import JSON
import JSONSchema
import Testing

/// A body that arrives in pieces, and what became of it.
private final class Pieces: ByteStream {
    let length: Int?
    private var pieces: ArraySlice<[UInt8]>
    private let isCut: Bool
    private(set) var isCancelled = false

    init(_ pieces: [String], length: Int? = nil, isCut: Bool = false) {
        self.pieces = pieces.map { Array($0.utf8) }[...]
        self.length = length
        self.isCut = isCut
    }

    func next() async throws -> [UInt8]? {
        if let piece = pieces.popFirst() { return piece }
        if isCut { throw RequestBodyError.disconnected }
        return nil
    }

    func cancel() { isCancelled = true }
}

/// A transport that always answers the same, and keeps nothing.
private struct Canned: ClientTransport {
    nonisolated(unsafe) let body: any ByteStream
    var status = 200
    var headers: HeaderFields = [:]

    func send(_ request: ClientRequest) async throws -> ClientResponse {
        ClientResponse(status: status, headers: headers, body: body)
    }
}

@Suite("The runtime of generated clients")
struct ClientTests {
    private func answer(
        _ body: Pieces, status: Int = 200, headers: HeaderFields = [:], limit: Int = 1_000
    ) async throws -> ClientAnswer {
        let client = APIClient(
            server: nil, default: "/", transport: Canned(body: body, status: status, headers: headers),
            configuration: ClientConfiguration(maximumBodyBytes: limit))
        return try await client.send(client.request("a", .get, "/a"))
    }

    @Test(
        "the URL of a server has an origin and a path",
        arguments: [
            ("https://a.example/v1/", "https a.example nil /v1"), ("HTTP://b:8080", "http b 8080 "),
            ("http://[::1]:9/x?y#z", "http ::1 9 /x"), ("http://[::1]", "http ::1 nil "), ("/v1", "- /v1"),
            ("", "- "), ("v1", "- /v1"), ("http://u:p@a/", "- "), ("http://a:b/", "- "), ("http://:1/", "- "),
        ])
    func servers(text: String, parts: String) {
        let server = ServerURL(text)
        let origin = server.origin.map { "\($0.scheme) \($0.host) \($0.port.map { "\($0)" } ?? "nil")" } ?? "-"
        #expect("\(origin) \(server.basePath)" == parts)
        #expect(server.description == text)
    }

    @Test("the variables of a URL are replaced, and other braces stay")
    func variables() {
        #expect(ServerURL("http://{a}.{b}/{c", variables: [("a", "{b}"), ("b", "x")]).text == "http://{b}.x/{c")
    }

    @Test(
        "events are read as HTML has them, whichever pieces they come in, and one that is cut is an error",
        arguments: [1, 2, 3, 7, 100])
    func events(size: Int) async throws {
        let text = Array(
            "data\r\n\r\nid: 1\ndata: a\n\nevent: x\n\nid:\0\ndata:b\nnonsense\n\nid\ndata: c\r\rdata: lost".utf8)
        let pieces = stride(from: 0, to: text.count, by: size).map {
            String(decoding: text[$0..<min($0 + size, text.count)], as: UTF8.self)
        }
        var events: [ServerSentEvent] = []
        let stream = try await answer(Pieces(pieces)).events()
        await #expect(throws: ClientFailure.self) { () async throws in
            for try await event in stream { events.append(event) }
        }
        #expect(
            events == [
                .init(data: ""), .init(data: "a", id: "1"), .init(data: "b", id: "1"), .init(data: "c"),
            ])
    }

    @Test("an event, a line and a body that are too large end the exchange")
    func limits() async throws {
        let many = Array(repeating: "data: 0123456789\n", count: 9)
        for pieces in [many, ["data: ", String(repeating: "x", count: 200)]] {
            let body = Pieces(pieces)
            let events = try await answer(body, limit: 60).events()
            await #expect(throws: ClientFailure.self) { () async throws in _ = try await events.next() }
            #expect(body.isCancelled)
        }
        let line = Pieces([String(repeating: " ", count: 200)])
        let lines = try await answer(line, limit: 60).lines(Int.self, .lines, SchemaSet(generated: "[true]"), schema: 0)
        await #expect(throws: ClientFailure.self) { () async throws in _ = try await lines.next() }
        #expect(line.isCancelled)
        for length in [nil, 61] {
            let body = Pieces([String(repeating: "x", count: 61)], length: length)
            let stream = try await answer(body).stream()
            await #expect(throws: ClientFailure.self) { () async throws in _ = try await stream.collect(limit: 60) }
            #expect(body.isCancelled)
        }
    }

    @Test("a body that breaks off is a failure of the transport")
    func cut() async throws {
        let answer = try await answer(Pieces(["{\"a\":"], isCut: true))
        do {
            _ = try await answer.json(JSONValue.self, SchemaSet(generated: "[true]"), schema: 0)
            Issue.record("half a body was taken for a whole one")
        } catch ClientFailure.transport(let error) {
            #expect(error as? RequestBodyError == .disconnected)
        }
    }

    @Test("values of JSON follow each other, with a record separator in front of them or without")
    func lines() async throws {
        let body = Pieces(["1\n\u{1E}", "2\n", "\r\n 3"])
        var values: [Int] = []
        for try await value in try await answer(body).lines(Int.self, .lines, SchemaSet(generated: "[true]"), schema: 0)
        {
            values.append(value)
        }
        #expect(values == [1, 2, 3])
    }

    @Test(
        "the documented media type that fits best is the body's",
        arguments: [
            ("application/json; charset=utf-8", 0), ("text/plain", 1), ("text/plain; version=2", 2),
            ("text/css", 3), ("application/json", 0), ("text/plain; version=\"2\"", 2),
            ("application/json; a=\"b c\"", 0),
        ])
    func mediaTypes(sent: String, position: Int) async throws {
        let answer = try await answer(Pieces([]), headers: ["content-type": sent])
        let types = ["application/json", "text/plain", "text/plain; version=2", "text/*"]
        #expect(try answer.content(types) == position)
    }

    @Test("an answer without a media type is taken for the only one there is, and one of another type for none")
    func otherMediaTypes() async throws {
        #expect(try await answer(Pieces([])).content(["text/plain"]) == 0)
        let several = Pieces([])
        let nothing = try await answer(several)
        #expect(throws: ClientFailure.self) { () throws in _ = try nothing.content(["a/b", "c/d"]) }
        #expect(several.isCancelled)
        let other = try await answer(Pieces([]), status: 201, headers: ["content-type": "text/html"])
        let failure = #expect(throws: ClientFailure.self) { () throws in _ = try other.content(["a/b"]) }
        guard case .unexpectedMediaType("text/html", status: 201, documented: ["a/b"]) = failure else {
            Issue.record("unexpected: \(failure.map { "\($0)" } ?? "nothing")")
            return
        }
        // A version that the document does not name is the same media type all the same.
        let newer = try await answer(Pieces([]), headers: ["content-type": "text/plain; version=3"])
        #expect(try newer.content(["text/plain; version=2"]) == 0)
    }

    @Test("the parts of a multipart body are streamed, and its length is known where theirs are")
    func multipart() async throws {
        let source = Pieces(["ab", "c"], length: 3)
        let client = APIClient(
            server: nil, default: "/base",
            transport: InProcessTransport { request in
                #expect(request.path == "/base/a" && request.query == nil)
                guard case .stream(let stream) = request.body else { return Response(status: 500) }
                let length = stream.length
                var bytes: [UInt8] = []
                while let piece = try await stream.next() { bytes += piece }
                #expect(length == bytes.count)
                return Response(status: 200, body: .bytes(bytes))
            }, configuration: ClientConfiguration())
        var request = client.request("a", .post, "/a")
        try request.multipart(
            MultipartForm([
                .init(name: "a\"\r\nb", content: .stream(source)),
                .init(name: nil, contentType: "a/b", content: .text("")),
            ]), as: "multipart/mixed", required: [])
        let text = try await client.send(request).stream().text()
        let boundary = try #require(text.split(separator: "\r\n").first)
        #expect(
            text
                == [
                    "\(boundary)", "Content-Disposition: form-data; name=\"a%22%0D%0Ab\"", "", "abc", "\(boundary)",
                    "Content-Type: a/b", "", "", "\(boundary)--", "",
                ].joined(separator: "\r\n"))
        #expect(throws: ClientFailure.self) {
            try request.multipart(
                MultipartForm([.init(name: "a", contentType: "a/b\r\nX: y", content: .text(""))]),
                as: "multipart/mixed",
                required: [])
        }
    }

    @Test("what a style cannot write is told by the place and the name, and nothing is sent")
    func unwritable() throws {
        let client = APIClient(
            server: nil, default: "/", transport: Canned(body: Pieces([])), configuration: ClientConfiguration())
        func failure(_ body: (inout RequestEncoder) throws(ClientFailure) -> Void) -> String {
            var request = client.request("a", .get, "/{a}")
            do throws(ClientFailure) {
                try body(&request)
                return "none"
            } catch {
                return error.description
            }
        }
        let nested: JSONValue = ["a": ["b": 1]]
        let between = "which stands between values"
        for (message, expected) in [
            (
                failure { r throws(ClientFailure) in try r.query("q", ["a|b"], .pipeDelimited(explode: false)) },
                "query q has a value with `|` in it, \(between)"
            ),
            (failure { r throws(ClientFailure) in try r.query("q", "a|b", .pipeDelimited(explode: true)) }, nil),
            (
                failure { r throws(ClientFailure) in try r.query("q", nested, .deepObject(explode: true)) },
                "query q has an array or object within one, which no style can write"
            ),
            (
                failure { r throws(ClientFailure) in try r.query("q", "a", .deepObject(explode: true)) },
                "query q must be an object"
            ),
            (
                failure { r throws(ClientFailure) in try r.query("q", Double.nan, .form(explode: true)) },
                "query q cannot be written as JSON"
            ),
            (
                failure { r throws(ClientFailure) in try r.cookie("c", "a;b", .form(explode: true)) },
                "cookie c has a character that no cookie can have"
            ),
            (
                failure { r throws(ClientFailure) in try r.cookie("c", ["a,b"], .form(explode: false)) },
                "cookie c has a value with `,` in it, \(between)"
            ),
            (failure { r throws(ClientFailure) in try r.header("h", ["a": "b=c"], .simple(explode: true)) }, nil),
            (
                failure { r throws(ClientFailure) in try r.header("h", ["a=b": "c"], .simple(explode: true)) },
                "header h has a value with `=` in it, \(between)"
            ),
            (
                failure { r throws(ClientFailure) in try r.header("h", "a\u{7F}", .simple(explode: false)) },
                "header h has a control character, which no header field can have"
            ),
            (
                failure { r throws(ClientFailure) in try r.path("a", [String](), .simple(explode: false)) },
                "path a must not be empty in a path"
            ),
            (
                failure { r throws(ClientFailure) in try r.form("a", as: "application/x-www-form-urlencoded") },
                "body must be an object"
            ),
            (
                failure { r throws(ClientFailure) in try r.accept("a\nb") },
                "header Accept has a control character, which no header field can have"
            ),
        ] {
            #expect(message == (expected.map { "The request cannot be written: \($0)." } ?? "none"))
        }
    }

    @Test("what a failure says names the places and not the values")
    func descriptions() {
        let failure = ClientFailure.undecodable(
            [Violation(.body, "/a/0", rule: "type", message: "must be a string")], status: 200)
        #expect("\(failure)" == "The answer 200 breaks its contract: body /a/0 must be a string.")
        #expect(
            "\(ClientFailure.missingCredentials([["a", "b"], ["c"]]))" == "Credentials are missing: a and b, or c.")
    }
}
