/// The formats of strings that are checked
/// ([JSON Schema §7.3](https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3) and the
/// [OpenAPI registry](https://spec.openapis.org/registry/format/)). Others say something to people only.
public enum Format: String, Sendable, CaseIterable {
    /// A date and a time with an offset, RFC 3339.
    case dateTime = "date-time"
    /// A full date, RFC 3339.
    case date
    /// A time with an offset, RFC 3339.
    case time
    /// ISO 8601, as RFC 3339's appendix A has it.
    case duration
    /// RFC 9562.
    case uuid
    /// An absolute URI, RFC 3986.
    case uri
    /// A URI or a relative reference.
    case uriReference = "uri-reference"
    /// An address with one `@` between a local part and a host.
    case email
    /// RFC 1123.
    case hostname
    /// Four decimal numbers.
    case ipv4
    /// RFC 4291.
    case ipv6
    /// Base64 in the standard alphabet, RFC 4648.
    case byte

    /// Whether the text is of the format.
    public func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .dateTime:
            guard bytes.count > 10, bytes[10] | 0x20 == UInt8(ascii: "t") else { return false }
            return Self.isDate(bytes[..<10]) && Self.isTime(bytes[11...])
        case .date: return Self.isDate(bytes[...])
        case .time: return Self.isTime(bytes[...])
        case .duration: return Self.isDuration(bytes)
        case .uuid: return Self.isUUID(bytes)
        case .uri: return Self.isURI(bytes, isAbsolute: true)
        case .uriReference: return Self.isURI(bytes, isAbsolute: false)
        case .email:
            guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < bytes.count else { return false }
            return bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        case .hostname: return Self.isHostname(bytes)
        case .ipv4: return Self.isIPv4(bytes[...])
        case .ipv6: return Self.isIPv6(bytes)
        case .byte: return Self.isBase64(bytes)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 6, bytes.allSatisfy(isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = bytes.startIndex
        guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
            let year = number(bytes[start..<start + 4]), let month = number(bytes[start + 5..<start + 7]),
            let day = number(bytes[start + 8..<start + 10]), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day >= 1 && day <= days[month - 1]
    }

    private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = bytes.startIndex
        guard bytes.count >= 9, bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
            let hour = number(bytes[start..<start + 2]), let minute = number(bytes[start + 3..<start + 5]),
            let second = number(bytes[start + 6..<start + 8]), hour < 24, minute < 60, second <= 60
        else { return false }
        var rest = bytes[(start + 8)...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix(while: isDigit)
            guard !digits.isEmpty else { return false }
            rest = rest.dropFirst(digits.count + 1)
        }
        if rest.count == 1 { return rest[rest.startIndex] | 0x20 == UInt8(ascii: "z") }
        let offset = rest.startIndex
        guard rest.count == 6, rest[offset] == UInt8(ascii: "+") || rest[offset] == UInt8(ascii: "-"),
            rest[offset + 3] == UInt8(ascii: ":"), let hours = number(rest[offset + 1..<offset + 3]),
            let minutes = number(rest[offset + 4..<offset + 6])
        else { return false }
        return hours < 24 && minutes < 60
    }

    private static func isDuration(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == UInt8(ascii: "P"), bytes.count > 1 else { return false }
        var units = Array("YMWD".utf8)[...]
        var isTime = false
        var rest = bytes.dropFirst()
        var count = 0
        while !rest.isEmpty {
            if rest.first == UInt8(ascii: "T"), !isTime {
                isTime = true
                units = Array("HMS".utf8)[...]
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return false }
                continue
            }
            let digits = rest.prefix(while: isDigit)
            rest = rest.dropFirst(digits.count)
            guard !digits.isEmpty, let unit = rest.popFirst(), let index = units.firstIndex(of: unit) else {
                return false
            }
            units = units[(index + 1)...]
            count += 1
        }
        return count > 0
    }

    private static func isUUID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            guard isHyphen ? byte == UInt8(ascii: "-") : isHexadecimal(byte) else { return false }
        }
        return true
    }

    private static func isURI(_ bytes: [UInt8], isAbsolute: Bool) -> Bool {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2]) else {
                    return false
                }
                index += 2
            } else if !(isLetter(byte) || isDigit(byte) || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)) {
                return false
            }
            index += 1
        }
        guard isAbsolute else { return true }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, isLetter(bytes[0]) else { return false }
        return bytes[..<colon].allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func isHostname(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 253 else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.count <= 3 && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && number(part).map { $0 <= 255 } ?? false
            }
    }

    private static func isIPv6(_ bytes: [UInt8]) -> Bool {
        var groups = 0
        var hasGap = false
        var parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
        guard parts.count >= 3 else { return false }
        // A double colon at an end makes two empty parts there.
        if parts.first?.isEmpty == true {
            parts = parts.dropFirst()
            guard parts.first?.isEmpty == true else { return false }
        }
        if parts.last?.isEmpty == true {
            parts = parts.dropLast()
            guard parts.last?.isEmpty == true else { return false }
        }
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                guard !hasGap else { return false }
                hasGap = true
            } else if index + 1 == parts.count, part.contains(UInt8(ascii: ".")) {
                guard isIPv4(part) else { return false }
                groups += 2
            } else {
                guard part.count <= 4, part.allSatisfy(isHexadecimal) else { return false }
                groups += 1
            }
        }
        return hasGap ? groups < 8 : groups == 8
    }

    private static func isBase64(_ bytes: [UInt8]) -> Bool {
        guard bytes.count % 4 == 0 else { return false }
        let padding = bytes.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return bytes.dropLast(padding).allSatisfy {
            isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
        }
    }
}
