/// Text as Swift source.
enum StringLiteral {
    /// A literal in one line.
    static func quoted(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            default:
                if isPlain(scalar) {
                    literal.unicodeScalars.append(scalar)
                } else {
                    literal += "\\u{\(String(scalar.value, radix: 16))}"
                }
            }
        }
        return literal + "\""
    }

    /// A literal over several lines whose value is the text to the byte. It has as many `#` as it needs for the text to
    /// stand in it as it is.
    static func multiline(_ text: String) -> String {
        let marks = String(repeating: "#", count: longestRun(text.utf8) + 1)
        var literal = "\(marks)\"\"\"\n"
        for scalar in text.unicodeScalars {
            if scalar == "\n" || isPlain(scalar) {
                literal.unicodeScalars.append(scalar)
            } else {
                // A carriage return would be read as a line break like any other.
                literal += "\\\(marks)u{\(String(scalar.value, radix: 16))}"
            }
        }
        return literal + "\n\"\"\"\(marks)"
    }

    /// The longest run of `#` behind what could end the literal or begin an escape.
    private static func longestRun(_ text: String.UTF8View) -> Int {
        var longest = 0
        var run: Int?
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): run = 0
            case UInt8(ascii: "#"):
                run = run.map { $0 + 1 }
                longest = max(longest, run ?? 0)
            default: run = nil
            }
        }
        return longest
    }

    /// Whether a scalar can stand in source as it is, without becoming invisible or a line break.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: true
        case 0..<0xA0, 0x2028, 0x2029, 0xFEFF: false
        default: true
        }
    }
}
