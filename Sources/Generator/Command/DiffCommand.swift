/// `diff`: what has changed between two versions of a document, and whom it breaks.
struct DiffCommand: Command {
    static let description = CommandDescription(
        name: "diff", summary: "Compares two versions of an OpenAPI document: what is breaking, doubtful or fine.",
        operandNames: "OLD NEW", operands: 1...2,
        options: [
            .value("--git", "REVISION", "take OLD from that revision of git; then only one FILE is given"),
            .value("--generator", "FILE", "generator.yaml: changes of its extensions are warnings"),
            .value("--level", "LEVEL", "the least that is printed: fine (default), warning or breaking"),
            .format, .allowRemoteReferences,
        ],
        details: ["The exit code is 1 where a change breaks callers."])

    let old: String
    let new: String
    let revision: String?
    let generator: String?
    let level: ChangeRule.Level
    let format: Diagnostics.Format
    let fetch: RemoteFiles.Fetch?

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        revision = arguments.value("--git")
        if let revision, revision.utf8.first == UInt8(ascii: "-") {
            throw Arguments.UsageError(message: "`\(revision)` is no revision")
        }
        let isComplete = arguments.operands.count == (revision == nil ? 2 : 1)
        guard isComplete, let first = arguments.operands.first, let last = arguments.operands.last else {
            throw Arguments.UsageError(
                message: revision == nil ? "`OLD NEW` are two files" : "with `--git` only one file is given")
        }
        old = first
        new = last
        generator = arguments.value("--generator")
        level = try arguments.choice("--level") ?? .fine
        format = try arguments.format()
        fetch = arguments.fetch
    }

    func run() throws(FileError) -> Int32 {
        let diagnostics = Diagnostics()
        let before: SourceFile
        if let revision { before = try Git.file(old, revision: revision) } else { before = try Files.read(old) }
        let after = try Files.read(new)
        let revision = self.revision
        func side(_ file: SourceFile, isOld: Bool) -> Comparison.Side? {
            guard let root = YAMLReader.read(file, diagnostics: diagnostics) else { return nil }
            guard root.mapping?["openapi"] != nil else {
                diagnostics.report(.unsupportedVersion, at: root.location, "this is no OpenAPI 3 document")
                return nil
            }
            let references = References(root, diagnostics: diagnostics, fetch: fetch) { path in
                guard isOld, let revision else { return try? Files.read(path) }
                // Files that the old version refers to are of its revision, too.
                let prefix = "\(revision):"
                return try? Git.file(
                    path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path, revision: revision)
            }
            return Comparison.Side(root: root, references: references)
        }
        var extensions: Set<Name> = []
        if let generator {
            let own = Diagnostics()
            let configuration = YAMLReader.read(try Files.read(generator), diagnostics: own)
                .map { ConfigurationReader(diagnostics: own).read($0) }
            extensions = Set(
                (configuration?.operationExtensions.map(\.name.value) ?? [])
                    + (configuration?.inputExtensions.map(\.name.value) ?? [])
                    + (configuration?.routers.map { [$0.name.value] } ?? []))
        }
        guard let old = side(before, isOld: true), let new = side(after, isOld: false) else {
            try Files.write(diagnostics.rendered(format), to: nil)
            return 1
        }
        Comparison(old: old, new: new, extensions: extensions, diagnostics: diagnostics).compare()
        let counts = (diagnostics.count(.error), diagnostics.count(.warning), diagnostics.count(.notice))
        switch level {
        case .fine: break
        case .warning: diagnostics.leaveOut { $0.severity == .notice }
        case .breaking: diagnostics.leaveOut { $0.severity != .error }
        }
        try Files.write(diagnostics.rendered(format), to: nil)
        if format == .text {
            StandardStream.error.write("changes: \(counts.0) breaking, \(counts.1) doubtful, \(counts.2) fine\n")
        }
        return counts.0 > 0 ? 1 : 0
    }
}
