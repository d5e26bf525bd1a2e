import CGnuTLS

/// Why GnuTLS refused something.
public struct TLSError: Error, Equatable, CustomStringConvertible {
    /// GnuTLS's number for it, negative.
    public let code: Int32

    init(_ code: Int32) {
        self.code = code
    }

    /// GnuTLS's sentence for it.
    public var description: String { gnutls_strerror(code).map { String(cString: $0) } ?? "GnuTLS error \(code)" }
}
