/// A label's name as it stands in `/label/{name}/values`.
///
/// A name beyond `[A-Za-z_][A-Za-z0-9_]*` is escaped there: `U__`, then `_` doubled and every other such character as its
/// code point in hexadecimal between underscores
/// ([proposal](https://github.com/prometheus/proposals/blob/main/proposals/0028-utf8.md)). What begins like that but is
/// no such escape is a name as it is, as it is for Prometheus.
struct LabelName: Equatable {
    /// The name itself.
    let name: String
    /// The name as it is sent upstream; of `[A-Za-z0-9_]` alone.
    let escaped: String

    /// - Returns: `nil` if no label can have that name.
    init?(pathSegment text: String) {
        let segment = Array(text.utf8)
        guard !segment.isEmpty else { return nil }
        let isPlain = Self.isPlain(segment)
        guard segment.starts(with: Self.prefix) else {
            name = text
            escaped = isPlain ? text : Self.escape(text)
            return
        }
        if let decoded = Self.unescape(segment.dropFirst(Self.prefix.count)) {
            guard !decoded.isEmpty else { return nil }
            name = decoded
            escaped = Self.isPlain(Array(decoded.utf8)) ? decoded : Self.escape(decoded)
        } else {
            name = text
            escaped = isPlain ? text : Self.escape(text)
        }
    }

    private static let prefix = Array("U__".utf8)

    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, isWord(first), !isDigit(first) else { return false }
        return bytes.allSatisfy(isWord)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func escape(_ name: String) -> String {
        var escaped = "U__"
        for (index, scalar) in name.unicodeScalars.enumerated() {
            if scalar == "_" {
                escaped += "__"
            } else if scalar.isASCII, let byte = UInt8(exactly: scalar.value), isWord(byte), index > 0 || !isDigit(byte)
            {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "_" + String(scalar.value, radix: 16) + "_"
            }
        }
        return escaped
    }

    /// The name behind the prefix; `nil` if the escape is broken.
    private static func unescape(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "_") else {
                decoded.append(byte)
                continue
            }
            if rest.first == UInt8(ascii: "_") {
                rest.removeFirst()
                decoded.append(byte)
                continue
            }
            let digits = rest.prefix { $0 != UInt8(ascii: "_") }
            rest = rest.dropFirst(digits.count)
            // At most six digits, and the underscore that ends them.
            guard digits.count < 7, rest.popFirst() != nil, digits.allSatisfy(isHexadecimal),
                let value = UInt32(Substring(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            decoded += Array(String(scalar).utf8)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
