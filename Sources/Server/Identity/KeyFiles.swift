import JOSE

/// The files that the keys for tokens are in.
struct KeyFiles: Sendable {
    /// What a file holds.
    enum Form: Sendable {
        /// A shared secret, for HS256.
        case secret
        /// Public keys in PEM.
        case publicKeys
        /// A JWK set.
        case keySet
    }

    /// A file, and the setting that names it.
    struct File: Sendable {
        let setting: String
        let path: String
        let form: Form
    }

    let files: [File]
    let allowed: AllowedAlgorithms
    let readFile: @Sendable (String) throws -> [UInt8]

    /// What stands in a file, or why it cannot be read.
    typealias Contents = Result<[UInt8], any Error>

    /// Everything that is wrong, each with the setting it belongs to.
    struct Invalid: Error, CustomStringConvertible {
        var mistakes: [(setting: String, message: String)] = []

        var description: String { mistakes.map { "\($0.setting) \($0.message)" }.joined(separator: "; ") }
    }

    /// The keys of all files; they go together.
    struct Keys: Sendable {
        let keys: [VerificationKey]
        /// What an operator should look at, a sentence each.
        let warnings: [String]
        /// Those of the files that the keys are from.
        let digests: [SHA256Digest?]
    }

    /// Reads the files, in their order.
    func read() -> [Contents] {
        files.map { file in Contents { try readFile(file.path) } }
    }

    /// Reads the files once more.
    func readAgain() -> [Contents] {
        files.map { file in
            Contents {
                try requireReadableAgain(file.path)
                return try readFile(file.path)
            }
        }
    }

    /// The digests of contents; nil for those that could not be read.
    static func digests(_ contents: [Contents]) -> [SHA256Digest?] {
        contents.map { contents in (try? contents.get()).flatMap { SHA256Digest($0.span) } }
    }

    /// The keys in the contents of the files.
    func keys(in contents: [Contents]) throws(Invalid) -> Keys {
        var invalid = Invalid()
        var keys: [VerificationKey] = []
        var warnings: [String] = []
        for (file, contents) in zip(files, contents) {
            do {
                let (found, more) = try self.keys(of: file.form, in: contents.get())
                keys += found
                warnings += more.map { "\(file.setting) \(file.path): \($0)" }
            } catch {
                invalid.mistakes.append((file.setting, "\(file.path): \(error)"))
            }
        }
        guard invalid.mistakes.isEmpty else { throw invalid }
        do {
            if !files.isEmpty { _ = try KeySet(keys) }
            return Keys(keys: keys, warnings: warnings, digests: KeyFiles.digests(contents))
        } catch {
            let settings = files.map(\.setting).joined(separator: ", ")
            throw Invalid(mistakes: [(settings, "do not go together: \(error)")])
        }
    }

    private func keys(of form: Form, in contents: [UInt8]) throws -> (keys: [VerificationKey], warnings: [String]) {
        switch form {
        case .secret: return ([try VerificationKey(fileContents: contents, allowed: allowed)], [])
        case .publicKeys: return (try PEMKeys.parse(contents, allowed: allowed), [])
        case .keySet:
            let set = try JSONWebKeySet(contents, allowed: allowed)
            return (set.keys, set.warnings)
        }
    }
}
