import HTTPClient

/// The files for upstreams by `https://`, looked at once at the start; libcurl reads them for each connection.
enum UpstreamTLS {
    /// Why a file is not what it must be.
    struct Invalid: Error, CustomStringConvertible {
        let description: String
    }

    /// A file, and the setting that names it.
    typealias Named = (name: String, file: String?)

    /// What the settings of upstreams say; `nil` after reporting what is wrong with them.
    ///
    /// - Parameter isUsed: There is an upstream by `https://`.
    static func settings(
        _ reader: inout SettingReader, isUsed: Bool, readFile: (String) throws -> [UInt8]
    ) -> HTTPClientTLS? {
        let authorities = reader.optional(Settings.upstreamAuthoritiesFile)
        let certificate = reader.optional(Settings.upstreamClientCertificateFile)
        let key = reader.optional(Settings.upstreamClientKeyFile)
        return settings(
            authorities: (Settings.upstreamAuthoritiesFile.name, authorities),
            certificate: (Settings.upstreamClientCertificateFile.name, certificate),
            key: (Settings.upstreamClientKeyFile.name, key), &reader,
            unused: isUsed ? nil : "is set, but no upstream has an https:// URL", readFile: readFile)
    }

    /// What these files give; `nil` after reporting what is wrong with them.
    ///
    /// - Parameter unused: why none of them would be used, if that is so.
    static func settings(
        authorities: Named, certificate: Named, key: Named, _ reader: inout SettingReader, unused: String?,
        readFile: (String) throws -> [UInt8]
    ) -> HTTPClientTLS? {
        let before = reader.messages.count
        let named = [
            (authorities.name, authorities.file, check: isCertificate),
            (certificate.name, certificate.file, check: isCertificate), (key.name, key.file, check: isKey),
        ]
        for case let (name, file?, check) in named {
            // Who names such a file expects TLS; without it everything would go over the wire for all to read.
            if let unused {
                reader.report(name, unused)
            } else {
                _ = reader.file(name, file) { try check(readFile(file)) }
            }
        }
        if (certificate.file == nil) != (key.file == nil) {
            let (missing, other) = certificate.file == nil ? (certificate.name, key.name) : (key.name, certificate.name)
            reader.report(missing, "must be set where \(other) is; one file may hold both")
        }
        guard reader.messages.count == before else { return nil }
        return HTTPClientTLS(
            authoritiesFile: authorities.file, certificateFile: certificate.file, keyFile: key.file)
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
