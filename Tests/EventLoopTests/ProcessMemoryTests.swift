import EventLoop
import Foundation
import Testing

@Suite("The memory of the process")
struct ProcessMemoryTests {
    @Test(
        "Pages that a burst leaves behind are given back, and only if there are many",
        .disabled(
            if: ProcessInfo.processInfo.environment["PALISADE_SANITIZER"] != nil,
            "a sanitizer has an allocator of its own, which keeps what is freed"))
    func releasing() throws {
        var blocks: [UnsafeMutableRawPointer] = (0..<32_768).map { _ in
            let block = UnsafeMutableRawPointer.allocate(byteCount: 2_000, alignment: 8)
            block.initializeMemory(as: UInt8.self, repeating: 1, count: 2_000)
            return block
        }
        // A few stay, so that no large part is free as a whole.
        let kept = stride(from: 0, to: blocks.count, by: 64).map { blocks[$0] }
        for (index, block) in blocks.enumerated() where !index.isMultiple(of: 64) { block.deallocate() }
        blocks = []
        defer { for block in kept { block.deallocate() } }
        let before = ProcessMemory.residentBytes
        try #require(before > ProcessMemory.allocatedBytes + (40 << 20), "the allocator has kept nothing")
        #expect(!ProcessMemory.releaseFreePages(beyond: 1 << 40))
        #expect(ProcessMemory.releaseFreePages(beyond: 32 << 20))
        #expect(ProcessMemory.residentBytes < before - (32 << 20))
    }
}
