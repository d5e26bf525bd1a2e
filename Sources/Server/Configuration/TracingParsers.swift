import APIRuntime
import JOSE
import OTLP
import Telemetry

/// Which tokens are operators'.
struct OperatorClaim: Sendable {
    let path: ClaimPath
    let value: String
}

/// Values of settings about operators and tracing.
extension SettingParsers {
    /// `true` or `false`.
    static let boolean: Parser<Bool> = { (text: String) throws(InvalidSetting) in
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw InvalidSetting(message: "must be true or false")
        }
    }

    /// A claim and its value, such as `realm_access.roles=admin`.
    static let operatorClaim: Parser<OperatorClaim> = { (text: String) throws(InvalidSetting) in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let path = try? claimPath(String(parts[0])) else {
            throw InvalidSetting(message: "must be a dotted path, = and a value, such as roles=operator")
        }
        return OperatorClaim(path: path, value: String(parts[1]))
    }

    /// A share, from 0 to 1.
    static let share: Parser<Double> = { (text: String) throws(InvalidSetting) in
        guard let value = Double(text), (0...1).contains(value) else {
            throw InvalidSetting(message: "must be a number from 0 to 1, such as 0.1")
        }
        return value
    }

    /// Names and values as baggage has them, `name=value` with commas between them, percent-encoded
    /// ([W3C Baggage](https://www.w3.org/TR/baggage/#header-content)).
    private static func pairs(_ text: String, _ example: String) throws(InvalidSetting) -> [(String, String)] {
        var pairs: [(String, String)] = []
        for element in text.split(separator: ",") {
            let parts = element.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, case let name = trimmed(parts[0]), !name.isEmpty,
                let value = percentDecoded(trimmed(parts[1]))
            else {
                throw InvalidSetting(message: "must be names and values with commas between them, such as \(example)")
            }
            pairs.append((name, value))
        }
        return pairs
    }

    /// Attributes of the resource.
    static let resourceAttributes: Parser<[Attribute]> = { (text: String) throws(InvalidSetting) in
        try pairs(text, "deployment.environment=test,tenant_id=ops").map { Attribute($0.0, $0.1) }
    }

    /// Header fields.
    static let secretHeaders: Parser<[Secret.Header]> = { (text: String) throws(InvalidSetting) in
        let pairs = try pairs(text, "authorization=Bearer%20…")
        for pair in pairs {
            let isName = pair.0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ":") }
            guard isName, pair.1.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
                throw InvalidSetting(message: "must hold header fields of visible ASCII characters")
            }
        }
        return pairs.map { Secret.Header(name: $0.0, value: Secret($0.1)) }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private static func percentDecoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
