import HTTP1
import Testing

@Suite("Several messages on one connection")
struct PipeliningTests {
    @Test("Requests with and without bodies follow each other without a gap")
    func requests() {
        let transcript = readRequests(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 27\r\n\r\nGET /no HTTP/1.1\r\nHost: b\r\n"
                + "\r\nPOST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\r\n\r\n0\r\nX: y\r\n\r\n"
                + "HEAD /4 HTTP/1.0\r\n\r\n")
        #expect(transcript.error == nil)
        #expect(transcript.messages.map(\.start) == ["GET /1 1.1", "POST /2 1.1", "POST /3 1.1", "HEAD /4 1.0"])
        #expect(transcript.messages.map { text($0.body) } == ["", "GET /no HTTP/1.1\r\nHost: b\r\n", "\r\n", ""])
        #expect(transcript.messages.map(\.isWhole) == [true, true, true, true])
        #expect(transcript.left == 0)
    }

    @Test("Nothing of one request's fields reaches the next")
    func nothingIsKept() {
        let transcript = readRequests(
            "POST / HTTP/1.1\r\nHost: a\r\nAuthorization: b\r\nContent-Type: c\r\nExpect: 100-continue\r\n"
                + "Connection: close\r\nContent-Length: 1\r\n\r\nx"
                + "POST / HTTP/1.1\r\nHost: a\r\nAuthorization: b\r\nContent-Type: c\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(transcript.error == nil)
        #expect(transcript.messages.map(\.fields.count) == [6, 4, 1])
        #expect(transcript.messages.map(\.keepAlive) == [false, true, true])
        #expect(transcript.messages.map(\.expectsContinue) == [true, false, false])
        #expect(transcript.messages.map(\.framing) == [.length(1), .chunked, .none])
    }

    @Test("One line end too many is skipped in front of every request, two are not")
    func emptyLines() {
        let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
        let transcript = readRequests("\r\n\(request)\r\n\(request)\r\n\(request)")
        #expect(transcript.error == nil)
        #expect(transcript.messages.map(\.isWhole) == [true, true, true])
        let refused = readRequests("\(request)\r\n\r\n\(request)")
        #expect(refused.messages.map(\.isWhole) == [true])
        #expect(refused.statuses == [400])
    }

    @Test("What is wrong behind a request does not take it back")
    func errorBehind() {
        let transcript = readRequests("GET / HTTP/1.1\r\nHost: a\r\n\r\nG(T / HTTP/1.1\r\n\r\n")
        #expect(transcript.messages.map(\.isWhole) == [true])
        #expect(transcript.statuses == [400])
    }

    @Test("A request cut at the end of the input is left to be completed")
    func cut() {
        let transcript = readRequests("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTT")
        #expect(transcript.messages.map(\.start) == ["GET / 1.1"])
        #expect(transcript.left == 13)
    }

    @Test("One parser reads the answers of one connection, each to its own method")
    func answers() {
        let transcript = readAnswers(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
                + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
                + "HTTP/1.1 204 No Content\r\n\r\n",
            to: ["GET", "HEAD", "POST", "DELETE"])
        #expect(transcript.error == nil)
        #expect(transcript.messages.map(\.framing) == [.length(3), .none, .chunked, .none])
        #expect(transcript.messages.map { text($0.body) } == ["abc", "", "x", ""])
        #expect(transcript.messages.map(\.isWhole) == [true, true, true, true])
    }

    @Test("An answer more than there were requests is refused")
    func surplusAnswer() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        let transcript = readAnswers(answer + answer)
        #expect(transcript.messages.map(\.isWhole) == [true])
        #expect(transcript.statuses == [502])
        #expect(readAnswers(answer, to: []).statuses == [502])
        #expect(readAnswers(answer + "\r\n").statuses == [502])
    }

    @Test("A body comes in pieces as it arrives, without waiting for its end")
    func pieces() throws {
        var parser = HTTP1RequestParser()
        func give(_ input: String) throws -> HTTP1Progress<HTTP1RequestHead> {
            try bytes(input).withUnsafeBytes { try parser.next($0) }
        }
        func range(_ progress: HTTP1Progress<HTTP1RequestHead>) -> Range<Int>? {
            guard case .body(let range) = progress.event else { return nil }
            return range
        }
        _ = try give("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let first = try give("a\r\nabc")
        #expect(range(first) == 3..<6)
        #expect(first.consumed == 6)
        let second = try give("defghij\r\n1\r\nx")
        #expect(range(second) == 0..<7)
        #expect(second.consumed == 7)
        let third = try give("\r\n1\r\nx")
        #expect(range(third) == 5..<6)
        let last = try give("\r\n0\r\n\r\nGET")
        guard case .end = last.event else {
            Issue.record("The body did not end.")
            return
        }
        #expect(last.consumed == 7)
    }
}
