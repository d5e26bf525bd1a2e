import CLinux
import Glibc

/// The memory of the process, and what of it could be given back.
///
/// A burst of requests leaves freed blocks between others that are still in use. The allocator keeps their pages, and the
/// process stays as large as it was at its largest.
public enum ProcessMemory {
    /// The memory that the process occupies, in bytes; 0 where the system does not tell.
    public static var residentBytes: Int {
        // proc(5), statm: the second number is the resident pages.
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        let text = String(unsafeUninitializedCapacity: 128) { max(0, read(descriptor, $0.baseAddress, $0.count)) }
        let numbers = text.utf8.split(separator: UInt8(ascii: " "))
        return numbers.count > 1 ? (Int(Substring(numbers[1])) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }

    /// Bytes that are allocated and in use.
    public static var allocatedBytes: Int { Int(clamping: clinux_allocated_bytes()) }

    /// Gives free pages back to the system, if the process occupies more than `surplus` bytes beyond what is in use.
    /// Other threads may wait for it, some milliseconds for each hundred megabytes.
    ///
    /// - Returns: whether there was so much.
    @discardableResult
    public static func releaseFreePages(beyond surplus: Int) -> Bool {
        guard residentBytes > allocatedBytes + surplus else { return false }
        clinux_release_free_pages()
        return true
    }

    /// Does so every `interval`, on the shard that it is called on, until the task is cancelled.
    public static func watch(beyond surplus: Int = 32 << 20, every interval: Duration = .seconds(30)) async {
        while !Task.isCancelled {
            try? await Shard.sleep(for: interval)
            releaseFreePages(beyond: surplus)
        }
    }
}
