import HTTPClient

/// The files for upstreams by `https://`, looked at once at the start; libcurl reads them for each connection.
enum UpstreamTLS {
    /// Why a file is not what it must be.
    struct Invalid: Error, CustomStringConvertible {
        let description: String
    }

    /// What the settings say; `nil` after reporting what is wrong with them.
    ///
    /// - Parameter isUsed: There is an upstream by `https://`.
    static func settings(
        _ reader: inout SettingReader, isUsed: Bool, readFile: (String) throws -> [UInt8]
    ) -> HTTPClientTLS? {
        let before = reader.messages.count
        let authorities = reader.optional(Settings.upstreamAuthoritiesFile)
        let certificate = reader.optional(Settings.upstreamClientCertificateFile)
        let key = reader.optional(Settings.upstreamClientKeyFile)
        let named = [
            (Settings.upstreamAuthoritiesFile.name, authorities, check: isCertificate),
            (Settings.upstreamClientCertificateFile.name, certificate, check: isCertificate),
            (Settings.upstreamClientKeyFile.name, key, check: isKey),
        ]
        for case let (name, file?, check) in named {
            // Who names such a file expects TLS; without it everything would go over the wire for all to read.
            if isUsed {
                _ = reader.file(name, file) { try check(readFile(file)) }
            } else {
                reader.report(name, "is set, but no upstream has an https:// URL")
            }
        }
        if (certificate == nil) != (key == nil) {
            let (missing, other) = certificate == nil ? (named[1].0, named[2].0) : (named[2].0, named[1].0)
            reader.report(missing, "must be set where \(other) is; one file may hold both")
        }
        guard reader.messages.count == before else { return nil }
        return HTTPClientTLS(authoritiesFile: authorities, certificateFile: certificate, keyFile: key)
    }

    /// Throws for a file without a certificate.
    static func isCertificate(_ bytes: [UInt8]) throws {
        guard String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") else {
            throw Invalid(description: "the file holds no certificate in PEM")
        }
    }

    private static func isKey(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("PRIVATE KEY-----") else {
            throw Invalid(description: "the file holds no private key in PEM")
        }
        guard !text.contains("ENCRYPTED") else {
            throw Invalid(description: "the key is encrypted, and there is nobody to ask for its password")
        }
    }
}
