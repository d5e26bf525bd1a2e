internal import Glibc

/// Figures of this process, under the names that Prometheus' client libraries have agreed on
/// ([process metrics](https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics)).
public enum ProcessMetrics {
    /// What `/proc/self` says now.
    public static func families() -> [MetricFamily] {
        var families: [MetricFamily] = []
        // The program's name, in parentheses, may hold anything; what follows it is numbers.
        let status = read("/proc/self/stat")
        let fields = status.lastIndex(of: ")").map { status[$0...].split(separator: " ") } ?? []
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let page = sysconf(Int32(_SC_PAGESIZE))
        func field(_ number: Int) -> Int? {
            fields.indices.contains(number - 2) ? Int(fields[number - 2]) : nil
        }
        if let user = field(14), let system = field(15), ticks > 0 {
            families.append(
                MetricFamily(
                    "process_cpu_seconds", .counter, "Processor time that the process has used, in seconds.",
                    .double(Double(user + system) / ticks)))
        }
        if let started = field(22), let boot = bootSeconds(), ticks > 0 {
            families.append(
                MetricFamily(
                    "process_start_time_seconds", .gauge, "When the process was started, in seconds since 1970.",
                    .double(Double(boot) + Double(started) / ticks)))
        }
        if let size = field(23) {
            families.append(
                MetricFamily("process_virtual_memory_bytes", .gauge, "Size of the address space.", .integer(size)))
        }
        if let pages = field(24) {
            families.append(
                MetricFamily(
                    "process_resident_memory_bytes", .gauge, "Memory that the process holds.", .integer(pages * page)))
        }
        if let open = openDescriptors() {
            families.append(MetricFamily("process_open_fds", .gauge, "Descriptors that are open.", .integer(open)))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            families.append(
                MetricFamily(
                    "process_max_fds", .gauge, "Descriptors that may be open.", .integer(Int(clamping: limit.rlim_cur)))
            )
        }
        return families
    }

    private static func bootSeconds() -> Int? {
        read("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Int($0.dropFirst(6)) }
    }

    private static func openDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Itself, and the entries of this folder and the one above.
        return count - 3
    }

    private static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
