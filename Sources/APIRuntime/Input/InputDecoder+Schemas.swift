import JSON
public import JSONSchema

// Inputs that are put together by a style or read as JSON, and held to a schema of the document.
extension InputDecoder {
    /// A parameter or form field; `nil` if it is not there or after reporting what is wrong with it.
    public mutating func value<Value: Decodable>(
        _ name: String, in location: Violation.Location, _ style: ParameterStyle, required: Bool,
        allowEmpty: Bool = false, _ type: Value.Type, _ schemas: SchemaSet, schema: Int
    ) throws -> Value? {
        let reader = StyleReader(
            schemas: schemas, schema: schemas.position(schema), isForm: location == .query || location == .body,
            isEncoded: location == .query || location == .body || location == .path)
        let found: JSONValue?
        do throws(StyleError) {
            switch location {
            case .query:
                found = try reader.value(try rawQuery(allowEmpty ? name : nil), name: name, style)
            case .body: found = try reader.value(rawBody(), name: name, style)
            case .cookie: found = try reader.value(cookieFields, name: name, style)
            case .path:
                if let text = pathParameters.raw(name) {
                    found = try reader.single(text, name: name, style)
                } else {
                    found = nil
                }
            case .header:
                let texts = request.headers.values(name)
                found = texts.isEmpty ? nil : try reader.single(texts.joined(separator: ","), name: name, style)
            }
        } catch {
            report(error, name, in: location)
            return nil
        }
        guard let found = found ?? schemas.defaultValue(of: schemas.position(schema)) else {
            if required { report(location, violationName(name, in: location), "required", "is required") }
            return nil
        }
        return decode(found, type, schemas, schema, at: location, name)
    }

    private mutating func rawBody() throws(StyleError) -> RawFields {
        do {
            return try rawForm()
        } catch {
            throw .encoding(error)
        }
    }

    private mutating func report(_ error: StyleError, _ name: String, in location: Violation.Location) {
        var name = violationName(name, in: location)
        if case .repeated(let field?) = error {
            name += location == .body || !name.isEmpty ? "/" + Self.pointerToken(field) : field
        }
        switch error {
        case .encoding(let error): report(location, name, "encoding", error.sentence)
        case .malformed(let message): report(location, name, "style", message)
        case .repeated: report(location, name, "unique", "is given more than once")
        }
    }

    /// Holds a value to its schema and makes it the type; reports every violation.
    private mutating func decode<Value: Decodable>(
        _ value: JSONValue, _ type: Value.Type, _ schemas: SchemaSet, _ schema: Int, at location: Violation.Location,
        _ name: String?
    ) -> Value? {
        let outcome = schemas.check(value, against: schema, direction: .request)
        for violation in outcome.violations {
            let place = name.map { violationName($0, in: location) + violation.pointer } ?? violation.pointer
            report(location, place, violation.rule, violation.message)
        }
        guard outcome.violations.isEmpty else { return nil }
        do {
            return try JSONValueDecoder(outcome.value).decode(type)
        } catch {
            // Only numbers beyond the range of their type get here.
            let (pointer, message) = Self.place(of: error)
            report(location, (name.map { violationName($0, in: location) } ?? "") + pointer, "type", message)
            return nil
        }
    }

    static func place(of error: any Error) -> (pointer: String, message: String) {
        guard let error = error as? DecodingError else { return ("", "cannot be read") }
        let context =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: DecodingError.Context(codingPath: [], debugDescription: "cannot be read")
            }
        return (context.codingPath.reduce("") { $0 + "/" + pointerToken($1.stringValue) }, context.debugDescription)
    }

    // MARK: Bodies

    /// Which of the documented media types the body is; `nil` without a body.
    ///
    /// - Throws: ``APIFailure`` with 415 for another one.
    public mutating func content(_ types: [String], required: Bool) throws -> Int? {
        guard case .stream(let stream) = request.body, stream.length != 0 || request.headers.contains("content-type")
        else {
            if required { report(.body, "", "required", "a body is required") }
            return nil
        }
        let refusal = APIFailure(
            .unsupportedMediaType, detail: "The body must be \(types.joined(separator: " or ")).",
            headers: ["Accept": types.joined(separator: ", ")])
        guard request.headers.count("content-encoding") == 0, request.headers.count("content-type") == 1,
            let sent = request.headers["content-type"].flatMap(MediaType.init(parsing:))
        else { throw refusal }
        var best: (position: Int, weight: Int)?
        for (position, type) in types.enumerated() {
            guard let weight = sent.fit(to: type), weight > best?.weight ?? 0 else { continue }
            best = (position, weight)
        }
        guard let best else { throw refusal }
        return best.position
    }

    /// Reads a JSON body; `nil` after reporting what is wrong with it.
    public mutating func json<Value: Decodable>(
        _ type: Value.Type, _ schemas: SchemaSet, schema: Int
    ) async throws -> Value? {
        let bytes = try await request.body.collect(limit: .max)
        do throws(JSONError) {
            let value = try JSONParser.parse(bytes)
            return decode(value, type, schemas, schema, at: .body, nil)
        } catch {
            violations.append(
                Violation(
                    .body, "", rule: "json", message: error.message, line: error.line, column: error.column))
            return nil
        }
    }

    /// Reads an `application/x-www-form-urlencoded` body into one value. Fields are repeated for arrays, and JSON for
    /// objects, unless a style says otherwise.
    public mutating func form<Value: Decodable>(
        _ type: Value.Type, _ schemas: SchemaSet, schema: Int, _ styles: [(name: String, style: ParameterStyle)] = []
    ) async throws -> Value? {
        let bytes = try await request.body.collect(limit: .max)
        do {
            let fields = try rawFields(bytes)
            refuse(fields, .body)
            let value = try formValue(fields, schemas, schemas.position(schema), styles)
            return decode(value, type, schemas, schema, at: .body, nil)
        } catch let error as StyleError {
            report(error, "", in: .body)
        } catch let error as URLEncodingError {
            report(.encoding(error), "", in: .body)
        }
        return nil
    }

    private func formValue(
        _ fields: RawFields, _ schemas: SchemaSet, _ schema: SchemaPosition,
        _ styles: [(name: String, style: ParameterStyle)]
    ) throws(StyleError) -> JSONValue {
        var object = JSONObject()
        var taken = JSONObject()
        for (name, style) in styles {
            let member = schemas.member(name, of: schema)
            let reader = StyleReader(schemas: schemas, schema: member, isForm: true, isEncoded: true)
            guard let value = try reader.value(fields, name: name, style) else { continue }
            object[name] = value
            taken[name] = .null
            if case .deepObject = style {
                for field in fields where field.name.utf8.starts(with: (name + "[").utf8) { taken[field.name] = .null }
            } else if case .form(explode: true) = style, schemas.isObject(member) {
                for inner in schemas.memberNames(of: member) { taken[inner] = .null }
            }
        }
        for field in fields where !taken.contains(field.name) {
            let member = schemas.member(field.name, of: schema)
            if schemas.isArrayOrOther(member) {
                let reader = StyleReader(schemas: schemas, schema: member, isForm: true, isEncoded: true)
                object[field.name] = try reader.value(fields, name: field.name, .form(explode: true))
                taken[field.name] = .null
                continue
            }
            let reader = StyleReader(
                schemas: schemas, schema: schemas.isArray(member) ? schemas.items(of: member) : member, isForm: true,
                isEncoded: true)
            let text = try reader.decoded(field.value)
            let isJSON = schemas.isObject(reader.schema)
            let value = isJSON ? try reader.json(text) : schemas.value(of: text, by: reader.schema)
            if schemas.isArray(member) {
                object[field.name] = .array((object[field.name]?.arrayValue ?? []) + [value])
            } else {
                guard !object.contains(field.name) else { throw .repeated(field.name) }
                object[field.name] = value
            }
        }
        return .object(object)
    }

    /// The body as it arrives.
    public func stream() -> RequestBody? { request.body }

    /// The parts of a multipart body as they arrive.
    public mutating func multipart(_ rules: [MultipartBody.Rule]) throws -> MultipartBody? {
        guard let boundary = multipartBoundary() else { return nil }
        return MultipartBody(request.body, boundary: boundary, rules: rules)
    }

    mutating func multipartBoundary() -> String? {
        let boundary = request.headers["content-type"].flatMap(MultipartBody.boundary)
        if boundary == nil { report(.body, "", "boundary", "the Content-Type needs a boundary") }
        return boundary
    }

    // MARK: Raw fields

    /// Names decoded, values as they were sent; a bad escape or a semicolon is refused here as everywhere.
    func rawFields(_ bytes: [UInt8]) throws(URLEncodingError) -> RawFields {
        var fields: RawFields = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let value = pair[min(equals + 1, pair.endIndex)...]
            let name = try percentDecode(pair[..<equals], plusIsSpace: true)
            _ = try percentDecode(value, plusIsSpace: true)
            fields.append((name, String(decoding: value, as: UTF8.self)))
        }
        return fields
    }

    /// The query's fields; without those that are empty and may be.
    private func rawQuery(_ emptiable: String?) throws(StyleError) -> RawFields {
        guard let query = request.query else { return [] }
        let fields: RawFields
        do {
            fields = try rawFields(Array(query.utf8))
        } catch {
            throw .encoding(error)
        }
        guard let emptiable else { return fields }
        return fields.filter { !($0.value.isEmpty && bytesEqual($0.name, emptiable)) }
    }

    private var cookieFields: RawFields {
        request.headers.values("cookie").flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }.compactMap { pair in
            let trimmed = pair.drop { $0 == UInt8(ascii: " ") }
            guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            return (
                String(Substring(trimmed[..<equals])), String(Substring(trimmed[trimmed.index(after: equals)...]))
            )
        }
    }
}

extension MediaType {
    /// How well it fits what the document has: the same with the same parameters, without them, or within a range.
    func fit(to text: String) -> Int? {
        guard let documented = MediaType(parsing: text) else { return nil }
        if documented.essence == "*/*" { return 1 }
        if documented.essence.hasSuffix("/*") {
            return essence.utf8.starts(with: documented.essence.utf8.dropLast()) ? 2 : nil
        }
        guard documented.essence == essence else { return nil }
        guard documented.parameters.allSatisfy({ parameters.contains($0) }) else { return nil }
        return 3 + documented.parameters.count
    }

    /// The same where parameters that the document has and the text does not count for less, but not for nothing.
    func looseFit(to text: String) -> Int? {
        if let weight = fit(to: text) { return weight + 1 }
        return MediaType(parsing: text)?.essence == essence ? 1 : nil
    }
}
