/// An identifier of 128 bits: the format `uuid` ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562#section-4)). One that is
/// made here is written in small letters, one that was read as it was.
public struct UniqueIdentifier: FormattedValue, Comparable {
    /// `uuid`
    public static let format = "uuid"

    /// The first eight bytes.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64
    /// Which of its digits are capital letters, the first being the highest bit. Such a text is another one to
    /// whoever compares texts.
    private let capitals: UInt32

    /// An identifier of the given bits.
    public init(high: UInt64, low: UInt64) {
        self.init(high, low, capitals: 0)
    }

    private init(_ high: UInt64, _ low: UInt64, capitals: UInt32) {
        self.high = high
        self.low = low
        self.capitals = capitals
    }

    /// A new one of 122 random bits (version 4).
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(
            high: generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    /// An identifier from its text, `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`.
    public init?(_ text: String) {
        guard let identifier = TextScanner.read(text, Self.read) else { return nil }
        self = identifier
    }

    private static func read(_ scanner: inout TextScanner) -> UniqueIdentifier? {
        var halves: (UInt64, UInt64) = (0, 0)
        var capitals: UInt32 = 0
        for digit in 0..<32 {
            if isAfterHyphen(digit), !scanner.take(UInt8(ascii: "-")) { return nil }
            guard let byte = scanner.pop() else { return nil }
            let value: UInt8
            switch byte {
            case 0x30...0x39: value = byte - 0x30
            case 0x41...0x46:
                value = byte - 0x41 + 10
                capitals |= 1 << UInt32(31 - digit)
            case 0x61...0x66: value = byte - 0x61 + 10
            default: return nil
            }
            if digit < 16 {
                halves.0 = halves.0 << 4 | UInt64(value)
            } else {
                halves.1 = halves.1 << 4 | UInt64(value)
            }
        }
        return UniqueIdentifier(halves.0, halves.1, capitals: capitals)
    }

    private static func isAfterHyphen(_ digit: Int) -> Bool { digit == 8 || digit == 12 || digit == 16 || digit == 20 }

    /// The text, as it was read.
    public var description: String {
        var text = TextBuilder(capacity: 36)
        for digit in 0..<32 {
            if Self.isAfterHyphen(digit) { text.append(UInt8(ascii: "-")) }
            let half = digit < 16 ? high : low
            let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - digit % 16 * 4) & 15)
            let letter = capitals >> UInt32(31 - digit) & 1 == 1 ? UInt8(ascii: "A") : UInt8(ascii: "a")
            text.append(value < 10 ? 0x30 + value : letter + value - 10)
        }
        return text.text
    }

    /// Whether the bits are the same, in letters of either kind.
    public static func == (left: UniqueIdentifier, right: UniqueIdentifier) -> Bool {
        left.high == right.high && left.low == right.low
    }

    /// By their bits.
    public static func < (left: UniqueIdentifier, right: UniqueIdentifier) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// What makes it equal to others.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
        hasher.combine(low)
    }
}
