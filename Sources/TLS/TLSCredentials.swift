import CGnuTLS

/// What a server proves itself with, and whom it admits: certificate chain, private key, authorities of clients.
///
/// Immutable; any number of sessions on any threads share it, and keep it for as long as they last.
public final class TLSCredentials: Sendable {
    /// Why credentials cannot be made.
    public struct Invalid: Error, Equatable, CustomStringConvertible {
        /// What is wrong, and so which of the files it is in.
        public enum Part: Sendable, Equatable {
            /// The certificate chain.
            case certificate
            /// The private key, or that it does not belong to the certificate.
            case key
            /// The authorities of clients' certificates.
            case clientAuthorities
        }

        /// Where the mistake is.
        public let part: Part
        /// What it is.
        public let description: String
    }

    // GnuTLS only reads them once they are made.
    nonisolated(unsafe) let certificates: gnutls_certificate_credentials_t
    nonisolated(unsafe) let priorities: gnutls_priority_t
    /// GnuTLS derives from it the keys that it encrypts tickets with, and changes those every few hours.
    let ticketKey: [UInt8]
    /// Clients have to prove themselves with a certificate.
    public let requiresClientCertificate: Bool
    /// When the server's own certificate expires, in seconds since 1970.
    public let expiry: Int64

    /// TLS 1.3 and 1.2, by the server's order of preference; a session is never renegotiated.
    private static let priorityText = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

    /// Credentials from PEM: the server's certificate with the intermediate ones behind it, its private key, and the
    /// certificates of the authorities whose clients are admitted; without those no client is asked for a certificate.
    public init(certificateChain: [UInt8], privateKey: [UInt8], clientAuthorities: [UInt8]? = nil) throws(Invalid) {
        expiry = try Self.expiry(of: certificateChain)
        try Self.requirePrivateKey(privateKey)
        var allocated: gnutls_certificate_credentials_t?
        guard gnutls_certificate_allocate_credentials(&allocated) == 0, let certificates = allocated else {
            throw Invalid(part: .certificate, description: "there is no memory for it")
        }
        var priorities: gnutls_priority_t?
        var ticketKey = gnutls_datum_t()
        do throws(Invalid) {
            let code = withDatum(certificateChain) { chain in
                withDatum(privateKey) {
                    gnutls_certificate_set_x509_key_mem(certificates, &chain, &$0, GNUTLS_X509_FMT_PEM)
                }
            }
            if code == GNUTLS_E_CERTIFICATE_KEY_MISMATCH {
                throw Invalid(part: .key, description: "is not the private key of the certificate")
            }
            guard code >= 0 else { throw Invalid(part: .certificate, description: "\(TLSError(code))") }
            if let clientAuthorities {
                let count = withDatum(clientAuthorities) {
                    gnutls_certificate_set_x509_trust_mem(certificates, &$0, GNUTLS_X509_FMT_PEM)
                }
                guard count > 0 else {
                    throw Invalid(part: .clientAuthorities, description: "holds no certificate in PEM")
                }
                gnutls_certificate_set_verify_function(certificates, verifyClient)
            }
            guard gnutls_priority_init(&priorities, Self.priorityText, nil) == 0,
                gnutls_session_ticket_key_generate(&ticketKey) == 0
            else { throw Invalid(part: .certificate, description: "GnuTLS has none of the algorithms wanted") }
        } catch {
            if let priorities { gnutls_priority_deinit(priorities) }
            gnutls_certificate_free_credentials(certificates)
            throw error
        }
        guard let priorities else {
            gnutls_certificate_free_credentials(certificates)
            throw Invalid(part: .certificate, description: "GnuTLS has none of the algorithms wanted")
        }
        self.certificates = certificates
        self.priorities = priorities
        self.ticketKey = Array(UnsafeBufferPointer(start: ticketKey.data, count: Int(ticketKey.size)))
        cgnutls_free(ticketKey.data)
        requiresClientCertificate = clientAuthorities != nil
    }

    deinit {
        gnutls_certificate_free_credentials(certificates)
        gnutls_priority_deinit(priorities)
    }

    private static func expiry(of chain: [UInt8]) throws(Invalid) -> Int64 {
        var allocated: gnutls_x509_crt_t?
        guard gnutls_x509_crt_init(&allocated) == 0, let certificate = allocated else {
            throw Invalid(part: .certificate, description: "there is no memory for it")
        }
        defer { gnutls_x509_crt_deinit(certificate) }
        guard withDatum(chain, { gnutls_x509_crt_import(certificate, &$0, GNUTLS_X509_FMT_PEM) }) == 0 else {
            throw Invalid(part: .certificate, description: "holds no certificate in PEM")
        }
        return Int64(gnutls_x509_crt_get_expiration_time(certificate))
    }

    private static func requirePrivateKey(_ bytes: [UInt8]) throws(Invalid) {
        var allocated: gnutls_x509_privkey_t?
        guard gnutls_x509_privkey_init(&allocated) == 0, let key = allocated else {
            throw Invalid(part: .key, description: "there is no memory for it")
        }
        defer { gnutls_x509_privkey_deinit(key) }
        let code = withDatum(bytes) { gnutls_x509_privkey_import2(key, &$0, GNUTLS_X509_FMT_PEM, nil, 0) }
        if code == GNUTLS_E_DECRYPTION_FAILED {
            throw Invalid(part: .key, description: "is encrypted with a password")
        }
        guard code == 0 else { throw Invalid(part: .key, description: "holds no private key in PEM") }
    }
}

/// A client is admitted if its certificate, for use by clients, leads to one of the authorities.
private func verifyClient(_ session: gnutls_session_t?) -> Int32 {
    var status: UInt32 = 0
    let code = GNUTLS_KP_TLS_WWW_CLIENT.utf8CString.withUnsafeBufferPointer { purpose in
        var text = ContiguousArray(purpose)
        return text.withUnsafeMutableBytes { bytes in
            var data = gnutls_typed_vdata_st(
                type: GNUTLS_DT_KEY_PURPOSE_OID, data: bytes.bindMemory(to: UInt8.self).baseAddress, size: 0)
            return gnutls_certificate_verify_peers(session, &data, 1, &status)
        }
    }
    return code == 0 && status == 0 ? 0 : -1
}

/// Bytes as GnuTLS takes them.
func withDatum<Result>(_ bytes: [UInt8], _ body: (inout gnutls_datum_t) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
        // GnuTLS does not write to what it imports.
        var datum = gnutls_datum_t(
            data: UnsafeMutablePointer(mutating: bytes.baseAddress), size: UInt32(clamping: bytes.count))
        return body(&datum)
    }
}
