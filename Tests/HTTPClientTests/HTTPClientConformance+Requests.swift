import APIRuntime
import EventLoop
import HTTPClient
import Testing

/// What is sent, and on which connection.
extension HTTPClientConformance {
    static let requests = [
        HTTPClientConformance("a request goes out as it was given: target, fields, Host, body") { make in
            try await withBench(make, [.answerAll(answer(""))]) { bench async throws in
                var request = HTTPClientRequest(
                    method: .post, target: "/a%20b?q=%7Bx%3D1%7D&r", headers: ["X-A": "1", "x-a": "2"],
                    body: Array("payload".utf8))
                _ = try await bench.fetch(request)
                request.body = []
                _ = try await bench.fetch(request)
                _ = try await bench.fetch(get("/plain"))
                let sent = bench.upstream.requests
                try #require(sent.count == 3)
                #expect(sent[0].hasPrefix("POST /a%20b?q=%7Bx%3D1%7D&r HTTP/1.1\r\n"))
                #expect(sent[0].lowercased().contains("\r\nhost: 127.0.0.1:\(bench.upstream.port)\r\n"))
                #expect(sent[0].lowercased().contains("\r\nx-a: 1\r\nx-a: 2\r\n"))
                #expect(sent[0].lowercased().contains("\r\ncontent-length: 7\r\n"))
                #expect(sent[0].hasSuffix("\r\n\r\npayload"))
                #expect(sent[1].lowercased().contains("\r\ncontent-length: 0\r\n"))
                #expect(!sent[2].lowercased().contains("content-length"))
                #expect(!sent[2].lowercased().contains("transfer-encoding"))
            }
        },
        HTTPClientConformance("what would break the request's framing is not sent") { make in
            try await withBench(make, [.answerAll(answer(""))]) { bench async throws in
                for target in ["/a b", "/a\r\nX: 1", "a", "", "/a#b", "/\u{e4}"] {
                    let outcome = try await bench.fetch(get(target))
                    guard case .unwritableRequest = outcome.error else {
                        Issue.record("\(target.debugDescription) gave \(outcome)")
                        continue
                    }
                }
                for (name, value) in [("x", "1\r\ny: 2"), ("x y", "1"), ("", "1"), ("content-length", "3")] {
                    var request = get()
                    request.headers.add(name: name, value: value)
                    let outcome = try await bench.fetch(request)
                    guard case .unwritableRequest = outcome.error else {
                        Issue.record("\(name.debugDescription) gave \(outcome)")
                        continue
                    }
                }
                #expect(try await bench.fetch().isWhole)
                #expect(bench.upstream.requests.count == 1)
            }
        },
        HTTPClientConformance("a large body is sent to an upstream that reads slowly") { make in
            try await withBench(make, [.pause(50), .request, .send(answer("got it"))]) { bench async throws in
                let body = [UInt8](repeating: 97, count: 5_000_000)
                let outcome = try await bench.fetch(HTTPClientRequest(method: .put, target: "/", body: body))
                #expect(outcome.text == "got it")
                #expect(bench.upstream.requests.first?.utf8.count ?? 0 > 5_000_000)
            }
        },
        HTTPClientConformance("one connection carries many requests; several at once need several") { make in
            try await withBench(make, [.answerAll(answer("ok"))]) { bench async throws in
                for _ in 0..<20 { #expect(try await bench.fetch().text == "ok") }
                #expect(bench.upstream.connections == 1)
                let texts = try await bench.run { client in
                    await withTaskGroup(of: String.self) { group in
                        for _ in 0..<5 { group.addTask { await fetch(client, get()).text } }
                        return await group.reduce(into: []) { $0.append($1) }
                    }
                }
                #expect(texts == [String](repeating: "ok", count: 5))
                #expect(bench.upstream.connections <= 5)
                for _ in 0..<20 { #expect(try await bench.fetch().text == "ok") }
                #expect(bench.upstream.connections <= 5)
            }
        },
        HTTPClientConformance("an answer that closes, or that is followed by more bytes, ends its connection") { make in
            for script in [
                answer("ok", "Connection: close\r\n"), answer("ok") + "surplus", answer("ok") + answer("lie"),
            ] {
                try await withBench(make, [.request, .send(script)]) { bench async throws in
                    for _ in 0..<3 { #expect(try await bench.fetch().text == "ok") }
                    #expect(bench.upstream.connections == 3)
                }
            }
        },
    ]
}
