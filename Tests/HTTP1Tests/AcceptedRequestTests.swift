import HTTP1
import Testing

@Suite("Requests that are accepted")
struct AcceptedRequestTests {
    private static let host = ["host", "a"]

    private static func request(
        _ start: String, _ fields: [[String]] = [host], _ framing: HTTP1Framing = .none, keepAlive: Bool = true,
        expectsContinue: Bool = false, body: String = ""
    ) -> ReadMessage {
        ReadMessage(
            start: start, fields: fields, framing: framing, keepAlive: keepAlive, expectsContinue: expectsContinue,
            body: bytes(body), isWhole: true)
    }

    static let rows: [Row<[ReadMessage]>] = [
        Row("the least there is", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", [request("GET / 1.1")]),
        Row("one empty line in front", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", [request("GET / 1.1")]),
        Row("an unknown method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", [request("BREW /pot 1.1")]),
        Row("a lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", [request("get / 1.1")]),
        Row(
            "a method of odd characters", "M-SEARCH!#$%&'*+.^_`|~ / HTTP/1.1\r\nHost: a\r\n\r\n",
            [request("M-SEARCH!#$%&'*+.^_`|~ / 1.1")]),
        Row("a query", "GET /a/b?c=d&e=%7B%7d HTTP/1.1\r\nHost: a\r\n\r\n", [request("GET /a/b ?c=d&e=%7B%7d 1.1")]),
        Row("an empty query", "GET /? HTTP/1.1\r\nHost: a\r\n\r\n", [request("GET / ? 1.1")]),
        Row(
            "a second question mark belongs to the query", "GET /?a?b HTTP/1.1\r\nHost: a\r\n\r\n",
            [request("GET / ?a?b 1.1")]),
        Row(
            "escapes stay as they are", "GET /%2F/..//%c3%A9/ HTTP/1.1\r\nHost: a\r\n\r\n",
            [request("GET /%2F/..//%c3%A9/ 1.1")]),
        Row(
            "visible characters outside the URI grammar", "GET /\"<>[\\]^`{|} HTTP/1.1\r\nHost: a\r\n\r\n",
            [request("GET /\"<>[\\]^`{|} 1.1")]),
        Row(
            "an address in the path", "GET /http://b/c HTTP/1.1\r\nHost: a\r\n\r\n",
            [request("GET /http://b/c 1.1")]),
        Row("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", [request("OPTIONS * 1.1")]),
        Row("HTTP/1.0 without Host closes", "GET / HTTP/1.0\r\n\r\n", [request("GET / 1.0", [], keepAlive: false)]),
        Row(
            "HTTP/1.0 with keep-alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            [request("GET / 1.0", [["connection", "Keep-Alive"]])]),
        Row(
            "HTTP/1.0 with both options closes", "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
            [request("GET / 1.0", [["connection", "keep-alive, close"]], keepAlive: false)]),
        Row(
            "close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            [request("GET / 1.1", [host, ["connection", "close"]], keepAlive: false)]),
        Row(
            "close among others, over two lines",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: TE,\t,x\r\nConnection: ,CLOSE ,\r\n\r\n",
            [request("GET / 1.1", [host, ["connection", "TE,\t,x"], ["connection", ",CLOSE ,"]], keepAlive: false)]),
        Row(
            "an upgrade is not made",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
            [request("GET / 1.1", [host, ["connection", "Upgrade"], ["upgrade", "h2c"]])]),
        Row(
            "white space around a value", "GET / HTTP/1.1\r\nHost: a\r\nX:\t b\tc  d \t\r\n\r\n",
            [request("GET / 1.1", [host, ["x", "b\tc  d"]])]),
        Row(
            "no white space, empty values", "GET / HTTP/1.1\r\nHost:a\r\nX:\r\nY: \t\r\n\r\n",
            [request("GET / 1.1", [host, ["x", ""], ["y", ""]])]),
        Row(
            "names are lower-cased, values are not, order stays",
            "GET / HTTP/1.1\r\nX-B: One\r\nHOST: a\r\nx-A: Two\r\nX-b: Three\r\n\r\n",
            [request("GET / 1.1", [["x-b", "One"], host, ["x-a", "Two"], ["x-b", "Three"]])]),
        Row(
            "a value of UTF-8", "GET / HTTP/1.1\r\nHost: a\r\nX: é漢😀\r\n\r\n",
            [request("GET / 1.1", [host, ["x", "é漢😀"]])]),
        Row(
            "a length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
            [request("POST / 1.1", [host, ["content-length", "5"]], .length(5), body: "hello")]),
        Row(
            "a length of none", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:  0 \r\n\r\n",
            [request("POST / 1.1", [host, ["content-length", "0"]], .length(0))]),
        Row(
            "a body with GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\r\n",
            [request("GET / 1.1", [host, ["content-length", "2"]], .length(2), body: "\r\n")]),
        Row(
            "chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n",
            [
                request(
                    "POST / 1.1", [host, ["transfer-encoding", "Chunked"]], .chunked, body: "abc0123456789")
            ]),
        Row(
            "sixteen digits and a final chunk of several zeros",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0000000000000001\r\nx\r\n000\r\n\r\n",
            [request("POST / 1.1", [host, ["transfer-encoding", "chunked"]], .chunked, body: "x")]),
        Row(
            "trailers are dropped",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Sum: 1\r\nY:\r\n\r\n",
            [request("POST / 1.1", [host, ["transfer-encoding", "chunked"]], .chunked, body: "x")]),
        Row(
            "100-continue", "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\nx",
            [
                request(
                    "POST / 1.1", [host, ["expect", "100-Continue"], ["content-length", "1"]], .length(1),
                    expectsContinue: true, body: "x")
            ]),
        Row(
            "100-continue without a body", "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            [request("GET / 1.1", [host, ["expect", "100-continue"]])]),
        Row(
            "100-continue in HTTP/1.0",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
            [
                request(
                    "POST / 1.0", [["expect", "100-continue"], ["content-length", "1"]], .length(1),
                    keepAlive: false, body: "x")
            ]),
        Row("no input", "", []),
    ]

    @Test("Exactly what was sent is found, however it is cut", arguments: rows)
    func accepted(_ row: Row<[ReadMessage]>) {
        #expect(readRequests(row.input) == Transcript(messages: row.expected))
    }

    @Test(
        "Hosts of each kind are accepted",
        arguments: [
            "a", "A.example.org", "a:0", "a:65535", "10.0.0.1:9090", "[::1]", "[2001:db8::7]:80", "[::ffff:1.2.3.4]",
            "my_service-1.local", "a~b", "a.",
        ])
    func hosts(_ host: String) {
        let transcript = readRequests("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        #expect(transcript.error == nil)
        #expect(transcript.messages.first?.fields == [["host", host]])
    }

    @Test(
        "Names known to the parser are told apart from each other in any case",
        arguments: [
            "access-control-request-headers", "access-control-request-method", "authorization", "cache-control",
            "content-encoding", "content-range", "content-type", "cookie", "if-modified-since", "keep-alive",
            "proxy-authorization", "range", "set-cookie", "strict-transport-security", "te", "trailer", "upgrade",
            "accept", "accept-encoding", "accept-language", "baggage", "date", "etag", "if-none-match", "last-modified",
            "location", "origin", "referer", "server", "traceparent", "tracestate", "user-agent", "vary",
            "x-forwarded-for", "x-request-id", "x-scope-orgid", "x-tenant", "upgrade-insecure-requests",
            "www-authenticate", "x-content-type-options", "x-forwarded-host",
            "x-forwarded-proto",
        ])
    func knownNames(_ name: String) {
        let spellings = [
            name, name.uppercased(), name.capitalized(every: 2), name + "x", String(name.dropLast()) + "_",
        ]
        for spelling in spellings {
            let transcript = readRequests("GET / HTTP/1.1\r\nHost: a\r\n\(spelling): v\r\n\r\n")
            #expect(transcript.messages.first?.fields == [["host", "a"], [spelling.lowercased(), "v"]])
        }
    }

    @Test("Nothing is between messages from the request line to the end")
    func betweenMessages() throws {
        var parser = HTTP1RequestParser()
        func give(_ input: String) throws -> Bool {
            _ = try bytes(input).withUnsafeBytes { try parser.next($0) }
            return parser.isBetweenMessages
        }
        #expect(parser.isBetweenMessages)
        #expect(try give("GET"))
        #expect(try give("GET / HTTP/1.1\r\n") == false)
        #expect(try give("Host: a\r\n\r\n") == false)
        #expect(try give(""))
    }
}

extension String {
    /// Every so-many-th letter in upper case.
    fileprivate func capitalized(every step: Int) -> String {
        var result = ""
        for (index, letter) in enumerated() {
            result += index % step == 0 ? letter.uppercased() : letter.lowercased()
        }
        return result
    }
}
