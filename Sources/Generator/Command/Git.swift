/// Files as git keeps them.
enum Git {
    /// The file as it was in a revision, which is no option. The path is relative to the working directory.
    static func file(_ path: String, revision: String) throws(FileError) -> SourceFile {
        // `./` makes git look from the working directory and not from the top of its tree.
        let isPlain = path.utf8.first != UInt8(ascii: "/") && !path.hasPrefix("./") && !path.hasPrefix("../")
        let object = "\(revision):\(isPlain ? "./" : "")\(path)"
        let result = Subprocess.run(["git", "show", object])
        guard result.status == 0 else {
            throw FileError(
                message: "`git show \(object)` failed" + (result.status < 0 ? ": git cannot be started" : ""))
        }
        return SourceFile(path: "\(revision):\(path)", bytes: result.output)
    }
}
