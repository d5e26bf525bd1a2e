import JSON
import JSONSchema

/// How an array or object is written in a parameter or a field of a form
/// ([OpenAPI, style values](https://spec.openapis.org/oas/v3.1.0#style-values)).
public enum ParameterStyle: Sendable {
    /// `a=1,2`, or `a=1&a=2` if exploded.
    case form(explode: Bool)
    /// `1,2` in a path or header field.
    case simple(explode: Bool)
    /// `.1.2` in a path.
    case label(explode: Bool)
    /// `;a=1,2` in a path.
    case matrix(explode: Bool)
    /// `a=1%202`
    case spaceDelimited(explode: Bool)
    /// `a=1|2`
    case pipeDelimited(explode: Bool)
    /// `a[b]=1&a[c]=2`
    case deepObject(explode: Bool)
    /// The text is JSON.
    case json
}

/// A parameter as it was sent: names decoded, values not, so that delimiters that are data stay data.
typealias RawFields = [(name: String, value: String)]

/// Why styled text is not of its style.
enum StyleError: Error {
    case encoding(URLEncodingError)
    case malformed(String)
    /// With the name of the field, where it is not the parameter itself.
    case repeated(String?)
}

/// Puts a value together from the texts of a style.
struct StyleReader {
    let schemas: SchemaSet
    let schema: SchemaPosition
    /// Whether `+` stands for a space and values are percent-encoded at all.
    let isForm: Bool
    let isEncoded: Bool
    /// Whether the value is meant to be an array, where the schema leaves that open; `nil` until that has been asked.
    var isMeantAsArray: Bool?

    private var isArray: Bool { isMeantAsArray ?? schemas.isArray(schema) }

    func decoded(_ text: some StringProtocol) throws(StyleError) -> String {
        guard isEncoded else { return String(text) }
        do {
            return try percentDecode(Array(text.utf8), plusIsSpace: isForm)
        } catch {
            throw .encoding(error)
        }
    }

    private func pieces(_ text: String, _ delimiters: [String]) -> [String] {
        var texts = [text]
        for delimiter in delimiters { texts = texts.flatMap { Self.split($0, delimiter) } }
        return texts
    }

    /// Splits at an ASCII delimiter, by bytes.
    static func split(_ text: String, _ delimiter: String) -> [String] {
        let bytes = Array(text.utf8)
        let mark = Array(delimiter.utf8)
        var parts: [String] = []
        var start = 0
        var index = 0
        while index + mark.count <= bytes.count {
            if bytes[index..<index + mark.count].elementsEqual(mark) {
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }

    /// Elements or members from texts between delimiters: `k,v` pairs for an object, `k=v` if exploded.
    func value(_ texts: [String], explode: Bool) throws(StyleError) -> JSONValue {
        if isArray { return try array(texts) }
        guard schemas.isObject(schema) else {
            return schemas.value(of: try decoded(texts.joined(separator: ",")), by: schema)
        }
        var pairs: [(String, String)] = []
        if explode {
            for text in texts {
                let parts = Self.split(text, "=")
                guard parts.count >= 2 else { throw .malformed("must be made of name=value") }
                pairs.append((try decoded(parts[0]), parts.dropFirst().joined(separator: "=")))
            }
        } else {
            guard texts.count.isMultiple(of: 2) else { throw .malformed("must be made of names and values in turn") }
            for index in stride(from: 0, to: texts.count, by: 2) {
                pairs.append((try decoded(texts[index]), texts[index + 1]))
            }
        }
        return try object(pairs)
    }

    func array(_ texts: [String]) throws(StyleError) -> JSONValue {
        let items = schemas.items(of: schema)
        var values: [JSONValue] = []
        for text in texts { values.append(schemas.value(of: try decoded(text), by: items)) }
        return .array(values)
    }

    func object(_ pairs: [(name: String, value: String)]) throws(StyleError) -> JSONValue {
        var object = JSONObject()
        for (name, text) in pairs {
            let member = schemas.member(name, of: schema)
            if schemas.isArray(member) {
                let value = schemas.value(of: try decoded(text), by: schemas.items(of: member))
                object[name] = .array((object[name]?.arrayValue ?? []) + [value])
            } else {
                guard !object.contains(name) else { throw .repeated(name) }
                object[name] = schemas.value(of: try decoded(text), by: member)
            }
        }
        return .object(object)
    }

    /// One text of a parameter that stands alone, in a path or a header field.
    func single(_ text: String, name: String, _ style: ParameterStyle) throws(StyleError) -> JSONValue {
        if let value = try oneOrMany(style, { reader throws(StyleError) in try reader.single(text, name: name, style) })
        {
            return value
        }
        switch style {
        case .label(let explode):
            guard text.utf8.first == UInt8(ascii: ".") else { throw .malformed("must begin with a point") }
            let rest = String(text.dropFirst())
            guard isArray || schemas.isObject(schema) else {
                return try value([rest], explode: explode)
            }
            return try value(pieces(rest, explode ? ["."] : [","]), explode: explode)
        case .matrix(let explode):
            guard text.utf8.first == UInt8(ascii: ";") else { throw .malformed("must begin with a semicolon") }
            let parts = Self.split(String(text.dropFirst()), ";")
            if explode, schemas.isObject(schema) { return try value(parts, explode: true) }
            var texts: [String] = []
            for part in parts {
                let (key, value) = try matrixPart(part)
                guard bytesEqual(key, name) else { throw .malformed("must begin with ;\(name)=") }
                texts.append(value)
            }
            if explode { return try value(texts, explode: false) }
            guard texts.count == 1 else { throw .repeated(nil) }
            return try value(
                isArray || schemas.isObject(schema) ? pieces(texts[0], [","]) : texts, explode: false)
        case .simple(let explode), .form(let explode), .spaceDelimited(let explode), .pipeDelimited(let explode),
            .deepObject(let explode):
            guard isArray || schemas.isObject(schema) else {
                return try value([text], explode: explode)
            }
            // A list of header fields may have white space around its commas (RFC 9110 §5.6.1).
            let texts = pieces(text, [","])
            return try value(isEncoded ? texts : texts.map(Self.trimmed), explode: explode)
        case .json: return try json(decoded(text))
        }
    }

    private static func trimmed(_ text: String) -> String {
        var bytes = Array(text.utf8)[...]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func matrixPart(_ part: String) throws(StyleError) -> (String, String) {
        let parts = Self.split(part, "=")
        return (try decoded(parts[0]), parts.dropFirst().joined(separator: "="))
    }

    func json(_ text: String) throws(StyleError) -> JSONValue {
        do {
            return try JSONParser.parse(Array(text.utf8))
        } catch {
            throw .malformed("must be JSON (\(error.line):\(error.column): \(error.message))")
        }
    }

    /// A parameter among many, in a query string, a form or cookies; nil if it is not there.
    func value(_ fields: RawFields, name: String, _ style: ParameterStyle) throws(StyleError) -> JSONValue? {
        if let value = try oneOrMany(
            style, { reader throws(StyleError) in try reader.value(fields, name: name, style) })
        {
            return value
        }
        func own() -> [String] { fields.filter { bytesEqual($0.name, name) }.map(\.value) }
        switch style {
        case .deepObject: return try deepObject(fields, name: name)
        case .form(explode: true) where schemas.isObject(schema):
            let names = schemas.memberNames(of: schema)
            let pairs = fields.filter { field in names.contains { bytesEqual($0, field.name) } }
            return pairs.isEmpty ? nil : try object(pairs)
        case .form(explode: true) where isArray, .spaceDelimited(explode: true),
            .pipeDelimited(explode: true):
            let texts = own()
            return texts.isEmpty ? nil : try array(texts)
        default: break
        }
        let texts = own()
        guard let text = texts.first else { return nil }
        guard texts.count == 1 else { throw .repeated(nil) }
        switch style {
        case .spaceDelimited:
            return try value(pieces(text, ["%20", "+", " "]), explode: false)
        case .pipeDelimited:
            return try value(pieces(text, ["|", "%7C", "%7c"]), explode: false)
        default: return try single(text, name: name, style)
        }
    }

    private func deepObject(_ fields: RawFields, name: String) throws(StyleError) -> JSONValue? {
        var pairs: [(String, String)] = []
        for field in fields {
            let bytes = Array(field.name.utf8)
            guard bytes.starts(with: name.utf8), bytes.count > name.utf8.count + 1,
                bytes[name.utf8.count] == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]")
            else { continue }
            let key = bytes[(name.utf8.count + 1)..<(bytes.count - 1)]
            guard !key.contains(UInt8(ascii: "[")), !key.contains(UInt8(ascii: "]")) else {
                throw .malformed("must be an object of one level")
            }
            pairs.append((String(decoding: key, as: UTF8.self), field.value))
        }
        return pairs.isEmpty ? nil : try object(pairs)
    }
}
