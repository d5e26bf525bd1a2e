/// Looks for selectors in a restricted text without the parser under test: character by character, by what stands
/// next to a name. It knows only the forms that restricted texts have.
enum SelectorScanner {
    /// The rest of the text from the first selector that lacks the condition; nil if there is none.
    static func unconfinedPart(of text: String, condition: String) -> String? {
        let bytes = Array(text.utf8)
        let condition = Array(condition.utf8)
        func rest(_ index: Int) -> String { String(decoding: bytes[index...], as: UTF8.self) }
        func isWordByte(_ byte: UInt8) -> Bool {
            let lower = byte | 0x20
            return lower >= 97 && lower <= 122 || byte >= 48 && byte <= 57 || byte == 95 || byte == 58
        }
        var index = 0
        while index < bytes.count {
            let start = index
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index = endOfString(bytes, index)
            case UInt8(ascii: "["):
                while index < bytes.count, bytes[index] != UInt8(ascii: "]") { index += 1 }
            case UInt8(ascii: "{"):
                let end = endOfBraces(bytes, index)
                if !parts(bytes[(index + 1)..<(end - 1)]).contains(where: { $0.elementsEqual(condition) }) {
                    return rest(start)
                }
                index = end
            case 48...57:
                while index < bytes.count, isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: ".") { index += 1 }
            case let byte where isWordByte(byte):
                while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
                if index < bytes.count, bytes[index] == UInt8(ascii: "{") { continue }
                let word = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
                if ["by", "without", "on", "ignoring", "group_left", "group_right"].contains(word) {
                    while index < bytes.count, bytes[index] != UInt8(ascii: ")") {
                        index = bytes[index] == UInt8(ascii: "\"") ? endOfString(bytes, index) : index + 1
                    }
                    continue
                }
                if ["and", "or", "unless", "atan2", "bool", "offset", "anchored", "smoothed", "inf", "nan"].contains(
                    word)
                {
                    continue
                }
                var next = index
                while next < bytes.count, bytes[next] == 32 { next += 1 }
                if next < bytes.count, bytes[next] == UInt8(ascii: "(") { continue }
                let following = String(decoding: bytes[next...].prefix(8), as: UTF8.self)
                if following.hasPrefix("by (") || following.hasPrefix("without ") { continue }
                return rest(start)
            default:
                index += 1
            }
        }
        return nil
    }

    private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.count)
    }

    private static func endOfBraces(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "}") {
            index = bytes[index] == UInt8(ascii: "\"") ? endOfString(bytes, index) : index + 1
        }
        return min(index + 1, bytes.count)
    }

    private static func parts(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        let all = Array(bytes)
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < all.count {
            if all[index] == UInt8(ascii: ",") {
                parts.append(all[start..<index])
                start = index + 1
            }
            index = all[index] == UInt8(ascii: "\"") ? endOfString(all, index) : index + 1
        }
        parts.append(all[start...])
        return parts
    }
}
