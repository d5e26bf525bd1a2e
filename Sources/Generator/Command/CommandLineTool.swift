import FoundationEssentials

/// Runs the command and returns its exit code: 0, 1 for problems that were printed, 2 for wrong usage.
enum CommandLineTool {
    static func run(_ arguments: [String]) -> Int32 {
        do throws(Arguments.UsageError) {
            switch try Arguments(arguments) {
            case .help:
                StandardStream.output.write(Arguments.usage)
                return 0
            case .generate(let arguments):
                return generate(arguments)
            }
        } catch {
            StandardStream.error.write("error: \(error.message)\n\n\(Arguments.usage)")
            return 2
        }
    }

    private static func generate(_ arguments: Arguments.Generate) -> Int32 {
        let diagnostics = Diagnostics()
        do {
            let document = try file(arguments.spec)
            let settings = try arguments.configuration.map(file)
            let files = Pipeline.generate(
                spec: document, configuration: settings, diagnostics: diagnostics,
                allowsUnsupported: arguments.allowsUnsupported)
            if !diagnostics.all.isEmpty || arguments.format == .json {
                StandardStream.error.write(diagnostics.rendered(arguments.format))
            }
            guard !diagnostics.hasErrors else { return 1 }
            try write(files, to: arguments.output)
            return 0
        } catch {
            StandardStream.error.write("error: \(error.message)\n")
            return 1
        }
    }

    private struct FileError: Error {
        var message: String
    }

    private static func file(_ path: String) throws(FileError) -> SourceFile {
        do {
            return SourceFile(path: path, bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
        } catch {
            throw FileError(message: "cannot read \(path): \(error)")
        }
    }

    /// Leaves files alone that would not change, so that nothing is compiled again for them.
    private static func write(_ files: [(name: String, text: String)], to folder: String) throws(FileError) {
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
