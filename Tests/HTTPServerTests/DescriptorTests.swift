import APIRuntime
import Glibc
import HTTPServer
import Testing

@Suite struct DescriptorTests {
    @Test("a server without descriptors refuses, does not spin, and goes on when there are some again")
    func outOfDescriptors() async throws {
        // In a process of its own: the limit is one of the whole process.
        await #expect(processExitsWith: .success) {
            try await withServer(respond: { _ in text(200, "ok") }) { server, port in
                // libdispatch opens descriptors for its first timer, and ends the process where it gets none.
                try await Task.sleep(for: .milliseconds(1))
                let early = try RawClient(port)
                early.blocksWhileWaiting = true
                #expect(try await early.exchange(get("/")).status == 200)
                let waiting = try (0..<5).map { _ in try RawClient() }
                var limit = rlimit(rlim_cur: 200, rlim_max: 200)
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
                var fillers: [Int32] = []
                while true {
                    let descriptor = open("/dev/null", O_RDONLY)
                    if descriptor < 0 { break }
                    fillers.append(descriptor)
                }
                for client in waiting { try client.connect(port) }
                // Not asleep in a task: that may be another timer of libdispatch's.
                for _ in 0..<1_000 where server.counters.refusedConnections == 0 { usleep(10_000) }
                try #require(server.counters.refusedConnections > 0)
                let before = clock()
                usleep(300_000)
                // A spinning shard would have used all of it.
                try #require(clock() - before < 200_000)
                try #require(try await early.exchange(get("/")).status == 200)
                for descriptor in fillers { close(descriptor) }
                var served = 0
                for client in waiting where (try? await client.exchange(get("/")).status) == 200 { served += 1 }
                try #require(served == waiting.count - server.counters.refusedConnections)
                try #require(try await freshExchange(port, get("/")).status == 200)
            }
        }
    }
}
