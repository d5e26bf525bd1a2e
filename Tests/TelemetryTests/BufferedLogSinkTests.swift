import Foundation
import Telemetry
import Testing

@Suite("Buffered log sink")
struct BufferedLogSinkTests {
    @Test("every line written before the sink is closed arrives, in order")
    func allLines() throws {
        let pipe = Pipe()
        let sink = BufferedLogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        for index in 0..<1_000 { sink.write(Array("line \(index)\n".utf8)) }
        sink.close()
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text == (0..<1_000).map { "line \($0)\n" }.joined())
    }

    @Test("each line goes to the file that was the last one named before it")
    func redirected() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ number: Int) -> String { folder.appendingPathComponent("\(number)").path }
        func opened(_ number: Int) -> Int32 { open(file(number), O_WRONLY | O_CREAT | O_APPEND, 0o600) }
        let descriptor = opened(0)
        let sink = BufferedLogSink(descriptor: descriptor)
        for number in 0..<5 {
            if number > 0 { sink.redirect(to: opened(number)) }
            for line in 0..<100 { sink.write(Array("\(number).\(line)\n".utf8)) }
        }
        sink.close()
        close(descriptor)
        for number in 0..<5 {
            let text = try String(contentsOfFile: file(number), encoding: .utf8)
            #expect(text == (0..<100).map { "\(number).\($0)\n" }.joined())
        }
    }

    @Test("a reader that does not read holds nobody up: what finds no room is counted")
    func slowReader() throws {
        let pipe = Pipe()
        let sink = BufferedLogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor, capacity: 100_000)
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 999) + [UInt8(ascii: "\n")]
        // The pipe takes 64 KiB, the buffer 100 KB: most of 10 MB must be dropped, and this loop must end.
        for _ in 0..<10_000 { sink.write(line) }
        let reading = DispatchQueue(label: "reader")
        let collected = DispatchGroup()
        nonisolated(unsafe) var text = ""
        reading.async(group: collected) {
            text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        sink.close()
        try pipe.fileHandleForWriting.close()
        collected.wait()
        #expect(text.contains("\"message\":\"log lines dropped\""))
        #expect(text.utf8.count < 1_000_000)
    }
}
