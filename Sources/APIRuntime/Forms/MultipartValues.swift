import JSON

/// The parts of a multipart form, collected and held to their schema.
public struct MultipartValues {
    let object: JSONObject
    let files: [(name: String, file: FormFile)]

    /// What a part stands for, or the parts of a name that may be repeated.
    public func value<Value: Decodable>(_ name: String) throws -> Value {
        try JSONValueDecoder(object[name] ?? .null, path: [MemberName(stringValue: name)]).decode(Value.self)
    }

    /// The same for what may be absent or null.
    public func optional<Value: Decodable>(_ name: String) throws -> Value? {
        guard let value = object[name], !value.isNull else { return nil }
        return try JSONValueDecoder(value, path: [MemberName(stringValue: name)]).decode(Value.self)
    }

    /// The bytes of a part that has to be there.
    public func file(_ name: String) throws -> FormFile {
        guard let file = optionalFile(name) else {
            throw DecodingError.valueNotFound(
                FormFile.self, .init(codingPath: [MemberName(stringValue: name)], debugDescription: "is required"))
        }
        return file
    }

    /// The bytes of a part that may be absent.
    public func optionalFile(_ name: String) -> FormFile? { files(name).first }

    /// The bytes of all parts of a name, in their order.
    public func files(_ name: String) -> [FormFile] {
        files.filter { bytesEqual($0.name, name) }.map(\.file)
    }
}
