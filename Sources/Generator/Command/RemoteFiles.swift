/// Documents of other hosts, which the program `curl` fetches, each once in a run. Commands have one where
/// ``Option/allowRemoteReferences`` is given, and otherwise nothing is fetched.
final class RemoteFiles {
    /// Gives what a URL leads to. The file is named by the URL that redirections ended at.
    typealias Fetch = (_ url: String) throws(FileError) -> SourceFile

    /// The largest document that is taken, in bytes.
    static let limit = 32 << 20

    private var known: [Name: Result<SourceFile, FileError>] = [:]
    private let program: String
    private let limit: Int

    init(program: String = "curl", limit: Int = RemoteFiles.limit) {
        self.program = program
        self.limit = limit
    }

    func fetch(_ url: String) throws(FileError) -> SourceFile {
        let name = Name(url)
        let result = known[name] ?? Result { () throws(FileError) in try fetched(url) }
        known[name] = result
        return try result.get()
    }

    private func fetched(_ url: String) throws(FileError) -> SourceFile {
        // No configuration of the user's, no other protocols, and none that is weaker than the one asked for.
        let redirections = url.hasPrefix("https:") ? "=https" : "=http,https"
        let result = Subprocess.run(
            [
                program, "-q", "--silent", "--fail", "--globoff", "--proto", "=http,https", "--location",
                "--proto-redir", redirections, "--max-redirs", "5", "--connect-timeout", "10", "--max-time", "60",
                "--max-filesize", "\(limit)", "--header", "Accept: application/yaml, application/json, */*;q=0.5",
                "--write-out", "\\n%{url_effective}\\n%{content_type}\\n%{errormsg}", "--url", url,
            ], limit: limit + 16384)
        guard result.status >= 0 else {
            throw FileError(message: "the program `\(program)`, which fetches documents, cannot be started")
        }
        // The last three lines are those of `--write-out`.
        let newline = UInt8(ascii: "\n")
        let lines = result.output.split(separator: newline, omittingEmptySubsequences: false).suffix(3)
            .map { String(decoding: $0, as: UTF8.self) }
        let written = lines.reduce(0) { $0 + $1.utf8.count + 1 }
        // 63 is curl's own word for a document that is too large.
        guard !result.isCut, result.status != 63, result.output.count - written <= limit else {
            throw FileError(message: "`\(url)` is larger than \(limit) bytes")
        }
        guard result.status == 0, lines.count == 3, written <= result.output.count else {
            let reason = lines.last.flatMap { $0.isEmpty ? nil : $0 } ?? "curl ended with \(result.status)"
            throw FileError(message: "`\(url)` cannot be fetched: \(reason)")
        }
        guard !lines[1].lowercased().hasPrefix("text/html") else {
            throw FileError(message: "`\(url)` is a page for people (\(lines[1])), and no document")
        }
        return SourceFile(path: lines[0], bytes: Array(result.output.dropLast(written)), isRemote: true)
    }
}
