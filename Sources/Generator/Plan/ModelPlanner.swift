/// Schemas become types.
extension Planner {
    /// Where types that are written inline go: into the type that uses them.
    final class Host {
        let names: NameScope
        var models: [Model] = []
        /// What a type without a description of its own is described by: whatever it is the type of.
        var documentation: String?

        init(inside scope: NameScope, taken: Set<String> = []) {
            names = NameScope(inside: scope, taken: taken)
        }
    }

    /// Names are given before any type is made, so that no inline type hides one of them.
    func nameModels() {
        for pointer in document.schemaOrder {
            modelNames[pointer] = topLevel.claim(
                SwiftName.type(baseName(of: pointer)), suffix: "Model", fallback: "Model")
        }
    }

    /// `#/components/schemas/Pet` is `Pet`; what stands elsewhere is named after its way there.
    private func baseName(of pointer: JSONPointer) -> String {
        let tokens = pointer.tokens
        if tokens.count == 3, tokens[0] == "components", tokens[1] == "schemas" { return tokens[2].text }
        let rest = tokens.first == "components" ? tokens.dropFirst(2) : tokens[...]
        return rest.map(\.text).joined(separator: " ")
    }

    func planModels() {
        for pointer in document.schemaOrder {
            guard let use = document.schemas[pointer], let name = modelNames[pointer] else { continue }
            let position = models.count
            if let model = model(use, name: name) { models.insert((pointer, model), at: position) }
        }
        checkRecursion()
    }

    private func model(_ use: SchemaUse, name: String) -> Model? {
        switch use {
        case .reference(let reference):
            guard let type = type(of: use, named: name, in: nil) else { return nil }
            return Model(
                name: name, documentation: reference.description ?? "`\(reference.target)`.",
                location: reference.location, shape: .alias(type))
        case .inline(let schema):
            if onlyPart(of: schema) == nil {
                guard let merged = merged(schema) else { return nil }
                guard let shape = shape(of: merged, inside: topLevel) else {
                    return alias(schema, use, name: name)
                }
                return Model(
                    name: name, documentation: documentation(of: schema), location: schema.location, shape: shape)
            }
            return alias(schema, use, name: name)
        }
    }

    private func alias(_ schema: Schema, _ use: SchemaUse, name: String) -> Model? {
        type(of: use, named: name, in: nil).map {
            Model(name: name, documentation: documentation(of: schema), location: schema.location, shape: .alias($0))
        }
    }

    /// The declaration of a schema that needs one: a structure or an enumeration.
    private func shape(of schema: Schema, inside scope: NameScope) -> Model.Shape? {
        if isEnumeration(schema) {
            return .enumeration(cases(schema))
        }
        guard schema.type == .object, !schema.properties.isEmpty else { return nil }
        let host = Host(inside: scope, taken: ["CodingKeys"])
        let members = NameScope(taken: NameScope.reservedMembers)
        checkObject(schema)
        let properties = schema.properties.compactMap { property(of: schema, $0, members: members, host: host) }
        return .structure(properties, nested: host.models)
    }

    private func checkObject(_ schema: Schema) {
        switch schema.additionalProperties {
        case .any, .none: break
        case .free, .schema:
            diagnostics.report(
                .unsupportedValue, at: schema.location,
                "an object with both `properties` and `additionalProperties` is not supported yet")
        }
        for name in schema.required where !schema.properties.contains(where: { $0.name.value == name.value }) {
            diagnostics.report(
                .unsupportedValue, at: name.location,
                "`required` names `\(name.value)`, which is not among the `properties`")
        }
    }

    private func property(
        of schema: Schema, _ property: Schema.Property, members: NameScope, host: Host
    ) -> Model.Property? {
        let wireName = property.name.value
        host.documentation = "The member `\(wireName)`."
        guard let type = type(of: property.schema, named: SwiftName.type(wireName.text), in: host) else { return nil }
        var constantCase: String?
        if case .inline(let inline) = property.schema, inline.constant?.string != nil {
            constantCase = cases(inline).first?.name
        }
        return Model.Property(
            wireName: wireName, name: members.claim(SwiftName.member(wireName.text), suffix: "Value"), type: type,
            isRequired: schema.required.contains { $0.value == wireName }, isNullable: isNullable(property.schema),
            constantCase: constantCase,
            documentation: documentation(of: property.schema, fallback: "The member `\(wireName)`."),
            location: property.name.location)
    }

    /// The type of a schema where it is used. Types that are written inline go to the host, or to the top.
    func type(of use: SchemaUse, named name: String, in host: Host?) -> TypeReference? {
        switch use {
        case .reference(let reference):
            guard let target = modelNames[reference.target] else { return nil }
            return .model(reference.target, name: target)
        case .inline(let schema):
            return type(of: schema, named: name, in: host)
        }
    }

    private func type(of schema: Schema, named name: String, in host: Host?) -> TypeReference? {
        if let part = onlyPart(of: schema) { return type(of: part, named: name, in: host) }
        guard let schema = merged(schema) else { return nil }
        if isEnumeration(schema) || schema.type == .object && !schema.properties.isEmpty {
            let scope = host?.names ?? topLevel
            let claimed = scope.claim(name, suffix: "Value", fallback: "Value")
            guard let shape = shape(of: schema, inside: scope) else { return nil }
            let model = Model(
                name: claimed, documentation: documentation(of: schema, in: host), location: schema.location,
                shape: shape)
            if let host { host.models.append(model) } else { models.append((nil, model)) }
            return .nested(claimed)
        }
        if let constant = schema.constant {
            return unsupported(constant.location, "`const` is supported for strings only")
        }
        if let enumeration = schema.enumeration {
            return unsupported(enumeration.location, "`enum` is supported for strings only")
        }
        switch schema.type {
        case .string: return .string
        case .boolean: return .boolean
        case .integer: return integerType(schema).map { .integer($0) }
        case .number: return checkNumberFormat(schema) ? .double : nil
        case .any: return checkFreeForm(schema) ? .json : nil
        case .array:
            guard let items = schema.items else { return .array(.json) }
            return type(of: items, named: "\(name)Item", in: host).map {
                .array(isNullable(items) ? .nullable($0) : $0)
            }
        case .object:
            for required in schema.required {
                diagnostics.report(
                    .unsupportedValue, at: required.location,
                    "`required` names `\(required.value)`, which is not among the `properties`")
            }
            guard case .schema(let values) = schema.additionalProperties else { return .dictionary(.json) }
            return type(of: values, named: "\(name)Value", in: host).map {
                .dictionary(isNullable(values) ? .nullable($0) : $0)
            }
        }
    }

    /// Whether a schema is made of strings that are listed one by one.
    func isEnumeration(_ schema: Schema) -> Bool {
        guard schema.type == .string || schema.type == .any else { return false }
        if let constant = schema.constant { return constant.string != nil }
        guard let enumeration = schema.enumeration, !enumeration.value.isEmpty else { return false }
        return enumeration.value.allSatisfy { $0.string != nil }
    }

    /// The cases of an enumeration, with unique names.
    func cases(_ schema: Schema) -> [Model.Case] {
        let names = NameScope(taken: NameScope.reservedCases)
        var seen: Set<Name> = []
        let values = schema.constant.map { [$0] } ?? schema.enumeration?.value ?? []
        return values.compactMap { node in
            guard let text = node.string else { return nil }
            guard seen.insert(Name(text)).inserted else {
                diagnostics.report(.invalidValue, at: node.location, "the value `\(text)` is listed twice")
                return nil
            }
            return Model.Case(
                wireName: Name(text),
                name: names.claim(
                    SwiftName.member(text), suffix: "Value", fallback: text.isEmpty ? "empty" : "value"))
        }
    }

    func isNullable(_ use: SchemaUse) -> Bool {
        // An alias of a nullable type is nullable wherever it is used.
        resolved(use)?.isNullable == true
    }

    func integerType(_ schema: Schema) -> TypeReference.IntegerType? {
        guard let format = schema.format else { return .int }
        switch Name(format.value) {
        case "int32": return .int32
        case "int64": return .int64
        default:
            diagnostics.report(
                .unsupportedValue, at: format.location, "the format `\(format.value)` of an integer is not supported",
                advice: "`int32` and `int64` are; without a format it is an integer of 64 bits")
            return nil
        }
    }

    func checkNumberFormat(_ schema: Schema) -> Bool {
        guard let format = schema.format, Name(format.value) != "double", Name(format.value) != "float" else {
            return true
        }
        diagnostics.report(
            .unsupportedValue, at: format.location, "the format `\(format.value)` of a number is not supported",
            advice: "`double` and `float` are")
        return false
    }

    /// Constraints of a schema without a type hold for the values of one type only, which free-form JSON cannot say.
    private func checkFreeForm(_ schema: Schema) -> Bool {
        guard let location = schema.constraints.all.first else { return true }
        diagnostics.report(
            .unsupportedValue, at: location, "a constraint in a schema without `type` is not supported yet",
            advice: "add the `type` that it is meant for")
        return false
    }

    func unsupported(_ location: Location, _ message: String) -> TypeReference? {
        diagnostics.report(.unsupportedValue, at: location, message)
        return nil
    }
}

extension Constraints {
    /// Where constraints stand.
    var all: [Location] {
        [minimumLength, maximumLength, minimumItems, maximumItems, minimumProperties, maximumProperties]
            .compactMap { $0?.location }
            + [minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf].compactMap { $0?.location }
            + [pattern?.location, uniqueItems?.location].compactMap { $0 }
    }
}
