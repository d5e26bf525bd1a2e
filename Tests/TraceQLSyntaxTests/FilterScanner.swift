/// Looks for filters in a restricted text without the parser under test: byte by byte, by braces outside of quotes. It
/// knows only the forms that restricted texts have.
enum FilterScanner {
    /// The rest of the text from the first filter that does not begin with the condition, or the whole of it if its first
    /// pipeline does not begin with a filter of the condition alone; nil if neither is so.
    static func unconfinedPart(of text: String, condition: String) -> String? {
        let bytes = Array(text.utf8)
        let alone = Array("{ \(condition) }".utf8)
        let joined = Array("{ (\(condition)) && ".utf8)
        var index = 0
        var isPipelineStart = true
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"):
                let rest = bytes[index...]
                let isAlone = rest.starts(with: alone)
                if isPipelineStart ? !isAlone : !isAlone && !rest.starts(with: joined) {
                    return String(decoding: rest, as: UTF8.self)
                }
                isPipelineStart = false
                index = endOfBraces(bytes, index)
            case UInt8(ascii: "\""):
                index = endOfString(bytes, index)
            case UInt8(ascii: "("), UInt8(ascii: " "), UInt8(ascii: ")"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"):
                index += 1
            default:
                if isPipelineStart { return String(decoding: bytes[index...], as: UTF8.self) }
                index += 1
            }
        }
        return isPipelineStart ? text : nil
    }

    /// How many filters there are.
    static func filterCount(of text: String) -> Int {
        let bytes = Array(text.utf8)
        var count = 0
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"):
                count += 1
                index = endOfBraces(bytes, index)
            case UInt8(ascii: "\""): index = endOfString(bytes, index)
            default: index += 1
            }
        }
        return count
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
}
