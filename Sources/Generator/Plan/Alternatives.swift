/// `oneOf` and `anyOf`: an enumeration with a case for each alternative.
/// https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1.2
extension Planner {
    /// One of the alternatives of a schema, with its position among all of them.
    struct Alternative {
        var position: Int
        var use: SchemaUse
    }

    /// The alternatives that say what a value looks like and are not just null. None where the alternatives only say
    /// what else holds, such as which members are required.
    func alternatives(of schema: Schema) -> [Alternative] {
        let shaped = schema.alternatives.enumerated().filter { _, use in
            guard let resolved = resolved(use) else { return false }
            return resolved.hasShape && !resolved.isNull
        }.map { Alternative(position: $0, use: $1) }
        let isBare = schema.properties.isEmpty && schema.type != .object
        let shapeless = schema.alternatives.count { resolved($0).map { !$0.hasShape } ?? false }
        // An alternative that anything fits makes free-form JSON of all of them.
        return shapeless > 0 && (isBare || shaped.isEmpty) ? [] : shaped
    }

    /// The schema of one alternative together with what stands beside the alternatives.
    private func combined(_ schema: Schema, _ alternative: Alternative) -> SchemaUse {
        guard !schema.properties.isEmpty else { return alternative.use }
        var base = schema
        base.alternatives = []
        base.pointer = schema.pointer.appending("base")
        var whole = Schema(
            location: alternative.use.location,
            pointer: schema.pointer.appending("alternatives").appending(alternative.position), type: .any)
        whole.allOf = [.inline(base), alternative.use]
        if case .inline(let inline) = alternative.use { whole.title = inline.title }
        return .inline(whole)
    }

    /// The type of a schema with alternatives; nil where the alternatives do not say what it looks like.
    func alternativesType(_ schema: Schema, named name: String, in host: Host?) -> TypeReference?? {
        let alternatives = alternatives(of: schema)
        guard !alternatives.isEmpty else { return schema.alternatives.isEmpty || isObject(schema) ? nil : .some(.json) }
        if alternatives.count == 1, schema.properties.isEmpty {
            return .some(type(of: alternatives[0].use, named: name, in: host))
        }
        if schema.properties.isEmpty, let scalar = commonScalar(alternatives) { return .some(scalar) }
        let scope = host?.names ?? topLevel
        let claimed = scope.claim(name, suffix: "Value", fallback: "Value")
        guard let shape = union(schema, alternatives, named: claimed, inside: scope) else { return .some(nil) }
        let model = Model(
            name: claimed, documentation: documentation(of: schema, in: host), location: schema.location, shape: shape)
        if let host { host.models.append(model) } else { models.append((nil, model)) }
        return .some(.nested(claimed))
    }

    /// The one type of Swift that all alternatives have: a string that is listed or not is a string.
    func commonScalar(_ alternatives: [Alternative]) -> TypeReference? {
        var types: Set<TypeReference> = []
        for alternative in alternatives {
            guard let schema = resolved(alternative.use).flatMap({ merged($0) }), schema.alternatives.isEmpty else {
                return nil
            }
            if schema.types.isEmpty, schema.type == .any, let enumeration = schema.enumeration?.value {
                guard enumeration.allSatisfy({ $0.string != nil }) else { return nil }
                types.insert(.string)
                continue
            }
            // A type of its own must not get lost.
            if openValues(schema) != nil || isIntegerEnumeration(schema) || mixedValues(schema) != nil {
                return nil
            }
            switch schema.type {
            case .string: types.insert(formatType(schema).map { .format($0) } ?? .string)
            case .boolean: types.insert(.boolean)
            case .integer: types.insert(.integer(.int))
            case .number: types.insert(.double)
            case .object, .array, .any: return nil
            }
        }
        if types == [.integer(.int), .double] { return .double }
        // Where any text will do, a format does not tell an alternative from the others.
        let isText = types.allSatisfy { if case .format = $0 { true } else { $0 == .string } }
        if isText, types.contains(.string) { return .string }
        return types.count == 1 ? types.first : nil
    }

    /// The cases of a union: what refers to a schema is named after it, what is written inline after its title or type.
    func union(
        _ schema: Schema, _ alternatives: [Alternative], named name: String, inside scope: NameScope
    ) -> Model.Shape? {
        let host = Host(inside: scope, taken: [name])
        let names = NameScope(taken: NameScope.reservedCases.union(["encode"]))
        var cases: [Model.UnionCase] = []
        for alternative in alternatives {
            let label = label(of: alternative.use)
            host.documentation = "An alternative of `\(name)`."
            guard
                let type = type(
                    of: combined(schema, alternative), named: SwiftName.type(label), in: host)
            else { return nil }
            cases.append(
                Model.UnionCase(
                    name: names.claim(SwiftName.member(label), suffix: "Value", fallback: "value"), type: type,
                    position: alternative.position,
                    documentation: documentation(of: alternative.use, fallback: "`\(label)`")))
        }
        return .union(cases, schema: table.entry(.inline(schema)), nested: host.models)
    }

    private func label(of use: SchemaUse) -> String {
        switch use {
        case .reference(let reference): return reference.target.tokens.last?.text ?? ""
        case .inline(let schema):
            // Titles are for people; a name is what begins with few words.
            if let title = schema.title, title.utf8.count <= 40, !SwiftName.member(title).isEmpty { return title }
            if let part = onlyPart(of: schema) { return label(of: part) }
            if let constant = schema.constant?.string { return constant }
            if schema.type == .array, let items = schema.items {
                let label = label(of: items)
                return label.utf8.count <= 40 ? "\(label) list" : "list"
            }
            if let kind = kind(of: schema) { return kind }
            if formatType(schema) != nil, let format = schema.format?.value { return format }
            return schema.type == .any ? "value" : schema.type.rawValue
        }
    }

    /// The only value of the first member that tells an object apart from others: `vector` of `resultType: [vector]`.
    private func kind(of schema: Schema) -> String? {
        for property in schema.properties where schema.required.contains(where: { $0.value == property.name.value }) {
            guard let member = resolved(property.schema) else { continue }
            let values = member.constant.map { [$0] } ?? member.enumeration?.value ?? []
            if values.count == 1, let value = values.first?.string, !SwiftName.member(value).isEmpty { return value }
        }
        return nil
    }
}
