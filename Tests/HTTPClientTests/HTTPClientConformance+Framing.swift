import APIRuntime
import EventLoop
import HTTPClient
import Testing

/// How the end of an answer is known.
extension HTTPClientConformance {
    static let framing = [
        HTTPClientConformance("an answer with Content-Length is read whole and its length is known") { make in
            try await withBench(make, [.request, .send(answer("hello", "X-A: 1\r\n"))]) { bench async throws in
                let outcome = try await bench.fetch()
                #expect(outcome.isWhole)
                #expect(outcome.status == 200)
                #expect(outcome.text == "hello")
                #expect(outcome.length == 5)
                #expect(outcome.headers["x-a"] == "1")
            }
        },
        HTTPClientConformance("a chunked answer is read whole, in whatever pieces it comes") { make in
            let text =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\nX: 1\r\n\r\n"
            for script in [[ScriptedUpstream.Step.request, .send(text)], [.request, .drip(text, 0)]] {
                try await withBench(make, script) { bench async throws in
                    let outcome = try await bench.fetch()
                    #expect(outcome.isWhole)
                    #expect(outcome.text == "hello world")
                    #expect(outcome.length == nil)
                }
            }
        },
        HTTPClientConformance("an answer that ends with the connection is read whole") { make in
            for head in ["HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
                try await withBench(make, [.request, .send(head + "hello"), .pause(10), .send("!"), .close]) {
                    bench async throws in
                    let outcome = try await bench.fetch()
                    #expect(outcome.isWhole)
                    #expect(outcome.text == "hello!")
                }
            }
        },
        HTTPClientConformance("a connection that is reset is no end of a body, however it is framed") { make in
            try await withBench(make, [.request, .send("HTTP/1.1 200 OK\r\n\r\nhello"), .pause(30), .reset]) {
                bench async throws in
                let outcome = try await bench.fetch()
                #expect(outcome.error == .cut)
            }
        },
        HTTPClientConformance("204, 304 and answers to HEAD have no body, whatever their fields say") { make in
            let script: [ScriptedUpstream.Step] = [
                .request, .send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
                .request, .send("HTTP/1.1 204 No Content\r\n\r\n"),
                .request, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
                .request, .send(answer("after")),
            ]
            try await withBench(make, script) { bench async throws in
                for status in [304, 204, 200] {
                    var request = get()
                    if status == 200 { request.method = .head }
                    let outcome = try await bench.fetch(request)
                    #expect(outcome.isWhole)
                    #expect(outcome.status == status)
                    #expect(outcome.body.isEmpty)
                }
                #expect(try await bench.fetch().text == "after")
                #expect(bench.upstream.connections == 1)
            }
        },
        HTTPClientConformance("interim answers are passed over") { make in
            let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            try await withBench(make, [.request, .send(interim + answer("final"))]) { bench async throws in
                let outcome = try await bench.fetch()
                #expect(outcome.status == 200)
                #expect(outcome.text == "final")
                #expect(outcome.headers["link"] == nil)
            }
        },
        HTTPClientConformance("a redirect is an answer like any other") { make in
            let redirect = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
            try await withBench(make, [.answerAll(redirect)]) { bench async throws in
                let outcome = try await bench.fetch()
                #expect(outcome.status == 302)
                #expect(outcome.isWhole)
                #expect(bench.upstream.requests.count == 1)
            }
        },
    ]
}
