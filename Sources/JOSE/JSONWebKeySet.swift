import JSON

/// A JWK set, [RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517#section-5).
public struct JSONWebKeySet: Sendable {
    /// The keys that can verify signatures.
    public let keys: [VerificationKey]

    /// A sentence for each key that was left out, or that has something it should not have. It tells ids, no key
    /// material.
    public let warnings: [String]

    /// The most keys of a set, those that cannot be used included.
    public static let mostKeys = 256

    /// Reads a set. A key that is not understood, incomplete, weak, not allowed or not for signatures is left out with a
    /// warning, as the section says, so that an issuer can add new kinds of keys.
    /// - Parameter isPublished: others can read the set. A shared secret in it is none, and a private key no longer
    ///   private: both are left out with a warning.
    /// - Throws: ``KeyError`` for what is no JWK set, for one without any key that can be used, and for one of more than
    ///   ``mostKeys``.
    public init(
        _ text: [UInt8], allowed: AllowedAlgorithms = AllowedAlgorithms(), isPublished: Bool = false
    ) throws(KeyError) {
        var keys: [VerificationKey] = []
        var warnings: [String] = []
        for (index, value) in try JSONWebKeySet.values(text).enumerated() {
            let name = JSONWebKeySet.name(value, index)
            guard case .object(let json) = value else {
                warnings.append("\(name) is left out: it is not an object")
                continue
            }
            do throws(KeyError) {
                let key = try JSONWebKey(json, allowed: allowed)
                if isPublished, let reason = key.reasonAgainstPublication {
                    warnings.append("\(name) is left out: \(reason)")
                    continue
                }
                keys += key.keys
                if key.hasPrivatePart { warnings.append("\(name) has a private part, which does not belong here") }
            } catch {
                warnings.append("\(name) is left out: \(error)")
            }
        }
        guard !keys.isEmpty else {
            let details = warnings.isEmpty ? "" : ": " + warnings.joined(separator: "; ")
            throw .malformed("the JWK set has no key that can be used\(details)")
        }
        self.keys = keys
        self.warnings = warnings
    }

    private static func values(_ text: [UInt8]) throws(KeyError) -> [JSONValue] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(text, limits: JSONLimits(bytes: text.count, depth: 32))
        } catch {
            // The parser's message may quote the text; its place does not.
            throw .malformed("the JWK set is not JSON (line \(error.line), column \(error.column))")
        }
        guard let keys = value["keys"]?.arrayValue else {
            throw .malformed("the JWK set is not an object with an array of keys")
        }
        guard keys.count <= mostKeys else { throw .malformed("the JWK set has more than \(mostKeys) keys") }
        return keys
    }

    /// Which key is meant, for people.
    private static func name(_ value: JSONValue, _ index: Int) -> String {
        guard let id = value["kid"]?.stringValue else { return "key \(index + 1)" }
        return "key \(index + 1) (kid '\(id)')"
    }
}
