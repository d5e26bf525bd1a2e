import Glibc

/// Files as git keeps them.
enum Git {
    /// The file as it was in a revision. The path is relative to the working directory.
    static func file(_ path: String, revision: String) throws(FileError) -> SourceFile {
        guard revision.utf8.first != UInt8(ascii: "-") else {
            throw FileError(message: "`\(revision)` is no revision")
        }
        // `./` makes git look from the working directory and not from the top of its tree.
        let isPlain = path.utf8.first != UInt8(ascii: "/") && !path.hasPrefix("./") && !path.hasPrefix("../")
        let object = "\(revision):\(isPlain ? "./" : "")\(path)"
        let (status, output) = run(["git", "show", object])
        guard status == 0 else {
            throw FileError(message: "`git show \(object)` failed" + (status < 0 ? ": git cannot be started" : ""))
        }
        return SourceFile(path: "\(revision):\(path)", bytes: output)
    }

    /// Runs a program, whose errors go where ours go. The status is negative where it could not be started.
    private static func run(_ arguments: [String]) -> (status: Int32, output: [UInt8]) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return (-1, []) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer {
            for string in strings { free(string) }
            posix_spawn_file_actions_destroy(&actions)
            close(ends[0])
        }
        var process: pid_t = 0
        let isStarted = posix_spawnp(&process, arguments[0], &actions, nil, &strings, environ) == 0
        close(ends[1])
        guard isStarted else { return (-1, []) }
        let output = StandardStream.read(ends[0])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return (status & 0x7F == 0 ? status >> 8 & 0xFF : 1, output)
    }
}
