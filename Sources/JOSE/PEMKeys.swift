/// Public keys in PEM, [RFC 7468, section 13](https://www.rfc-editor.org/rfc/rfc7468#section-13).
public enum PEMKeys {
    /// The keys of all blocks `PUBLIC KEY`, without ids; text before, between and behind the blocks is left out.
    /// - Parameter allowed: which algorithms the keys may be used for. An RSA key is for RS256 unless there is a list.
    /// - Throws: ``KeyError`` if there is no block, for a block of another sort, and for every key that is refused.
    public static func parse(
        _ text: [UInt8], allowed: AllowedAlgorithms = AllowedAlgorithms()
    ) throws(KeyError) -> [VerificationKey] {
        var keys: [VerificationKey] = []
        for block in try blocks(text) {
            let key = try PublicKey(pem: block)
            for algorithm in try allowed.choose(from: key.kind.algorithms) {
                keys.append(try VerificationKey(key, algorithm: algorithm))
            }
        }
        guard !keys.isEmpty else { throw .malformed("there is no block -----BEGIN PUBLIC KEY-----") }
        return keys
    }

    /// The blocks, each with its first and last line.
    private static func blocks(_ text: [UInt8]) throws(KeyError) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        var open: [UInt8]?
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            var line = line
            while let last = line.last, last == 0x20 || last == 0x09 { line.removeLast() }
            if line.starts(with: "-----BEGIN ".utf8) {
                guard open == nil else { throw .malformed("a PEM block begins within another") }
                guard line.elementsEqual("-----BEGIN PUBLIC KEY-----".utf8) else { throw refusal(of: line) }
                open = Array(line)
            } else if open != nil {
                open?.append(0x0A)
                open?.append(contentsOf: line)
                guard line.starts(with: "-----END ".utf8), var block = open else { continue }
                guard line.elementsEqual("-----END PUBLIC KEY-----".utf8) else {
                    throw .malformed("a PEM block ends as one of another sort")
                }
                block.append(0x0A)
                blocks.append(block)
                open = nil
            }
        }
        guard open == nil else { throw .malformed("a PEM block has no end") }
        return blocks
    }

    private static func refusal(of line: ArraySlice<UInt8>) -> KeyError {
        let text = String(decoding: line, as: UTF8.self)
        if text.contains("PRIVATE KEY") {
            return .malformed("there is a private key; put its public half here: openssl pkey -pubout")
        }
        if text.contains("CERTIFICATE") {
            return .malformed("there is a certificate; put its public key here: openssl x509 -pubkey -noout")
        }
        if text.contains("RSA PUBLIC KEY") {
            return .malformed("there is a key in PKCS #1; convert it: openssl rsa -RSAPublicKey_in -pubout")
        }
        return .malformed("there is a PEM block of another sort than PUBLIC KEY")
    }
}
