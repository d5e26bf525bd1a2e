import APIRuntime
import EventLoop
import HTTPClient
import Testing

/// Callers that want no more.
extension HTTPClientConformance {
    static let leaving = [
        HTTPClientConformance("cancelling the waiting task ends the call to the upstream at once") { make in
            try await withBench(make, [.request]) { bench async throws in
                let ended = Counter()
                let task = bench.shard.start { [client = bench.client] in
                    if await fetch(client, get()).error == .cancelled { ended.add() }
                }
                #expect(await eventually { bench.upstream.requests.count == 1 })
                task.cancel()
                #expect(await eventually { ended.value == 1 && bench.upstream.departures == 1 })
            }
        },
        HTTPClientConformance("cancelling the reading task ends the call to the upstream at once") { make in
            try await withBench(make, [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]) {
                bench async throws in
                let began = Counter()
                let ended = Counter()
                let task = bench.shard.start { [client = bench.client] in
                    do {
                        let response = try await client.send(get())
                        while try await response.body.next() != nil { began.add() }
                    } catch {
                        if error as? HTTPClientError == .cancelled { ended.add() }
                    }
                }
                #expect(await eventually { began.value == 1 })
                task.cancel()
                #expect(await eventually { ended.value == 1 && bench.upstream.departures == 1 })
            }
        },
        HTTPClientConformance("a body that is cancelled, or let go of, closes its connection") { make in
            for isCancelled in [true, false] {
                try await withBench(make, [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]) {
                    bench async throws in
                    try await bench.run { client in
                        let response = try await client.send(get())
                        _ = try await response.body.next()
                        if isCancelled { response.body.cancel() }
                    }
                    #expect(await eventually { bench.upstream.departures == 1 })
                }
            }
        },
        HTTPClientConformance("a body that was cancelled gives nothing more") { make in
            try await withBench(make, [.request, .send(answer("hello"))]) { bench async throws in
                let error = try await bench.run { client -> HTTPClientError? in
                    let response = try await client.send(get())
                    response.body.cancel()
                    do {
                        _ = try await response.body.next()
                        return nil
                    } catch { return error as? HTTPClientError }
                }
                #expect(error == .cancelled)
            }
        },
        HTTPClientConformance("cancelling after the end is harmless, and the connection is kept") { make in
            try await withBench(make, [.answerAll(answer("hello"))]) { bench async throws in
                for _ in 0..<3 {
                    try await bench.run { client in
                        let response = try await client.send(get())
                        while try await response.body.next() != nil {}
                        response.body.cancel()
                        let afterEnd = try await response.body.next()
                        #expect(afterEnd == nil)
                    }
                }
                #expect(bench.upstream.connections == 1)
            }
        },
        HTTPClientConformance("closing the client ends what runs and refuses what comes") { make in
            try await withBench(make, [.request]) { bench async throws in
                async let running = bench.fetch()
                #expect(await eventually { bench.upstream.requests.count == 1 })
                await bench.client.close()
                #expect(try await running.error == .closed)
                #expect(try await bench.fetch().error == .closed)
                #expect(await eventually { bench.upstream.departures == 1 })
            }
        },
        HTTPClientConformance("a hundred hung requests do not hold the next one up") { make in
            try await withBench(make, [.answerAll(answer("ok"))]) { bench async throws in
                let hung = try ScriptedUpstream([[.request]])
                let slow = make(HTTPClientOrigin(host: "127.0.0.1", port: hung.port), HTTPClientConfiguration())
                let tasks = (0..<100).map { _ in bench.shard.start { _ = await fetch(slow, get()) } }
                #expect(await eventually { hung.requests.count == 100 })
                #expect(try await bench.fetch().text == "ok")
                for task in tasks { task.cancel() }
                for task in tasks { await task.wait() }
                #expect(await eventually { hung.departures == 100 })
                await slow.close()
                hung.stop()
            }
        },
    ]
}
