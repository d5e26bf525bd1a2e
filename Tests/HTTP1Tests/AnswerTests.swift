import HTTP1
import Testing

@Suite("Answers")
struct AnswerTests {
    private static func answer(
        _ start: String, _ fields: [[String]] = [], _ framing: HTTP1Framing = .none, keepAlive: Bool = true,
        body: String = "", isWhole: Bool = true
    ) -> ReadMessage {
        ReadMessage(
            start: start, fields: fields, framing: framing, keepAlive: keepAlive, body: bytes(body), isWhole: isWhole)
    }

    static let acceptedRows: [Row<ReadMessage>] = [
        Row(
            "a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            answer("200 1.1", [["content-length", "5"]], .length(5), body: "hello")),
        Row(
            "a length of none", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            answer("200 1.1", [["content-length", "0"]], .length(0))),
        Row(
            "chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
            answer("200 1.1", [["transfer-encoding", "chunked"]], .chunked, body: "hello")),
        Row(
            "until the close", "HTTP/1.1 200 OK\r\n\r\nhello",
            answer("200 1.1", [], .untilClose, keepAlive: false, body: "hello", isWhole: false)),
        Row(
            "HTTP/1.0 until the close", "HTTP/1.0 200 OK\r\n\r\nhello",
            answer("200 1.0", [], .untilClose, keepAlive: false, body: "hello", isWhole: false)),
        Row(
            "HTTP/1.0 until the close, although keep-alive is said",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n",
            answer("200 1.0", [["connection", "keep-alive"]], .untilClose, keepAlive: false, isWhole: false)),
        Row(
            "HTTP/1.0 with a length", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
            answer("200 1.0", [["content-length", "1"]], .length(1), keepAlive: false, body: "x")),
        Row(
            "HTTP/1.0 with a length and keep-alive",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx",
            answer("200 1.0", [["connection", "keep-alive"], ["content-length", "1"]], .length(1), body: "x")),
        Row(
            "close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            answer("200 1.1", [["connection", "close"], ["content-length", "0"]], .length(0), keepAlive: false)),
        Row(
            "204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
            answer("204 1.1", [["content-length", "5"]])),
        Row(
            "304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
            answer("304 1.1", [["content-length", "5"]])),
        Row(
            "304 with chunks announced", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n",
            answer("304 1.1", [["transfer-encoding", "chunked"]])),
        Row(
            "an interim answer is skipped",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\nContent-Length: 9\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            answer("200 1.1", [["content-length", "1"]], .length(1), body: "x")),
        Row("an empty reason", "HTTP/1.1 204 \r\n\r\n", answer("204 1.1")),
        Row("no reason and no space", "HTTP/1.1 204\r\n\r\n", answer("204 1.1")),
        Row(
            "a reason that is Latin-1, with a tab", bytes("HTTP/1.1 204 d") + [0xe9] + bytes("j\tx\r\n\r\n"),
            answer("204 1.1")),
        Row(
            "the least and the greatest status", "HTTP/1.1 599 x\r\nContent-Length: 0\r\n\r\n",
            answer("599 1.1", [["content-length", "0"]], .length(0))),
        Row(
            "names are lower-cased", "HTTP/1.1 204 x\r\nX-Ab: C\r\nDATE: d\r\n\r\n",
            answer("204 1.1", [["x-ab", "C"], ["date", "d"]])),
    ]

    @Test("Exactly what was sent is found, however it is cut", arguments: acceptedRows)
    func accepted(_ row: Row<ReadMessage>) {
        #expect(readAnswers(row.input) == Transcript(messages: [row.expected]))
    }

    @Test("An answer to HEAD has no body, whatever its fields say")
    func head() {
        for fields in ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", ""] {
            let transcript = readAnswers("HTTP/1.1 200 OK\r\n\(fields)\r\n", to: ["HEAD"])
            #expect(transcript.messages.map(\.framing) == [.none])
            #expect(transcript.messages.map(\.isWhole) == [true])
            #expect(transcript.messages.map(\.keepAlive) == [true])
        }
    }

    @Test("An interim answer does not use up the request's method")
    func interimToHead() {
        let transcript = readAnswers(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", to: ["HEAD"])
        #expect(transcript.messages.map(\.framing) == [.none])
    }

    static let refusedRows: [Row<String>] = [
        Row("garbage", "garbage\r\n\r\n", ""),
        Row("an empty line in front", "\r\nHTTP/1.1 204 x\r\n\r\n", ""),
        Row("a request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""),
        Row("HTTP/2.0", "HTTP/2.0 200 OK\r\n\r\n", ""),
        Row("HTTP/1.2", "HTTP/1.2 200 OK\r\n\r\n", ""),
        Row("ICY", "ICY 200 OK\r\n\r\n", ""),
        Row("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", ""),
        Row("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", ""),
        Row("a status of letters", "HTTP/1.1 2xx OK\r\n\r\n", ""),
        Row("status 099", "HTTP/1.1 099 OK\r\n\r\n", ""),
        Row("status 600", "HTTP/1.1 600 OK\r\n\r\n", ""),
        Row("two spaces before the status", "HTTP/1.1  200 OK\r\n\r\n", ""),
        Row("a tab before the status", "HTTP/1.1\t200 OK\r\n\r\n", ""),
        Row("a tab behind the status", "HTTP/1.1 200\tOK\r\n\r\n", ""),
        Row("a version alone", "HTTP/1.1\r\n\r\n", ""),
        Row("NUL in the reason", "HTTP/1.1 200 \0\r\n\r\n", ""),
        Row("a bare line feed", "HTTP/1.1 200 OK\n\r\n", ""),
        Row("switched protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", ""),
        Row("no colon", "HTTP/1.1 204 x\r\nX\r\n\r\n", ""),
        Row("no name", "HTTP/1.1 204 x\r\n: x\r\n\r\n", ""),
        Row("a folded field", "HTTP/1.1 204 x\r\nX: a\r\n b\r\n\r\n", ""),
        Row("two Content-Types", "HTTP/1.1 204 x\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n", ""),
        Row("a doubtful interim answer", "HTTP/1.1 100 x\r\nContent-Length: a\r\n\r\n", ""),
    ]

    @Test("A malformed answer is refused, however it is cut", arguments: refusedRows)
    func refused(_ row: Row<String>) {
        let transcript = readAnswers(row.input)
        #expect(transcript.statuses == [502])
        #expect(transcript.messages.isEmpty)
    }

    @Test("A broken chunk is refused behind the head")
    func brokenChunk() {
        for body in ["x\r\n", "3\r\nabcd\r\n0\r\n\r\n", "3;a\r\nabc\r\n0\r\n\r\n", "0\r\nHost: a\r\n\r\n"] {
            let transcript = readAnswers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
            #expect(transcript.statuses == [502])
            #expect(transcript.messages.map(\.isWhole) == [false])
        }
    }

    @Test("Interim answers without end are cut off")
    func interimFlood() {
        let interim = "HTTP/1.1 102 Processing\r\n\r\n"
        let answer = "HTTP/1.1 204 No Content\r\n\r\n"
        #expect(readAnswers(String(repeating: interim, count: 16) + answer).messages.map(\.isWhole) == [true])
        #expect(readAnswers(String(repeating: interim, count: 17) + answer).statuses == [502])
        let each = String(repeating: interim, count: 16) + answer
        #expect(readAnswers(each + each, to: ["GET", "GET"]).messages.map(\.isWhole) == [true, true])
    }

    /// What `finish` makes of the close behind some bytes: `nil` if it throws.
    private func closed(behind input: String, to methods: [String] = ["GET"]) -> String? {
        var tested = TestedAnswers(methods)
        guard feed(&tested, [bytes(input)[...]]).error == nil else { return "error" }
        do {
            guard let event = try tested.parser.finish() else { return "nothing" }
            guard case .end = event else { return "another event" }
            return tested.parser.isBetweenMessages ? "end" : "end within a message"
        } catch {
            #expect(error.status == 502)
            #expect(!tested.parser.isBetweenMessages)
            #expect(feed(&tested, [[]]).error == error)
            return nil
        }
    }

    @Test("A close is the end of a body that has no other")
    func close() {
        #expect(closed(behind: "HTTP/1.1 200 OK\r\n\r\nhello") == "end")
        #expect(closed(behind: "HTTP/1.1 200 OK\r\n\r\n") == "end")
        #expect(closed(behind: "HTTP/1.0 200 OK\r\nContent-Type: a\r\n\r\nhello") == "end")
    }

    @Test("A close between answers is nothing")
    func closeBetween() {
        #expect(closed(behind: "") == "nothing")
        #expect(closed(behind: "", to: []) == "nothing")
        #expect(closed(behind: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 x\r\n\r\n") == "nothing")
        #expect(closed(behind: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") == "nothing")
        #expect(closed(behind: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == "nothing")
        #expect(closed(behind: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", to: ["HEAD"]) == "nothing")
    }

    @Test(
        "A close within an answer is an error",
        arguments: [
            "H", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
        ])
    func closeWithin(_ input: String) {
        #expect(closed(behind: input) == nil)
    }

    @Test("A close between the head and the end of an empty body is that end")
    func closeBeforeEnd() throws {
        var parser = HTTP1ResponseParser()
        parser.expect(responseTo: "GET")
        let input = bytes("HTTP/1.1 204 x\r\n\r\n")
        let progress = try input.withUnsafeBytes { try parser.next($0) }
        #expect(progress.consumed == input.count)
        guard case .end = try parser.finish() else {
            Issue.record("The answer did not end.")
            return
        }
        #expect(try parser.finish() == nil)
    }
}
