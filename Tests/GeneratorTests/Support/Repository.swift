import Foundation

/// Where the project's own files are.
enum Repository {
    /// The folder that holds Package.swift.
    static let root: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path().count > 1, !exists(folder.appending(path: "Package.swift")) {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// Documents of others, beside the project; not everybody has them.
    static let sharedSpecs = root.deletingLastPathComponent().appending(path: "shared/specs")

    static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
