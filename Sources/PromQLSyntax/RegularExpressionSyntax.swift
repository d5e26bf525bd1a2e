// RE2 syntax as Go's regexp/syntax reads it (https://github.com/google/re2/wiki/Syntax): enough to refuse what Go
// refuses, in its words, and to tell whether the empty string matches. There is no matching here.

/// Why an expression was refused: `error parsing regexp: …`.
struct RegularExpressionFailure: Error {
    let message: String

    init(_ reason: StaticString, _ part: UnsafeBufferPointer<UInt8>) {
        message = "error parsing regexp: \(reason): `\(String(decoding: part, as: UTF8.self))`"
    }
}

/// Whether the expression, anchored at both ends, matches the empty string.
func matchesEmptyString(
    regularExpression bytes: UnsafeBufferPointer<UInt8>
) throws(RegularExpressionFailure) -> Bool {
    // Prometheus compares literals and alternations of literals itself and never parses them.
    var isLiteral = true
    var hasEmptyAlternative = bytes.isEmpty
    var alternativeStart = 0
    for (index, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "|"):
            if index == alternativeStart { hasEmptyAlternative = true }
            alternativeStart = index + 1
        case UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "?"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: "^"), UInt8(ascii: "$"):
            isLiteral = false
        default: break
        }
        if !isLiteral { break }
    }
    if isLiteral { return hasEmptyAlternative || alternativeStart == bytes.count }
    var parser = RegularExpressionParser(bytes)
    return try parser.parse()
}
