import JOSE
import TLS

/// The files that make the gateway's side of TLS.
struct CertificateFiles: Sendable {
    let certificateChain: String
    let privateKey: String
    let clientAuthorities: String?
    let readFile: @Sendable (String) throws -> [UInt8]

    /// What is wrong, with the setting it belongs to.
    struct Invalid: Error, CustomStringConvertible {
        let setting: String
        let message: String

        var description: String { "\(setting) \(message)" }
    }

    /// What stands in the files.
    struct Contents: Sendable {
        let certificateChain: [UInt8]
        let privateKey: [UInt8]
        let clientAuthorities: [UInt8]?

        /// Differ where the contents do.
        var digests: [SHA256Digest?] {
            [certificateChain, privateKey, clientAuthorities ?? []].map { SHA256Digest($0.span) }
        }
    }

    /// What was made of the files.
    struct Loaded: Sendable {
        let credentials: TLSCredentials
        let digests: [SHA256Digest?]
    }

    /// Reads the files for the first time.
    func load() throws(Invalid) -> Loaded {
        try load(read(again: false))
    }

    /// Reads the files; the second time only those that are regular files.
    func read(again: Bool) throws(Invalid) -> Contents {
        func contents(_ setting: Setting<String>, _ path: String) throws(Invalid) -> [UInt8] {
            do {
                if again { try requireReadableAgain(path) }
                return try readFile(path)
            } catch {
                throw Invalid(setting: setting.name, message: "\(path): \(error)")
            }
        }
        var authorities: [UInt8]?
        if let clientAuthorities {
            authorities = try contents(Settings.tlsClientAuthoritiesFile, clientAuthorities)
        }
        return Contents(
            certificateChain: try contents(Settings.tlsCertificateFile, certificateChain),
            privateKey: try contents(Settings.tlsKeyFile, privateKey), clientAuthorities: authorities)
    }

    /// Makes credentials of what stands in the files.
    func load(_ contents: Contents) throws(Invalid) -> Loaded {
        do throws(TLSCredentials.Invalid) {
            let credentials = try TLSCredentials(
                certificateChain: contents.certificateChain, privateKey: contents.privateKey,
                clientAuthorities: contents.clientAuthorities)
            return Loaded(credentials: credentials, digests: contents.digests)
        } catch {
            switch error.part {
            case .certificate:
                throw Invalid(
                    setting: Settings.tlsCertificateFile.name, message: "\(certificateChain): \(error.description)")
            case .key:
                throw Invalid(setting: Settings.tlsKeyFile.name, message: "\(privateKey): \(error.description)")
            case .clientAuthorities:
                throw Invalid(
                    setting: Settings.tlsClientAuthoritiesFile.name,
                    message: "\(clientAuthorities ?? ""): \(error.description)")
            }
        }
    }
}
