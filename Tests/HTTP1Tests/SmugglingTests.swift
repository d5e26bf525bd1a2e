import HTTP1
import Testing

/// Messages that two readers could split differently. Behind each stands a second request that must never come out.
@Suite("Request smuggling")
struct SmugglingTests {
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

    /// The status of the refusal, `nil` if anything but a refusal of the first message came out.
    private func refusal(_ fields: String, _ body: String = "0\r\n\r\n", version: String = "1.1") -> Int? {
        let transcript = readRequests("POST / HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n\r\n\(body)\(Self.hidden)")
        return transcript.messages.contains { $0.isWhole } ? nil : transcript.error?.status
    }

    @Test("Content-Length with Transfer-Encoding is refused, in both orders and with any coding")
    func lengthAndCoding() {
        #expect(refusal("Content-Length: 5\r\nTransfer-Encoding: chunked") == 400)
        #expect(refusal("Transfer-Encoding: chunked\r\nContent-Length: 5") == 400)
        #expect(refusal("Transfer-Encoding: chunked\r\nContent-Length: 0") == 400)
        #expect(refusal("Transfer-Encoding: identity\r\nContent-Length: 5") == 400)
        #expect(refusal("Content-Length: 5\r\nTransfer-Encoding: xchunked") == 400)
    }

    @Test("Two Content-Length lines are refused, equal or not")
    func twoLengths() {
        #expect(refusal("Content-Length: 5\r\nContent-Length: 5", "12345") == 400)
        #expect(refusal("Content-Length: 5\r\nContent-Length: 6", "12345") == 400)
        #expect(refusal("Content-Length: 0\r\ncontent-length: 5", "12345") == 400)
    }

    @Test(
        "A Content-Length that is not one plain number is refused",
        arguments: [
            "5, 5", "5,6", "5,", "+5", "-5", "-0", "5 5", "", "\t5", "5\t", "0x5", "5.0", "5e0", "５", "five",
            "9223372036854775808", "18446744073709551621", "99999999999999999999999999",
        ])
    func oddLengths(_ value: String) {
        #expect(refusal("Content-Length: \(value)", "12345") == 400)
    }

    @Test("The largest length is read as it is")
    func largestLength() {
        let transcript = readRequests("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\nx")
        #expect(transcript.messages.map(\.framing) == [.length(Int.max)])
        #expect(transcript.messages.map(\.isWhole) == [false])
    }

    @Test(
        "A Transfer-Encoding other than chunked is refused",
        arguments: [
            "xchunked", "chunkedx", "chunked, chunked", "gzip, chunked", "chunked, gzip", "chunked, identity",
            "identity",
            "gzip", "", ",chunked", "chunked,", "\"chunked\"", "chunked;a=b", "\tchunked", "chunked\t", "chun ked",
            "chunked ,", "x chunked",
        ])
    func oddCodings(_ value: String) {
        #expect(refusal("Transfer-Encoding: \(value)") == 501)
    }

    @Test("Two Transfer-Encoding lines are refused")
    func twoCodings() {
        #expect(refusal("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") == 400)
        #expect(refusal("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity") == 400)
        #expect(refusal("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked") == 400)
    }

    @Test("Transfer-Encoding in HTTP/1.0 is refused")
    func codingInVersion0() {
        #expect(refusal("Transfer-Encoding: chunked", version: "1.0") == 400)
        #expect(refusal("Transfer-Encoding: chunked\r\nConnection: keep-alive", version: "1.0") == 400)
    }

    @Test("Framing fields hidden behind odd names are refused")
    func oddNames() {
        #expect(refusal("Transfer-Encoding : chunked") == 400)
        #expect(refusal("Content-Length : 5") == 400)
        #expect(refusal(" Transfer-Encoding: chunked") == 400)
        #expect(refusal("X: a\r\n Transfer-Encoding: chunked") == 400)
        #expect(refusal("Transfer-Encoding\0: chunked") == 400)
        #expect(refusal("X: a\nTransfer-Encoding: chunked") == 400)
        #expect(refusal("X: a\rTransfer-Encoding: chunked") == 400)
        #expect(refusal("\u{b}Transfer-Encoding: chunked") == 400)
        #expect(refusal("Transfer-Encoding:\u{b}chunked") == 400)
    }

    @Test("A folded line is refused")
    func folding() {
        #expect(refusal("Transfer-Encoding:\r\n chunked") == 400)
        #expect(refusal("Content-Length: 1\r\n\t2") == 400)
    }

    @Test("Bare line feeds are refused, in the request line, in fields and at the head's end")
    func bareLineFeeds() {
        for input in [
            "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\n",
            "GET / HTTP/1.1\nHost: a\n\n", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        ] {
            let transcript = readRequests(input + Self.hidden)
            #expect(transcript.error?.status == 400)
            #expect(transcript.messages.isEmpty)
        }
    }

    @Test(
        "Chunk extensions are refused",
        arguments: ["5;a=b\r\n", "5;\r\n", "5;a\r\n", "5 ;a\r\n", "0;a\r\n\r\n", "5;\n", "5;a=\"\r\n0\r\n\r\n\"\r\n"])
    func chunkExtensions(_ line: String) {
        #expect(refusal("Transfer-Encoding: chunked", "\(line)12345\r\n0\r\n\r\n") == 400)
    }

    @Test("Trailers that would frame or authenticate the next message are refused")
    func trailers() {
        #expect(refusal("Transfer-Encoding: chunked", "0\r\nContent-Length: 5\r\n\r\n") == 400)
        #expect(refusal("Transfer-Encoding: chunked", "0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400)
        #expect(refusal("Transfer-Encoding: chunked", "0\r\nHost: b\r\n\r\n") == 400)
        #expect(refusal("Transfer-Encoding: chunked", "0\r\nAuthorization: Bearer b\r\n\r\n") == 400)
    }

    @Test("Two Hosts, or a Host that a path could hide in, are refused")
    func hosts() {
        #expect(refusal("Host: b") == 400)
        let transcript = readRequests("GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n")
        #expect(transcript.statuses == [400])
    }

    @Test("An absolute target cannot contradict Host")
    func absoluteTarget() {
        #expect(readRequests("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n\(Self.hidden)").statuses == [400])
        #expect(readRequests("GET //b/ HTTP/1.1\r\nHost: a\r\n\r\n").messages.map(\.start) == ["GET //b/ 1.1"])
    }

    @Test("The same doubts in an answer make it worthless")
    func answers() {
        for fields in [
            "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5, 5",
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: \tchunked",
            "Content-Length: +5", "Content-Length: -1", "Content-Length : 5", "Content-Length:\r\n 5", "X: a\r\n b",
            "Content-Length: 99999999999999999999", "X: a\nContent-Length: 5", "X: a\rContent-Length: 5", "X: \0",
        ] {
            let transcript = readAnswers("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n12345")
            #expect(transcript.error?.status == 502, "\(fields)")
            #expect(transcript.messages.isEmpty, "\(fields)")
        }
        #expect(readAnswers("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").statuses == [502])
    }
}
