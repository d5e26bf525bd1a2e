import Foundation
import PackagePlugin

/// Generates the API of a target from `openapi.yaml` and `generator.yaml` in the package's root, before every build in
/// which one of them has changed, or an overlay, or a file that one of these refers to.
@main
struct GenerateAPI: BuildToolPlugin {
    /// A file that the generator needs and the package does not have.
    struct MissingFile: Error, CustomStringConvertible {
        let name: String
        let folder: String

        var description: String { "GenerateAPI needs \(name) in \(folder)" }
    }

    /// What the generator always writes, whatever the document holds and whichever modes there are.
    private static let files = [
        "Client.swift", "Models.swift", "OpenAPIDocument.swift", "Operations.swift", "Protocols.swift", "Router.swift",
        "Schemas.swift", "SecuritySchemes.swift",
    ]

    func createBuildCommands(context: PluginContext, target: Target) async throws -> [Command] {
        let spec = try file("openapi.yaml", in: context.package)
        let configuration = try file("generator.yaml", in: context.package)
        let output = context.pluginWorkDirectoryURL
        return [
            .buildCommand(
                displayName: "Generating \(target.name) from openapi.yaml",
                executable: try context.tool(named: "Generator").url,
                arguments: [
                    "generate", "--spec", spec.path(percentEncoded: false),
                    "--config", configuration.path(percentEncoded: false),
                    "--output", output.path(percentEncoded: false),
                ],
                inputFiles: InputFiles.all(spec: spec, configuration: configuration),
                outputFiles: Self.files.map { output.appending(path: $0) })
        ]
    }

    private func file(_ name: String, in package: Package) throws -> URL {
        let url = package.directoryURL.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            throw MissingFile(name: name, folder: package.directoryURL.path(percentEncoded: false))
        }
        return url
    }
}
