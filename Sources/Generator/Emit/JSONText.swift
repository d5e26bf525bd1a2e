/// The document as JSON: the order of the keys is kept, numbers are written as JSON has them.
/// https://www.rfc-editor.org/rfc/rfc8259
enum JSONText {
    /// Compact.
    static func text(of node: Node) -> [UInt8] {
        var bytes: [UInt8] = []
        append(node, to: &bytes)
        return bytes
    }

    /// A string with its quotes and escapes.
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// With a line for each member and element.
    static func pretty(_ node: Node) -> [UInt8] {
        var bytes: [UInt8] = []
        append(node, indentation: 0, to: &bytes)
        return bytes
    }

    private static func append(_ node: Node, indentation: Int, to bytes: inout [UInt8]) {
        func list<Element>(_ elements: [Element], _ brackets: StaticString, _ body: (Element, inout [UInt8]) -> Void) {
            brackets.withUTF8Buffer { bytes.append($0[0]) }
            for (index, element) in elements.enumerated() {
                bytes += (index > 0 ? ",\n" : "\n").utf8
                bytes += [UInt8](repeating: UInt8(ascii: " "), count: indentation + 2)
                body(element, &bytes)
            }
            if !elements.isEmpty {
                bytes.append(UInt8(ascii: "\n"))
                bytes += [UInt8](repeating: UInt8(ascii: " "), count: indentation)
            }
            brackets.withUTF8Buffer { bytes.append($0[1]) }
        }
        switch node.content {
        case .scalar(let scalar): append(scalar, to: &bytes)
        case .sequence(let nodes):
            list(nodes, "[]") { append($0, indentation: indentation + 2, to: &$1) }
        case .mapping(let mapping):
            list(mapping.entries, "{}") { entry, bytes in
                append(entry.key.text, to: &bytes)
                bytes += ": ".utf8
                append(entry.value, indentation: indentation + 2, to: &bytes)
            }
        }
    }

    private static func append(_ node: Node, to bytes: inout [UInt8]) {
        switch node.content {
        case .scalar(let scalar): append(scalar, to: &bytes)
        case .sequence(let nodes):
            bytes.append(UInt8(ascii: "["))
            for (index, node) in nodes.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(node, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .mapping(let mapping):
            bytes.append(UInt8(ascii: "{"))
            for (index, entry) in mapping.entries.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(entry.key.text, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(entry.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ scalar: Scalar, to bytes: inout [UInt8]) {
        switch scalar.kind {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .integer: bytes += integer(scalar.text).utf8
        case .float: bytes += float(scalar.text).utf8
        case .string: append(scalar.text, to: &bytes)
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20:
                bytes += "\\u00".utf8
                for digit in [byte >> 4, byte & 15] {
                    bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// JSON has neither a plus sign nor leading zeros nor other bases.
    private static func integer(_ text: String) -> String {
        if text.utf8.starts(with: "0x".utf8) { return decimal(text.utf8.dropFirst(2), radix: 16) }
        if text.utf8.starts(with: "0o".utf8) { return decimal(text.utf8.dropFirst(2), radix: 8) }
        let (sign, digits) = signed(text)
        return sign + withoutLeadingZeros(digits)
    }

    /// JSON wants a digit on both sides of the point.
    private static func float(_ text: String) -> String {
        let (sign, rest) = signed(text)
        let whole = rest.prefix { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }
        var tail = rest.dropFirst(whole.count)
        var fraction = ""
        if tail.first == UInt8(ascii: ".") {
            let digits = tail.dropFirst().prefix { $0 | 0x20 != UInt8(ascii: "e") }
            fraction = digits.isEmpty ? "" : ".\(Substring(digits))"
            tail = tail.dropFirst(digits.count + 1)
        }
        return sign + (whole.isEmpty ? "0" : withoutLeadingZeros(whole)) + fraction + String(Substring(tail))
    }

    private static func signed(_ text: String) -> (sign: String, rest: Substring.UTF8View) {
        switch text.utf8.first {
        case UInt8(ascii: "-"): ("-", text.utf8.dropFirst())
        case UInt8(ascii: "+"): ("", text.utf8.dropFirst())
        default: ("", text.utf8.dropFirst(0))
        }
    }

    private static func withoutLeadingZeros(_ digits: Substring.UTF8View) -> String {
        let rest = digits.drop { $0 == UInt8(ascii: "0") }
        return rest.isEmpty ? "0" : String(Substring(rest))
    }

    /// Digits of another base in decimal, of any length.
    private static func decimal(_ digits: Substring.UTF8View, radix: Int) -> String {
        var decimal: [Int] = [0]
        for byte in digits {
            var carry = byte < UInt8(ascii: "A") ? Int(byte) - 0x30 : Int(byte | 0x20) - 0x61 + 10
            for index in decimal.indices {
                let value = decimal[index] * radix + carry
                decimal[index] = value % 10
                carry = value / 10
            }
            while carry > 0 {
                decimal.append(carry % 10)
                carry /= 10
            }
        }
        return decimal.reversed().map { "\($0)" }.joined()
    }
}
