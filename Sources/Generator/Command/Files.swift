import FoundationEssentials

/// A file that cannot be read or written.
struct FileError: Error {
    var message: String
}

/// Reads and writes what commands are told to; `-` is the standard input and output.
enum Files {
    static func read(_ path: String) throws(FileError) -> SourceFile {
        if path == "-" { return SourceFile(path: "<stdin>", bytes: StandardStream.input()) }
        do {
            return SourceFile(path: path, bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
        } catch {
            throw FileError(message: "cannot read \(path): \(error)")
        }
    }

    /// The bytes of a file that may be missing.
    static func present(_ path: String) throws(FileError) -> SourceFile? {
        FileManager.default.fileExists(atPath: path) ? try read(path) : nil
    }

    /// Writes to a file, or to the standard output where the path is nil or `-`.
    static func write(_ bytes: [UInt8], to path: String?) throws(FileError) {
        guard let path, path != "-" else {
            StandardStream.output.write(bytes)
            return
        }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw FileError(message: "cannot write to \(path): \(error)")
        }
    }

    /// Writes files into a folder. Leaves those alone that would not change, so that nothing is compiled again for them.
    static func write(_ files: [(name: String, text: String)], to folder: String) throws(FileError) {
        let folder = URL(filePath: folder, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in files {
                let url = folder.appending(path: file.name)
                let bytes = Data(file.text.utf8)
                if let present = try? Data(contentsOf: url), present == bytes { continue }
                try bytes.write(to: url, options: .atomic)
            }
        } catch {
            throw FileError(message: "cannot write to \(folder.path()): \(error)")
        }
    }
}
