import JSON
import Synchronization
import Telemetry
import Testing

/// Keeps lines for a test to read.
final class MemorySink: LogSink {
    private let kept = Mutex<[[UInt8]]>([])

    func write(_ line: [UInt8]) { kept.withLock { $0.append(line) } }

    var lines: [String] { kept.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }
}

@Suite("Logger")
struct LoggerTests {
    @Test("a JSON line is one object with time, level, message and fields")
    func jsonLine() throws {
        let sink = MemorySink()
        Logger(sink: sink).log(
            .warning, "hello", [("a", .string("x")), ("n", .integer(-3)), ("d", .double(1.5))])
        let line = try #require(sink.lines.first)
        #expect(line.hasSuffix("\n"))
        let value = try JSONParser.parse(Array(line.dropLast().utf8))
        #expect(value["level"] == "warning")
        #expect(value["message"] == "hello")
        #expect(value["a"] == "x")
        #expect(value["n"] == -3)
        #expect(value["d"]?.numberValue?.double == 1.5)
        #expect(value["time"]?.stringValue?.utf8.count == 24)
    }

    @Test("nothing that is logged can start a line of its own", arguments: LogFormat.allCases)
    func injection(_ format: LogFormat) {
        let sink = MemorySink()
        Logger(sink: sink, format: format).log(
            .info, "m", [("evil", .string("a\r\n{\"level\":\"error\"}\u{2028}\u{85}\u{1b}[31m"))])
        #expect(sink.lines.count == 1)
        #expect(sink.lines.first?.utf8.filter { $0 == 10 }.count == 1)
        #expect(sink.lines.first?.utf8.contains { $0 < 32 && $0 != 10 } == false)
    }

    @Test("lines below the level are dropped")
    func level() {
        let sink = MemorySink()
        let logger = Logger(sink: sink, level: .warning)
        logger.log(.info, "no")
        logger.log(.debug, "no")
        logger.log(.error, "yes")
        #expect(sink.lines.count == 1)
        #expect(!logger.isEnabled(.info))
    }

    @Test(
        "instants are written in RFC 3339",
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000Z"), (951_782_400, 7, "2000-02-29T00:00:00.007Z"),
            (1_767_366_245, 999, "2026-01-02T15:04:05.999Z"), (-1, 500, "1969-12-31T23:59:59.500Z"),
            (4_107_542_399, 0, "2100-02-28T23:59:59.000Z"),
        ])
    func timestamps(_ seconds: Int64, _ milliseconds: Int, _ text: String) {
        #expect(Timestamp.text(seconds: seconds, milliseconds: milliseconds) == text)
    }
}

@Suite("Request ids")
struct RequestIDTests {
    @Test("a caller's id is kept if it is 1 to 128 of the allowed characters")
    func accepted() {
        let longest = String(repeating: "a", count: 128)
        for id in ["a", "A-Z_0.9", longest] { #expect(RequestID.accepted([id]) == id) }
    }

    @Test(
        "any other is not", arguments: ["", "a b", "a\n", "é", "a/b", "a\"", "{}", String(repeating: "a", count: 129)])
    func refused(_ id: String) {
        #expect(RequestID.accepted([id]) == nil)
    }

    @Test("neither are two, nor none")
    func count() {
        #expect(RequestID.accepted(["a", "b"]) == nil)
        #expect(RequestID.accepted([]) == nil)
    }

    @Test("made ids are 32 hexadecimal digits, each another, and would be accepted")
    func made() {
        let ids = (0..<1_000).map { _ in RequestID.make() }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { RequestID.accepted([$0]) != nil && $0.utf8.count == 32 })
    }
}
