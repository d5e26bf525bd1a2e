import JSON
public import JSONSchema

/// An answer to a generated client, while it is being decoded.
public struct ClientAnswer {
    private let response: ClientResponse
    private let isHead: Bool
    private let configuration: ClientConfiguration

    init(_ response: ClientResponse, to request: ClientRequest, _ configuration: ClientConfiguration) {
        self.response = response
        isHead = request.method == .head
        self.configuration = configuration
    }

    /// The status code.
    public var status: Int { response.status }
    /// The header fields.
    public var headers: HeaderFields { response.headers }

    // MARK: Header fields

    /// A header field of text; `nil` if there is none.
    public func header(_ name: String) -> String? { headers[name] }

    /// A header field that is a number or a boolean; `nil` if there is none.
    public func header<Value: LosslessStringConvertible>(
        _ name: String, _ type: Value.Type
    ) throws(ClientFailure) -> Value? {
        guard let text = headers[name] else { return nil }
        guard let value = Value(text) else { throw broken(name, "type", "is no \(type)") }
        return value
    }

    /// A header field of one of the listed values; `nil` if there is none.
    public func header<Value: RawRepresentable<String>>(
        listed name: String, _ type: Value.Type
    ) throws(ClientFailure) -> Value? {
        guard let text = headers[name] else { return nil }
        guard let value = Value(rawValue: text) else { throw broken(name, "enum", "is none of the listed values") }
        return value
    }

    /// A header field of one of the listed numbers; `nil` if there is none.
    public func header<Value: RawRepresentable>(
        numbered name: String, _ type: Value.Type
    ) throws(ClientFailure) -> Value? where Value.RawValue: LosslessStringConvertible {
        guard let number = try header(name, Value.RawValue.self) else { return nil }
        guard let value = Value(rawValue: number) else { throw broken(name, "enum", "is none of the listed values") }
        return value
    }

    /// A header field that has to be there.
    public func required<Value>(_ name: String, _ value: Value?) throws(ClientFailure) -> Value {
        guard let value else { throw broken(name, "required", "is required") }
        return value
    }

    private func broken(_ name: String, _ rule: String, _ message: String) -> ClientFailure {
        .undecodable([Violation(.header, name, rule: rule, message: message)], status: status)
    }

    // MARK: Bodies

    /// Which of the documented media types the body is. An answer that names none is taken for the only one there is.
    public func content(_ types: [String]) throws(ClientFailure) -> Int {
        let text = headers["content-type"]
        guard let text else {
            if types.count == 1 { return 0 }
            response.body.cancel()
            throw .unexpectedMediaType(nil, status: status, documented: types)
        }
        var best: (position: Int, weight: Int)?
        // Parameters that the document names, such as a version, are a matter of choice between several types only.
        let sent = MediaType(parsing: text) ?? MediaType(parsing: String(Substring(text.utf8.prefix { $0 != 0x3B })))
        for (position, type) in types.enumerated() {
            guard let weight = sent?.looseFit(to: type), weight > best?.weight ?? 0 else { continue }
            best = (position, weight)
        }
        guard let best else {
            response.body.cancel()
            throw .unexpectedMediaType(text, status: status, documented: types)
        }
        return best.position
    }

    /// Reads a body of JSON as the type of its schema.
    public nonisolated(nonsending) func json<Value: Decodable>(
        _ type: Value.Type, _ schemas: SchemaSet, schema: Int
    ) async throws(ClientFailure) -> Value {
        let bytes = try await stream().collect(limit: configuration.maximumBodyBytes)
        return try reader(schemas, schema).value(bytes)
    }

    /// The body as it arrives.
    public func stream() -> BodyStream { BodyStream(response.body, contentType: headers["content-type"]) }

    /// The body as events.
    public func events() -> EventStream {
        EventStream(response.body, limit: configuration.maximumBodyBytes, status: status)
    }

    /// The body as events of the type of their schema.
    public func events<Event: Decodable>(
        _ type: Event.Type, _ schemas: SchemaSet, schema: Int
    ) -> TypedEventStream<Event> {
        TypedEventStream(response.body, reader(schemas, schema))
    }

    /// The body as values of JSON that follow each other.
    public func lines<Value: Decodable>(
        _ type: Value.Type, _ format: ItemFormat, _ schemas: SchemaSet, schema: Int
    ) -> JSONLines<Value> {
        JSONLines(response.body, format, reader(schemas, schema))
    }

    private func reader(_ schemas: SchemaSet, _ schema: Int) -> AnswerReader {
        AnswerReader(schemas: schemas, schema: schema, configuration: configuration, status: status)
    }

    /// Says that the body is of no interest.
    public func discard() { response.body.cancel() }

    /// The answer as a whole, for a status that the document does not have.
    public nonisolated(nonsending) func undocumented() async throws(ClientFailure) -> UndocumentedAnswer {
        let body = isHead ? [] : try await stream().collect(limit: configuration.maximumBodyBytes)
        return UndocumentedAnswer(status: status, headers: headers, body: body)
    }
}

/// An answer with a status that the document does not have for the operation.
public struct UndocumentedAnswer: Sendable {
    /// The status code.
    public let status: Int
    /// The header fields.
    public let headers: HeaderFields
    /// The whole body.
    public let body: [UInt8]

    /// The body as text; what is no UTF-8 in it is replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Makes values of JSON, and says what is wrong with it.
struct AnswerReader: Sendable {
    let schemas: SchemaSet
    let schema: Int
    let configuration: ClientConfiguration
    let status: Int

    func value<Value: Decodable>(_ bytes: [UInt8]) throws(ClientFailure) -> Value {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONParser.parse(bytes)
        } catch {
            let violation = Violation(
                .body, "", rule: "json", message: error.message, line: error.line, column: error.column)
            throw .undecodable([violation], status: status)
        }
        return try value(of: outcome(json), line: nil)
    }

    /// The value, held to its schema.
    func outcome(_ value: JSONValue) -> SchemaOutcome { schemas.check(value, against: schema, direction: .response) }

    /// The type of the schema; `line` is where the value stands in a body of several.
    func value<Value: Decodable>(of outcome: SchemaOutcome, line: Int?) throws(ClientFailure) -> Value {
        let violations = outcome.violations.map {
            Violation(.body, $0.pointer, rule: $0.rule, message: $0.message, line: line)
        }
        if configuration.holdsAnswersToSchemas, !violations.isEmpty {
            throw .undecodable(violations, status: status)
        }
        do {
            return try JSONValueDecoder(outcome.value).decode(Value.self)
        } catch {
            guard violations.isEmpty else { throw .undecodable(violations, status: status) }
            let (pointer, message) = InputDecoder.place(of: error)
            throw .undecodable(
                [Violation(.body, pointer, rule: "type", message: message, line: line)], status: status)
        }
    }
}
