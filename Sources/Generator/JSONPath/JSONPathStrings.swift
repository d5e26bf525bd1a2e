/// Strings in quotes. https://www.rfc-editor.org/rfc/rfc9535#section-2.3.1.1
extension JSONPathParser {
    mutating func string() throws(JSONPath.Problem) -> String {
        let start = position
        let quote = bytes[position]
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case quote: return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(quote, into: &text)
            case 0..<0x20: throw problem("a control character has to be escaped")
            default: text.append(byte)
            }
        }
        throw JSONPath.Problem(message: "the string does not end", offset: start)
    }

    private mutating func escape(_ quote: UInt8, into text: inout [UInt8]) throws(JSONPath.Problem) {
        guard let byte = peek else { throw problem("the string does not end") }
        position += 1
        switch byte {
        case quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var value = try hexadecimal()
            if (0xD800..<0xDC00).contains(value), take("\\u") {
                let low = try hexadecimal()
                if (0xDC00..<0xE000).contains(low) { value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00) }
            }
            guard let scalar = Unicode.Scalar(value) else { throw problem("half of a surrogate pair is no character") }
            text += String(Character(scalar)).utf8
        default: throw problem("there is no such escape")
        }
    }

    private mutating func hexadecimal() throws(JSONPath.Problem) -> UInt32 {
        guard position + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw problem("four hexadecimal digits are expected here") }
        position += 4
        return value
    }
}
