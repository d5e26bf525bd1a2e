import JSON

/// Makes the parts of a multipart form of a structure.
public struct MultipartWriter {
    private let fields: [MultipartField]
    private(set) var parts: [MultipartForm.Part] = []

    init(_ fields: [MultipartField]) { self.fields = fields }

    /// A part for a value, or one for each of its elements where the name may be repeated; none for `nil`.
    public mutating func value(_ name: String, _ value: (some Encodable)?) throws {
        guard let value, let field = fields.first(where: { bytesEqual($0.name, name) }) else { return }
        let json = try StyleWriter.json(value)
        for element in field.isRepeated ? json.arrayValue ?? [json] : [json] where !element.isNull {
            if field.kind == .json {
                parts.append(
                    MultipartForm.Part(
                        name: name, contentType: field.contentTypes.first ?? "application/json",
                        content: .bytes(element.serialized())))
            } else {
                let text = element.stringValue.map { Array($0.utf8) } ?? element.serialized()
                parts.append(
                    MultipartForm.Part(name: name, contentType: field.contentTypes.first, content: .bytes(text)))
            }
        }
    }

    /// A part for a file; none for `nil`.
    public mutating func file(_ name: String, _ file: FormFile?) {
        guard let file else { return }
        let documented = fields.first { bytesEqual($0.name, name) }?.contentTypes.first {
            !$0.utf8.contains(UInt8(ascii: "*"))
        }
        parts.append(
            MultipartForm.Part(
                name: name, fileName: file.fileName,
                contentType: file.contentType ?? documented ?? "application/octet-stream", headers: file.headers,
                content: .bytes(file.bytes)))
    }

    /// A part for each of several files.
    public mutating func files(_ name: String, _ files: [FormFile]) {
        for file in files { self.file(name, file) }
    }
}

extension MultipartForm {
    /// The parts of a structure. Further ones, such as files that are streamed, can be added to ``parts``.
    ///
    /// - Throws: ``ClientFailure/invalidInput(_:)`` for a value that cannot be written.
    public init<Form: MultipartFormModel>(_ form: Form) throws(ClientFailure) {
        var writer = MultipartWriter(Form.fields)
        do {
            try form.write(to: &writer)
        } catch {
            let message = (error as? StyleProblem)?.message ?? "cannot be written"
            throw .invalidInput([Violation(.body, "", rule: "style", message: message)])
        }
        self.init(writer.parts)
    }
}
