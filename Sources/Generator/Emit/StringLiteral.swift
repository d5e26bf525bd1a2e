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
        var literal = Array("\(marks)\"\"\"\n".utf8)
        var text = text
        // Whole documents come through here: what stands as it is, is copied in pieces.
        text.withUTF8 { bytes in
            literal.reserveCapacity(bytes.count + 64)
            var copied = 0
            var index = 0
            while index < bytes.count {
                let length = unplainLength(bytes, at: index)
                guard length > 0 else {
                    index += 1
                    continue
                }
                literal += bytes[copied..<index]
                // A carriage return would be read as a line break like any other.
                for scalar in String(decoding: bytes[index..<index + length], as: UTF8.self).unicodeScalars {
                    literal += "\\\(marks)u{\(String(scalar.value, radix: 16))}".utf8
                }
                index += length
                copied = index
            }
            literal += bytes[copied...]
        }
        literal += "\n\"\"\"\(marks)".utf8
        return String(decoding: literal, as: UTF8.self)
    }

    /// How many bytes the scalar that begins here has, if it cannot stand in source as it is; else 0.
    private static func unplainLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        func next(_ distance: Int) -> UInt8 { index + distance < bytes.count ? bytes[index + distance] : 0 }
        switch bytes[index] {
        case 0x0A, 0x20..<0x7F: return 0
        case 0..<0x20, 0x7F: return 1
        case 0xC2: return next(1) < 0xA0 ? 2 : 0
        case 0xE2: return next(1) == 0x80 && (next(2) == 0xA8 || next(2) == 0xA9) ? 3 : 0
        case 0xEF: return next(1) == 0xBB && next(2) == 0xBF ? 3 : 0
        default: return 0
        }
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
