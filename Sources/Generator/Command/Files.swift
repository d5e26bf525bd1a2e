import FoundationEssentials
import Glibc

/// A file that cannot be read or written.
struct FileError: Error {
    var message: String
}

/// Reads and writes what commands are told to; `-` is the standard input and output.
enum Files {
    static func read(_ path: String) throws(FileError) -> SourceFile {
        // Foundation reads no pipes, as the shell makes of `<(…)`.
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(message: "cannot read \(path): \(description(errno))") }
        defer { if path != "-" { close(descriptor) } }
        let (bytes, failure) = StandardStream.read(descriptor)
        if let failure { throw FileError(message: "cannot read \(path): \(description(failure))") }
        return SourceFile(path: path == "-" ? "<stdin>" : path, bytes: bytes)
    }

    /// The bytes of a file that may be missing.
    static func present(_ path: String) throws(FileError) -> SourceFile? {
        FileManager.default.fileExists(atPath: path) ? try read(path) : nil
    }

    /// Writes to a file, or to the standard output where the path is nil or `-`.
    static func write(_ bytes: [UInt8], to path: String?) throws(FileError) {
        guard let path, path != "-" else {
            if let failure = StandardStream.output.write(bytes) {
                throw FileError(message: "cannot write to the standard output: \(description(failure))")
            }
            return
        }
        do {
            // What is replaced as a whole is a file; a device would be one from then on.
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            try Data(bytes).write(to: URL(filePath: path), options: type == nil || type == .typeRegular ? .atomic : [])
        } catch {
            throw FileError(message: "cannot write to \(path): \(reason(error))")
        }
    }

    static func write(_ text: String, to path: String?) throws(FileError) { try write(Array(text.utf8), to: path) }

    /// Writes files into a folder. Leaves those alone that would not change, so that nothing is compiled again for them.
    static func write(_ files: [(name: String, text: String)], to path: String) throws(FileError) {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in files {
                let url = folder.appending(path: file.name)
                let bytes = Data(file.text.utf8)
                if let present = try? Data(contentsOf: url), present == bytes { continue }
                try bytes.write(to: url, options: .atomic)
            }
        } catch {
            throw FileError(message: "cannot write to the folder \(path): \(reason(error))")
        }
    }

    /// What the system says, without what Foundation adds.
    private static func reason(_ error: any Error) -> String {
        if let error = (error as? CocoaError)?.underlying as? POSIXError { return description(error.code.rawValue) }
        return (error as? CocoaError)?.code == .fileWriteFileExists ? description(EEXIST) : "\(error)"
    }

    /// The system's words for one of its errors.
    private static func description(_ number: Int32) -> String { String(cString: strerror(number)) }
}
