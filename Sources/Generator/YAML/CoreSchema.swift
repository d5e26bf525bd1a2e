/// The type of a plain scalar by the core schema of YAML 1.2: `no` and `on` are strings, `0123` is a number.
/// https://yaml.org/spec/1.2.2/#103-core-schema
enum CoreSchema {
    static func kind(of text: String) -> Scalar.Kind {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            return isAny(text, of: "~", "null", "Null", "NULL") ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return isAny(text, of: "true", "True", "TRUE") ? .boolean(true) : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return isAny(text, of: "false", "False", "FALSE") ? .boolean(false) : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(Array(text.utf8))
        default:
            return .string
        }
    }

    private static func number(_ bytes: [UInt8]) -> Scalar.Kind {
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
            if bytes[1] == UInt8(ascii: "o") {
                return bytes[2...].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
                    ? .integer : .string
            }
            if bytes[1] == UInt8(ascii: "x") { return bytes[2...].allSatisfy(isHexadecimalDigit) ? .integer : .string }
        }
        var rest = bytes[...]
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        if isAny(String(decoding: rest, as: UTF8.self), of: ".inf", ".Inf", ".INF") { return .float }
        if isAny(String(decoding: bytes, as: UTF8.self), of: ".nan", ".NaN", ".NAN") { return .float }

        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        if rest.isEmpty { return whole.isEmpty ? .string : .integer }
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fraction)
        }
        guard !whole.isEmpty || fraction > 0 else { return .string }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            let exponent = rest.prefix(while: isDigit).count
            guard exponent > 0 else { return .string }
            rest = rest.dropFirst(exponent)
        }
        return rest.isEmpty ? .float : .string
    }

    private static func isAny(_ text: String, of words: StaticString...) -> Bool {
        words.contains { word in
            text.utf8.count == word.utf8CodeUnitCount
                && word.withUTF8Buffer { text.utf8.elementsEqual($0) }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}
