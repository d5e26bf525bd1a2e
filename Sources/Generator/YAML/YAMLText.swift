/// A document as YAML in block style, always the same for the same values. What reads it as YAML 1.1 reads the same.
enum YAMLText {
    static func text(of node: Node) -> String {
        var text = ""
        switch node.content {
        case .scalar(let scalar): text += "\(self.scalar(scalar, indentation: 0))\n"
        case .sequence(let nodes) where nodes.isEmpty: text += "[]\n"
        case .mapping(let mapping) where mapping.entries.isEmpty: text += "{}\n"
        default: append(node, indentation: 0, to: &text)
        }
        return text
    }

    /// The lines of an object or an array that is not empty.
    private static func append(_ node: Node, indentation: Int, isAfterDash: Bool = false, to text: inout String) {
        let space = String(repeating: " ", count: indentation)
        var isFirst = isAfterDash
        switch node.content {
        case .scalar: break
        case .sequence(let nodes):
            for node in nodes {
                text += isFirst ? "-" : "\(space)-"
                isFirst = false
                switch node.content {
                case .scalar(let scalar): text += " \(self.scalar(scalar, indentation: indentation + 2))\n"
                case .sequence(let nodes) where nodes.isEmpty: text += " []\n"
                case .mapping(let mapping) where mapping.entries.isEmpty: text += " {}\n"
                default:
                    text += " "
                    append(node, indentation: indentation + 2, isAfterDash: true, to: &text)
                }
            }
        case .mapping(let mapping):
            for entry in mapping.entries {
                text += "\(isFirst ? "" : space)\(key(entry.key)):"
                isFirst = false
                switch entry.value.content {
                case .scalar(let scalar): text += " \(self.scalar(scalar, indentation: indentation + 2))\n"
                case .sequence(let nodes) where nodes.isEmpty: text += " []\n"
                case .mapping(let mapping) where mapping.entries.isEmpty: text += " {}\n"
                default:
                    text += "\n"
                    append(entry.value, indentation: indentation + 2, to: &text)
                }
            }
        }
    }

    private static func key(_ name: Name) -> String { isPlain(name.text) ? name.text : quoted(name.text) }

    private static func scalar(_ scalar: Scalar, indentation: Int) -> String {
        switch scalar.kind {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer, .float: scalar.text
        case .string:
            if isPlain(scalar.text) {
                scalar.text
            } else if let block = block(scalar.text, indentation: indentation) {
                block
            } else {
                quoted(scalar.text)
            }
        }
    }

    /// In double quotes; what YAML reads as the end of a line is escaped.
    private static func quoted(_ text: String) -> String {
        let quoted = JSONText.quoted(text)
        guard holdsSpecials(text) || text.utf8.contains(0x7F) else { return quoted }
        return quoted.unicodeScalars.reduce(into: "") { result, scalar in
            if scalar.value == 0x7F || isSpecial(scalar) {
                let digits = String(scalar.value, radix: 16)
                result += "\\u\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Several lines as they are, where no line would be read in another way.
    private static func block(_ text: String, indentation: Int) -> String? {
        guard text.utf8.contains(0x0A), let first = text.utf8.first, first != 0x0A, first != 0x20, first != 0x09,
            text.utf8.allSatisfy({ $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F }), !holdsSpecials(text)
        else { return nil }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        let ending: String
        switch (lines.last?.isEmpty == true, lines.dropLast().last?.isEmpty == true) {
        case (false, _): ending = "-"
        case (true, false): ending = ""
        case (true, true): return nil
        }
        if ending.isEmpty { lines.removeLast() }
        let space = String(repeating: " ", count: max(indentation, 2))
        return "|\(ending)"
            + lines.map { $0.isEmpty ? "\n" : "\n\(space)\(String(Substring($0)))" }.joined()
    }

    /// Characters that YAML reads as ends of lines, or not at all.
    private static func holdsSpecials(_ text: String) -> Bool { text.unicodeScalars.contains(where: isSpecial) }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 1000 else { return false }
        // `3.1.0` is no number in any version.
        if bytes.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }), bytes.count(where: { $0 == 0x2E }) > 1 {
            return true
        }
        guard
            isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "_") || first == UInt8(ascii: "$")
                || first >= 0xC3
        else { return false }
        guard last != 0x20, last != UInt8(ascii: ":"), !holdsSpecials(text) else { return false }
        for (index, byte) in bytes.enumerated() {
            guard byte >= 0x20, byte != 0x7F else { return false }
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if byte == UInt8(ascii: ":"), next == 0x20 { return false }
            if byte == 0x20, next == UInt8(ascii: "#") { return false }
        }
        return !words.contains(text.lowercased())
    }

    /// What YAML 1.1 or 1.2 reads as something else than a string.
    private static let words: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
