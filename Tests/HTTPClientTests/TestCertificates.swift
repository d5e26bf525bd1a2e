import CGnuTLS
import Glibc
import Testing

/// A certificate authority of its own in a temporary folder, with certificates made for each test.
final class TestAuthority: Sendable {
    /// A certificate and its key, in PEM files.
    struct Identity: Sendable {
        let certificateFile: String
        let keyFile: String
    }

    private let folder: String
    private let authority: Identity

    /// The file with the authority's own certificate.
    var certificateFile: String { authority.certificateFile }

    init(_ name: String) throws {
        var template = Array("/tmp/palisade-certificates-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        folder = try #require(made)
        authority = try Self.issue(in: folder, name: name, issuer: nil) { certificate in
            gnutls_x509_crt_set_ca_status(certificate, 1)
            gnutls_x509_crt_set_key_usage(certificate, UInt32(GNUTLS_KEY_KEY_CERT_SIGN))
        }
    }

    deinit {
        // What a test that failed has left as well.
        if let entries = opendir(folder) {
            while let entry = readdir(entries) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink("\(folder)/\(name)")
            }
            closedir(entries)
        }
        rmdir(folder)
    }

    /// A certificate for names and addresses, valid from and until so many seconds from now.
    func identity(
        _ name: String, names: [String] = [], addresses: [[UInt8]] = [], from: Int = -3_600, until: Int = 86_400
    ) throws -> Identity {
        try Self.issue(in: folder, name: name, issuer: authority, from: from, until: until) { certificate in
            let (dns, address) = (GNUTLS_SAN_DNSNAME, GNUTLS_SAN_IPADDRESS)
            for name in names {
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, dns, name, UInt32(name.utf8.count), UInt32(GNUTLS_FSAN_APPEND))
            }
            for bytes in addresses {
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, address, bytes, UInt32(bytes.count), UInt32(GNUTLS_FSAN_APPEND))
            }
        }
    }

    /// A file with that text in it.
    func file(_ name: String, _ text: String) throws -> String {
        let file = "\(folder)/\(name)"
        try Self.save([UInt8](text.utf8), to: file)
        return file
    }

    /// Removes what was made for an identity. Whoever uses its files calls this at the end, which keeps them until then.
    func discard(_ identity: Identity) {
        for file in [identity.certificateFile, identity.keyFile] { unlink(file) }
    }

    private static func issue(
        in folder: String, name: String, issuer: Identity?, from: Int = -3_600, until: Int = 86_400,
        _ details: (gnutls_x509_crt_t?) -> Void
    ) throws -> Identity {
        var key: gnutls_x509_privkey_t?
        gnutls_x509_privkey_init(&key)
        defer { gnutls_x509_privkey_deinit(key) }
        // The curve P-256.
        let bits = UInt32(0x8000_0000) | UInt32(GNUTLS_ECC_CURVE_SECP256R1.rawValue)
        try #require(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, bits, 0) == 0)
        var certificate: gnutls_x509_crt_t?
        gnutls_x509_crt_init(&certificate)
        defer { gnutls_x509_crt_deinit(certificate) }
        gnutls_x509_crt_set_version(certificate, 3)
        var serial = UInt64.random(in: 1...UInt64(Int64.max)).bigEndian
        gnutls_x509_crt_set_serial(certificate, &serial, 8)
        gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, UInt32(name.utf8.count))
        gnutls_x509_crt_set_activation_time(certificate, time(nil) + from)
        gnutls_x509_crt_set_expiration_time(certificate, time(nil) + until)
        gnutls_x509_crt_set_key(certificate, key)
        details(certificate)
        if let issuer {
            var issuerKey: gnutls_x509_privkey_t?
            var issuerCertificate: gnutls_x509_crt_t?
            gnutls_x509_privkey_init(&issuerKey)
            gnutls_x509_crt_init(&issuerCertificate)
            defer {
                gnutls_x509_privkey_deinit(issuerKey)
                gnutls_x509_crt_deinit(issuerCertificate)
            }
            try withDatum(of: issuer.keyFile) { gnutls_x509_privkey_import(issuerKey, $0, GNUTLS_X509_FMT_PEM) }
            try withDatum(of: issuer.certificateFile) {
                gnutls_x509_crt_import(issuerCertificate, $0, GNUTLS_X509_FMT_PEM)
            }
            try #require(
                gnutls_x509_crt_sign2(certificate, issuerCertificate, issuerKey, GNUTLS_DIG_SHA256, 0) == 0)
        } else {
            try #require(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0) == 0)
        }
        let identity = Identity(certificateFile: "\(folder)/\(name).crt", keyFile: "\(folder)/\(name).key")
        try save(to: identity.certificateFile) { gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, $0) }
        try save(to: identity.keyFile) { gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, $0) }
        return identity
    }

    private static func withDatum(of file: String, _ body: (UnsafePointer<gnutls_datum_t>) -> Int32) throws {
        var datum = gnutls_datum_t()
        try #require(gnutls_load_file(file, &datum) == 0)
        defer { free(datum.data) }
        try #require(body(&datum) == 0)
    }

    private static func save(to file: String, _ export: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32) throws {
        var datum = gnutls_datum_t()
        try #require(export(&datum) == 0)
        defer { free(datum.data) }
        try save(Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size))), to: file)
    }

    private static func save(_ bytes: [UInt8], to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    }
}
