import JSON
public import JSONSchema

/// A multipart form whose parts the document describes: to be read part by part as any other, or as a whole.
public final class TypedMultipartBody<Form: MultipartFormModel>: MultipartBody {
    private let schemas: SchemaSet
    private let schema: Int

    init(_ body: RequestBody, boundary: String, rules: [Rule], _ schemas: SchemaSet, schema: Int) {
        self.schemas = schemas
        self.schema = schema
        super.init(body, boundary: boundary, rules: rules)
    }

    /// The whole form, held to its schema. To be asked for before any part has been read.
    ///
    /// - Parameter limit: the most bytes of all parts together, without their header fields.
    /// - Throws: ``APIFailure`` with every violation, ``RequestBodyError`` for a body that is too large, or what its stream
    ///   throws.
    public nonisolated(nonsending) func form(limit: Int = 16 << 20) async throws -> Form {
        var collected = CollectedForm(Form.fields, schemas, schema: schema)
        var left = limit
        while let part = try await next(holdingToRules: false) {
            var bytes: [UInt8] = []
            while let piece = try await part.body.next() {
                guard piece.count <= left else { throw RequestBodyError.tooLarge(limit: limit) }
                left -= piece.count
                bytes += piece
            }
            collected.add(part, bytes)
        }
        let values = try collected.finished()
        do {
            return try Form(values)
        } catch {
            // Only numbers beyond the range of their type get here.
            let (pointer, message) = InputDecoder.place(of: error)
            throw APIFailure.invalidInput([Violation(.body, pointer, rule: "type", message: message)])
        }
    }
}

/// The parts of a form while they are read.
struct CollectedForm {
    private let fields: [MultipartField]
    private let schemas: SchemaSet
    private let schema: Int
    private var object = JSONObject()
    private var files: [(name: String, file: FormFile)] = []
    private var violations: [Violation] = []
    /// Places of the object that say nothing of what was sent: bytes, and what could not be read.
    private var opaque: [String] = []

    init(_ fields: [MultipartField], _ schemas: SchemaSet, schema: Int) {
        self.fields = fields
        self.schemas = schemas
        self.schema = schema
    }

    mutating func add(_ part: MultipartBody.Part, _ bytes: [UInt8]) {
        // What is no field of the form is of no interest.
        guard let name = part.name else { return }
        let field = fields.first { bytesEqual($0.name, name) } ?? MultipartField(name, .text)
        let isDeclared = fields.contains { bytesEqual($0.name, name) }
        var pointer = "/" + InputDecoder.pointerToken(name)
        let before = object[name]
        if field.isRepeated {
            pointer += "/\(before?.arrayValue?.count ?? 0)"
        } else if before != nil {
            if isDeclared { report(pointer, "unique", "is given more than once") }
            return
        }
        var value = JSONValue.string("")
        if isDeclared, !field.accepts(part.contentType) {
            let types =
                field.contentTypes.isEmpty ? [field.kind == .json ? "application/json" : "text"] : field.contentTypes
            report(pointer, "contentType", "must be \(types.joined(separator: " or "))")
            opaque.append(pointer)
        } else {
            check(part.headers, field, pointer)
            if let read = read(bytes, field, isDeclared, pointer) { value = read } else { opaque.append(pointer) }
        }
        if field.kind == .file {
            var headers = part.headers
            headers["content-disposition"] = nil
            headers["content-type"] = nil
            files.append(
                (
                    name,
                    FormFile(fileName: part.fileName, contentType: part.contentType, headers: headers, bytes: bytes)
                ))
        }
        object[name] = field.isRepeated ? .array((before?.arrayValue ?? []) + [value]) : value
    }

    /// What a part stands for; nil for bytes, and for what cannot be read.
    private mutating func read(
        _ bytes: [UInt8], _ field: MultipartField, _ isDeclared: Bool, _ pointer: String
    ) -> JSONValue? {
        switch field.kind {
        case .file: return nil
        case .json:
            do throws(JSONError) {
                return try JSONParser.parse(bytes)
            } catch {
                violations.append(
                    Violation(
                        .body, pointer, rule: "json", message: error.message, line: error.line, column: error.column))
                return nil
            }
        case .text:
            guard let text = String(validating: bytes, as: UTF8.self) else {
                if isDeclared { report(pointer, "encoding", "is not valid UTF-8") }
                return nil
            }
            let member = schemas.member(field.name, of: schemas.position(schema))
            return schemas.value(of: text, by: field.isRepeated ? schemas.items(of: member) : member)
        }
    }

    private mutating func check(_ headers: HeaderFields, _ field: MultipartField, _ pointer: String) {
        for header in field.headers {
            guard let text = headers[header.name] else {
                if header.isRequired { report(pointer, "headers", "needs the header field \(header.name)") }
                continue
            }
            let value = schemas.value(of: text, by: schemas.position(header.schema))
            for violation in schemas.check(value, against: header.schema, direction: .request).violations {
                report(pointer, violation.rule, "has a header field \(header.name) that \(violation.message)")
            }
        }
    }

    private mutating func report(_ pointer: String, _ rule: String, _ message: String) {
        violations.append(Violation(.body, pointer, rule: rule, message: message))
    }

    /// The whole, once all parts have been read.
    func finished() throws(APIFailure) -> MultipartValues {
        let outcome = schemas.check(.object(object), against: schema, direction: .request)
        let found = outcome.violations.filter { violation in
            !opaque.contains { place in
                violation.pointer.utf8.elementsEqual(place.utf8)
                    || violation.pointer.utf8.starts(with: (place + "/").utf8)
            }
        }
        let all = violations + found.map { Violation(.body, $0.pointer, rule: $0.rule, message: $0.message) }
        guard all.isEmpty else { throw .invalidInput(all) }
        return MultipartValues(object: outcome.value.objectValue ?? object, files: files)
    }
}

extension InputDecoder {
    /// The parts of a multipart form that the document describes.
    public mutating func multipart<Form: MultipartFormModel>(
        _ type: Form.Type, _ rules: [MultipartBody.Rule], _ schemas: SchemaSet, schema: Int
    ) throws -> TypedMultipartBody<Form>? {
        guard let boundary = multipartBoundary() else { return nil }
        return TypedMultipartBody(request.body, boundary: boundary, rules: rules, schemas, schema: schema)
    }
}
