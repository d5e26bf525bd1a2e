/// Pairs of names and values as [logfmt](https://brandur.org/logfmt) writes them: `service.name=api name="GET /"`.
enum Logfmt {
    /// The pairs in order; nil for a text that is no logfmt.
    static func parse(_ text: String) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        let bytes = Array(text.utf8)
        var index = 0
        while true {
            while index < bytes.count, bytes[index] <= UInt8(ascii: " ") { index += 1 }
            guard index < bytes.count else { return pairs }
            let start = index
            while index < bytes.count, bytes[index] > UInt8(ascii: " "), bytes[index] != UInt8(ascii: "=") {
                index += 1
            }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "\"")) else { return nil }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
                pairs.append((name, ""))
                continue
            }
            index += 1
            guard let value = value(bytes, &index) else { return nil }
            pairs.append((name, value))
        }
    }

    private static func value(_ bytes: [UInt8], _ index: inout Int) -> String? {
        var value: [UInt8] = []
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            while index < bytes.count, bytes[index] > UInt8(ascii: " ") {
                guard bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "=") else { return nil }
                value.append(bytes[index])
                index += 1
            }
            return String(decoding: value, as: UTF8.self)
        }
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), index < bytes.count {
                value.append(bytes[index])
                index += 1
            } else {
                value.append(byte)
            }
        }
        return nil
    }
}
