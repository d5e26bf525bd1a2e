import JOSE
import PromQLSyntax
import Tenancy

/// How the texts of settings become values.
enum SettingParsers {
    typealias Parser<Value> = @Sendable (String) throws(InvalidSetting) -> Value

    static let nonEmpty: Parser<String> = { (text: String) throws(InvalidSetting) in
        guard !text.isEmpty else { throw InvalidSetting(message: "must not be empty") }
        return text
    }

    /// What Tempo takes for an organisation.
    static let organisation: Parser<String> = { (text: String) throws(InvalidSetting) in
        guard text.split(separator: "|", omittingEmptySubsequences: false).allSatisfy({ Tenant(String($0)) != nil })
        else { throw InvalidSetting(message: "must be names of A–Z a–z 0–9 _ . - with | between them") }
        return text
    }

    static func integer(_ range: ClosedRange<Int>) -> Parser<Int> {
        { (text: String) throws(InvalidSetting) in
            guard let value = Int(text), range.contains(value) else {
                throw InvalidSetting(
                    message: "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
    }

    /// A decimal number with at most three digits behind the point, in thousandths; 0 is none.
    static func thousandths(_ range: ClosedRange<Int>) -> Parser<Int> {
        { (text: String) throws(InvalidSetting) in
            let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
            let fraction = parts.count == 2 ? String(Substring(parts[1])) : "0"
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
                text.utf8.count <= 16, (1...3).contains(fraction.utf8.count),
                let whole = Int(Substring(parts[0])),
                let rest = Int(fraction + String(repeating: "0", count: 3 - fraction.utf8.count)),
                case let value = whole * 1_000 + rest, value == 0 || range.contains(value)
            else {
                throw InvalidSetting(
                    message:
                        "must be 0 or a number up to \(range.upperBound / 1_000) with at most three decimals, such as 50 or 0.5"
                )
            }
            return value
        }
    }

    /// A whole number with a unit: `500ms`, `30s`, `5m`, `1h`; at most a day.
    static let duration: Parser<Duration> = { (text: String) throws(InvalidSetting) in
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let units = ["ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000]
        guard let count = Int(digits), let unit = units[String(text.dropFirst(digits.count))],
            count <= 86_400_000 / unit
        else { throw InvalidSetting(message: "must be a duration of at most 24h, such as 500ms, 30s, 5m or 1h") }
        return .milliseconds(count * unit)
    }

    /// A length of time as Prometheus writes it, such as `31d`, in milliseconds; 0 is none.
    static let longDuration: Parser<Int64> = { (text: String) throws(InvalidSetting) in
        if text == "0" { return 0 }
        guard let duration = PrometheusDuration(text) else {
            throw InvalidSetting(message: "must be 0 or a duration such as 6h, 31d or 1y")
        }
        return duration.milliseconds
    }

    /// Bytes, or with a unit: `65536`, `64KiB`, `1MiB`.
    static func size(_ range: ClosedRange<Int>) -> Parser<Int> {
        { (text: String) throws(InvalidSetting) in
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            let units = ["": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
            guard let count = Int(digits), let unit = units[String(text.dropFirst(digits.count))],
                count <= range.upperBound / unit, range.contains(count * unit)
            else {
                throw InvalidSetting(
                    message:
                        "must be a size from \(range.lowerBound) to \(range.upperBound) bytes, such as 65536, 64KiB or 1MiB"
                )
            }
            return count * unit
        }
    }

    static func enumeration<Value: RawRepresentable & CaseIterable & Sendable>(_ type: Value.Type) -> Parser<Value>
    where Value.RawValue == String {
        { (text: String) throws(InvalidSetting) in
            guard let value = Value(rawValue: text) else {
                throw InvalidSetting(
                    message: "must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return value
        }
    }

    static let hostAndPort: Parser<HostAndPort> = { (text: String) throws(InvalidSetting) in
        guard let value = HostAndPort(text) else {
            throw InvalidSetting(message: "must be an address and a port, such as 0.0.0.0:8080 or [::1]:8080")
        }
        return value
    }

    static let claimPath: Parser<ClaimPath> = { (text: String) throws(InvalidSetting) in
        do {
            return try ClaimPath(text)
        } catch {
            throw InvalidSetting(message: "must be a dotted path of names: \(error)")
        }
    }

    /// Names with commas between them.
    static let signatureAlgorithms: Parser<[SignatureAlgorithm]> = { (text: String) throws(InvalidSetting) in
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        let algorithms = names.compactMap { name in
            SignatureAlgorithm(name: String(name.drop { $0 == " " }))
        }
        guard algorithms.count == names.count else {
            throw InvalidSetting(
                message:
                    "must be of \(SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")), with commas between them"
            )
        }
        return algorithms
    }

    static let tenantLabel: Parser<String> = { (text: String) throws(InvalidSetting) in
        do {
            _ = try TenantCondition(label: text, values: ["tenant"])
            return text
        } catch {
            throw InvalidSetting(message: "must be a label name other than __name__, such as tenant_id")
        }
    }

    static let upstreamURL: Parser<UpstreamURL> = { (text: String) throws(InvalidSetting) in
        try UpstreamURL(text)
    }
}
