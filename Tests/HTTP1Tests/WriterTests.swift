import HTTP1
import Testing

@Suite("Writing heads and chunks")
struct WriterTests {
    private func request(
        _ method: String = "GET", _ target: String = "/",
        _ fields: [HTTP1Field] = [HTTP1Field(name: "host", value: "a")],
        _ framing: HTTP1Framing = .none, keepAlive: Bool = true
    ) throws -> String {
        var buffer = bytes("before ")
        do {
            try HTTP1Writer.requestHead(
                method: method, target: target, fields: fields, framing: framing, keepAlive: keepAlive, into: &buffer)
        } catch {
            #expect(text(buffer) == "before ")
            throw error
        }
        return String(text(buffer).dropFirst(7))
    }

    private func answer(
        _ status: Int, _ fields: [HTTP1Field] = [], _ framing: HTTP1Framing = .none, keepAlive: Bool = true,
        minorVersion: Int = 1
    ) throws -> String {
        var buffer = bytes("before ")
        do {
            try HTTP1Writer.responseHead(
                status: status, fields: fields, framing: framing, keepAlive: keepAlive,
                requestMinorVersion: minorVersion, into: &buffer)
        } catch {
            #expect(text(buffer) == "before ")
            throw error
        }
        return String(text(buffer).dropFirst(7))
    }

    /// Whether writing was refused with the writer's status.
    private func isRefused(_ body: () throws -> String) -> Bool {
        do {
            _ = try body()
            return false
        } catch let error as HTTP1Error {
            return error.status == 500
        } catch {
            return false
        }
    }

    @Test("Requests are written as they should be")
    func requests() throws {
        #expect(try request() == "GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        #expect(
            try request(
                "POST", "/a?b=%20c", [HTTP1Field(name: "Host", value: "b:1"), HTTP1Field(name: "x", value: "")],
                .length(1_234_567_890))
                == "POST /a?b=%20c HTTP/1.1\r\nHost: b:1\r\nx: \r\ncontent-length: 1234567890\r\n\r\n")
        #expect(
            try request("POST", framing: .chunked)
                == "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n")
        #expect(try request("OPTIONS", "*") == "OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n")
        #expect(try request(keepAlive: false) == "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        #expect(try request("PUT", framing: .length(0)) == "PUT / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n")
    }

    private func request(_ method: String, framing: HTTP1Framing) throws -> String {
        try request(method, "/", [HTTP1Field(name: "host", value: "a")], framing)
    }

    @Test("Answers are written as they should be")
    func answers() throws {
        #expect(
            try answer(200, [HTTP1Field(name: "content-type", value: "text/plain; charset=é")], .length(5))
                == "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=é\r\ncontent-length: 5\r\n\r\n")
        #expect(try answer(200, [], .chunked) == "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        #expect(try answer(200, [], .untilClose) == "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
        #expect(
            try answer(404, [], .length(0), keepAlive: false)
                == "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        #expect(
            try answer(200, [], .length(0), minorVersion: 0)
                == "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n")
        #expect(
            try answer(200, [], .length(0), keepAlive: false, minorVersion: 0)
                == "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        #expect(try answer(100) == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(try answer(204) == "HTTP/1.1 204 No Content\r\n\r\n")
        #expect(try answer(304, [], .length(7)) == "HTTP/1.1 304 Not Modified\r\ncontent-length: 7\r\n\r\n")
        #expect(try answer(299, [], .length(0)) == "HTTP/1.1 299 \r\ncontent-length: 0\r\n\r\n")
    }

    @Test("A method that is no token is refused", arguments: ["", "G T", "GET\r\n", "G\0T", "GÉT", "G:T", "CONNECT"])
    func method(_ method: String) {
        #expect(isRefused { try request(method) })
    }

    @Test(
        "A target that would break the request line or not be understood is refused",
        arguments: [
            "", "a", "*", "http://a/", "/a b", "/a\r\nX: y", "/\0", "/\t", "/é", "/#a", "/%", "/%2", "/%zz", "/?a=%f",
            "?a", "/\u{7f}",
        ])
    func target(_ target: String) {
        #expect(isRefused { try request("GET", target) })
    }

    @Test("A field name that is no token is refused", arguments: ["", "a b", "a:", "a\r\n", "a\0", "é", "a\n", " a"])
    func name(_ name: String) {
        let fields = [HTTP1Field(name: "host", value: "a"), HTTP1Field(name: name, value: "v")]
        #expect(isRefused { try request("GET", "/", fields) })
        #expect(isRefused { try answer(200, [HTTP1Field(name: name, value: "v")]) })
    }

    @Test(
        "A value that would break the head or not arrive as it is is refused",
        arguments: ["a\r\nb: c", "a\rb", "a\nb", "\0", "a\u{1}", "\u{7f}", " a", "a ", "\ta", " "])
    func value(_ value: String) {
        let fields = [HTTP1Field(name: "host", value: "a"), HTTP1Field(name: "x", value: value)]
        #expect(isRefused { try request("GET", "/", fields) })
        #expect(isRefused { try answer(200, [HTTP1Field(name: "x", value: value)]) })
    }

    @Test(
        "Fields that the framing writes are refused",
        arguments: ["content-length", "Content-Length", "transfer-encoding", "Transfer-Encoding", "CONNECTION"])
    func framingFields(_ name: String) {
        let fields = [HTTP1Field(name: "host", value: "a"), HTTP1Field(name: name, value: "0")]
        #expect(isRefused { try request("GET", "/", fields) })
        #expect(isRefused { try answer(200, [HTTP1Field(name: name, value: "0")]) })
    }

    @Test("A request has exactly one Host, and a valid one")
    func host() {
        let host = HTTP1Field(name: "host", value: "a")
        #expect(isRefused { try request("GET", "/", []) })
        #expect(isRefused { try request("GET", "/", [host, HTTP1Field(name: "HOST", value: "a")]) })
        #expect(isRefused { try request("GET", "/", [HTTP1Field(name: "host", value: "")]) })
        #expect(isRefused { try request("GET", "/", [HTTP1Field(name: "host", value: "a/b")]) })
    }

    @Test("Framing that contradicts the message is refused")
    func framing() {
        #expect(isRefused { try request("GET", framing: .untilClose) })
        #expect(isRefused { try request("GET", framing: .length(-1)) })
        #expect(isRefused { try answer(200, [], .length(-1)) })
        #expect(isRefused { try answer(204, [], .length(0)) })
        #expect(isRefused { try answer(204, [], .chunked) })
        #expect(isRefused { try answer(100, [], .length(0)) })
    }

    @Test("A status out of range is refused", arguments: [Int.min, -1, 0, 99, 101, 103, 199, 600, 1000, Int.max])
    func status(_ status: Int) {
        #expect(isRefused { try answer(status) })
    }

    @Test(
        "Chunks are announced in hexadecimal",
        arguments: [(1, "1"), (9, "9"), (10, "a"), (15, "f"), (16, "10"), (255, "ff"), (256, "100"), (65_536, "10000")])
    func chunk(_ count: Int, _ size: String) {
        let payload = [UInt8](repeating: 0x78, count: count)
        var buffer = bytes("before ")
        HTTP1Writer.chunk(payload, into: &buffer)
        #expect(buffer == bytes("before \(size)\r\n") + payload + bytes("\r\n"))
    }

    @Test("No bytes are no chunk, and the last chunk ends the body")
    func lastChunk() {
        var buffer: [UInt8] = []
        HTTP1Writer.chunk([], into: &buffer)
        #expect(buffer.isEmpty)
        HTTP1Writer.lastChunk(into: &buffer)
        #expect(text(buffer) == "0\r\n\r\n")
    }

    @Test("Fields of another type go in through a lazy map")
    func lazyFields() throws {
        let pairs = [("a", "1"), ("b", "2")]
        var buffer: [UInt8] = []
        try HTTP1Writer.responseHead(
            status: 200, fields: pairs.lazy.map { HTTP1Field(name: $0.0, value: $0.1) }, framing: .length(0),
            keepAlive: true, into: &buffer)
        #expect(text(buffer) == "HTTP/1.1 200 OK\r\na: 1\r\nb: 2\r\ncontent-length: 0\r\n\r\n")
    }
}
