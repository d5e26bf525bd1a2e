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
        if let value = node.boolean, version == .v31 {
            if value { return .inline(Schema(location: node.location, pointer: pointer, type: .any)) }
            diagnostics.report(
                .unsupportedValue, at: node.location, "the schema `false`, which no value fits, is not supported here")
            return nil
        }
        if let entry = node.mapping?["$ref"] {
            guard let object = object(node, .schemaReference), let target = target(of: entry),
                self.node(at: target, for: entry) != nil
            else { return nil }
            enqueueSchema(at: target)
            return .reference(
                SchemaReference(
                    target: target, location: node.location, description: object.string("description")?.value,
                    extensions: object.extensions))
        }
        guard let object = object(node, version == .v31 ? .schema31 : .schema30) else { return nil }
        return inlineSchema(object, pointer: pointer).map { .inline($0) }
    }

    private func inlineSchema(_ object: ObjectReader, pointer: JSONPointer) -> Schema? {
        guard let (kind, isNullable) = type(object) else { return nil }
        var schema = Schema(location: object.node.location, pointer: pointer, type: kind)
        schema.isNullable = isNullable
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
        if let entry = object.entry("allOf"), let parts = object.sequence("allOf") {
            if parts.isEmpty {
                diagnostics.report(.invalidValue, at: entry.value.location, "`allOf` needs at least one schema")
            }
            for (index, part) in parts.enumerated() {
                if let use = schemaUse(part, pointer: pointer.appending("allOf").appending(index)) {
                    schema.allOf.append(use)
                }
            }
        }
        return schema
    }

    /// The type and whether null is allowed. A schema without a type that has `properties` is read as an object, and
    /// one with `items` as an array, which is what their authors mean.
    private func type(_ object: ObjectReader) -> (Schema.Kind, isNullable: Bool)? {
        var isNullable = false
        if version == .v30 { isNullable = object.boolean("nullable")?.value ?? false }
        guard let node = object.node("type") else {
            if object.node("properties") != nil || object.node("additionalProperties") != nil {
                return (.object, isNullable)
            }
            if object.node("items") != nil { return (.array, isNullable) }
            if let values = object.node("enum")?.sequence, !values.isEmpty, values.allSatisfy({ $0.string != nil }) {
                return (.string, isNullable)
            }
            return (.any, isNullable)
        }
        var names: [Located<String>] = []
        if let name = node.string {
            names = [Located(name, at: node.location)]
        } else if node.sequence != nil, version == .v31 {
            names = object.strings("type")
        } else {
            diagnostics.report(
                .unexpectedType, at: node.location, "`type` has to be the name of a type, not \(node.kindDescription)")
            return nil
        }
        var kinds: [Located<Schema.Kind>] = []
        for name in names {
            if version == .v31, Name(name.value) == "null" {
                isNullable = true
            } else if let kind = Schema.Kind(rawValue: name.value), kind != .any {
                kinds.append(Located(kind, at: name.location))
            } else {
                diagnostics.report(
                    .invalidValue, at: name.location, "there is no type `\(name.value)`",
                    advice: "the types are string, integer, number, boolean, object, array"
                        + (version == .v31 ? ", null" : ""))
                return nil
            }
        }
        guard kinds.count <= 1 else {
            diagnostics.report(
                .unsupportedValue, at: kinds[1].location, "more than one type beside null is not supported yet")
            return nil
        }
        guard let kind = kinds.first?.value else {
            diagnostics.report(.unsupportedValue, at: node.location, "a schema of null alone is not supported yet")
            return nil
        }
        return (kind, isNullable)
    }

    private func constraints(_ object: ObjectReader) -> Constraints {
        var constraints = Constraints(
            minimumLength: object.count("minLength"), maximumLength: object.count("maxLength"),
            pattern: object.string("pattern"), minimum: object.number("minimum"), maximum: object.number("maximum"),
            multipleOf: object.number("multipleOf"), minimumItems: object.count("minItems"),
            maximumItems: object.count("maxItems"), uniqueItems: object.boolean("uniqueItems"),
            minimumProperties: object.count("minProperties"), maximumProperties: object.count("maxProperties"))
        if version == .v31 {
            constraints.exclusiveMinimum = object.number("exclusiveMinimum")
            constraints.exclusiveMaximum = object.number("exclusiveMaximum")
        } else {
            // In 3.0 these are flags that turn the inclusive bounds into exclusive ones.
            if object.boolean("exclusiveMinimum")?.value == true {
                constraints.exclusiveMinimum = constraints.minimum
                constraints.minimum = nil
            }
            if object.boolean("exclusiveMaximum")?.value == true {
                constraints.exclusiveMaximum = constraints.maximum
                constraints.maximum = nil
            }
        }
        return constraints
    }
}
