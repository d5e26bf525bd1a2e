/// The keywords of schemas. https://spec.openapis.org/oas/v3.1.0#schema-object
/// https://spec.openapis.org/oas/v3.0.4#schema-object
enum SchemaShapes {
    static func fields(_ version: Document.Version) -> Fields {
        let schema = Shape.object(.schema)
        let types = Shape.choice(
            ["object", "array", "string", "number", "integer", "boolean"] + (version == .v30 ? [] : ["null"]))
        var fields = Fields(known: [
            "title": .string, "description": .string, "multipleOf": .number, "maximum": .number, "minimum": .number,
            "maxLength": .integer, "minLength": .integer, "pattern": .string, "maxItems": .integer,
            "minItems": .integer, "uniqueItems": .boolean, "maxProperties": .integer, "minProperties": .integer,
            "required": .list(.string), "enum": .list(.any), "allOf": .list(schema), "anyOf": .list(schema),
            "oneOf": .list(schema), "not": schema, "items": schema, "additionalProperties": .schemaOrBoolean,
            "format": .string, "default": .any, "readOnly": .boolean, "writeOnly": .boolean, "deprecated": .boolean,
            "example": .any, "xml": .object(.xml), "externalDocs": .object(.externalDocs),
            "discriminator": .object(.discriminator), "$ref": .string,
        ])
        if version == .v30 {
            fields.known["properties"] = .map(schema)
            fields.known["type"] = types
            fields.known["nullable"] = .boolean
            fields.known["exclusiveMaximum"] = .boolean
            fields.known["exclusiveMinimum"] = .boolean
            return fields
        }
        fields.known["properties"] = .map(.schemaOrBoolean)
        fields.known["type"] = .oneOrMany(types)
        fields.known["exclusiveMaximum"] = .number
        fields.known["exclusiveMinimum"] = .number
        for keyword in ["items", "not", "if", "then", "else", "contains", "propertyNames", "contentSchema"] as [Name] {
            fields.known[keyword] = .schemaOrBoolean
        }
        for keyword in ["unevaluatedItems", "unevaluatedProperties"] as [Name] {
            fields.known[keyword] = .schemaOrBoolean
        }
        for keyword in ["allOf", "anyOf", "oneOf", "prefixItems"] as [Name] {
            fields.known[keyword] = .list(.schemaOrBoolean)
        }
        for keyword in ["$defs", "definitions", "patternProperties", "dependentSchemas"] as [Name] {
            fields.known[keyword] = .map(.schemaOrBoolean)
        }
        for keyword in [
            "$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$comment", "contentEncoding",
            "contentMediaType", "summary",
        ] as [Name] {
            fields.known[keyword] = .string
        }
        fields.known["const"] = .any
        fields.known["examples"] = .list(.any)
        fields.known["$vocabulary"] = .map(.boolean)
        fields.known["minContains"] = .integer
        fields.known["maxContains"] = .integer
        fields.known["dependentRequired"] = .map(.list(.string))
        return fields
    }
}
