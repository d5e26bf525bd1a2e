import Foundation
import Testing

/// Runs programs that stand beside the tests.
enum Tools {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The folder of the build that these tests belong to: it holds the generator and the modules.
    static let buildFolder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

    static func run(_ program: URL, _ arguments: [String]) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files instead of pipes: however much is printed, nobody waits for anybody.
        let output = folder.appending(path: "output")
        let errors = folder.appending(path: "errors")
        for url in [output, errors] { try Data().write(to: url) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    /// Runs the generator's executable.
    static func generate(_ arguments: [String]) throws -> Result {
        try run(buildFolder.appending(path: "Generator"), arguments)
    }

    /// Runs the body with a new folder and removes it afterwards.
    static func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "generator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// The name that the build gives the package, by which the compiler knows that modules belong together.
    private static let packageName: String = {
        let name = Repository.root.lastPathComponent.lowercased().unicodeScalars
            .map { $0.properties.isAlphabetic || ("0"..."9").contains($0) ? String($0) : "_" }.joined()
        return name.first?.isNumber == true ? "_\(name.dropFirst())" : name
    }()

    /// Type-checks Swift files as the module GeneratedAPI would be compiled, and analyses what the functions do,
    /// without making code of them.
    static func typeCheck(_ files: [URL]) throws -> Result {
        var arguments = [
            "swiftc", "-wmo", "-emit-sil", "-o", "/dev/null", "-swift-version", "6", "-module-name", "GeneratedAPI",
            "-package-name", packageName,
            "-warnings-as-errors", "-enable-upcoming-feature", "NonisolatedNonsendingByDefault",
            "-enable-upcoming-feature", "InternalImportsByDefault", "-I",
            buildFolder.appending(path: "Modules").path(percentEncoded: false),
        ]
        // The modules of C libraries that other modules stand on.
        let sources = Repository.root.appending(path: "Sources")
        for name in try FileManager.default.contentsOfDirectory(atPath: sources.path(percentEncoded: false)).sorted() {
            for map in [sources.appending(path: name), sources.appending(path: "\(name)/include")]
            where Repository.exists(map.appending(path: "module.modulemap")) {
                arguments += ["-I", map.path(percentEncoded: false)]
            }
        }
        return try run(URL(filePath: "/usr/bin/env"), arguments + files.map { $0.path(percentEncoded: false) })
    }

    /// Compiles Swift files into a program, with modules of this build.
    static func link(_ files: [URL], modules: [String], named name: String, into program: URL) throws -> Result {
        let objects = try modules.flatMap { module in
            try FileManager.default.contentsOfDirectory(
                at: buildFolder.appending(path: "\(module).build"), includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "o" }
        }
        let modulesFolder = buildFolder.appending(path: "Modules").path(percentEncoded: false)
        let arguments = [
            "swiftc", "-D", "DEBUG", "-parse-as-library", "-swift-version", "6", "-module-name", name,
            "-warnings-as-errors",
            "-enable-upcoming-feature", "NonisolatedNonsendingByDefault", "-enable-upcoming-feature",
            "InternalImportsByDefault", "-I", modulesFolder, "-o", program.path(percentEncoded: false),
        ]
        return try run(
            URL(filePath: "/usr/bin/env"), arguments + (files + objects).map { $0.path(percentEncoded: false) })
    }
}
