/// Reads a text of a fixed form from its start, byte by byte.
struct TextScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// What the body reads, if that is the whole text.
    static func read<Value>(_ text: String, _ body: (inout TextScanner) -> Value?) -> Value? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = TextScanner(bytes)
            guard let value = body(&scanner), scanner.isAtEnd else { return nil }
            return value
        }
    }

    var isAtEnd: Bool { index == bytes.count }

    /// The next byte, which stays.
    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Takes the byte, or one that is its small letter, if it comes next.
    mutating func take(_ byte: UInt8, orSmall: Bool = false) -> Bool {
        guard let next, next == byte || orSmall && next == byte | 0x20 else { return false }
        index += 1
        return true
    }

    /// A number of exactly so many digits.
    mutating func number(digits: Int) -> Int? {
        guard index + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + digits] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += digits
        return value
    }

    /// A number of one digit or more; `nil` also for one beyond 64 bits.
    mutating func number() -> Int? {
        var value = 0
        let start = index
        while let digit = digit() {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isBeyond) = product.addingReportingOverflow(digit)
            guard !isTooLarge, !isBeyond else { return nil }
            value = sum
        }
        return index > start ? value : nil
    }

    /// One digit or more behind a point, in billionths; what is finer is passed over.
    mutating func billionths() -> Int? {
        var value = 0
        var count = 0
        while let digit = digit() {
            if count < 9 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { value *= 10 }
        return value
    }

    private mutating func digit() -> Int? {
        guard let next, next >= 0x30, next <= 0x39 else { return nil }
        index += 1
        return Int(next - 0x30)
    }

    /// The next byte.
    mutating func pop() -> UInt8? {
        guard let next else { return nil }
        index += 1
        return next
    }
}
