import EventLoop
import JOSE
import Synchronization
import Telemetry

/// The keys that tokens are verified with, read again when their files change.
///
/// A change takes effect from one request to the next and holds up none. Files that cannot be read, or hold no keys that
/// can be used, leave the keys as they were.
final class TokenKeys: Sendable {
    /// Between two looks at the files.
    static let interval = Duration.seconds(5)

    private struct State {
        /// Those of the files whose keys are in use.
        var active: [SHA256Digest?]
        /// Those of the files as they were last read, usable or not.
        var seen: [SHA256Digest?]
    }

    let policy: TokenPolicy
    private let files: KeyFiles?
    private let logger: Logger
    private let state: Mutex<State>
    private let current: Mutex<TokenVerifier>
    private let count = Atomic<Int>(0)

    /// Begins with keys that have been read from these files; without files they never change.
    init(_ keys: KeyFiles.Keys, files: KeyFiles? = nil, policy: TokenPolicy, logger: Logger) {
        self.policy = policy
        self.files = files
        self.logger = logger
        state = Mutex(State(active: keys.digests, seen: keys.digests))
        current = Mutex(TokenVerifier(keys: keys.set, policy: policy))
        warn(keys)
    }

    /// A number that changes whenever the keys do; it is read without a lock.
    var generation: Int { count.load(ordering: .acquiring) }

    /// The verifier with the keys of now.
    var verifier: TokenVerifier { current.withLock { $0 } }

    /// Reads the files, and takes their keys where they have changed. Does not wait for anything but the disk.
    /// - Parameter isAsked: somebody asked for it and is told the outcome, even if nothing has changed.
    func reload(isAsked: Bool = false) {
        guard let files else { return }
        state.withLock { state in
            let contents = files.readAgain()
            let digests = KeyFiles.digests(contents)
            guard isAsked || digests != state.seen else { return }
            state.seen = digests
            do throws(KeyFiles.Invalid) {
                let keys = try files.keys(in: contents)
                guard digests != state.active else {
                    return logger.log(.info, "the keys for tokens are as they were")
                }
                state.active = digests
                current.withLock { $0 = TokenVerifier(keys: keys.set, policy: policy) }
                count.add(1, ordering: .releasing)
                let algorithms = keys.set.algorithms.map(\.rawValue).joined(separator: ",")
                logger.log(
                    .info, "the keys for tokens were read again",
                    [("keys", .integer(keys.set.count)), ("algorithms", .string(algorithms))])
                warn(keys)
            } catch {
                logger.log(
                    .error, "the keys for tokens cannot be read again; the old ones stay in use",
                    [("error", .string("\(error)"))])
            }
        }
    }

    /// Looks at the files every few seconds, until the task is cancelled.
    func watch() async {
        guard files != nil else { return }
        while (try? await Shard.sleep(for: Self.interval)) != nil { reload() }
    }

    private func warn(_ keys: KeyFiles.Keys) {
        for warning in keys.warnings { logger.log(.warning, "a key for tokens", [("warning", .string(warning))]) }
    }
}
