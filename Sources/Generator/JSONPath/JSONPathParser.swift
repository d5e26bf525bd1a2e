import JSONSchema

extension JSONPath {
    init(_ text: String) throws(Problem) {
        var parser = JSONPathParser(text)
        self = try parser.parse()
    }
}

/// Reads the text of a query. https://www.rfc-editor.org/rfc/rfc9535#section-2
struct JSONPathParser {
    let bytes: [UInt8]
    var position = 0
    /// How many filters and brackets are open.
    private var depth = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func parse() throws(JSONPath.Problem) -> JSONPath {
        guard take("$") else { throw problem("a query begins with `$`") }
        let path = JSONPath(segments: try segments())
        guard position == bytes.count else { throw problem("`.`, `..` or `[` is expected here") }
        return path
    }

    // MARK: Segments

    private mutating func segments() throws(JSONPath.Problem) -> [JSONPath.Segment] {
        var segments: [JSONPath.Segment] = []
        while true {
            let start = position
            skipSpace()
            if take("..") {
                var segment = JSONPath.Segment(isDescendant: true, selectors: [])
                segment.selectors = take("[") ? try bracketed() : [try dotted()]
                segments.append(segment)
            } else if take(".") {
                segments.append(JSONPath.Segment(selectors: [try dotted()]))
            } else if take("[") {
                segments.append(JSONPath.Segment(selectors: try bracketed()))
            } else {
                position = start
                return segments
            }
        }
    }

    /// `*` or a name of letters, digits and `_`.
    private mutating func dotted() throws(JSONPath.Problem) -> JSONPath.Selector {
        if take("*") { return .wildcard }
        let start = position
        while let byte = peek, byte >= 0x80 || byte == 0x5F || isLetter(byte) || position > start && isDigit(byte) {
            position += 1
        }
        guard position > start else { throw problem("a name or `*` is expected here; other names stand in `['…']`") }
        return .name(Name(String(decoding: bytes[start..<position], as: UTF8.self)))
    }

    private mutating func bracketed() throws(JSONPath.Problem) -> [JSONPath.Selector] {
        var selectors: [JSONPath.Selector] = []
        repeat {
            skipSpace()
            selectors.append(try selector())
            skipSpace()
        } while take(",")
        guard take("]") else { throw problem("`,` or `]` is expected here") }
        return selectors
    }

    private mutating func selector() throws(JSONPath.Problem) -> JSONPath.Selector {
        switch peek {
        case UInt8(ascii: "*"):
            position += 1
            return .wildcard
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .name(Name(try string()))
        case UInt8(ascii: "?"):
            position += 1
            skipSpace()
            return .filter(try logical())
        default: return try indexOrSlice()
        }
    }

    private mutating func indexOrSlice() throws(JSONPath.Problem) -> JSONPath.Selector {
        let start = try integer()
        skipSpace()
        guard take(":") else {
            guard let start else { throw problem("a name in quotes, a number, `*`, `?` or a slice is expected here") }
            return .index(start)
        }
        skipSpace()
        let end = try integer()
        skipSpace()
        var step: Int?
        if take(":") {
            skipSpace()
            step = try integer()
        }
        return .slice(start: start, end: end, step: step ?? 1)
    }

    private mutating func integer() throws(JSONPath.Problem) -> Int? {
        let start = position
        _ = take("-")
        while let byte = peek, isDigit(byte) { position += 1 }
        guard position > start else { return nil }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        guard let value = Int(text), digits.count == 1 || digits.first != UInt8(ascii: "0"), text != "-0",
            abs(value) < 1 << 53
        else {
            throw JSONPath.Problem(message: "`\(text)` is no index", offset: start)
        }
        return value
    }

    // MARK: Filters

    private mutating func logical() throws(JSONPath.Problem) -> JSONPath.Logical {
        depth += 1
        guard depth <= 50 else { throw problem("filters are nested too deep") }
        defer { depth -= 1 }
        var parts = [try conjunction()]
        skipSpace()
        while take("||") {
            skipSpace()
            parts.append(try conjunction())
            skipSpace()
        }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(JSONPath.Problem) -> JSONPath.Logical {
        var parts = [try basic()]
        skipSpace()
        while take("&&") {
            skipSpace()
            parts.append(try basic())
            skipSpace()
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func basic() throws(JSONPath.Problem) -> JSONPath.Logical {
        if peek == UInt8(ascii: "!"), position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "=") {
            position += 1
            skipSpace()
            return .not(try basic())
        }
        if take("(") {
            skipSpace()
            let inner = try logical()
            skipSpace()
            guard take(")") else { throw problem("`)` is expected here") }
            return inner
        }
        let start = position
        if let isWhole = takeFunction("match") ? true : takeFunction("search") ? false : nil {
            let text = try comparable()
            try expectComma()
            let pattern = try comparable()
            if case .literal(let scalar) = pattern, (try? Pattern(scalar.text)) == nil {
                throw JSONPath.Problem(message: "`\(scalar.text)` is no pattern", offset: start)
            }
            try expectClose()
            return .matches(text, pattern, isWhole: isWhole)
        }
        if peek == UInt8(ascii: "@") || peek == UInt8(ascii: "$") {
            let query = try query()
            skipSpace()
            guard let operation = comparison() else { return .exists(query) }
            guard query.isSingular else {
                throw JSONPath.Problem(message: "what is compared has to be one value", offset: start)
            }
            skipSpace()
            return .compare(.query(query), operation, try comparable())
        }
        let left = try comparable()
        skipSpace()
        guard let operation = comparison() else { throw problem("a comparison is expected here") }
        skipSpace()
        return .compare(left, operation, try comparable())
    }

    private mutating func comparison() -> JSONPath.Operator? {
        for text in ["==", "!=", "<=", ">=", "<", ">"] where take(text) { return JSONPath.Operator(rawValue: text) }
        return nil
    }

    private mutating func query() throws(JSONPath.Problem) -> JSONPath.Query {
        depth += 1
        guard depth <= 50 else { throw problem("filters are nested too deep") }
        defer { depth -= 1 }
        let isRelative = take("@")
        guard isRelative || take("$") else { throw problem("a query, which begins with `@` or `$`, is expected here") }
        return JSONPath.Query(isRelative: isRelative, path: JSONPath(segments: try segments()))
    }

    private mutating func comparable() throws(JSONPath.Problem) -> JSONPath.Comparable {
        let start = position
        if takeFunction("length") {
            let value = try comparable()
            try expectClose()
            return .length(value)
        }
        if takeFunction("count") {
            let query = try query()
            try expectClose()
            return .count(query)
        }
        if takeFunction("value") {
            let query = try query()
            try expectClose()
            return .value(query)
        }
        switch peek {
        case UInt8(ascii: "@"), UInt8(ascii: "$"):
            let query = try query()
            guard query.isSingular else {
                throw JSONPath.Problem(message: "what is compared has to be one value", offset: start)
            }
            return .query(query)
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .literal(Scalar(kind: .string, text: try string()))
        default:
            let start = position
            while let byte = peek, isLetter(byte) || isDigit(byte) || "+-._".utf8.contains(byte) { position += 1 }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            switch text {
            case "true", "false": return .literal(Scalar(kind: .boolean(text == "true"), text: text))
            case "null": return .literal(Scalar(kind: .null, text: text))
            default:
                if peek == UInt8(ascii: "(") {
                    throw JSONPath.Problem(
                        message: "there is no function `\(text)`; there are length, count, match, search and value",
                        offset: start)
                }
                guard isNumber(text) else {
                    throw JSONPath.Problem(
                        message:
                            "a value is expected here: a string in quotes, a number, `true`, `false`, `null` or a query",
                        offset: start)
                }
                let kind = CoreSchema.kind(of: text)
                return .literal(Scalar(kind: kind, text: text))
            }
        }
    }

    private func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, isDigit(first) || first == UInt8(ascii: "-"),
            text.utf8.last.map(isDigit) == true, !text.hasPrefix("0x"), !text.hasPrefix("0o")
        else { return false }
        return Double(text) != nil
    }

    private mutating func takeFunction(_ name: String) -> Bool {
        take("\(name)(")
            ? {
                skipSpace(); return true
            }() : false
    }

    private mutating func expectComma() throws(JSONPath.Problem) {
        skipSpace()
        guard take(",") else { throw problem("`,` is expected here") }
        skipSpace()
    }

    private mutating func expectClose() throws(JSONPath.Problem) {
        skipSpace()
        guard take(")") else { throw problem("`)` is expected here") }
    }

    // MARK: Bytes

    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, " \t\n\r".utf8.contains(byte) { position += 1 }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    func problem(_ message: String) -> JSONPath.Problem { JSONPath.Problem(message: message, offset: position) }
}
