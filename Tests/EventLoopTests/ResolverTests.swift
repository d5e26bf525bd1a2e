import EventLoop
import Testing

@Suite struct ResolverTests {
    @Test(
        "numeric addresses are answered as they are",
        arguments: [
            ("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("[::1]", "[::1]:80"), ("0.0.0.0", "0.0.0.0:80"),
            ("2001:db8:0:0::1", "[2001:db8::1]:80"),
        ])
    func numeric(host: String, expected: String) async throws {
        #expect(try await Resolver.addresses(host: host, port: 80).map(\.description) == [expected])
    }

    @Test("a name is resolved off the shard and the result comes back to it")
    func name() async throws {
        try await withShards { group in
            let shard = group.shards[0]
            let (hosts, stays) = try await shard.run {
                let addresses = try await Resolver.addresses(host: "localhost", port: 81)
                return (addresses.map(\.host), isOn(shard))
            }
            #expect(hosts.contains("127.0.0.1") || hosts.contains("::1"))
            #expect(stays)
        }
    }

    @Test("what is no name has no address", arguments: ["", "a\0b", "[]", "127.0.0.1.", "300.1.1.1 "])
    func refused(host: String) async throws {
        await #expect(throws: ResolverError.self) { try await Resolver.addresses(host: host, port: 80) }
    }

    @Test(
        "what is no numeric address is not taken for one", arguments: ["1", "127.1", "127.0.0.256", "::g", "localhost"])
    func notNumeric(host: String) {
        #expect(SocketAddress(numericHost: host, port: 1) == nil)
    }

    @Test("durations become whole nanoseconds")
    func durations() {
        #expect(Duration.milliseconds(1_500).nanoseconds == 1_500_000_000)
        #expect(Duration.seconds(-1).nanoseconds == 0)
        #expect(Duration.nanoseconds(1).nanoseconds == 1)
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
    }
}
