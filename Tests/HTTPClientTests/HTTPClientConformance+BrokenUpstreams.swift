import APIRuntime
import EventLoop
import HTTPClient
import Testing

/// Upstreams that close, cut, lie or are not there.
extension HTTPClientConformance {
    static let broken = [
        HTTPClientConformance("nobody listens: cannot connect") { make in
            let upstream = try ScriptedUpstream([[.close]])
            upstream.stop()
            try await withBench(make, [.close]) { bench async throws in
                let closed = make(HTTPClientOrigin(host: "127.0.0.1", port: 1), HTTPClientConfiguration())
                let outcome = try await bench.shard.run { await fetch(closed, get()) }
                guard case .cannotConnect = outcome.error else { return recordFailure(outcome) }
                await closed.close()
            }
        },
        HTTPClientConformance("a name that does not resolve: cannot connect") { make in
            try await withBench(make, [.close]) { bench async throws in
                let lost = make(HTTPClientOrigin(host: "no such name", port: 80), HTTPClientConfiguration())
                let outcome = try await bench.shard.run { await fetch(lost, get()) }
                guard case .cannotConnect = outcome.error else { return recordFailure(outcome) }
                await lost.close()
            }
        },
        HTTPClientConformance("a connection closed before or within the head: connectionClosed") { make in
            for script: [ScriptedUpstream.Step] in [
                [.request, .close], [.request, .reset], [.request, .send("HTTP/1.1 200 OK\r\nCont"), .close],
                [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"), .pause(20), .reset],
            ] {
                try await withBench(make, script) { bench async throws in
                    #expect(try await bench.fetch().error == .connectionClosed)
                    #expect(bench.upstream.connections == 1)
                }
            }
        },
        HTTPClientConformance("an answer cut within its body is an error after what came, never an end") { make in
            for text in [
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
            ] {
                try await withBench(make, [.request, .send(text), .close]) { bench async throws in
                    let outcome = try await bench.fetch()
                    #expect(outcome.status == 200)
                    #expect(outcome.text == "hello")
                    #expect(outcome.error == .cut)
                }
            }
        },
        HTTPClientConformance("garbage and lies about lengths are not trusted") { make in
            for text in [
                "garbage\r\n\r\n", "HTTP/1.1 99 X\r\n\r\n", "HTTP/2 200\r\n\r\n", "SSH-2.0-x\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            ] {
                try await withBench(make, [.request, .send(text)]) { bench async throws in
                    let outcome = try await bench.fetch()
                    guard case .malformedAnswer = outcome.error else {
                        Issue.record("\(text.debugDescription) gave \(outcome)")
                        return
                    }
                    #expect(await eventually { bench.upstream.departures == 1 })
                }
            }
        },
        HTTPClientConformance("a head without end is cut off at the limit") { make in
            let head =
                "HTTP/1.1 200 OK\r\n" + String(repeating: "X: \(String(repeating: "x", count: 900))\r\n", count: 60)
            try await withBench(make, [.request, .send(head)]) { bench async throws in
                guard case .malformedAnswer = try await bench.fetch().error else { return recordFailure(Outcome()) }
            }
        },
        HTTPClientConformance("a kept connection that the upstream closed costs an idempotent request nothing") {
            make in
            try await withBench(make, [.request, .send(answer("one")), .request, .close], [.answerAll(answer("two"))]) {
                bench async throws in
                #expect(try await bench.fetch().text == "one")
                #expect(try await bench.fetch().text == "two")
                #expect(bench.upstream.connections == 2)
                #expect(bench.upstream.requests.count == 3)
            }
        },
        HTTPClientConformance("a request that is not idempotent is never sent twice") { make in
            try await withBench(make, [.request, .send(answer("one")), .request, .close], [.answerAll(answer("two"))]) {
                bench async throws in
                #expect(try await bench.fetch().text == "one")
                let outcome = try await bench.fetch(HTTPClientRequest(method: .post, target: "/", body: [1]))
                #expect(outcome.error == .connectionClosed)
                #expect(bench.upstream.requests.count == 2)
            }
        },
        HTTPClientConformance("an idempotent request is sent at most twice") { make in
            try await withBench(make, [.request, .send(answer("one")), .request, .close], [.request, .close]) {
                bench async throws in
                #expect(try await bench.fetch().text == "one")
                #expect(try await bench.fetch().error == .connectionClosed)
                #expect(bench.upstream.requests.count == 3)
            }
        },
        HTTPClientConformance("a kept connection that was closed meanwhile is not used") { make in
            let gate = Counter()
            try await withBench(
                make, [.request, .send(answer("one")), .until(gate), .close], [.answerAll(answer("two"))]
            ) { bench async throws in
                #expect(try await bench.fetch().text == "one")
                gate.add()
                try await Task.sleep(for: .milliseconds(50))
                let outcome = try await bench.fetch(HTTPClientRequest(method: .post, target: "/", body: [1]))
                #expect(outcome.text == "two")
            }
        },
        HTTPClientConformance("an answer that comes before the request was sent is an answer, and ends the connection")
        {
            make in
            let refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"
            try await withBench(make, [.read(100), .send(refusal), .pause(200), .close]) { bench async throws in
                let body = [UInt8](repeating: 97, count: 20_000_000)
                let outcome = try await bench.fetch(HTTPClientRequest(method: .post, target: "/", body: body))
                #expect(outcome.status == 413)
                #expect(outcome.text == "no")
                _ = try await bench.fetch(get(timeout: .seconds(1)))
                #expect(bench.upstream.connections == 2)
            }
        },
    ]
}
