/// Reads an expression once, from left to right, with a stack of the groups that are open.
struct RegularExpressionParser {
    static let maximumHeight = 1000
    static let maximumRepeat = 1000
    /// Go allows 128 MB of instructions of 40 bytes.
    static let maximumSize = (128 << 20) / 40

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var group = RegularExpressionGroup()
    var outer: [RegularExpressionGroup] = []
    /// Set once no ":]" follows, so that it is not looked for again and again.
    var hasNoPosixEnd = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }

    func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    /// A code point; what is not UTF-8 is refused with all that follows.
    mutating func nextScalar() throws(RegularExpressionFailure) -> UInt32 {
        let scalar = DecodedScalar(bytes, at: position)
        if scalar.isInvalid { throw RegularExpressionFailure("invalid UTF-8", part(position..<bytes.count)) }
        position += scalar.width
        return scalar.value
    }

    mutating func push(_ part: RegularExpressionPart) throws(RegularExpressionFailure) {
        if part.height > Self.maximumHeight {
            throw RegularExpressionFailure("expression nests too deeply", bytes)
        }
        if part.size > Self.maximumSize { throw RegularExpressionFailure("expression too large", bytes) }
        group.append(part)
    }

    mutating func parse() throws(RegularExpressionFailure) -> Bool {
        /// Where the repetition just before began.
        var lastRepeat: Int?
        while position < bytes.count {
            var repeatStart: Int?
            switch bytes[position] {
            case UInt8(ascii: "("):
                if byte(position + 1) == UInt8(ascii: "?") {
                    try parseFlagsOrGroup()
                } else {
                    open(isCapturing: true)
                    position += 1
                }
            case UInt8(ascii: "|"):
                group.closeAlternative()
                position += 1
            case UInt8(ascii: ")"):
                guard let enclosing = outer.popLast() else { throw RegularExpressionFailure("unexpected )", bytes) }
                let part = group.closed()
                group = enclosing
                try push(part)
                position += 1
            case UInt8(ascii: "^"), UInt8(ascii: "$"):
                try push(RegularExpressionPart())
                position += 1
            case UInt8(ascii: "."):
                try push(RegularExpressionPart(matchesEmpty: false))
                position += 1
            case UInt8(ascii: "["):
                try parseClass()
                try push(RegularExpressionPart(matchesEmpty: false))
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
                let start = position
                let isOptional = bytes[position] != UInt8(ascii: "+")
                position += 1
                try applyRepeat(minimum: isOptional ? 0 : 1, maximum: nil, isCounted: false, from: start, lastRepeat)
                repeatStart = start
            case UInt8(ascii: "{"):
                let start = position
                guard let (minimum, maximum) = parseCounts() else {
                    try push(RegularExpressionPart(matchesEmpty: false))
                    position = start + 1
                    break
                }
                let tooBig = minimum < 0 || minimum > Self.maximumRepeat || (maximum ?? 0) > Self.maximumRepeat
                if tooBig || maximum.map({ minimum > $0 }) == true {
                    throw RegularExpressionFailure("invalid repeat count", part(start..<position))
                }
                try applyRepeat(minimum: minimum, maximum: maximum, isCounted: true, from: start, lastRepeat)
                repeatStart = start
            case UInt8(ascii: "\\"):
                try parseBackslash()
            default:
                _ = try nextScalar()
                try push(RegularExpressionPart(matchesEmpty: false))
            }
            lastRepeat = repeatStart
        }
        let whole = group.closed()
        guard outer.isEmpty else { throw RegularExpressionFailure("missing closing )", bytes) }
        if whole.height > Self.maximumHeight {
            throw RegularExpressionFailure("expression nests too deeply", bytes)
        }
        if whole.size > Self.maximumSize { throw RegularExpressionFailure("expression too large", bytes) }
        return whole.matchesEmpty
    }

    mutating func open(isCapturing: Bool) {
        outer.append(group)
        group = RegularExpressionGroup(isCapturing: isCapturing)
    }

    // MARK: Repetition

    mutating func applyRepeat(
        minimum: Int, maximum: Int?, isCounted: Bool, from start: Int, _ lastRepeat: Int?
    ) throws(RegularExpressionFailure) {
        if byte(position) == UInt8(ascii: "?") { position += 1 }
        if let lastRepeat {
            throw RegularExpressionFailure("invalid nested repetition operator", part(lastRepeat..<position))
        }
        guard var repeated = group.last else {
            throw RegularExpressionFailure("missing argument to repetition operator", part(start..<position))
        }
        let counted = repeated
        repeated.height += 1
        if minimum == 0 { repeated.matchesEmpty = true }
        if isCounted {
            let count = maximum == 0 ? 0 : maximum ?? minimum
            if maximum == 0 { repeated.repeats = 1 } else { repeated.repeats *= max(1, count) }
            if minimum >= 2 || (maximum ?? 0) >= 2, repeated.repeats > Self.maximumRepeat {
                throw RegularExpressionFailure("invalid repeat count", part(start..<position))
            }
            repeated.size = max(1, max(1, maximum ?? minimum) * counted.size + ((maximum ?? minimum) - minimum))
        } else {
            repeated.size += 2
        }
        if repeated.height > Self.maximumHeight {
            throw RegularExpressionFailure("expression nests too deeply", bytes)
        }
        if repeated.size > Self.maximumSize { throw RegularExpressionFailure("expression too large", bytes) }
        group.last = repeated
    }

    /// `{n}`, `{n,}` or `{n,m}`; nil if the brace is a literal. -1 is a number too big to be read.
    mutating func parseCounts() -> (minimum: Int, maximum: Int?)? {
        position += 1
        guard let minimum = parseCount() else { return nil }
        var maximum: Int? = minimum
        if byte(position) == UInt8(ascii: ",") {
            position += 1
            if byte(position) == UInt8(ascii: "}") {
                maximum = nil
            } else {
                guard let count = parseCount() else { return nil }
                maximum = count
                if count < 0 {
                    guard byte(position) == UInt8(ascii: "}") else { return nil }
                    position += 1
                    return (-1, nil)
                }
            }
        }
        guard byte(position) == UInt8(ascii: "}") else { return nil }
        position += 1
        return (minimum, maximum)
    }

    mutating func parseCount() -> Int? {
        guard let first = byte(position), isDigit(first) else { return nil }
        if first == UInt8(ascii: "0"), let second = byte(position + 1), isDigit(second) { return nil }
        var value = 0
        while let digit = byte(position), isDigit(digit) {
            value = value < 0 || value >= 100_000_000 ? -1 : value * 10 + Int(digit - UInt8(ascii: "0"))
            position += 1
        }
        return value
    }
}

extension RegularExpressionParser {
    mutating func parseFlagsOrGroup() throws(RegularExpressionFailure) {
        let start = position
        let hasP =
            byte(start + 2) == UInt8(ascii: "P") && byte(start + 3) == UInt8(ascii: "<") && start + 4 < bytes.count
        let hasName = byte(start + 2) == UInt8(ascii: "<") && start + 3 < bytes.count
        if hasP || hasName {
            try parseGroupName(from: start, nameStart: start + (hasP ? 4 : 3))
            return
        }
        position = start + 2
        var isNegated = false
        var sawFlag = false
        loop: while position < bytes.count {
            switch try nextScalar() {
            case UInt32(UInt8(ascii: "i")), UInt32(UInt8(ascii: "m")), UInt32(UInt8(ascii: "s")),
                UInt32(UInt8(ascii: "U")):
                sawFlag = true
            case UInt32(UInt8(ascii: "-")):
                if isNegated { break loop }
                isNegated = true
                sawFlag = false
            case UInt32(UInt8(ascii: ":")):
                if isNegated, !sawFlag { break loop }
                open(isCapturing: false)
                return
            case UInt32(UInt8(ascii: ")")):
                if isNegated, !sawFlag { break loop }
                return
            default:
                break loop
            }
        }
        throw RegularExpressionFailure("invalid or unsupported Perl syntax", part(start..<position))
    }

    mutating func parseGroupName(from start: Int, nameStart: Int) throws(RegularExpressionFailure) {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else {
            try checkUTF8(start..<bytes.count)
            throw RegularExpressionFailure("invalid named capture", part(start..<bytes.count))
        }
        try checkUTF8(nameStart..<max(nameStart, end))
        guard nameStart < end, bytes[nameStart..<end].allSatisfy(isAlphanumeric) else {
            throw RegularExpressionFailure("invalid named capture", part(start..<end + 1))
        }
        open(isCapturing: true)
        position = end + 1
    }

    func checkUTF8(_ range: Range<Int>) throws(RegularExpressionFailure) {
        var index = range.lowerBound
        let text = part(0..<range.upperBound)
        while index < range.upperBound {
            let scalar = DecodedScalar(text, at: index)
            if scalar.isInvalid { throw RegularExpressionFailure("invalid UTF-8", part(range)) }
            index += scalar.width
        }
    }
}
