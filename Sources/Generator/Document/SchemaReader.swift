/// https://spec.openapis.org/oas/v3.1.0#schema-object
extension DocumentReader {
    /// Gives the schema at a pointer a place in the table.
    func enqueueSchema(at pointer: JSONPointer) {
        if queuedSchemas.insert(pointer).inserted { schemaQueue.append(pointer) }
    }

    /// Reads the schemas that have a place in the table, and those that they refer to.
    func readQueuedSchemas() {
        var index = 0
        while index < schemaQueue.count {
            let pointer = schemaQueue[index]
            index += 1
            // Whoever put it there has followed the pointer.
            if let node = nodes[pointer] ?? root.member(at: pointer) {
                schemas[pointer] = schemaUse(node, pointer: pointer)
            }
        }
    }

    /// A schema where it is used, or nil after a diagnostic.
    func schemaUse(_ node: Node, pointer: JSONPointer) -> SchemaUse? {
        if let value = node.boolean, version != .v30 {
            var schema = Schema(location: node.location, pointer: pointer, type: .any, node: node)
            schema.hasConditions = !value
            return .inline(schema)
        }
        if let entry = node.mapping?["$ref"] {
            guard let target = target(of: entry), self.node(at: target, for: entry) != nil else { return nil }
            enqueueSchema(at: target)
            let reference = { (object: ObjectReader?) in
                SchemaReference(
                    target: target, location: node.location, pointer: pointer,
                    description: object?.string("description")?.value,
                    isDeprecated: object?.boolean("deprecated")?.value ?? false, extensions: object?.extensions ?? [])
            }
            // What 3.1 says of the siblings of a reference is what the authors of 3.0 documents mean by them, too.
            let isPlain = node.mapping?.entries.allSatisfy { entry in
                entry.key == "$ref" || ObjectKind.referenceDocumentation.contains(entry.key)
                    || entry.key == "description" || entry.key.hasPrefix("x-")
            }
            if isPlain == true { return .reference(reference(object(node, .schemaReference))) }
            guard let object = object(node, version == .v30 ? .schema30WithReference : .schema31WithReference),
                var schema = inlineSchema(object, pointer: pointer)
            else { return nil }
            schema.allOf.insert(.reference(reference(nil)), at: 0)
            return .inline(schema)
        }
        if let entry = node.mapping?["$recursiveRef"], version != .v30, node.mapping?.entries.count == 1,
            let target = node.mapping.flatMap({ RecursiveReference.target($0, at: pointer, in: root) })
        {
            diagnostics.warn(
                .meaninglessKeyword, at: entry.keyLocation,
                "`$recursiveRef` has no meaning since OpenAPI 3.1, and is read as a `$ref` to the schema around it",
                advice: "write `$ref: \"\(target)\"`")
            enqueueSchema(at: target)
            return .reference(SchemaReference(target: target, location: node.location, pointer: pointer))
        }
        guard let object = object(node, version == .v30 ? .schema30 : .schema31) else { return nil }
        return inlineSchema(object, pointer: pointer).map { .inline($0) }
    }

    private func inlineSchema(_ object: ObjectReader, pointer: JSONPointer) -> Schema? {
        guard let (kinds, isNullable) = type(object) else { return nil }
        var schema = Schema(
            location: object.node.location, pointer: pointer, type: kinds.count == 1 ? kinds[0] : .any,
            node: object.node)
        schema.types = kinds
        schema.isNull = kinds.isEmpty && isNullable && object.node("type") != nil
        schema.isNullable = isNullable
        schema.isReadOnly = object.boolean("readOnly")?.value ?? false
        schema.isWriteOnly = object.boolean("writeOnly")?.value ?? false
        schema.format = object.string("format")
        schema.title = object.string("title")?.value
        schema.description = object.string("description")?.value
        schema.isDeprecated = object.boolean("deprecated")?.value ?? false
        schema.constant = object.node("const")
        schema.defaultValue = object.node("default")
        schema.constraints = constraints(object)
        schema.extensions = object.extensions
        if let entry = object.entry("enum"), let values = object.sequence("enum") {
            if values.isEmpty {
                diagnostics.report(.invalidValue, at: entry.value.location, "`enum` needs at least one value")
            }
            if values.contains(where: \.isNull) { schema.isNullable = true }
            schema.enumeration = Located(values.filter { !$0.isNull }, at: entry.value.location)
        }
        for entry in object.map("properties")?.entries ?? [] {
            let pointer = pointer.appending("properties").appending(entry.key)
            if let use = schemaUse(entry.value, pointer: pointer) {
                schema.properties.append(.init(name: Located(entry.key, at: entry.keyLocation), schema: use))
            }
        }
        for name in object.strings("required") {
            schema.required.append(Located(Name(name.value), at: name.location))
        }
        if let node = object.node("additionalProperties") {
            if let value = node.boolean {
                schema.additionalProperties = value ? .free : .none
            } else if let mapping = node.mapping, mapping.entries.isEmpty {
                schema.additionalProperties = .free
            } else if let use = schemaUse(node, pointer: pointer.appending("additionalProperties")) {
                schema.additionalProperties = .schema(use)
            }
        }
        if let node = object.node("items") {
            schema.items = schemaUse(node, pointer: pointer.appending("items"))
        }
        schema.allOf = schemas(object, "allOf", pointer: pointer)
        let oneOf = schemas(object, "oneOf", pointer: pointer)
        let anyOf = schemas(object, "anyOf", pointer: pointer)
        schema.alternatives = oneOf.isEmpty ? anyOf : oneOf
        schema.hasConditions = !oneOf.isEmpty && !anyOf.isEmpty
        checkDiscriminator(object)
        for key in [
            "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties",
        ]
            as [Name]
        {
            guard let node = object.node(key) else { continue }
            schema.hasConditions = true
            _ = schemaUse(node, pointer: pointer.appending(key))
        }
        for key in ["patternProperties", "dependentSchemas", "$defs", "definitions"] as [Name] {
            for entry in object.map(key)?.entries ?? [] {
                let use = schemaUse(entry.value, pointer: pointer.appending(key).appending(entry.key))
                if key == "patternProperties", let use { schema.patternProperties.append(use) }
            }
        }
        if let node = object.node("contentSchema"), schema.holdsJSON {
            schema.content = schemaUse(node, pointer: pointer.appending("contentSchema"))
        }
        if object.node("prefixItems") != nil {
            _ = schemas(object, "prefixItems", pointer: pointer)
            // Elements of different types have only JSON in common.
            schema.items = nil
        }
        for entry in object.map("dependentRequired")?.entries ?? [] where entry.value.sequence == nil {
            diagnostics.report(
                .unexpectedType, at: entry.value.location,
                "the names that `\(entry.key)` demands have to be an array, not \(entry.value.kindDescription)")
        }
        _ = (object.count("minContains"), object.count("maxContains"))
        return schema
    }

    private func schemas(_ object: ObjectReader, _ key: Name, pointer: JSONPointer) -> [SchemaUse] {
        guard let entry = object.entry(key), let parts = object.sequence(key) else { return [] }
        if parts.isEmpty {
            diagnostics.report(.invalidValue, at: entry.value.location, "`\(key)` needs at least one schema")
        }
        return parts.enumerated().compactMap { index, part in
            schemaUse(part, pointer: pointer.appending(key).appending(index))
        }
    }

    /// https://spec.openapis.org/oas/v3.1.0#discriminator-object
    private func checkDiscriminator(_ object: ObjectReader) {
        guard let entry = object.entry("discriminator"), let reader = self.object(entry.value, .discriminator) else {
            return
        }
        _ = reader.requiredString("propertyName")
        for entry in reader.map("mapping")?.entries ?? [] where entry.value.string == nil {
            diagnostics.report(
                .unexpectedType, at: entry.value.location,
                "`mapping` has to name a schema, not \(entry.value.kindDescription)")
        }
        _ = reader.string("defaultMapping")
        if object.node("oneOf") == nil, object.node("anyOf") == nil {
            diagnostics.warn(
                .meaninglessKeyword, at: entry.keyLocation,
                "`discriminator` chooses nothing without `oneOf` or `anyOf`: values are read as this schema alone",
                advice: "use a schema with a `oneOf` of those that extend this one where any of them may stand")
        }
    }

    /// The type and whether null is allowed. A schema without a type that has `properties` is read as an object, and
    /// one with `items` as an array, which is what their authors mean.
    private func type(_ object: ObjectReader) -> ([Schema.Kind], isNullable: Bool)? {
        var isNullable = false
        if version == .v30 { isNullable = object.boolean("nullable")?.value ?? false }
        guard let node = object.node("type") else {
            if object.node("properties") != nil || object.node("additionalProperties") != nil {
                return ([.object], isNullable)
            }
            if object.node("items") != nil || object.node("prefixItems") != nil { return ([.array], isNullable) }
            if let values = object.node("enum")?.sequence, !values.isEmpty, values.allSatisfy({ $0.string != nil }) {
                return ([.string], isNullable)
            }
            return ([], isNullable)
        }
        var names: [Located<String>] = []
        if let name = node.string {
            names = [Located(name, at: node.location)]
        } else if node.sequence != nil, version != .v30 {
            names = object.strings("type")
        } else {
            diagnostics.report(
                .unexpectedType, at: node.location, "`type` has to be the name of a type, not \(node.kindDescription)")
            return nil
        }
        var kinds: [Located<Schema.Kind>] = []
        for name in names {
            if version != .v30, Name(name.value) == "null" {
                isNullable = true
            } else if let kind = Schema.Kind(rawValue: name.value), kind != .any {
                kinds.append(Located(kind, at: name.location))
            } else {
                diagnostics.report(
                    .invalidValue, at: name.location, "there is no type `\(name.value)`",
                    advice: "the types are string, integer, number, boolean, object, array"
                        + (version == .v30 ? "" : ", null"))
                return nil
            }
        }
        return (kinds.map(\.value), isNullable)
    }

    private func constraints(_ object: ObjectReader) -> Constraints {
        var constraints = Constraints(
            minimumLength: object.count("minLength"), maximumLength: object.count("maxLength"),
            pattern: object.string("pattern"), minimum: object.number("minimum"), maximum: object.number("maximum"),
            multipleOf: object.number("multipleOf"), minimumItems: object.count("minItems"),
            maximumItems: object.count("maxItems"), uniqueItems: object.boolean("uniqueItems"),
            minimumProperties: object.count("minProperties"), maximumProperties: object.count("maxProperties"))
        // In 3.0 these are flags that turn the inclusive bounds into exclusive ones.
        if let isExclusive = flag(object, "exclusiveMinimum") {
            if isExclusive { swap(&constraints.exclusiveMinimum, &constraints.minimum) }
        } else {
            constraints.exclusiveMinimum = object.number("exclusiveMinimum")
        }
        if let isExclusive = flag(object, "exclusiveMaximum") {
            if isExclusive { swap(&constraints.exclusiveMaximum, &constraints.maximum) }
        } else {
            constraints.exclusiveMaximum = object.number("exclusiveMaximum")
        }
        return constraints
    }

    /// What a bound of 3.0 says; later ones are numbers, so that a flag there is told, and read as it is meant.
    private func flag(_ object: ObjectReader, _ key: Name) -> Bool? {
        if version == .v30 { return object.boolean(key)?.value ?? false }
        guard let entry = object.entry(key), let value = entry.value.boolean else { return nil }
        let bound = key == "exclusiveMinimum" ? "minimum" : "maximum"
        diagnostics.warn(
            .outdatedForm, at: entry.value.location,
            "since OpenAPI 3.1 `\(key)` is a number; read as in 3.0",
            advice: value ? "write the number of `\(bound)` here, and leave out `\(bound)`" : "leave it out")
        return value
    }
}
