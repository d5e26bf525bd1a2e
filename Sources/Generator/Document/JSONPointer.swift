/// The address of a value within its document. https://www.rfc-editor.org/rfc/rfc6901
struct JSONPointer: Hashable, Sendable, Comparable, CustomStringConvertible {
    var tokens: [Name]

    static let root = JSONPointer(tokens: [])

    func appending(_ token: Name) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }

    func appending(_ index: Int) -> JSONPointer { appending(Name("\(index)")) }

    static func < (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.lexicographicallyPrecedes(right.tokens)
    }

    /// As it is written in a `$ref`, beginning with `#`.
    var description: String {
        tokens.reduce(into: "#") { text, token in
            text += "/"
            for scalar in token.text.unicodeScalars {
                switch scalar {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
    }

    private init(tokens: [Name], _: Void = ()) { self.tokens = tokens }

    init(tokens: [Name]) { self.init(tokens: tokens, ()) }

    /// The pointer of a URI fragment (what follows `#`), or nil where it is none: it has to be empty or begin with `/`,
    /// `~` has to be `~0` or `~1`, and percent-encoding has to yield UTF-8.
    init?(fragment: Substring.UTF8View) {
        guard let decoded = Self.percentDecoded(fragment) else { return nil }
        guard decoded.isEmpty || decoded.first == UInt8(ascii: "/") else { return nil }
        var tokens: [Name] = []
        for raw in decoded.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            var bytes: [UInt8] = []
            var iterator = raw.makeIterator()
            while let byte = iterator.next() {
                guard byte == UInt8(ascii: "~") else {
                    bytes.append(byte)
                    continue
                }
                switch iterator.next() {
                case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
                default: return nil
                }
            }
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            tokens.append(Name(text))
        }
        self.init(tokens: tokens, ())
    }

    static func percentDecoded(_ text: Substring.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hexadecimal), let low = iterator.next().flatMap(hexadecimal)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
