/// Where the parts of a JSON Web Signature in compact form stand,
/// [RFC 7515, section 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1): `header.payload.signature`.
struct CompactSerialization {
    let header: Range<Int>
    let payload: Range<Int>
    let signature: Range<Int>

    /// What the signature signs: the header, the dot, the payload, as they are written.
    var signingInput: Range<Int> { 0..<payload.upperBound }

    init(_ token: Span<UInt8>) throws(TokenError) {
        var dots: [Int] = []
        for index in 0..<token.count where token[index] == 0x2E {
            dots.append(index)
            // Four dots are a JSON Web Encryption; there is no use in finding more.
            guard dots.count <= 4 else { break }
        }
        if dots.count == 4 { throw .encrypted }
        guard dots.count == 2 else { throw .malformed("not three parts with dots between them") }
        header = 0..<dots[0]
        payload = dots[0] + 1..<dots[1]
        signature = dots[1] + 1..<token.count
    }

    /// The bytes that one of the parts stands for.
    static func decode(_ part: Range<Int>, of token: Span<UInt8>, name: String) throws(TokenError) -> [UInt8] {
        guard let bytes = Base64URL.decode(token.extracting(part)) else {
            throw .malformed("the \(name) is not canonical base64url")
        }
        return bytes
    }
}
