import HTTP1
import Testing

@Suite("Requests that are refused")
struct RefusedRequestTests {
    private static func head(_ fields: String) -> String {
        "GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n"
    }

    private static func chunks(_ body: String) -> String {
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
    }

    static let requestLines: [Row<Int>] = [
        Row("garbage", "garbage\r\n\r\n", 400),
        Row("a TLS client hello", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00], 400),
        Row("two empty lines in front", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a space in front", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("no method", " / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a method above ASCII", "GÉT / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("HTTP/0.9", "GET /\r\n\r\n", 400),
        Row("a space without a version", "GET / \r\n\r\n", 400),
        Row("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("two spaces behind the target", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a space behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        Row("a tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a tab in the target", "GET /\ta HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a target above ASCII", "GET /é HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("DEL in the target", "GET /\u{7f} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a fragment in the query", "GET /a?b#c HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("an escape of one digit", "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("an escape of other letters", "GET /%2g HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a percent sign alone, in the query", "GET /?q=100% HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("an absolute target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("an absolute target of another host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a target without a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("a query alone", "GET ?a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("* with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("** with OPTIONS", "OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("*? with OPTIONS", "OPTIONS *?a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("* with a method in lower case", "options * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Row("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
        Row("CONNECT with a path", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Row("the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505),
        Row("HTTP/0.9 by name", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
        Row("HTTP/3.0", "GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
        Row("HTTP/2", "GET / HTTP/2\r\nHost: a\r\n\r\n", 400),
        Row("HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400),
        Row("HTTP/01.1", "GET / HTTP/01.1\r\nHost: a\r\n\r\n", 400),
        Row("http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        Row("HTTP/1,1", "GET / HTTP/1,1\r\nHost: a\r\n\r\n", 400),
        Row("another protocol", "GET / RTSP/1.0\r\nHost: a\r\n\r\n", 400),
    ]

    static let fields: [Row<Int>] = [
        Row("no colon", head("X"), 400),
        Row("no name", head(": a"), 400),
        Row("a space before the colon", head("X : a"), 400),
        Row("a tab before the colon", head("X\t: a"), 400),
        Row("a space in a name", head("X Y: a"), 400),
        Row("a name that is no token", head("X(Y): a"), 400),
        Row("a name above ASCII", head("Xé: a"), 400),
        Row("a folded value", head("X: a\r\n b"), 400),
        Row("a folded value, by a tab", head("X: a\r\n\tb"), 400),
        Row("a space before the first name", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
        Row("NUL in a value", head("X: a\0b"), 400),
        Row("a control character in a value", head("X: a\u{1}b"), 400),
        Row("DEL in a value", head("X: a\u{7f}b"), 400),
        Row("NUL in a name", head("X\0: a"), 400),
        Row("a carriage return in a value", head("X: a\rb"), 400),
        Row("a carriage return in a name", head("X\rY: a"), 400),
        Row("two carriage returns", head("X: a\r"), 400),
        Row("a value that is Latin-1", bytes(head("X: ")).dropLast(4) + [0xe9] + bytes("\r\n\r\n"), 400),
        Row(
            "a value with a cut UTF-8 sequence", bytes(head("X: ")).dropLast(4) + [0xe2, 0x82] + bytes("\r\n\r\n"), 400),
        Row(
            "a value with an overlong UTF-8 sequence",
            bytes(head("X: ")).dropLast(4) + [0xc0, 0xaf] + bytes("\r\n\r\n"), 400),
        Row("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
        Row("an expectation without Host", "GET / HTTP/1.1\r\nExpect: x\r\n\r\n", 400),
        Row("two Hosts", head("Host: a"), 400),
        Row("two different Hosts", head("hOST: b"), 400),
        Row("two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        Row("two Authorizations", head("Authorization: Bearer a\r\nauthorization: Bearer a"), 400),
        Row("two Content-Types", head("Content-Type: a/b\r\nContent-Type: a/b"), 400),
        Row("two Expects", head("Expect: 100-continue\r\nExpect: 100-continue"), 400),
        Row("another expectation", head("Expect: 200-ok"), 417),
        Row("an empty expectation", head("Expect:"), 417),
        Row("two expectations in one", head("Expect: 100-continue, 100-continue"), 417),
        Row("a Connection that is no list", head("Connection: clo se"), 400),
        Row("a Connection in quotes", head("Connection: \"close\""), 400),
    ]

    static let bodies: [Row<Int>] = [
        Row("a chunk without a size", chunks("\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size with 0x", chunks("0x3\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size with a sign", chunks("+3\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a negative size", chunks("-3\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a space before the size", chunks(" 3\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a space behind the size", chunks("3 \r\nabc\r\n0\r\n\r\n"), 400),
        Row("a tab behind the size", chunks("3\t\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size of other letters", chunks("3g\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size above the largest integer", chunks("8000000000000000\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size of all bits", chunks("ffffffffffffffff\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size of seventeen digits", chunks("00000000000000003\r\nabc\r\n0\r\n\r\n"), 400),
        Row("a size line of a bare line feed", chunks("3\nabc\r\n0\r\n\r\n"), 400),
        Row("a size line of a bare carriage return", chunks("3\rabc\r\n0\r\n\r\n"), 400),
        Row("a chunk longer than its size", chunks("3\r\nabcd\r\n0\r\n\r\n"), 400),
        Row("a chunk shorter than its size", chunks("3\r\nab\r\n0\r\n\r\n"), 400),
        Row("a chunk that ends with a line feed", chunks("3\r\nabc\n0\r\n\r\n"), 400),
        Row("a chunk that ends with two carriage returns", chunks("3\r\nabc\r\r\n0\r\n\r\n"), 400),
        Row("a folded trailer", chunks("0\r\nX: a\r\n b\r\n\r\n"), 400),
        Row("a trailer without a colon", chunks("0\r\nX\r\n\r\n"), 400),
        Row("a trailer with NUL", chunks("0\r\nX: \0\r\n\r\n"), 400),
        Row("a trailer that is not UTF-8", bytes(chunks("0\r\nX: ")) + [0xff] + bytes("\r\n\r\n"), 400),
        Row("a trailer that ends with a line feed", chunks("0\r\nX: a\n\r\n"), 400),
        Row("something other than an end behind the last chunk", chunks("0\r\n\rX"), 400),
    ]

    @Test("A malformed request line is refused as it should, however it is cut", arguments: requestLines)
    func requestLine(_ row: Row<Int>) {
        let transcript = readRequests(row.input)
        #expect(transcript.error?.status == row.expected)
        #expect(transcript.messages.isEmpty)
    }

    @Test("A malformed field is refused as it should, however it is cut", arguments: fields)
    func field(_ row: Row<Int>) {
        let transcript = readRequests(row.input)
        #expect(transcript.error?.status == row.expected)
        #expect(transcript.messages.isEmpty)
    }

    @Test("A malformed body is refused behind its head and never ends, however it is cut", arguments: bodies)
    func body(_ row: Row<Int>) {
        let transcript = readRequests(row.input)
        #expect(transcript.error?.status == row.expected)
        #expect(transcript.messages.map(\.isWhole) == [false])
    }

    @Test(
        "A trailer that would change the message is refused",
        arguments: [
            "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Range",
            "Content-Type", "Cookie", "Expect", "HOST", "If-Modified-Since", "Keep-Alive", "Proxy-Authorization",
            "Range", "Set-Cookie", "TE", "Trailer", "transfer-encoding", "Upgrade", "WWW-Authenticate",
        ])
    func trailer(_ name: String) {
        let transcript = readRequests(Self.chunks("0\r\n\(name): 1\r\n\r\n"))
        #expect(transcript.error?.status == 400)
        #expect(transcript.messages.map(\.isWhole) == [false])
    }

    @Test(
        "Malformed hosts are refused",
        arguments: [
            "", "a b", "a,b", "a/b", "a@b", "http://a", "a:", "a:x", "a:-1", "a:65536", "a:000080", ":80", "a:1:2",
            "[]",
            "[::1", "::1", "[::1]x", "[::1]:", "[1.2.3.4]", "[fe80::1%25eth0]", "[v1.a]", "a\tb", "é", "a?b", "a#b",
            "*",
            "%61",
        ])
    func host(_ host: String) {
        #expect(readRequests("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").error?.status == 400)
    }

    @Test("Each byte is judged by its class: in methods, targets, names and values", arguments: UInt8.min...UInt8.max)
    func everyByte(_ byte: UInt8) {
        let letter = Character(Unicode.Scalar(byte))
        let isToken = byte < 0x80 && (letter.isLetter || letter.isNumber || "!#$%&'*+-.^_`|~".contains(letter))
        let isVisible = (0x21...0x7e).contains(byte)
        func isAccepted(_ before: String, _ after: String) -> Bool {
            let transcript = readRequests(bytes(before) + [byte] + bytes(after))
            return transcript.error == nil && transcript.messages.map(\.isWhole) == [true]
        }
        #expect(isAccepted("G", "T / HTTP/1.1\r\nHost: a\r\n\r\n") == isToken)
        #expect(isAccepted("GET /a", "b HTTP/1.1\r\nHost: a\r\n\r\n") == (isVisible && byte != 0x23 && byte != 0x25))
        #expect(isAccepted("GET / HTTP/1.1\r\nHost: a\r\nX", "Y: b\r\n\r\n") == (isToken || byte == 0x3a))
        #expect(
            isAccepted("GET / HTTP/1.1\r\nHost: a\r\nX: a", "b\r\n\r\n") == (isVisible || byte == 0x20 || byte == 9))
        #expect(
            isAccepted("GET / HTTP/1.1\r\nHost: a\r\nX: aaaaaaaaaaa", "bbbbbbbbbbb\r\n\r\n")
                == (isVisible || byte == 0x20 || byte == 9))
    }

    @Test("After an error every call throws that error again")
    func poisoned() {
        var parser = HTTP1RequestParser()
        for input in ["GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""] {
            #expect(throws: HTTP1Error(status: 400, detail: "A line feed stands without a carriage return.")) {
                _ = try bytes(input).withUnsafeBytes { try parser.next($0) }
            }
        }
        #expect(!parser.isBetweenMessages)
    }
}
