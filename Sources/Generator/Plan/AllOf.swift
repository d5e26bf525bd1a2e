/// `allOf`: one schema that stands for itself, or objects that are merged into one.
/// https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1.1
extension Planner {
    /// The only part of an `allOf` beside which nothing else is demanded: the schema means just that part.
    func onlyPart(of schema: Schema) -> SchemaUse? {
        guard schema.allOf.count == 1, schema.type == .any, schema.properties.isEmpty, schema.required.isEmpty,
            schema.enumeration == nil, schema.constant == nil, schema.constraints.all.isEmpty
        else { return nil }
        return schema.allOf.first
    }

    /// The schema without `allOf`: its parts' properties come first, in their order, and then its own. Nil, and a
    /// diagnostic, where that cannot be said in one structure.
    func merged(_ schema: Schema, inside enclosing: [JSONPointer] = []) -> Schema? {
        guard !schema.allOf.isEmpty else { return schema }
        if let known = mergedSchemas[schema.pointer] { return known }
        let result = merge(schema, inside: enclosing)
        mergedSchemas[schema.pointer] = .some(result)
        return result
    }

    private func merge(_ schema: Schema, inside enclosing: [JSONPointer]) -> Schema? {
        guard !enclosing.contains(schema.pointer) else {
            diagnostics.report(.referenceCycle, at: schema.location, "this `allOf` contains itself")
            return nil
        }
        guard enclosing.count < YAMLReader.maximumDepth else {
            diagnostics.report(
                .nestingDepth, at: schema.location, "`allOf` is nested more than \(YAMLReader.maximumDepth) levels deep"
            )
            return nil
        }
        guard schema.type == .any || schema.type == .object, schema.enumeration == nil, schema.constant == nil else {
            return notMergeable(schema.location, "`allOf` beside a type other than object is not supported yet")
        }
        var result = schema
        result.allOf = []
        result.type = .object
        result.properties = []
        for part in schema.allOf {
            guard let found = resolved(part), let part = merged(found, inside: enclosing + [schema.pointer]) else {
                return nil
            }
            guard part.type == .object, case .any = part.additionalProperties else {
                return notMergeable(
                    part.location,
                    "a part of `allOf` that is not an object with `properties` alone is not supported yet")
            }
            for property in part.properties { guard add(property, to: &result) else { return nil } }
            result.required += part.required
            // Which of two limits is the tighter one does not matter where none is enforced; forms refuse any.
            result.constraints.minimumProperties =
                result.constraints.minimumProperties ?? part.constraints.minimumProperties
            result.constraints.maximumProperties =
                result.constraints.maximumProperties ?? part.constraints.maximumProperties
        }
        for property in schema.properties { guard add(property, to: &result) else { return nil } }
        return result
    }

    /// A property that several parts describe would have to satisfy all of the descriptions.
    private func add(_ property: Schema.Property, to schema: inout Schema) -> Bool {
        guard let other = schema.properties.first(where: { $0.name.value == property.name.value }) else {
            schema.properties.append(property)
            return true
        }
        // The same part may come by two ways.
        if other.name.location == property.name.location { return true }
        diagnostics.report(
            .unsupportedValue, at: property.name.location,
            "the property `\(property.name.value)` stands in more than one part of `allOf`, which is not supported yet",
            notes: [.init(location: other.name.location, message: "also here")])
        return false
    }

    private func notMergeable(_ location: Location, _ message: String) -> Schema? {
        diagnostics.report(.unsupportedValue, at: location, message)
        return nil
    }
}
