import Compression
import Foundation
import Testing

@Suite("gzip")
struct GzipTests {
    /// What the system's `gzip` makes of it.
    private func expanded(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "gzip-test-\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return [UInt8](data)
    }

    @Test("what was compressed is the same when expanded", arguments: [0, 1, 2, 1_023, 70_000, 1_000_000])
    func roundTrip(_ count: Int) throws {
        var state: UInt64 = 1
        let noise = (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        for bytes in [noise, Array(repeating: UInt8(ascii: "a"), count: count)] {
            #expect(try expanded(try #require(gzip(bytes))) == bytes)
        }
    }

    @Test("text becomes smaller, and every time the same")
    func smaller() throws {
        let text = Array(String(repeating: "summary: A multi-tenant gateway\n", count: 100).utf8)
        let coded = try #require(gzip(text))
        #expect(coded.count < text.count / 10)
        #expect(coded[..<2] == [0x1f, 0x8b])
        // No time of compression.
        #expect(coded[4..<8] == [0, 0, 0, 0])
        #expect(gzip(text) == coded)
    }
}
