/// How names of the document become names in Swift.
///
/// Everything that is neither letter nor digit separates words. Words after the first begin with a capital, and those
/// that are well-known initialisms are capitals throughout: `trace_id` → `traceID`, `X-Request-ID` → `xRequestID`. What
/// is written within a word stays: `requestId` → `requestId`, `getOpenAPIYAML` → `GetOpenAPIYAML`. In a lower-case name
/// the capitals that lead the first word become small, but for the last one before a small letter: `ETag` → `eTag`,
/// `HTTPServer` → `httpServer`, `ID` → `id`. Names all in capitals are read as small: `NOT_FOUND` → `notFound`. A sign in
/// front is a word of its own: `-name` → `minusName`. A digit in front gets an underscore: `1h` → `_1h`.
enum SwiftName {
    /// The name of a type.
    static func type(_ text: String) -> String {
        identifier(words(text).map(capitalized))
    }

    /// The name of a property, method, case or parameter, without backticks.
    static func member(_ text: String) -> String {
        let words = words(text)
        return identifier(
            words.enumerated().map { index, word in index == 0 ? lowered(word) : capitalized(word) })
    }

    /// The name as code has to write it: in backticks if it is a keyword.
    static func escaped(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    private static func identifier(_ words: [String]) -> String {
        let name = words.joined()
        guard let first = name.unicodeScalars.first else { return "" }
        return ("0"..."9").contains(first) ? "_\(name)" : name
    }

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if isWordScalar(scalar) {
                word.append(scalar)
            } else {
                end()
                if index == 0, scalar == "-" { words.append("minus") }
                if index == 0, scalar == "+" { words.append("plus") }
            }
        }
        end()
        let isShouted = words.count > 1 && !text.unicodeScalars.contains { $0.properties.isLowercase }
        return isShouted ? words.map { $0.lowercased() } : words
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        return scalar.properties.isAlphabetic
    }

    private static func capitalized(_ word: String) -> String {
        if initialisms.contains(word.lowercased()) { return word.uppercased() }
        guard let first = word.unicodeScalars.first else { return word }
        return first.properties.uppercaseMapping + String(word.unicodeScalars.dropFirst())
    }

    private static func lowered(_ word: String) -> String {
        let scalars = Array(word.unicodeScalars)
        let capitals = scalars.prefix { $0.properties.isUppercase }.count
        guard capitals > 0 else { return word }
        // Of several capitals before a small letter the last begins the next word.
        let isFollowedBySmall = capitals < scalars.count && scalars[capitals].properties.isLowercase
        let count = capitals > 1 && isFollowedBySmall ? capitals - 1 : capitals
        return scalars.prefix(count).map(\.properties.lowercaseMapping).joined()
            + scalars.dropFirst(count).map { String($0) }.joined()
    }

    private static let initialisms: Set<String> = [
        "api", "csv", "db", "dns", "html", "http", "https", "id", "ids", "ip", "json", "jwt", "os", "sql", "ssl", "tcp",
        "tls", "ttl", "udp", "ui", "uri", "url", "utc", "uuid", "vm", "xml", "yaml",
    ]

    /// Words that cannot be names without backticks.
    private static let keywords: Set<String> = [
        "as", "associatedtype", "await", "borrowing", "break", "case", "catch", "class", "consuming", "continue",
        "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "nonisolated",
        "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "Self",
        "some", "any", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
        "typealias", "var", "where", "while", "Any", "async", "open", "actor", "macro", "package", "each", "copy",
        "consume", "discard", "yield", "then", "unsafe",
    ]
}
