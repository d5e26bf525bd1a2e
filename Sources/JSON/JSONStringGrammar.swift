/// What may stand in a string, [RFC 8259, section 7](https://www.rfc-editor.org/rfc/rfc8259#section-7), as functions
/// over bytes. Each says where the next item begins, or nil where the bytes end before that can be told.
enum JSONStringGrammar {
    /// What is wrong in a string and at which index.
    struct Failure: Error {
        let message: String
        let index: Int
    }

    /// The index, at most `end`, of the first byte from `start` on that is not plain printable ASCII.
    static func endOfPlain(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let raw = bytes.bytes
        var index = start
        while end - index >= 8 {
            // Eight bytes at once. A borrow can only flag bytes above a true one, and the lowest flag is what counts.
            let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
            let quotation = word ^ (ones &* UInt64(ASCII.quotationMark))
            let backslash = word ^ (ones &* UInt64(ASCII.backslash))
            let controls = (word &- ones &* UInt64(ASCII.space)) & ~word
            let marks = ((quotation &- ones) & ~quotation) | ((backslash &- ones) & ~backslash)
            let flags = (controls | marks | word) & highBits
            if flags != 0 { return index + flags.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end {
            let byte = bytes[index]
            guard byte >= ASCII.space, byte < 0x80, byte != ASCII.quotationMark, byte != ASCII.backslash else { break }
            index += 1
        }
        return index
    }

    /// The index after the UTF-8 sequence at `start`, whose first byte is not ASCII. Overlong forms, surrogates and
    /// scalars above U+10FFFF are refused ([RFC 3629, section 4](https://www.rfc-editor.org/rfc/rfc3629#section-4)).
    static func endOfSequence(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(Failure) -> Int? {
        let continuation: ClosedRange<UInt8> = 0x80...0xBF
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[start] {
        case 0xC2...0xDF: (length, second) = (2, continuation)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, continuation)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, continuation)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw Failure(message: "invalid UTF-8", index: start)
        }
        for index in start + 1..<start + length {
            guard index < end else { return nil }
            guard (index == start + 1 ? second : continuation).contains(bytes[index]) else {
                throw Failure(message: "invalid UTF-8", index: start)
            }
        }
        return start + length
    }

    /// The index after the escape at `start`, a pair of surrogates taken as one.
    static func endOfEscape(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(Failure) -> Int? {
        guard start + 1 < end else { return nil }
        guard bytes[start + 1] == ASCII.smallU else {
            guard simpleEscape(bytes[start + 1]) != nil else {
                throw Failure(message: "invalid escape", index: start)
            }
            return start + 2
        }
        guard let unit = try codeUnit(in: bytes, from: start + 2, to: end) else { return nil }
        if unit & 0xFC00 == 0xDC00 {
            throw Failure(message: "a low surrogate without a high one before it", index: start)
        }
        guard unit & 0xFC00 == 0xD800 else { return start + 6 }
        let lone = Failure(message: "a high surrogate without a low one after it", index: start)
        guard start + 6 < end else { return nil }
        guard bytes[start + 6] == ASCII.backslash else { throw lone }
        guard start + 7 < end else { return nil }
        guard bytes[start + 7] == ASCII.smallU else { throw lone }
        guard let low = try codeUnit(in: bytes, from: start + 8, to: end) else { return nil }
        guard low & 0xFC00 == 0xDC00 else { throw lone }
        return start + 12
    }

    /// What the letter after a backslash stands for, `u` apart.
    static func simpleEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case ASCII.quotationMark, ASCII.backslash, 0x2F: letter
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: ASCII.lineFeed
        case 0x72: ASCII.carriageReturn
        case 0x74: ASCII.tab
        default: nil
        }
    }

    private static func codeUnit(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(Failure) -> UInt32? {
        var unit: UInt32 = 0
        for index in start..<start + 4 {
            guard index < end else { return nil }
            guard let digit = ASCII.hexadecimalValue(bytes[index]) else {
                throw Failure(message: "expected four hexadecimal digits after \\u", index: index)
            }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// Appends what a string with escapes stands for; `content` is what stands between its quotation marks, which the
    /// functions above have accepted.
    static func decode(_ content: Span<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < content.count {
            guard content[index] == ASCII.backslash, index + 1 < content.count else {
                output.append(content[index])
                index += 1
                continue
            }
            if let byte = simpleEscape(content[index + 1]) {
                output.append(byte)
                index += 2
                continue
            }
            var value = hexadecimal(content, from: index + 2)
            index += 6
            if value & 0xFC00 == 0xD800 {
                value = 0x10000 + (value & 0x3FF) << 10 + hexadecimal(content, from: index + 2) & 0x3FF
                index += 6
            }
            if let scalar = Unicode.Scalar(value) { output.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
        }
    }

    private static func hexadecimal(_ content: Span<UInt8>, from start: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in start..<min(start + 4, content.count) {
            value = value << 4 | (ASCII.hexadecimalValue(content[index]) ?? 0)
        }
        return value
    }
}
