import Foundation
import GeneratedAPI
import JSON
import Testing

@testable import Server

/// The program itself, as a shell runs it.
@Suite("palisade openapi")
struct DocsCommandTests {
    private func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let process = try ChildProcess(builtProgram("palisade"), ["openapi"] + arguments)
        return (await process.waitForExit(), process.output)
    }

    @Test("prints the document to the byte")
    func yaml() async throws {
        let (status, output) = try await run([])
        #expect(status == 0)
        let file = try String(contentsOf: repositoryFile("openapi.yaml"), encoding: .utf8)
        #expect(output.utf8.elementsEqual(file.utf8))
    }

    @Test("prints it as JSON")
    func json() async throws {
        let (status, output) = try await run(["--json"])
        #expect(status == 0)
        #expect(output.utf8.elementsEqual(OpenAPIDocument.json))
    }

    @Test("prints the page that a published folder needs")
    func html() async throws {
        let (status, output) = try await run(["--html"])
        #expect(status == 0)
        let title = "\(OpenAPIDocument.title) \(OpenAPIDocument.version)"
        #expect(output.utf8.elementsEqual(RedocPage.published(title: title)))
    }

    @Test("wrong usage ends with 2", arguments: [["--yaml"], ["--json", "--html"], ["file"]])
    func usage(_ arguments: [String]) async throws {
        let (status, output) = try await run(arguments)
        #expect(status == 2)
        #expect(output.hasPrefix("palisade: "))
    }
}
