import JSON

/// The header of a JSON Web Signature, [RFC 7515, section 4](https://www.rfc-editor.org/rfc/rfc7515#section-4), after
/// everything in it that is never accepted has been refused.
struct TokenHeader {
    let algorithm: SignatureAlgorithm
    let keyID: String?

    /// Parameters that no token may carry. `crit`: no extension is understood here. `jku`, `x5u` and `jwk` would let the
    /// token bring its own key. `zip` and `enc` belong to encryption.
    private static let refusedParameters = ["crit", "jku", "x5u", "jwk", "zip", "enc"]

    init(_ json: [UInt8]) throws(TokenError) {
        let header = try TokenJSON.object(json, name: "header")
        for name in TokenHeader.refusedParameters where header.contains(name) {
            throw .unsupportedHeader(name)
        }
        guard let name = header["alg"]?.stringValue else { throw .malformed("the header has no alg") }
        guard let algorithm = SignatureAlgorithm(name: name) else { throw .unsupportedAlgorithm }
        if let type = header["typ"] {
            guard let type = type.stringValue else { throw .malformed("the header's typ is not a string") }
            guard TokenHeader.isAccepted(type: type) else { throw .unsupportedType }
        }
        if let id = header["kid"] {
            guard let id = id.stringValue else { throw .malformed("the header's kid is not a string") }
            keyID = id
        } else {
            keyID = nil
        }
        self.algorithm = algorithm
    }

    /// Media types are compared without regard to case, and `application/` may be left out
    /// ([RFC 7515, section 4.1.9](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.9)).
    private static func isAccepted(type: String) -> Bool {
        let lowercased = type.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return ["jwt", "at+jwt", "application/jwt", "application/at+jwt"].contains { lowercased.elementsEqual($0.utf8) }
    }
}

/// The JSON objects of a token.
enum TokenJSON {
    /// The object that the header or payload is. Names twice are refused, so that no two readers of a token can
    /// disagree about it ([RFC 7519, section 4](https://www.rfc-editor.org/rfc/rfc7519#section-4)).
    static func object(_ json: [UInt8], name: String) throws(TokenError) -> JSONObject {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(json, limits: JSONLimits(bytes: json.count, depth: 32))
        } catch {
            // The parser's message may quote the text; its place does not.
            let problem = error.kind == .duplicateName ? "has a name twice" : "is not JSON"
            throw .malformed("the \(name) \(problem) (byte \(error.offset))")
        }
        guard case .object(let object) = value else { throw .malformed("the \(name) is not a JSON object") }
        return object
    }
}
