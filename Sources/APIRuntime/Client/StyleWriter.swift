import FoundationEssentials
import JSON

/// Why a value cannot be written in a style.
struct StyleProblem: Error {
    let message: String
}

/// Writes a value in the style of a parameter: what ``StyleReader`` reads
/// ([OpenAPI, style values](https://spec.openapis.org/oas/v3.1.0#style-values)).
struct StyleWriter {
    /// Whether values are percent-encoded, as in a URL or a form; header fields and cookies are text as it is.
    let isEncoded: Bool

    /// A field of a query string, a form or a cookie: ready to be sent.
    typealias Field = (name: String, value: String)

    /// Any value as JSON.
    static func json(_ value: some Encodable) throws(StyleProblem) -> JSONValue {
        if let value = value as? String { return .string(value) }
        if let value = value as? Bool { return .bool(value) }
        if let value = value as? Int { return .number(JSONNumber(value)) }
        if let value = value as? any FormattedValue { return .string(value.description) }
        do {
            return try JSONParser.parse([UInt8](try ClientJSON.encoder.encode(value)))
        } catch {
            throw StyleProblem(message: "cannot be written as JSON")
        }
    }

    /// A value in a path or a header field. An empty array gives nothing.
    func single(_ value: JSONValue, name: String, _ style: ParameterStyle) throws(StyleProblem) -> String? {
        switch style {
        case .json: return escaped(String(decoding: value.serialized(), as: UTF8.self))
        case .label(let explode):
            let separator = explode ? "." : ","
            return try list(value, separator, explode: explode).map { ".\($0)" }
        case .matrix(let explode):
            let name = try text(name, without: ";=")
            switch value {
            case .array(let values) where explode:
                let parts = try values.map { value throws(StyleProblem) in
                    "\(name)=\(try text(scalar(value), without: ";"))"
                }
                return parts.isEmpty ? nil : ";" + parts.joined(separator: ";")
            case .object where explode: return try list(value, ";", explode: true).map { ";\($0)" }
            default: return try list(value, ",", explode: false).map { ";\(name)=\($0)" }
            }
        case .simple(let explode), .form(let explode), .spaceDelimited(let explode), .pipeDelimited(let explode),
            .deepObject(let explode):
            return try list(value, ",", explode: explode)
        }
    }

    /// The fields of a value in a query string, a form or a cookie; none for an empty array or object.
    func fields(_ value: JSONValue, name: String, _ style: ParameterStyle) throws(StyleProblem) -> [Field] {
        switch style {
        case .json: return [(escaped(name), escaped(String(decoding: value.serialized(), as: UTF8.self)))]
        case .deepObject:
            guard let object = value.objectValue else { throw StyleProblem(message: "must be an object") }
            return try members(object) { "\(name)[\($0)]" }
        case .form(explode: true), .spaceDelimited(explode: true), .pipeDelimited(explode: true):
            switch value {
            case .object(let object): return try members(object) { $0 }
            case .array(let values):
                return try values.map { value throws(StyleProblem) in
                    (escaped(name), try text(scalar(value), without: ""))
                }
            default: return [(escaped(name), try text(scalar(value), without: ""))]
            }
        case .spaceDelimited: return try joined(value, name, " ", by: isEncoded ? "%20" : " ")
        case .pipeDelimited: return try joined(value, name, "|", by: isEncoded ? "%7C" : "|")
        default: return try joined(value, name, ",", by: ",")
        }
    }

    private func joined(
        _ value: JSONValue, _ name: String, _ delimiter: String, by separator: String
    ) throws(StyleProblem) -> [Field] {
        // A comma that is percent-encoded is no delimiter; a space or a bar is one either way.
        let forbidden = isEncoded && delimiter == "," ? "" : delimiter
        let texts: [String]
        switch value {
        case .array(let values):
            texts = try values.map { value throws(StyleProblem) in
                try text(scalar(value), without: forbidden, always: true)
            }
        case .object(let object):
            var pairs: [String] = []
            for member in object.members {
                pairs.append(try text(member.name, without: forbidden, always: true))
                pairs.append(try text(scalar(member.value), without: forbidden, always: true))
            }
            texts = pairs
        default: texts = [try text(scalar(value), without: "")]
        }
        return texts.isEmpty ? [] : [(escaped(name), texts.joined(separator: separator))]
    }

    private func members(_ object: JSONObject, _ name: (String) -> String) throws(StyleProblem) -> [Field] {
        var fields: [Field] = []
        for member in object.members {
            for value in member.value.arrayValue ?? [member.value] {
                fields.append((escaped(name(member.name)), try text(scalar(value), without: "")))
            }
        }
        return fields
    }

    /// Elements, or names and values in turn, or `name=value` if exploded.
    private func list(
        _ value: JSONValue, _ separator: String, explode: Bool
    ) throws(StyleProblem) -> String? {
        switch value {
        case .array(let values):
            let texts = try values.map { value throws(StyleProblem) in try text(scalar(value), without: separator) }
            return texts.isEmpty ? nil : texts.joined(separator: separator)
        case .object(let object):
            var texts: [String] = []
            for member in object.members {
                let name = try text(member.name, without: separator + (explode ? "=" : ""))
                let value = try text(scalar(member.value), without: separator)
                if explode { texts.append("\(name)=\(value)") } else { texts += [name, value] }
            }
            return texts.isEmpty ? nil : texts.joined(separator: separator)
        default: return try text(scalar(value), without: "")
        }
    }

    private func scalar(_ value: JSONValue) throws(StyleProblem) -> String {
        switch value {
        case .string(let text): return text
        case .null: return "null"
        case .bool, .number: return String(decoding: value.serialized(), as: UTF8.self)
        case .array, .object: throw StyleProblem(message: "has an array or object within one, which no style can write")
        }
    }

    /// The text, percent-encoded, or free of the delimiters where nothing is. `always` refuses them even so.
    private func text(
        _ text: String, without delimiters: String, always: Bool = false
    ) throws(StyleProblem) -> String {
        if !isEncoded || always, let found = text.utf8.first(where: { delimiters.utf8.contains($0) }) {
            let delimiter = String(decoding: [found], as: UTF8.self)
            throw StyleProblem(message: "has a value with `\(delimiter)` in it, which stands between values")
        }
        guard isEncoded else { return text }
        let encoded = escaped(text)
        // The only delimiter that percent-encoding leaves as it is.
        return delimiters == "." ? StyleReader.split(encoded, ".").joined(separator: "%2E") : encoded
    }

    private func escaped(_ text: String) -> String {
        guard isEncoded else { return text }
        var bytes: [UInt8] = []
        percentEncode(text, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// How clients write JSON.
enum ClientJSON {
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
