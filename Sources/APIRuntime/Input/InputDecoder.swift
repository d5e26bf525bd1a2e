/// Decodes and checks an operation's input and collects every violation, so that a caller learns all of them at once.
public struct InputDecoder {
    let request: Request
    let pathParameters: PathParameters
    private var query: FormFields = []
    private var form: FormFields = []
    /// The form as it was sent.
    private var formBytes: [UInt8] = []
    private var readRawForm: RawFields?
    var violations: [Violation] = []

    /// A decoder of a request's path, query string and header fields.
    public init(_ request: Request, path pathParameters: PathParameters) {
        self.request = request
        self.pathParameters = pathParameters
        guard let text = request.query else { return }
        do {
            query = try decodeForm(text.utf8)
            refuse(query, .query)
        } catch {
            violations.append(Violation(.query, "", rule: "encoding", message: error.sentence))
        }
    }

    /// Refuses a body: the operation has none.
    public mutating func expectNoBody() {
        if case .stream(let stream) = request.body, stream.length != 0 {
            violations.append(Violation(.body, "", rule: "body", message: "this operation takes no request body"))
        }
    }

    /// Reads an `application/x-www-form-urlencoded` body.
    ///
    /// - Throws: ``APIFailure`` with 413 or 415, or what the body's stream throws.
    public mutating func readForm(required: Bool) async throws {
        if case .none = request.body {
            if required { violations.append(Violation(.body, "", rule: "required", message: "a form is required")) }
            return
        }
        guard request.headers.count("content-encoding") == 0,
            let contentType = request.headers["content-type"].flatMap(MediaType.init(parsing:)),
            contentType.isFormURLEncoded
        else {
            throw APIFailure(
                .unsupportedMediaType, detail: "The body must be application/x-www-form-urlencoded in UTF-8.",
                headers: ["Accept": "application/x-www-form-urlencoded"])
        }
        let bytes = try await request.body.collect(limit: .max)
        do {
            form = try decodeForm(bytes)
            refuse(form, .body)
            formBytes = bytes
        } catch {
            violations.append(Violation(.body, "", rule: "encoding", message: error.sentence))
        }
    }

    /// The form's fields with their values as they were sent, for styles that have delimiters in values.
    mutating func rawForm() throws(URLEncodingError) -> RawFields {
        if let readRawForm { return readRawForm }
        let fields = try rawFields(formBytes)
        readRawForm = fields
        return fields
    }

    /// A parameter that must be there.
    public mutating func required<Schema: ValueSchema>(
        _ name: String, in location: Violation.Location, _ schema: Schema
    ) -> Schema.Value? {
        guard let (text, count) = first(name, in: location) else {
            violations.append(
                Violation(location, violationName(name, in: location), rule: "required", message: "is required"))
            return nil
        }
        return single(text, of: count, name, in: location, schema)
    }

    /// A parameter that may be absent.
    public mutating func optional<Schema: ValueSchema>(
        _ name: String, in location: Violation.Location, _ schema: Schema
    ) -> Schema.Value? {
        guard let (text, count) = first(name, in: location) else { return nil }
        return single(text, of: count, name, in: location, schema)
    }

    /// A parameter that may be repeated; absent is the default.
    public mutating func array<Element: ValueSchema>(
        _ name: String, in location: Violation.Location, required: Bool, default absent: [Element.Value] = [],
        _ schema: ArraySchema<Element>
    ) -> [Element.Value]? {
        let texts = texts(name, in: location)
        if texts.isEmpty {
            if required {
                violations.append(
                    Violation(location, violationName(name, in: location), rule: "required", message: "is required"))
            }
            return required ? nil : absent
        }
        return schema.decode(texts) { index, rule, message in
            violations.append(
                Violation(location, violationName(name, in: location), rule: rule, message: message, index: index))
        }
    }

    /// What an input extension makes of a decoded value; `nil` for no value or after reporting what was wrong with it.
    ///
    /// - Throws: whatever the type's initializer throws that does not blame the input.
    public mutating func confined<Bound: CredentialBound>(
        _ type: Bound.Type, _ source: Bound.Source?, for credential: Bound.Credential, _ name: String,
        in location: Violation.Location
    ) throws -> Bound? {
        guard let source else { return nil }
        let observer = request.context.bindingObserver
        observer?.willBind(name)
        do {
            let bound = try Bound(source, for: credential)
            observer?.didBind(name, source, to: bound)
            return bound
        } catch let failure as any InputFailure {
            observer?.didBind(name, source, to: nil)
            guard let fault = failure.fault else { throw failure }
            violations.append(
                Violation(
                    location, violationName(name, in: location), rule: fault.rule, message: fault.message,
                    index: fault.index, line: fault.line, column: fault.column))
            return nil
        }
    }

    /// Ends the decoding.
    ///
    /// - Throws: ``APIFailure``: 404 if a path parameter breaks its schema (there is no such resource), else 400 with
    ///   every violation.
    public func finish() throws(APIFailure) {
        guard !violations.isEmpty else { return }
        throw failure
    }

    /// What the violations amount to.
    public var failure: APIFailure {
        violations.contains { $0.location == .path } ? .notFound : .invalidInput(violations)
    }

    /// Reports parameters that the request must not have, each once.
    mutating func refuse(_ fields: FormFields, _ location: Violation.Location) {
        var refused: [String] = []
        for index in fields.indices where request.context.refusedParameters.contains(fields[index].name) {
            let name = fields[index].name
            guard !refused.contains(where: { bytesEqual($0, name) }) else { continue }
            refused.append(name)
            violations.append(
                Violation(
                    location, violationName(name, in: location), rule: "refused",
                    message: "is not taken by this gateway"))
        }
    }

    private mutating func single<Schema: ValueSchema>(
        _ text: String, of count: Int, _ name: String, in location: Violation.Location, _ schema: Schema
    ) -> Schema.Value? {
        guard count == 1 else {
            violations.append(
                Violation(
                    location, violationName(name, in: location), rule: "unique", message: "is given more than once"))
            return nil
        }
        return schema.decode(text) { rule, message in
            violations.append(
                Violation(location, violationName(name, in: location), rule: rule, message: message))
        }
    }

    /// The first value of that name, and how many there are.
    private func first(_ name: String, in location: Violation.Location) -> (text: String, count: Int)? {
        let fields: FormFields
        switch location {
        case .query: fields = query
        case .body: fields = form
        case .path, .header, .cookie:
            let texts = texts(name, in: location)
            return texts.first.map { ($0, texts.count) }
        }
        var found: (text: String, count: Int)?
        for index in fields.indices where bytesEqual(fields[index].name, name) {
            found = (found?.text ?? fields[index].value, (found?.count ?? 0) + 1)
        }
        return found
    }

    private func texts(_ name: String, in location: Violation.Location) -> [String] {
        switch location {
        case .path: return pathParameters[name].map { [$0] } ?? []
        case .query: return values(name, in: query)
        case .header: return request.headers.values(name)
        case .cookie: return cookies(name)
        case .body: return values(name, in: form)
        }
    }

    private func values(_ name: String, in fields: FormFields) -> [String] {
        fields.filter { bytesEqual($0.name, name) }.map(\.value)
    }

    private func cookies(_ name: String) -> [String] {
        request.headers.values("cookie").flatMap { $0.utf8.split(separator: UInt8(ascii: ";")) }.compactMap { pair in
            let trimmed = pair.drop { $0 == UInt8(ascii: " ") }
            guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")), trimmed[..<equals].elementsEqual(name.utf8)
            else { return nil }
            return String(Substring(trimmed[trimmed.index(after: equals)...]))
        }
    }

    mutating func report(_ location: Violation.Location, _ name: String, _ rule: String, _ message: String) {
        violations.append(Violation(location, name, rule: rule, message: message))
    }

    /// A token of a JSON pointer, RFC 6901 §3.
    static func pointerToken(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    func violationName(_ name: String, in location: Violation.Location) -> String {
        location == .body && !name.isEmpty ? "/" + Self.pointerToken(name) : name
    }
}

extension URLEncodingError {
    var sentence: String {
        switch self {
        case .badEscape: "a percent sign is not followed by two hexadecimal digits"
        case .notUTF8: "the decoded text is not valid UTF-8"
        case .semicolon: "a semicolon must be written as %3B"
        }
    }
}
