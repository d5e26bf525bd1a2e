/// A number as it was written, so that none is changed by being read: `1.10`, `1E400` and integers of any length
/// survive. Equality is that of the texts: `1` and `1.0` differ.
public struct JSONNumber: Sendable, Equatable, CustomStringConvertible {
    /// The number as written, ASCII.
    public let text: String

    /// The number as written.
    public var description: String { text }

    /// A number from its text; nil unless it is one by
    /// [RFC 8259, section 6](https://www.rfc-editor.org/rfc/rfc8259#section-6).
    public init?(text: String) {
        var grammar = JSONNumberGrammar()
        for byte in text.utf8 {
            guard grammar.accept(byte) else { return nil }
        }
        guard grammar.isComplete else { return nil }
        self.text = text
    }

    /// An integer.
    public init(_ value: Int) {
        text = String(value)
    }

    /// The shortest text that reads back as `value`; nil for what JSON cannot write, infinities and NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    init(validated text: String) {
        self.text = text
    }

    /// The value where it is a whole number that an `Int` holds exactly, however written (`1.50e2` is 150).
    public var integer: Int? {
        if let plain = Int(text) { return plain }
        var digits: [UInt8] = []
        var scale = 0
        var exponent = 0
        var isFraction = false
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case ASCII.zero...ASCII.nine:
                digits.append(byte - ASCII.zero)
                if isFraction { scale -= 1 }
            case ASCII.point:
                isFraction = true
            case ASCII.smallE, ASCII.capitalE:
                exponent = JSONNumber.saturatedExponent(&rest)
            default:
                continue
            }
        }
        // The exponent saturates far beyond the length of any text, so this addition cannot overflow.
        scale += exponent
        while scale < 0, digits.last == 0 {
            digits.removeLast()
            scale += 1
        }
        let significant = digits.drop { $0 == 0 }
        if significant.isEmpty { return 0 }
        guard scale >= 0, significant.count + scale <= 19 else { return nil }
        let text = significant + repeatElement(0, count: scale)
        let isNegative = self.text.utf8.first == ASCII.minus
        return Int((isNegative ? "-" : "") + String(decoding: text.map { $0 + ASCII.zero }, as: UTF8.self))
    }

    /// The nearest binary floating-point number; nil where the value is too large for one.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    private static func saturatedExponent(_ digits: inout String.UTF8View.Iterator) -> Int {
        let bound = Int.max / 4
        var magnitude = 0
        var isNegative = false
        while let byte = digits.next() {
            if byte == ASCII.minus { isNegative = true }
            guard byte >= ASCII.zero, byte <= ASCII.nine else { continue }
            magnitude = magnitude > bound / 10 - 1 ? bound : magnitude * 10 + Int(byte - ASCII.zero)
        }
        return isNegative ? -magnitude : magnitude
    }

    /// Whether the texts are the same bytes.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }
}
