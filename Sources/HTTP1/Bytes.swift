/// Classes of bytes ([RFC 9110 §5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
enum Byte {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let delete: UInt8 = 0x7f

    /// For each ASCII byte: itself in lower case where it may stand in a token, else NUL.
    private static let tokens: StaticString = """
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0!\0#$%&'\0\0*+\0-.\00123456789\0\0\0\0\0\0\
        \0abcdefghijklmnopqrstuvwxyz\0\0\0^_\
        `abcdefghijklmnopqrstuvwxyz\0|\0~\0
        """

    /// The byte in lower case if it may stand in a token, else 0.
    @inline(__always)
    static func lowercasedToken(_ byte: UInt8) -> UInt8 {
        byte < 0x80 ? tokens.utf8Start[Int(byte)] : 0
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    @inline(__always)
    static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- 0x61 < 6
    }

    /// For each ASCII byte: whether it needs no second look within a request target.
    ///
    /// Those that do are the space that ends it, what may not stand in it, and `#`, `%` and `?`.
    private static let plainInTargets: StaticString = """
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0!"\0$\0&'()*+,-./0123456789:;<=>\0\
        @ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_\
        `abcdefghijklmnopqrstuvwxyz{|}~\0
        """

    @inline(__always)
    static func isPlainInTargets(_ byte: UInt8) -> Bool {
        byte < 0x80 && plainInTargets.utf8Start[Int(byte)] != 0
    }

    /// The digit's value, or `nil`.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    /// Space or tab, the white space within a line.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == tab
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes of a range, counted from 0 again.
    @inline(__always)
    func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[range])
    }

    /// The bytes without the spaces around them, and without tabs if these count as white space.
    @inline(__always)
    func trimmed(tabs: Bool) -> UnsafeRawBufferPointer {
        var start = 0
        var end = count
        while start < end, self[start] == Byte.space || tabs && self[start] == Byte.tab { start += 1 }
        while end > start, self[end - 1] == Byte.space || tabs && self[end - 1] == Byte.tab { end -= 1 }
        return slice(start..<end)
    }

    /// Whether the bytes are those of an ASCII word that is given in lower case, disregarding the case of letters.
    ///
    /// Setting bit 5 folds letters; it would also make a carriage return equal to `-`, but no line holds one.
    @inline(__always)
    func equalsIgnoringCase(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        let expected = word.utf8Start
        var index = 0
        while index < count {
            guard self[index] | 0x20 == expected[index] else { return false }
            index += 1
        }
        return true
    }

    /// The first byte within the offsets that is a control character, DEL, or above 0x7f; `end` if there is none.
    @inline(__always)
    func firstSpecial(from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        // Eight bytes at a time: below a space the subtraction sets the highest bit, at DEL the addition does. Carries
        // run upwards only, and only from a byte that is itself special, so the lowest mark is always right.
        while index + 8 <= end {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let marks = (word | (word &- ones &* 0x20) | (word &+ ones)) & (ones &* 0x80)
            if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end {
            let byte = self[index]
            if byte < 0x20 || byte >= Byte.delete { return index }
            index += 1
        }
        return end
    }
}
