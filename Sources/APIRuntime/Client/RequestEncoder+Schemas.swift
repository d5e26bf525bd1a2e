import JSON
public import JSONSchema

// Inputs that are held to their schemas before they are sent, where the configuration wants that. All that is wrong is told
// at once, when the request is sent.
extension RequestEncoder {
    /// Holds a value to a schema of the document; `name` is empty for the whole body.
    public mutating func hold(
        _ name: String, in location: Violation.Location, _ value: (some Encodable)?, _ schemas: SchemaSet, schema: Int
    ) throws(ClientFailure) {
        guard holdsInputs, let value else { return }
        let json = try Self.json(value, location, name)
        let place = Self.place(name, in: location)
        for violation in schemas.check(json, against: schema, direction: .request).violations {
            violations.append(
                Violation(location, place + violation.pointer, rule: violation.rule, message: violation.message))
        }
    }

    /// Holds a value to the schema of a plain parameter.
    public mutating func hold<Schema: ValueSchema>(
        _ name: String, in location: Violation.Location, _ value: (some Encodable)?, _ schema: Schema
    ) throws(ClientFailure) {
        guard holdsInputs, let value else { return }
        let text = Self.text(try Self.json(value, location, name))
        let place = Self.place(name, in: location)
        var found: [Violation] = []
        _ = schema.decode(text) { found.append(Violation(location, place, rule: $0, message: $1)) }
        violations += found
    }

    /// Holds values to the schema of a parameter that may be repeated. None at all are sent as nothing.
    public mutating func hold<Element: ValueSchema>(
        _ name: String, in location: Violation.Location, _ values: [some Encodable]?, required: Bool,
        _ schema: ArraySchema<Element>
    ) throws(ClientFailure) {
        guard holdsInputs, let values, required || !values.isEmpty else { return }
        var texts: [String] = []
        for value in values { texts.append(Self.text(try Self.json(value, location, name))) }
        let place = Self.place(name, in: location)
        var found: [Violation] = []
        _ = schema.decode(texts) { found.append(Violation(location, place, rule: $1, message: $2, index: $0)) }
        violations += found
    }

    /// A body of items that are written one after another. One that breaks its schema ends the request.
    public mutating func items<Item>(
        _ content: ItemContent<Item>, _ format: ItemFormat, as mediaType: String, _ schemas: SchemaSet, schema: Int
    ) {
        guard holdsInputs else { return items(content, format, as: mediaType) }
        let body = content.body { source in
            ItemWriter(source, format) { value in
                let violations = schemas.check(value, against: schema, direction: .request).violations
                guard !violations.isEmpty else { return }
                throw ClientFailure.invalidInput(
                    violations.map { Violation(.body, $0.pointer, rule: $0.rule, message: $0.message) })
            }
        }
        send(body, as: mediaType)
    }

    private static func place(_ name: String, in location: Violation.Location) -> String {
        location == .body && !name.isEmpty ? "/" + InputDecoder.pointerToken(name) : name
    }

    private static func json(
        _ value: some Encodable, _ location: Violation.Location, _ name: String
    ) throws(ClientFailure) -> JSONValue {
        do throws(StyleProblem) {
            return try StyleWriter.json(value)
        } catch {
            throw .invalidInput([Violation(location, place(name, in: location), rule: "style", message: error.message)])
        }
    }

    private static func text(_ value: JSONValue) -> String {
        value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self)
    }
}
