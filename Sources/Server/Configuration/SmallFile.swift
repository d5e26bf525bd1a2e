import Glibc

/// Why a file could not be read.
struct FileFailure: Error, CustomStringConvertible {
    let description: String
}

/// The contents of a key file or the like: at most 1 MiB.
func readSmallFile(_ path: String) throws -> [UInt8] {
    try readFile(path, atMostMebibytes: 1)
}

/// Throws for what cannot be read once more. A pipe, such as a shell's `<(…)`, is read at the start only: it would be
/// empty now, or have the thread wait for somebody to write to it.
func requireReadableAgain(_ path: String) throws(FileFailure) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        throw FileFailure(description: "not a regular file, which alone can be read again")
    }
}

/// The contents of a file that is to be kept in memory.
func readFile(_ path: String, atMostMebibytes limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(description: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw FileFailure(description: String(cString: strerror(errno))) }
        if count == 0 { return bytes }
        bytes += buffer[..<count]
        guard bytes.count <= limit << 20 else { throw FileFailure(description: "the file is larger than \(limit) MiB") }
    }
}
