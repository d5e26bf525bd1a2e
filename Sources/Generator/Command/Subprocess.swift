import Glibc

/// Runs other programs, found by `PATH`.
enum Subprocess {
    /// What became of a program.
    struct Result {
        /// Its exit code, 1 where a signal ended it, negative where it could not be started.
        var status: Int32
        var output: [UInt8]
        /// Whether it was ended because there was more output than wanted.
        var isCut = false
    }

    /// Runs a program to its end, whose errors go where ours go. `limit` is how many bytes of output are wanted.
    static func run(_ arguments: [String], limit: Int = .max) -> Result {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return Result(status: -1, output: []) }
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
        guard isStarted else { return Result(status: -1, output: []) }
        let output = StandardStream.read(ends[0], limit: limit).bytes
        if output.count > limit { kill(process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return Result(
            status: status & 0x7F == 0 ? status >> 8 & 0xFF : 1, output: output, isCut: output.count > limit)
    }
}
