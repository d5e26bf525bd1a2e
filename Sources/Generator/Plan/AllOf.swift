/// `allOf`: one schema that stands for itself, or objects that are merged into one.
/// https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1.1
extension Planner {
    /// The only part of an `allOf` beside which nothing else is demanded: the schema means just that part.
    func onlyPart(of schema: Schema) -> SchemaUse? {
        guard schema.allOf.count == 1, schema.type == .any, schema.types.isEmpty, schema.properties.isEmpty,
            schema.required.isEmpty, schema.enumeration == nil, schema.constant == nil,
            schema.constraints.all.isEmpty, schema.alternatives.isEmpty, !schema.hasConditions,
            schema.patternProperties.isEmpty, schema.items == nil
        else { return nil }
        return schema.allOf.first
    }

    /// The schema without `allOf`: its parts' properties come first, in their order, and then its own. Nil, and a
    /// diagnostic, where it contains itself. What cannot be said in one Swift type becomes free-form JSON.
    func merged(_ schema: Schema, inside enclosing: [JSONPointer] = []) -> Schema? {
        guard !schema.allOf.isEmpty else { return schema }
        if let known = mergedSchemas[schema.pointer] { return known }
        let result = merge(schema, inside: enclosing)
        mergedSchemas[schema.pointer] = .some(result)
        return result
    }

    private static var maximumParts: Int { 64 }

    private func merge(_ schema: Schema, inside enclosing: [JSONPointer]) -> Schema? {
        guard !enclosing.contains(schema.pointer) else {
            diagnostics.report(.referenceCycle, at: schema.location, "this `allOf` contains itself")
            return nil
        }
        guard enclosing.count < Self.maximumParts else {
            diagnostics.report(
                .nestingDepth, at: schema.location, "`allOf` is nested more than \(Self.maximumParts) levels deep")
            return nil
        }
        var parts: [Schema] = []
        for part in schema.allOf {
            guard let found = resolved(part), let part = merged(found, inside: enclosing + [schema.pointer]) else {
                return nil
            }
            parts.append(part)
        }
        var own = schema
        own.allOf = []
        parts.append(own)
        let shaped = parts.filter(\.hasShape)
        var result = own
        if shaped.isEmpty {
            return result
        } else if shaped.allSatisfy({ $0.type == .object || $0.type == .any && !$0.properties.isEmpty }),
            shaped.filter({ !$0.alternatives.isEmpty }).count <= 1
        {
            result = mergedObjects(shaped, parts, own)
        } else if shaped.count == 1, let only = shaped.first {
            result = only
            result.pointer = schema.pointer
            result.node = schema.node
            result.location = schema.location
            result.description = schema.description ?? only.description
        } else if let first = shaped.first, first.type != .any, first.type != .object,
            shaped.allSatisfy({ $0.type == first.type })
        {
            // Listed values, or else the first that says more than the type.
            result = shaped.first { $0.enumeration != nil || $0.constant != nil || $0.items != nil } ?? first
            result.pointer = schema.pointer
            result.node = schema.node
        } else {
            result.type = .any
            result.types = []
            result.alternatives = []
            result.hasConditions = true
        }
        for part in parts {
            result.required += part.required
            result.constraints.formUnion(part.constraints)
            result.hasConditions = result.hasConditions || part.hasConditions
        }
        result.isNullable = schema.isNullable || !shaped.isEmpty && shaped.allSatisfy(\.isNullable)
        return result
    }

    private func mergedObjects(_ shaped: [Schema], _ parts: [Schema], _ own: Schema) -> Schema {
        var result = own
        result.type = .object
        result.properties = []
        result.alternatives = []
        result.additionalProperties = .any
        result.patternProperties = []
        var positions: [Name: Int] = [:]
        for part in shaped {
            for property in part.properties {
                if let index = positions[property.name.value] {
                    // All of the descriptions hold; the type is that of the one that says most.
                    if says(property.schema, moreThan: result.properties[index].schema) {
                        result.properties[index] = property
                    }
                } else {
                    positions[property.name.value] = result.properties.count
                    result.properties.append(property)
                }
            }
            if !part.alternatives.isEmpty { result.alternatives = part.alternatives }
            result.patternProperties += part.patternProperties
            switch (result.additionalProperties, part.additionalProperties) {
            case (.any, let other): result.additionalProperties = other
            case (.free, .none), (.free, .schema): result.additionalProperties = part.additionalProperties
            default: break
            }
        }
        return result
    }

    private func says(_ use: SchemaUse, moreThan other: SchemaUse, _ depth: Int = 0) -> Bool {
        guard depth < 20, let schema = resolved(use), let known = resolved(other) else { return false }
        if !known.hasShape { return schema.hasShape }
        // Of two arrays, the one whose elements say most.
        if schema.type == .array, known.type == .array, let items = schema.items {
            return known.items.map { says(items, moreThan: $0, depth + 1) } ?? true
        }
        // The first may be the general form of what the second one says by name.
        let isSpecial =
            schema.enumeration != nil || schema.constant != nil || !schema.properties.isEmpty
            || schema.type != .any && schema.type == known.type && !schema.alternatives.isEmpty
            || known.type == .object && schema.allOf.contains { says($0, moreThan: other, depth + 1) }
        return isSpecial && known.enumeration == nil && known.constant == nil && known.properties.isEmpty
            && known.alternatives.isEmpty && known.allOf.isEmpty
    }
}

extension Constraints {
    /// Adds what is missing here. Where both say something both hold, which values are held to one by one.
    mutating func formUnion(_ other: Constraints) {
        minimumLength = minimumLength ?? other.minimumLength
        maximumLength = maximumLength ?? other.maximumLength
        pattern = pattern ?? other.pattern
        minimum = minimum ?? other.minimum
        maximum = maximum ?? other.maximum
        exclusiveMinimum = exclusiveMinimum ?? other.exclusiveMinimum
        exclusiveMaximum = exclusiveMaximum ?? other.exclusiveMaximum
        multipleOf = multipleOf ?? other.multipleOf
        minimumItems = minimumItems ?? other.minimumItems
        maximumItems = maximumItems ?? other.maximumItems
        uniqueItems = uniqueItems ?? other.uniqueItems
        minimumProperties = minimumProperties ?? other.minimumProperties
        maximumProperties = maximumProperties ?? other.maximumProperties
    }
}
