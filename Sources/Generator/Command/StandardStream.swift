import Glibc

/// Where a command's text goes, and where it comes from.
enum StandardStream {
    case output
    case error

    func write(_ text: String) { _ = write(Array(text.utf8)) }

    /// Writes all of the bytes, and returns why some could not be.
    func write(_ bytes: [UInt8]) -> Int32? {
        let descriptor = self == .output ? STDOUT_FILENO : STDERR_FILENO
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return errno }
            bytes = bytes.dropFirst(written)
        }
        return nil
    }

    /// Everything up to the end of a descriptor, or a little more than the limit where there is more, and why not all of
    /// it could be read.
    static func read(_ descriptor: Int32, limit: Int = .max) -> (bytes: [UInt8], failure: Int32?) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return (bytes, count < 0 ? errno : nil) }
            bytes += buffer[..<count]
            if bytes.count > limit { return (bytes, nil) }
        }
    }
}
