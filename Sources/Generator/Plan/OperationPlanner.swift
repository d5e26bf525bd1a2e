/// Operations with their parameters and forms.
extension Planner {
    func operation(_ operation: Operation, name: String, typeName: String) -> OperationPlan? {
        let place = "`\(operation.title)`"
        let title = operation.summary ?? operation.id?.value ?? ""
        var plan = OperationPlan(
            id: Name(operation.id?.value ?? name), name: name, typeName: typeName, method: operation.method,
            path: operation.path.text, route: operation.path.route, hasQuery: !operation.path.query.isEmpty,
            tag: tag(of: operation),
            documentation: [operation.summary.map { "\($0): \(place)." } ?? "\(place).", operation.description]
                .compactMap { $0 }.joined(separator: "\n\n") + (operation.isDeprecated ? "\n\nDeprecated." : ""),
            title: title.isEmpty ? "\(place)." : "\(title): \(place).")
        plan.isDeprecated = operation.isDeprecated
        plan.security = operation.security.map { requirement in
            requirement.schemes.map { .init(name: $0.name.value, scopes: $0.scopes.map(\.value)) }
        }
        plan.extensions = operationExtensions(operation)
        checkRouter(of: operation)
        plan.router = router(of: operation)
        plan.failureMediaType = failureMediaType(of: operation)
        plan.server = ownServer(of: operation)
        var confined: [Name] = []
        let host = Host(inside: topLevel)
        plan.isNegotiated = operation.responses.contains { $0.content.count > 1 }
        let fields = NameScope(
            taken: NameScope.reservedMembers.union(["context", "credential", "body"])
                .union(plan.isNegotiated ? ["accept"] : []))
        let hasOtherBody = operation.requestBody.map { !isPlainForm($0) } ?? false
        let locals = NameScope(taken: Self.initializerNames.union(hasOtherBody ? ["body", "content"] : []))
        for parameter in operation.parameters where !isIgnored(parameter) {
            let what = "the \(parameter.place.rawValue) parameter `\(parameter.name.value)`"
            if let field = field(
                parameter.name, InputField.Place(rawValue: parameter.place.rawValue) ?? .query,
                ValueSchema.Serialization(
                    style: parameter.style, isExploded: parameter.isExploded, isJSON: parameter.content != nil,
                    allowsEmpty: parameter.allowsEmpty),
                schema: parameter.schema, isRequired: parameter.isRequired, what: what,
                documentation: parameter.description, example: parameter.example,
                isDeprecated: parameter.isDeprecated,
                extensions: parameter.extensions,
                fields: fields, locals: locals, host: host, confined: &confined)
            {
                plan.parameters.append(field)
            }
        }
        plan.nested = host.models
        if let body = operation.requestBody {
            if isPlainForm(body) {
                plan.form = form(body, locals: locals, confined: &confined)
            } else {
                plan.body = self.body(body)
            }
        }
        if let location = confinedWithoutCredential(operation, plan) {
            diagnostics.report(
                .extensionSecurity, at: location,
                "an input of this operation is made with the caller's credential, but the operation is public")
        }
        checkRules(operation, confined: confined)
        plan.outputs = outputs(operation)
        return plan
    }

    /// Names that an initializer of an input uses itself.
    private static let initializerNames: Set<String> = ["request", "path", "decoder", "context", "credential", "self"]

    /// Operations without a tag are together under one of their own.
    func tag(of operation: Operation) -> Name { operation.tags.first.map { Name($0.value) } ?? "default" }

    /// Header parameters of these names are to be ignored, says OpenAPI.
    /// https://spec.openapis.org/oas/v3.1.0#fixed-fields-9
    private func isIgnored(_ parameter: Parameter) -> Bool {
        parameter.place == .header
            && ["accept", "content-type", "authorization"].contains(parameter.name.value.text.lowercased())
    }

    private func field(
        _ name: Located<Name>, _ place: InputField.Place, _ serialization: ValueSchema.Serialization, schema: SchemaUse,
        isRequired: Bool, what: String,
        documentation: String?, example: Node? = nil, isDeprecated: Bool = false, extensions: [Mapping.Entry],
        fields: NameScope,
        locals: NameScope, host: Host,
        confined: inout [Name]
    ) -> InputField? {
        let chosen = inputExtension(extensions, schema: schema)
        if let chosen { confined.append(chosen.value) }
        let typeName = SwiftName.type(name.value.text)
        host.documentation = documentation ?? Self.plainSentence(name.value, place)
        guard
            let valueSchema = valueSchema(
                of: schema, named: typeName, in: host, what: what, serialization, place: place)
        else { return nil }
        checkItems(of: schema, what: what)
        let base = SwiftName.member(name.value.text)
        let swiftName = fields.claim(base, suffix: SwiftName.type(place.rawValue))
        var field = InputField(
            wireName: name.value, name: swiftName, local: locals.claim(swiftName, suffix: "Value"), place: place,
            schema: valueSchema, isRequired: isRequired,
            documentation: ExampleText.appended(
                to: documented(
                    documentation ?? description(of: schema, fallback: Self.plainSentence(name.value, place)),
                    isDeprecated: isDeprecated), example ?? resolved(schema)?.example))
        field.confinedType = chosen?.type
        if !isRequired, let schema = resolved(schema), let node = schema.defaultValue {
            field.defaultValue = defaultValue(node, valueSchema)
            if field.confinedType != nil {
                diagnostics.report(.unsupportedValue, at: node.location, "a confined input cannot have a default")
            }
        }
        return field
    }

    private static func plainSentence(_ name: Name, _ place: InputField.Place) -> String {
        switch place {
        case .path: "`\(name)` of the path."
        case .query: "`\(name)` of the query string."
        case .header: "The header field `\(name)`."
        case .cookie: "The cookie `\(name)`."
        case .body: "`\(name)` of the form."
        }
    }

    private func defaultValue(_ node: Node, _ schema: ValueSchema) -> InputField.DefaultValue? {
        if let value = fittingValue(node, schema) { return value }
        diagnostics.report(.invalidValue, at: node.location, "the default does not fit the schema")
        return nil
    }

    /// A value of the document as Swift writes it; nil if a caller could not send it.
    private func fittingValue(_ node: Node, _ schema: ValueSchema) -> InputField.DefaultValue? {
        switch schema {
        case .string(let minimum, let maximum):
            guard let text = node.string, text.unicodeScalars.count >= minimum ?? 0,
                text.unicodeScalars.count <= maximum ?? .max
            else { return nil }
            return .string(text)
        case .enumeration(_, let cases):
            return cases.first { $0.wireName == node.string.map { Name($0) } }.map { .enumerationCase($0.name) }
        case .boolean: return node.boolean.map { .literal("\($0)") }
        case .integer(let type, let minimum, let maximum, let divisor):
            guard let scalar = node.scalar, case .integer = scalar.kind, let value = Int64(scalar.text),
                value >= minimum ?? .min, value <= maximum ?? .max, divisor.map({ value.isMultiple(of: $0) }) ?? true,
                type != .int32 || Int32(exactly: value) != nil
            else { return nil }
            return .literal("\(value)")
        case .number(let minimum, let maximum, let exclusiveMinimum, let exclusiveMaximum):
            guard let scalar = node.scalar, scalar.isNumber, let value = Double(scalar.text), value.isFinite,
                value >= minimum ?? value, value <= maximum ?? value, exclusiveMinimum.map({ value > $0 }) ?? true,
                exclusiveMaximum.map({ value < $0 }) ?? true
            else { return nil }
            return .literal("\(value)")
        case .decoded: return .schema
        case .array(let element, let minimum, let maximum):
            guard let nodes = node.sequence, nodes.count >= minimum ?? 0, nodes.count <= maximum ?? .max else {
                return nil
            }
            let values = nodes.compactMap { fittingValue($0, element) }
            return values.count == nodes.count ? .array(values) : nil
        }
    }

    // MARK: Forms

    private func form(_ body: RequestBody, locals: NameScope, confined: inout [Name]) -> FormPlan? {
        guard let media = body.content.first else { return nil }
        guard let use = media.schema, let schema = resolved(use).flatMap({ merged($0) }), schema.type == .object,
            !schema.properties.isEmpty
        else {
            diagnostics.report(
                .unsupportedValue, at: media.schema?.location ?? media.name.location,
                "a form needs a schema that is an object with `properties`")
            return nil
        }
        let host = Host(inside: topLevel)
        let fields = NameScope(taken: NameScope.reservedMembers)
        var plan = FormPlan(
            isRequired: body.isRequired,
            documentation: ExampleText.appended(
                to: body.description ?? schema.description ?? "The form.", media.example),
            fields: [], nested: [])
        for property in schema.properties {
            let name = property.name
            var extensions: [Mapping.Entry] = []
            switch property.schema {
            case .inline(let inline): extensions = inline.extensions
            case .reference(let reference): extensions = reference.extensions
            }
            if let field = field(
                name, .body, serialization(of: name.value, media), schema: property.schema,
                isRequired: schema.required.contains { $0.value == name.value },
                what: "the form field `\(name.value)`", documentation: nil, extensions: extensions, fields: fields,
                locals: locals, host: host, confined: &confined)
            {
                plan.fields.append(field)
            }
        }
        plan.nested = host.models
        return plan
    }

    private func confinedWithoutCredential(_ operation: Operation, _ plan: OperationPlan) -> Location? {
        guard plan.security.isEmpty || plan.isCredentialOptional else { return nil }
        let fields = plan.parameters + (plan.form?.fields ?? [])
        return fields.contains { $0.confinedType != nil } ? operation.location : nil
    }
}
