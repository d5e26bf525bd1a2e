import Testing

@testable import MiniTempo

@Suite("Configuration")
struct ConfigurationTests {
    @Test("An empty environment gives the defaults")
    func defaults() throws {
        let configuration = try Configuration(environment: [:])
        #expect(configuration == Configuration())
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 3_200)
        #expect(!configuration.multitenancy)
        #expect(configuration.maximumStoredBytes == 268_435_456)
    }

    @Test("The environment is read")
    func environment() throws {
        let configuration = try Configuration(environment: [
            "LISTEN": "[::1]:80", "MULTITENANCY": "true", "MAX_STORED_BYTES": "64MiB",
        ])
        #expect(configuration.host == "::1")
        #expect(configuration.port == 80)
        #expect(configuration.multitenancy)
        #expect(configuration.maximumStoredBytes == 64 << 20)
        #expect(try Configuration(environment: ["LISTEN": "localhost:0"]).host == "localhost")
        #expect(try Configuration(environment: ["MAX_STORED_BYTES": "7"]).maximumStoredBytes == 7)
    }

    @Test("All mistakes are told at once")
    func mistakes() {
        do {
            _ = try Configuration(environment: ["LISTEN": "x", "MULTITENANCY": "yes", "MAX_STORED_BYTES": "1MB"])
            Issue.record("accepted")
        } catch {
            #expect(error.messages.count == 3)
        }
    }

    @Test("What is no address and port is refused", arguments: ["", ":80", "a:", "a:b", "a:65536", "::1:80", "a:+1"])
    func listen(_ text: String) {
        #expect(throws: Configuration.Invalid.self) { try Configuration(environment: ["LISTEN": text]) }
    }

    @Test("What is no size is refused", arguments: ["", "0", "-1", "1kib", "MiB", "9223372036854775807GiB", "1 MiB"])
    func sizes(_ text: String) {
        #expect(throws: Configuration.Invalid.self) { try Configuration(environment: ["MAX_STORED_BYTES": text]) }
    }

    @Test("The help says what this is")
    func help() {
        #expect(Program.help.contains("stand-in for Tempo"))
        for name in ["LISTEN", "MULTITENANCY", "MAX_STORED_BYTES"] { #expect(Program.help.contains(name)) }
    }
}
