/// The grammar of numbers, [RFC 8259, section 6](https://www.rfc-editor.org/rfc/rfc8259#section-6), byte by byte.
struct JSONNumberGrammar: Sendable {
    private enum State {
        case start, minus, zero, integer, point, fraction, exponent, exponentSign, exponentDigits
    }

    private var state = State.start

    /// Whether the bytes so far are a number.
    var isComplete: Bool {
        switch state {
        case .zero, .integer, .fraction, .exponentDigits: true
        case .start, .minus, .point, .exponent, .exponentSign: false
        }
    }

    /// Takes one more byte; false, and no change, where no number goes on like this.
    mutating func accept(_ byte: UInt8) -> Bool {
        guard let next = successor(byte) else { return false }
        state = next
        return true
    }

    private func successor(_ byte: UInt8) -> State? {
        let isDigit = byte >= ASCII.zero && byte <= ASCII.nine
        switch state {
        case .start:
            if byte == ASCII.minus { return .minus }
            fallthrough
        case .minus:
            if byte == ASCII.zero { return .zero }
            return isDigit ? .integer : nil
        case .integer:
            if isDigit { return .integer }
            fallthrough
        case .zero:
            if byte == ASCII.point { return .point }
            return byte == ASCII.smallE || byte == ASCII.capitalE ? .exponent : nil
        case .point:
            return isDigit ? .fraction : nil
        case .fraction:
            if isDigit { return .fraction }
            return byte == ASCII.smallE || byte == ASCII.capitalE ? .exponent : nil
        case .exponent:
            if byte == ASCII.plus || byte == ASCII.minus { return .exponentSign }
            fallthrough
        case .exponentSign, .exponentDigits:
            return isDigit ? .exponentDigits : nil
        }
    }
}
