/// Reads a whole JSON text into a tree, strictly by [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), and refuses
/// objects with two members of one name, which its section 4 leaves to the reader.
public enum JSONParser {
    /// The value that the text is.
    /// - Throws: a ``JSONError`` with the first offending place.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        var tokenizer = JSONTokenizer(limits: limits)
        tokenizer.append(bytes)
        return try tree(&tokenizer)
    }

    /// The value that the text is.
    /// - Throws: a ``JSONError`` with the first offending place.
    public static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        var tokenizer = JSONTokenizer(limits: limits)
        tokenizer.append(bytes)
        return try tree(&tokenizer)
    }

    /// An object or array whose end is still to come.
    private struct Open {
        let isObject: Bool
        var name = ""
        var object = JSONObject()
        var array: [JSONValue] = []

        mutating func append(_ value: JSONValue) {
            if isObject { object.appendNew(name, value) } else { array.append(value) }
        }
    }

    private static func tree(_ tokenizer: inout JSONTokenizer) throws(JSONError) -> JSONValue {
        tokenizer.finish()
        var open: [Open] = []
        var root = JSONValue.null
        while let token = try tokenizer.next() {
            let value: JSONValue
            switch token.kind {
            case .beginObject, .beginArray:
                open.append(Open(isObject: token.kind == .beginObject))
                continue
            case .name:
                let name = tokenizer.string(of: token)
                if let last = open.indices.last {
                    guard !open[last].object.contains(name) else { throw duplicate(token) }
                    open[last].name = name
                }
                continue
            case .endObject: value = .object(open.popLast()?.object ?? JSONObject())
            case .endArray: value = .array(open.popLast()?.array ?? [])
            case .string: value = .string(tokenizer.string(of: token))
            case .number: value = .number(JSONNumber(validated: tokenizer.string(of: token)))
            case .true: value = .bool(true)
            case .false: value = .bool(false)
            case .null: value = .null
            }
            if let last = open.indices.last { open[last].append(value) } else { root = value }
        }
        return root
    }

    private static func duplicate(_ token: JSONToken) -> JSONError {
        JSONError(.duplicateName, "the object has a member of this name already", at: token.position)
    }
}
