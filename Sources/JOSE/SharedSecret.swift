/// A secret that signer and verifier share, for HMAC algorithms. It is never shown: printing, dumping or interpolating
/// it gives a mask.
public struct SharedSecret: Sendable {
    /// The fewest bytes a secret may have: the size of SHA-256's output,
    /// [RFC 7518, section 3.2](https://www.rfc-editor.org/rfc/rfc7518#section-3.2).
    public static let fewestBytes = 32

    let bytes: [UInt8]

    /// A secret of exactly these bytes.
    /// - Throws: ``KeyError`` for fewer than ``fewestBytes`` and for a PEM document, a public key in DER, or JSON Web
    ///   Keys: what everybody may know must not become a secret by a mistaken setting.
    public init(bytes: [UInt8]) throws(KeyError) {
        guard bytes.count >= SharedSecret.fewestBytes else {
            throw .secretTooShort(bytes: bytes.count, fewest: SharedSecret.fewestBytes)
        }
        guard !bytes.starts(with: "-----BEGIN ".utf8) else { throw .secretIsPEM }
        guard !PublicKey.isDER(bytes), !JSONWebKey.isText(bytes) else { throw .secretIsPublicKey }
        self.bytes = bytes
    }

    /// A secret from the contents of a file, whose one trailing newline (LF or CRLF), if it has one, does not belong to
    /// the secret.
    /// - Throws: ``KeyError``, as ``init(bytes:)``.
    public init(fileContents: [UInt8]) throws(KeyError) {
        var bytes = fileContents
        if bytes.last == 0x0A {
            bytes.removeLast()
            if bytes.last == 0x0D { bytes.removeLast() }
        }
        try self.init(bytes: bytes)
    }
}

extension SharedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "SharedSecret(***)" }

    /// A mask.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
