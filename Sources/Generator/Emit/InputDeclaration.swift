/// The `Input` of an operation: its properties, and an initializer that decodes and checks a request.
enum InputDeclaration {
    static func declare(_ operation: OperationPlan, credential: String?, _ source: inout SourceText) {
        let credential =
            !operation.hasCredential
            ? nil : operation.isCredentialOptional ? credential.map { "\($0)?" } : credential
        source.documentation("What the caller sent, decoded and checked.")
        source.block("public struct Input") { source in
            source.documentation("What is known about the request.")
            source.line("public let context: RequestContext")
            if let credential {
                source.documentation(operation.isCredentialOptional ? "Who asks; nil for anybody." : "Who asks.")
                source.line("public let credential: \(credential)")
            }
            if operation.isNegotiated {
                source.documentation("The media types that the caller accepts.")
                source.line("public let accept: AcceptedMediaTypes")
            }
            properties(operation.parameters, &source)
            if let form = operation.form {
                source.documentation(form.documentation)
                source.line("public let body: Body")
            }
            if let body = operation.body {
                source.documentation(body.documentation)
                source.line("public let body: \(BodyDeclaration.type(body))")
            }
            source.line()
            memberwise(operation, credential: credential, &source)
            source.line()
            initializer(operation, credential: credential, &source)
            for model in operation.nested {
                source.line()
                ModelsFile.declare(model, &source)
            }
            if let body = operation.body { BodyDeclaration.declare(body, &source) }
            if let form = operation.form {
                source.line()
                source.documentation(form.documentation)
                source.block("public struct Body") { source in
                    properties(form.fields, &source)
                    source.line()
                    source.documentation("A form from its fields.")
                    memberwise(form.fields.map(member), &source)
                    for model in form.nested {
                        source.line()
                        ModelsFile.declare(model, &source)
                    }
                }
            }
        }
    }

    private static func properties(_ fields: [InputField], _ source: inout SourceText) {
        for field in fields {
            source.documentation(field.documentation)
            let type = field.confinedType ?? field.schema.type.text
            source.line("public let \(SwiftName.escaped(field.name)): \(type)\(field.isOptional ? "?" : "")")
        }
    }

    /// For callers in the same process, such as an operation that is another one with its input sent in another way.
    private static func memberwise(_ operation: OperationPlan, credential: String?, _ source: inout SourceText) {
        var members = [(name: "context", type: "RequestContext", defaultText: "")]
        if let credential { members.append(("credential", credential, "")) }
        if operation.isNegotiated { members.append(("accept", "AcceptedMediaTypes", " = .any")) }
        members += operation.parameters.map(member)
        if operation.form != nil { members.append(("body", "Body", "")) }
        if let body = operation.body {
            members.append(("body", BodyDeclaration.type(body), body.isRequired ? "" : " = nil"))
        }
        source.documentation("An input from its parts, which are as good as the caller's: nothing is checked any more.")
        memberwise(members, &source)
    }

    private static func member(_ field: InputField) -> (name: String, type: String, defaultText: String) {
        let type = field.confinedType ?? field.schema.type.text
        let name = SwiftName.escaped(field.name)
        if field.isOptional { return (name, "\(type)?", " = nil") }
        if case .schema? = field.defaultValue { return (name, type, "") }
        if let value = field.defaultValue { return (name, type, " = \(literal(value))") }
        let isEmpty = field.isArray && !field.isRequired || field.isEmptyWhenAbsent
        return (name, type, isEmpty && field.confinedType == nil ? " = []" : "")
    }

    private static func memberwise(
        _ members: [(name: String, type: String, defaultText: String)], _ source: inout SourceText
    ) {
        source.arguments("public init", members.map { "\($0.name): \($0.type)\($0.defaultText)" }, " {")
        for member in members { source.line("    self.\(member.name) = \(member.name)") }
        source.line("}")
    }

    private static func literal(_ value: InputField.DefaultValue) -> String {
        switch value {
        case .string(let text): StringLiteral.quoted(text)
        case .literal(let text): text
        // The schema fills it in.
        case .schema: ""
        case .enumerationCase(let name): ".\(SwiftName.escaped(name))"
        case .array(let values): "[\(values.map(literal).joined(separator: ", "))]"
        }
    }

    private static func initializer(_ operation: OperationPlan, credential: String?, _ source: inout SourceText) {
        let credentialParameter = credential.map { ", credential: \($0)" } ?? ""
        let effects = operation.readsBody ? "async throws" : "throws"
        source.block("init(_ request: Request, _ path: PathParameters\(credentialParameter)) \(effects)") { source in
            source.line("var decoder = InputDecoder(request, path: path)")
            if let form = operation.form {
                source.line("try await decoder.readForm(required: \(form.isRequired))")
            } else if operation.body == nil {
                source.line("decoder.expectNoBody()")
            }
            let fields = operation.form?.fields ?? []
            for field in operation.parameters { decode(field, enclosing: "", &source) }
            for field in fields { decode(field, enclosing: "Body.", &source) }
            if let body = operation.body { BodyDeclaration.decode(body, &source) }
            source.line("try decoder.finish()")
            // Whatever is missing here has been reported by the decoder, so this never throws anything else.
            var needed = (operation.parameters + fields).filter(isNeeded).map { "let \(SwiftName.escaped($0.local))" }
            if operation.body?.isRequired == true { needed.append("let body") }
            if !needed.isEmpty {
                source.line("guard \(needed.joined(separator: ", ")) else { throw decoder.failure }")
            }
            source.line("context = request.context")
            if credential != nil { source.line("self.credential = credential") }
            if operation.isNegotiated { source.line("accept = AcceptedMediaTypes(request.headers)") }
            for field in operation.parameters {
                source.line("self.\(SwiftName.escaped(field.name)) = \(SwiftName.escaped(field.local))")
            }
            if operation.form != nil {
                let arguments = fields.map { "\(SwiftName.escaped($0.name)): \(SwiftName.escaped($0.local))" }
                source.arguments("body = Body", arguments, "")
            }
            if operation.body != nil { source.line("self.body = body") }
        }
    }

    /// Whether decoding gives nothing only after a violation.
    private static func isNeeded(_ field: InputField) -> Bool {
        if field.isOptional || field.isEmptyWhenAbsent && field.confinedType == nil { return false }
        if case .schema? = field.defaultValue { return true }
        return field.defaultValue == nil || field.isArray
    }

    private static func decode(_ field: InputField, enclosing: String, _ source: inout SourceText) {
        let name = StringLiteral.quoted(field.wireName.text)
        let place = ".\(field.place.rawValue)"
        let schema = schemaText(field.schema, enclosing: enclosing)
        var value =
            if case .decoded(let type, let index, let serialization) = field.schema {
                decoded(field, type.qualified(enclosing), index, serialization)
            } else if field.isArray {
                "decoder.array(\(name), in: \(place), required: \(field.isRequired), \(absent(field))\(schema))"
            } else {
                "decoder.\(field.isRequired ? "required" : "optional")(\(name), in: \(place), \(schema))"
            }
        if let defaultValue = field.defaultValue, !field.isArray {
            if case .schema = defaultValue {} else { value += " ?? \(literal(defaultValue))" }
        }
        if field.isEmptyWhenAbsent { value += " ?? []" }
        let local = "let \(SwiftName.escaped(field.local))"
        guard let type = field.confinedType else {
            source.line("\(local) = \(value)")
            return
        }
        source.arguments(
            "\(local) = try decoder.confined", ["\(type).self", value, "for: credential", name, "in: \(place)"], "")
    }

    private static func decoded(
        _ field: InputField, _ type: String, _ schema: Int, _ serialization: ValueSchema.Serialization
    ) -> String {
        var style = serialization.isJSON ? ".json" : ".\(serialization.style.rawValue)"
        if !serialization.isJSON { style += "(explode: \(serialization.isExploded))" }
        let empty = serialization.allowsEmpty ? ", allowEmpty: true" : ""
        return "try decoder.value(\(StringLiteral.quoted(field.wireName.text)), in: .\(field.place.rawValue), "
            + "\(style), required: \(field.isRequired)\(empty), \(type).self, Schemas.all, schema: \(schema))"
    }

    /// What an array is that was not given, where that is not the empty one.
    private static func absent(_ field: InputField) -> String {
        field.defaultValue.map { "default: \(literal($0)), " } ?? ""
    }

    static func schemaText(_ schema: ValueSchema, enclosing: String) -> String {
        func call(_ name: String, _ arguments: [(String, String?)]) -> String {
            let given = arguments.compactMap { label, value in value.map { label.isEmpty ? $0 : "\(label): \($0)" } }
            return "\(name)(\(given.joined(separator: ", ")))"
        }
        switch schema {
        case .string(let minimum, let maximum):
            return call(
                "StringSchema", [("minLength", minimum.map { "\($0)" }), ("maxLength", maximum.map { "\($0)" })])
        case .integer(let type, let minimum, let maximum, let multiple):
            return call(
                "IntegerSchema<\(type.rawValue)>",
                [
                    ("minimum", minimum.map { "\($0)" }), ("maximum", maximum.map { "\($0)" }),
                    ("multipleOf", multiple.map { "\($0)" }),
                ])
        case .number(let minimum, let maximum, let exclusiveMinimum, let exclusiveMaximum):
            return call(
                "NumberSchema",
                [
                    ("minimum", minimum.map { "\($0)" }), ("maximum", maximum.map { "\($0)" }),
                    ("exclusiveMinimum", exclusiveMinimum.map { "\($0)" }),
                    ("exclusiveMaximum", exclusiveMaximum.map { "\($0)" }),
                ])
        case .boolean: return "BooleanSchema()"
        case .decoded: return ""
        case .enumeration(.nested(let name), _): return "EnumerationSchema(\(enclosing)\(name).self)"
        case .enumeration(let type, _): return "EnumerationSchema(\(type.text).self)"
        case .array(let element, let minimum, let maximum):
            return call(
                "ArraySchema",
                [
                    ("", schemaText(element, enclosing: enclosing)), ("minItems", minimum.map { "\($0)" }),
                    ("maxItems", maximum.map { "\($0)" }),
                ])
        }
    }
}
