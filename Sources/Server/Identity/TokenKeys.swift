import EventLoop
import JOSE
import Synchronization
import Telemetry

/// The keys that tokens are verified with: those in files, which are read again when they change, and those that an
/// endpoint has given.
///
/// A change takes effect from one request to the next and holds up none. Files that cannot be read, or hold no keys that
/// can be used, leave the keys as they were; so does a document of the endpoint.
final class TokenKeys: Sendable {
    /// Between two looks at the files.
    static let interval = Duration.seconds(5)

    private struct State {
        /// Those of the files whose keys are in use.
        var active: [SHA256Digest?]
        /// Those of the files as they were last read, usable or not.
        var seen: [SHA256Digest?]
        /// The keys in files.
        var inFiles: [VerificationKey]
        /// The endpoint's keys; none as long as it has not given any.
        var fetched: [VerificationKey] = []
        /// That of the document that the endpoint's keys are from.
        var document: SHA256Digest?
    }

    let policy: TokenPolicy
    private let files: KeyFiles?
    private let logger: Logger
    private let state: Mutex<State>
    private let current: Mutex<TokenVerifier?>
    private let count = Atomic<Int>(0)
    private let complete: Atomic<Bool>
    private let confirmedAt = Atomic<Int64>(Timestamp.unixSeconds())

    /// Begins with keys that have been read from these files; without files they never change.
    ///
    /// - Parameter awaitsEndpoint: Until an endpoint's keys have been taken, they are not all there.
    init(
        _ keys: KeyFiles.Keys, files: KeyFiles? = nil, awaitsEndpoint: Bool = false, policy: TokenPolicy, logger: Logger
    ) {
        self.policy = policy
        self.files = files
        self.logger = logger
        state = Mutex(State(active: keys.digests, seen: keys.digests, inFiles: keys.keys))
        current = Mutex((try? KeySet(keys.keys)).map { TokenVerifier(keys: $0, policy: policy) })
        complete = Atomic(!awaitsEndpoint)
        warn(keys.warnings)
    }

    /// A number that changes whenever the keys do; it is read without a lock.
    var generation: Int { count.load(ordering: .acquiring) }

    /// Whether there are keys from everywhere they come from. If not, a token that no key verifies may still be good.
    var isComplete: Bool { complete.load(ordering: .acquiring) }

    /// How many seconds ago the keys in use were last seen where they come from.
    var age: Int64 { max(0, Timestamp.unixSeconds() - confirmedAt.load(ordering: .relaxed)) }

    /// The verifier with the keys of now; `nil` as long as there are none.
    var verifier: TokenVerifier? { current.withLock { $0 } }

    /// Reads the files, and takes their keys where they have changed. Does not wait for anything but the disk.
    /// - Parameter isAsked: somebody asked for it and is told the outcome, even if nothing has changed.
    func reload(isAsked: Bool = false) {
        guard let files, !files.files.isEmpty else { return }
        state.withLock { state in
            let contents = files.readAgain()
            let digests = KeyFiles.digests(contents)
            if digests == state.active { confirm() }
            guard isAsked || digests != state.seen else { return }
            state.seen = digests
            do {
                let keys = try files.keys(in: contents)
                guard digests != state.active else {
                    return logger.log(.info, "the keys for tokens are as they were")
                }
                try use(inFiles: keys.keys, fetched: state.fetched, "the keys for tokens were read again")
                confirm()
                state.active = digests
                state.inFiles = keys.keys
                warn(keys.warnings)
            } catch {
                logger.log(
                    .error, "the keys for tokens cannot be read again; the old ones stay in use",
                    [("error", .string("\(error)"))])
            }
        }
    }

    /// Takes the keys of a JWK set that the endpoint has given, instead of those it gave before.
    ///
    /// - Returns: Whether it is another document than the last one.
    /// - Throws: ``KeyError`` for a document without usable keys, and for keys that do not go together; nothing has
    ///   changed then.
    func take(_ document: [UInt8], allowed: AllowedAlgorithms) throws(KeyError) -> Bool {
        try state.withLock { state throws(KeyError) -> Bool in
            let digest = SHA256Digest(document.span)
            if digest != nil, digest == state.document {
                confirm()
                return false
            }
            let set = try JSONWebKeySet(document, allowed: allowed, isPublished: true)
            try use(inFiles: state.inFiles, fetched: set.keys, "the keys for tokens were fetched")
            confirm()
            state.fetched = set.keys
            state.document = digest
            complete.store(true, ordering: .releasing)
            warn(set.warnings)
            return true
        }
    }

    /// Looks at the files every few seconds, until the task is cancelled.
    func watch() async {
        guard let files, !files.files.isEmpty else { return }
        while (try? await Shard.sleep(for: Self.interval)) != nil { reload() }
    }

    /// Verifies with these from now on. An endpoint's key never stands in for one that an operator has put into a file.
    private func use(
        inFiles: [VerificationKey], fetched: [VerificationKey], _ message: String
    ) throws(KeyError) {
        var keys = inFiles
        var warnings: [String] = []
        for key in fetched {
            if let id = key.id, inFiles.contains(where: { Self.areAlike($0, key) }) {
                warnings.append("the fetched key of the id '\(id)' is left out: a file has one of that id")
            } else {
                keys.append(key)
            }
        }
        let set = try KeySet(keys)
        current.withLock { $0 = TokenVerifier(keys: set, policy: policy) }
        count.add(1, ordering: .releasing)
        let algorithms = set.algorithms.map(\.rawValue).joined(separator: ",")
        logger.log(.info, message, [("keys", .integer(set.count)), ("algorithms", .string(algorithms))])
        warn(warnings)
    }

    /// Whether a token could mean either.
    private static func areAlike(_ left: VerificationKey, _ right: VerificationKey) -> Bool {
        guard left.algorithm == right.algorithm, let id = left.id, let other = right.id else { return false }
        return id.utf8.elementsEqual(other.utf8)
    }

    private func confirm() { confirmedAt.store(Timestamp.unixSeconds(), ordering: .relaxed) }

    private func warn(_ warnings: [String]) {
        for warning in warnings { logger.log(.warning, "a key for tokens", [("warning", .string(warning))]) }
    }
}
