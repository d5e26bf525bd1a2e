/// What tells versions of a document apart ([RFC 9110 §8.8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3)).
enum EntityTag {
    /// A strong tag of bytes, with its quotes: FNV-1a of 64 bits and the length. It proves nothing.
    static func of(_ bytes: [UInt8]) -> String {
        let sum = bytes.withUnsafeBufferPointer { bytes in
            var sum: UInt64 = 0xcbf2_9ce4_8422_2325
            for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
            return sum
        }
        return "\"\(String(sum, radix: 16))-\(String(bytes.count, radix: 16))\""
    }

    /// Weak comparison against a list of tags ([RFC 9110 §13.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2)).
    static func matches(_ ifNoneMatch: String?, _ tag: String) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch.split(separator: ",").contains { candidate in
            var candidate = candidate.drop { $0 == " " || $0 == "\t" }
            while candidate.last == " " || candidate.last == "\t" { candidate.removeLast() }
            if candidate == "*" { return true }
            if candidate.hasPrefix("W/") { candidate = candidate.dropFirst(2) }
            return candidate == tag
        }
    }
}
