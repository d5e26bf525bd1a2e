import HTTP1
import Testing

@Suite("Limits of heads, chunks and trailers")
struct LimitTests {
    private static func letters(_ count: Int) -> String {
        String(repeating: "a", count: count)
    }

    private func limits(_ change: (inout HTTP1Limits) -> Void) -> HTTP1Limits {
        var limits = HTTP1Limits()
        change(&limits)
        return limits
    }

    @Test("A request line of exactly the limit is read, a longer one is 414")
    func requestLine() {
        let limits = limits { $0.maximumLineBytes = 100 }
        // 14 bytes besides the target: the method, two spaces and the version.
        let fits = readRequests("GET /\(Self.letters(86)) HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits)
        #expect(fits.messages.map(\.isWhole) == [true])
        #expect(fits.messages.first?.start.utf8.count == 4 + 87 + 4)
        #expect(readRequests("GET /\(Self.letters(87)) HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits).statuses == [414])
    }

    @Test("A request line without an end is 414 as soon as it is too long")
    func endlessRequestLine() {
        let limits = limits { $0.maximumLineBytes = 100 }
        #expect(readRequests(Self.letters(100), limits: limits).statuses == [])
        #expect(readRequests(Self.letters(101), limits: limits).statuses == [414])
    }

    @Test("A target of 40 KB is 414, a field of 40 KB is 431")
    func fortyKilobytes() {
        #expect(readRequests("GET /\(Self.letters(40_960)) HTTP/1.1\r\nHost: a\r\n\r\n").statuses == [414])
        #expect(readRequests("GET / HTTP/1.1\r\nHost: a\r\nX: \(Self.letters(40_960))\r\n\r\n").statuses == [431])
        #expect(readRequests("GET / HTTP/1.1\r\nHost: a\r\n\(Self.letters(40_960)): a\r\n\r\n").statuses == [431])
        #expect(readRequests("GET / HTTP/1.1\r\nHost: a\r\nX: \(Self.letters(30_000))\r\n\r\n").statuses == [])
    }

    @Test("A head of exactly the limit is read, with one byte more it is 431")
    func head() {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let limits = limits { $0.maximumHeaderBytes = 200 }
        let room = 200 - start.utf8.count - 4
        let fits = readRequests("\(start)\(Self.letters(room))\r\n\r\n", limits: limits)
        #expect(fits.messages.map(\.isWhole) == [true])
        #expect(readRequests("\(start)\(Self.letters(room + 1))\r\n\r\n", limits: limits).statuses == [431])
        #expect(readRequests("\(start)\(Self.letters(room - 2))\r\n\r\n", limits: limits).statuses == [])
        #expect(readRequests("\(start)\(Self.letters(room - 2))\r\nY:\r\n\r\n", limits: limits).statuses == [431])
    }

    @Test("The line end skipped in front of a request counts for nothing")
    func emptyLineInFront() {
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        let limits = limits { $0.maximumHeaderBytes = request.utf8.count }
        #expect(readRequests("\r\n\(request)", limits: limits).messages.map(\.isWhole) == [true])
    }

    @Test("The last field allowed is read, one more is 431")
    func fieldCount() {
        func request(_ count: Int) -> String {
            "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: a\r\n", count: count - 1))\r\n"
        }
        #expect(readRequests(request(100)).messages.first?.fields.count == 100)
        #expect(readRequests(request(101)).statuses == [431])
    }

    @Test("The size of a chunk has as many digits as the limit allows, sixteen at most")
    func chunkLine() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let limits = limits { $0.maximumChunkLineBytes = 4 }
        #expect(readRequests("\(head)0001\r\nx\r\n0\r\n\r\n", limits: limits).messages.map(\.isWhole) == [true])
        #expect(readRequests("\(head)00001\r\nx\r\n0\r\n\r\n", limits: limits).statuses == [400])
    }

    @Test("Trailers are limited in length and number")
    func trailers() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        let limits = limits {
            $0.maximumTrailerBytes = 50
            $0.maximumHeaderCount = 5
        }
        #expect(readRequests("\(head)X: \(Self.letters(43))\r\n\r\n", limits: limits).messages.map(\.isWhole) == [true])
        #expect(readRequests("\(head)X: \(Self.letters(44))\r\n\r\n", limits: limits).statuses == [431])
        #expect(readRequests("\(head)\(String(repeating: "X:\r\n", count: 5))\r\n", limits: limits).statuses == [])
        #expect(readRequests("\(head)\(String(repeating: "X:\r\n", count: 6))\r\n", limits: limits).statuses == [431])
    }

    @Test("Limits count again for the next request on the connection")
    func nextRequest() {
        let request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: aaaa\r\n\r\n"
        let limits = limits {
            $0.maximumHeaderBytes = 60
            $0.maximumHeaderCount = 2
            $0.maximumTrailerBytes = 11
        }
        let transcript = readRequests(request + request + request, limits: limits)
        #expect(transcript.messages.map(\.isWhole) == [true, true, true])
    }

    @Test("An answer past a limit is refused")
    func answers() {
        let limits = limits {
            $0.maximumLineBytes = 30
            $0.maximumHeaderBytes = 100
            $0.maximumHeaderCount = 2
        }
        #expect(
            readAnswers("HTTP/1.1 204 \(Self.letters(17))\r\n\r\n", limits: limits).messages.map(\.isWhole) == [true])
        #expect(readAnswers("HTTP/1.1 204 \(Self.letters(18))\r\n\r\n", limits: limits).statuses == [502])
        #expect(readAnswers("HTTP/1.1 204 \r\nX: \(Self.letters(90))\r\n\r\n", limits: limits).statuses == [502])
        #expect(readAnswers("HTTP/1.1 204 \r\nX:\r\nX:\r\nX:\r\n\r\n", limits: limits).statuses == [502])
    }

    @Test("Limits of nothing or less refuse everything and break nothing")
    func absurdLimits() {
        for size in [0, -1, Int.min / 2] {
            let limits = limits {
                $0.maximumLineBytes = size
                $0.maximumHeaderBytes = size
                $0.maximumHeaderCount = size
                $0.maximumChunkLineBytes = size
                $0.maximumTrailerBytes = size
            }
            #expect(readRequests("GET / HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits).statuses == [414])
        }
        let limits = limits {
            $0.maximumLineBytes = Int.max
            $0.maximumHeaderBytes = Int.max
            $0.maximumTrailerBytes = Int.max
        }
        let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: a\r\n\r\n"
        #expect(readRequests(chunked, limits: limits).messages.map(\.isWhole) == [true])
    }
}
