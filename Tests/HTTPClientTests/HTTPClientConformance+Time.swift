import APIRuntime
import EventLoop
import HTTPClient
import Testing

/// Slow and hung upstreams, slow callers.
extension HTTPClientConformance {
    static let timing = [
        HTTPClientConformance("an upstream that never answers: timed out in the head, and the connection is closed") {
            make in
            try await withBench(make, [.request]) { bench async throws in
                #expect(try await bench.fetch(get(timeout: .seconds(2))).error == .timedOut(.head))
                #expect(await eventually { bench.upstream.departures == 1 })
            }
        },
        HTTPClientConformance("single bytes of a head do not extend its time") { make in
            let head = "HTTP/1.1 200 OK\r\n" + String(repeating: "X: 1\r\n", count: 90)
            try await withBench(make, [.request, .drip(head, 10)]) { bench async throws in
                #expect(try await bench.fetch(get(timeout: .seconds(2))).error == .timedOut(.head))
            }
        },
        HTTPClientConformance("silence within the body: timed out in the body, after what came") { make in
            try await withBench(make, [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]) {
                bench async throws in
                let outcome = try await bench.fetch(get(idleTimeout: .milliseconds(60)))
                #expect(outcome.text == "hello")
                #expect(outcome.error == .timedOut(.body))
                #expect(await eventually { bench.upstream.departures == 1 })
            }
        },
        HTTPClientConformance("a body that comes slowly, but comes, may take longer than both times") { make in
            try await withBench(
                make,
                [
                    .request, .send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"),
                    .drip(String(repeating: "x", count: 40), 85),
                ]
            ) { bench async throws in
                let outcome = try await bench.fetch(get(timeout: .seconds(3), idleTimeout: .seconds(3)))
                #expect(outcome.isWhole)
                #expect(outcome.body.count == 40)
            }
        },
        HTTPClientConformance("a caller that takes its time is no silent upstream") { make in
            try await withBench(make, [.request, .send(answer("hello"))]) { bench async throws in
                let text = try await bench.run { client in
                    let response = try await client.send(
                        get(idleTimeout: .milliseconds(50)))
                    try await Task.sleep(for: .milliseconds(200))
                    var body: [UInt8] = []
                    while let piece = try await response.body.next() { body += piece }
                    return String(decoding: body, as: UTF8.self)
                }
                #expect(text == "hello")
            }
        },
        HTTPClientConformance("the end is seen where the last bytes are those that stop the reading") { make in
            for total in [262_143, 262_144, 262_145, 300_000, 400_000] {
                try await withBench(
                    make, [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n"), .sendMany(total)]
                ) { bench async throws in
                    let upstream = bench.upstream
                    let read = try await bench.run { client -> Int in
                        let response = try await client.send(get(idleTimeout: .seconds(5)))
                        _ = await eventually { upstream.bytesSent >= total }
                        try await Task.sleep(for: .milliseconds(50))
                        var read = 0
                        while let piece = try await response.body.next() { read += piece.count }
                        return read
                    }
                    #expect(read == total)
                }
            }
        },
        HTTPClientConformance("a caller that takes its time holds the upstream back, and gets everything") { make in
            let total = 20_000_000
            try await withBench(
                make,
                [
                    .request, .send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n"), .sendMany(total),
                ]
            ) { bench async throws in
                let upstream = bench.upstream
                let (read, largest, early) = try await bench.run { client -> (Int, Int, Int) in
                    let response = try await client.send(get())
                    try await Task.sleep(for: .milliseconds(150))
                    let early = upstream.bytesSent
                    var read = 0
                    var largest = 0
                    while let piece = try await response.body.next() {
                        read += piece.count
                        largest = max(largest, piece.count)
                    }
                    return (read, largest, early)
                }
                #expect(read == total)
                #expect(largest <= 262_144 + 65_536)
                // What both sockets' buffers take and the client's own bound; far from the whole.
                #expect(early < 16_000_000)
            }
        },
    ]
}
