/// A set of Unicode scalars.
struct ScalarSet: Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var categories: [PatternCategory] = []
    var isNegated = false
    /// Sets within this set, such as `\D` in `[\D]`.
    private var others: [ScalarSet] = []

    init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
    }

    init(_ category: PatternCategory, isNegated: Bool) {
        categories = [category]
        self.isNegated = isNegated
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    mutating func formUnion(_ other: ScalarSet) {
        if other.isNegated || !other.others.isEmpty {
            others.append(other)
        } else {
            ranges += other.ranges
            categories += other.categories
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        let isIn =
            ranges.contains { $0.contains(value) } || categories.contains { $0.contains(scalar) }
            || others.contains { $0.contains(scalar) }
        return isIn != isNegated
    }

    static let digit = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// White space and line terminators of ECMA-262.
    static let space = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What `.` does not match.
    static let lineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

    var negated: ScalarSet {
        var set = self
        set.isNegated.toggle()
        return set
    }
}

/// A general category of Unicode, or a group of them, as in `\p{L}`.
enum PatternCategory: String, Sendable, CaseIterable {
    case letter = "L"
    case uppercase = "Lu"
    case lowercase = "Ll"
    case mark = "M"
    case number = "N"
    case decimal = "Nd"
    case punctuation = "P"
    case symbol = "S"
    case separator = "Z"

    private static let longNames: [String: PatternCategory] = [
        "Letter": .letter, "Uppercase_Letter": .uppercase, "Lowercase_Letter": .lowercase, "Mark": .mark,
        "Number": .number, "Decimal_Number": .decimal, "Punctuation": .punctuation, "Symbol": .symbol,
        "Separator": .separator,
    ]

    init?(name: String) {
        guard let found = PatternCategory(rawValue: name) ?? Self.longNames[name] else { return nil }
        self = found
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch (self, scalar.properties.generalCategory) {
        case (.letter, .uppercaseLetter), (.letter, .lowercaseLetter), (.letter, .titlecaseLetter),
            (.letter, .modifierLetter), (.letter, .otherLetter), (.uppercase, .uppercaseLetter),
            (.lowercase, .lowercaseLetter), (.mark, .nonspacingMark), (.mark, .spacingMark), (.mark, .enclosingMark),
            (.number, .decimalNumber), (.number, .letterNumber), (.number, .otherNumber), (.decimal, .decimalNumber),
            (.punctuation, .connectorPunctuation), (.punctuation, .dashPunctuation),
            (.punctuation, .openPunctuation), (.punctuation, .closePunctuation), (.punctuation, .initialPunctuation),
            (.punctuation, .finalPunctuation), (.punctuation, .otherPunctuation), (.symbol, .mathSymbol),
            (.symbol, .currencySymbol), (.symbol, .modifierSymbol), (.symbol, .otherSymbol),
            (.separator, .spaceSeparator), (.separator, .lineSeparator), (.separator, .paragraphSeparator):
            true
        default: false
        }
    }
}
