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
            if let override = overrides.schema(pointer) { modelNames[pointer] = claimed(override, in: topLevel) }
        }
        for pointer in document.schemaOrder where modelNames[pointer] == nil {
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
                guard let shape = shape(of: merged, named: name, inside: topLevel) else {
                    return alias(schema, use, name: name)
                }
                return Model(
                    name: name, documentation: documentation(of: schema), location: schema.location, shape: shape,
                    enumeration: enumerationKind(merged))
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
    private func shape(of schema: Schema, named name: String, inside scope: NameScope) -> Model.Shape? {
        if isAnyEnumeration(schema) { return .enumeration(anyCases(schema)) }
        let alternatives = alternatives(of: schema)
        if alternatives.count > 1 || alternatives.count == 1 && !schema.properties.isEmpty {
            // An alias of a type of Swift needs no declaration of its own.
            guard !schema.properties.isEmpty || commonScalar(alternatives) == nil else { return nil }
            return union(schema, alternatives, named: name, inside: scope)
        }
        return alternatives.isEmpty && isObject(schema) ? structure(schema, inside: scope) : nil
    }

    /// Whether it is an object with members of its own.
    func isObject(_ schema: Schema) -> Bool {
        (schema.type == .object || schema.type == .any && schema.types.isEmpty) && !schema.properties.isEmpty
    }

    private func structure(_ schema: Schema, inside scope: NameScope) -> Model.Shape {
        let host = Host(inside: scope, taken: ["CodingKeys"])
        let members = NameScope(taken: NameScope.reservedMembers)
        var required: Set<Name> = []
        var known = Set(schema.properties.map(\.name.value))
        var properties = schema.properties
        for name in schema.required {
            required.insert(name.value)
            // What is demanded without being described is some JSON.
            if known.insert(name.value).inserted {
                let any = Schema(
                    location: name.location, pointer: schema.pointer.appending("required").appending(name.value),
                    type: .any)
                properties.append(Schema.Property(name: name, schema: .inline(any)))
            }
        }
        var planned = properties.compactMap { property(required, $0, members: members, host: host) }
        let additional = additionalType(schema, in: host)
        if let additional {
            planned.append(
                Model.Property(
                    wireName: "", name: members.claim("additionalProperties", suffix: "Members"),
                    type: .dictionary(additional), isRequired: true, isNullable: false, isAdditional: true,
                    documentation: "Members of other names.", location: schema.location))
        }
        return .structure(planned, nested: host.models)
    }

    /// The type of members that are not among the properties; nil where they are of no interest.
    private func additionalType(_ schema: Schema, in host: Host) -> TypeReference? {
        host.documentation = "A member of another name."
        switch schema.additionalProperties {
        case .free: return .json
        case .schema(let use):
            guard schema.patternProperties.isEmpty else { return .json }
            return type(of: use, named: "AdditionalProperty", in: host)
                .map { isNullable(use) ? .nullable($0) : $0 }
        case .any, .none:
            guard let first = schema.patternProperties.first else { return nil }
            guard schema.patternProperties.count == 1 else { return .json }
            return type(of: first, named: "AdditionalProperty", in: host)
                .map { isNullable(first) ? .nullable($0) : $0 }
        }
    }

    private func property(
        _ required: Set<Name>, _ property: Schema.Property, members: NameScope, host: Host
    ) -> Model.Property? {
        let wireName = property.name.value
        host.documentation = "The member `\(wireName)`."
        guard let type = type(of: property.schema, named: SwiftName.type(wireName.text), in: host) else { return nil }
        var constantCase: String?
        if case .inline(let inline) = property.schema, inline.constant?.string != nil {
            constantCase = cases(inline).first?.name
        }
        // What goes one way only is missing on the other.
        let direction = resolved(property.schema)
        let isOneWay = direction?.isReadOnly == true || direction?.isWriteOnly == true || oneWay(property.schema)
        return Model.Property(
            wireName: wireName,
            name: overrides.name(at: property.name.location).map { claimed($0, in: members) }
                ?? members.claim(SwiftName.member(wireName.text), suffix: "Value"), type: type,
            isRequired: required.contains(wireName) && !isOneWay, isNullable: isNullable(property.schema),
            isDeprecated: warnsOfUse(property.schema), constantCase: constantCase,
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

    /// Whether the schema of a property says itself that it goes one way, beside a reference.
    private func oneWay(_ use: SchemaUse) -> Bool {
        guard case .inline(let schema) = use else { return false }
        return schema.isReadOnly || schema.isWriteOnly
    }

    private func type(of schema: Schema, named name: String, in host: Host?) -> TypeReference? {
        if let part = onlyPart(of: schema) ?? onlyShapedPart(of: schema) {
            return type(of: part, named: name, in: host)
        }
        guard let schema = merged(schema) else { return nil }
        if !isAnyEnumeration(schema), let found = alternativesType(schema, named: name, in: host) { return found }
        if isAnyEnumeration(schema) || isObject(schema) {
            let scope = host?.names ?? topLevel
            let claimed = scope.claim(name, suffix: "Value", fallback: "Value")
            guard let shape = shape(of: schema, named: claimed, inside: scope) else { return nil }
            let model = Model(
                name: claimed, documentation: documentation(of: schema, in: host), location: schema.location,
                shape: shape, enumeration: enumerationKind(schema))
            if let host { host.models.append(model) } else { models.append((nil, model)) }
            return .nested(claimed)
        }
        if let listed = listedType(schema) { return listed }
        if let content = schema.content {
            return type(of: content, named: name, in: host)
                .map { .jsonText(isNullable(content) ? .nullable($0) : $0) }
        }
        switch schema.type {
        case .string: return formatType(schema).map { .format($0) } ?? .string
        case .boolean: return .boolean
        case .integer: return integerType(schema).map { .integer($0) }
        case .number: return .double
        case .any: return .json
        case .array:
            guard let items = schema.items else { return .array(.json) }
            return type(of: items, named: "\(name)Item", in: host).map {
                .array(isNullable(items) ? .nullable($0) : $0)
            }
        case .object:
            let values: SchemaUse
            switch schema.additionalProperties {
            case .schema(let use) where schema.patternProperties.isEmpty: values = use
            case .any where schema.patternProperties.count == 1, .none where schema.patternProperties.count == 1:
                values = schema.patternProperties[0]
            default: return .dictionary(.json)
            }
            return type(of: values, named: "\(name)Value", in: host).map {
                .dictionary(isNullable(values) ? .nullable($0) : $0)
            }
        }
    }

    /// Of an `allOf` the only part that says what a value looks like, where that is a schema of its own.
    private func onlyShapedPart(of schema: Schema) -> SchemaUse? {
        var own = schema
        own.allOf = []
        guard !schema.allOf.isEmpty, !own.hasShape, schema.required.isEmpty else { return nil }
        let shaped = schema.allOf.filter { resolved($0)?.hasShape ?? false }
        guard shaped.count == 1, let only = shaped.first, case .reference = only else { return nil }
        return only
    }

    /// The type of values that are listed but are no strings: they are held to the list where they are read.
    private func listedType(_ schema: Schema) -> TypeReference? {
        let values = schema.constant.map { [$0] } ?? schema.enumeration?.value ?? []
        guard let first = values.first else { return nil }
        if values.allSatisfy({ $0.boolean != nil }) { return .boolean }
        let scalars = values.compactMap(\.scalar)
        guard scalars.count == values.count, first.scalar?.isNumber == true, scalars.allSatisfy(\.isNumber) else {
            return values.allSatisfy { $0.string != nil } ? .string : .json
        }
        let areIntegers = scalars.allSatisfy { if case .integer = $0.kind { Int($0.text) != nil } else { false } }
        return areIntegers && schema.type != .number ? integerType(schema).map { .integer($0) } : .double
    }

    /// Whether a schema is made of strings that are listed one by one.
    func isEnumeration(_ schema: Schema) -> Bool {
        guard schema.type == .string || schema.type == .any else { return false }
        if let constant = schema.constant { return constant.string != nil }
        guard let enumeration = schema.enumeration, !enumeration.value.isEmpty else { return false }
        return enumeration.value.allSatisfy { $0.string != nil }
    }

    /// The cases of an enumeration, with unique names.
    func cases(_ schema: Schema, reserved: Set<String> = []) -> [Model.Case] {
        let names = NameScope(taken: NameScope.reservedCases.union(reserved))
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
                name: overrides.name(at: node.location).map { claimed($0, in: names) }
                    ?? names.claim(
                        SwiftName.member(text), suffix: "Value", fallback: text.isEmpty ? "empty" : "value"))
        }
    }

    func isNullable(_ use: SchemaUse) -> Bool {
        // An alias of a nullable type is nullable wherever it is used.
        guard let schema = resolved(use) else { return false }
        return schema.isNullable || nullAlternatives(schema, 0)
    }

    private func nullAlternatives(_ schema: Schema, _ depth: Int) -> Bool {
        guard depth < 20 else { return false }
        return schema.alternatives.contains { use in
            resolved(use).map { $0.isNullable || nullAlternatives($0, depth + 1) } ?? false
        }
    }

    /// Formats of other ranges are held to where a value is read.
    func integerType(_ schema: Schema) -> TypeReference.IntegerType? {
        switch Name(schema.format?.value ?? "") {
        case "int32": .int32
        case "int64": .int64
        default: .int
        }
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
