extension LintRule {
    static let schemaRules: [LintRule] = [
        LintRule("no-enum-type-mismatch", .error, .warn, .off, "The values of an `enum` are of the type.") { context in
            for schema in context.document.all(.schema) {
                guard let values = schema.mapping["enum"]?.value.sequence, let types = types(schema.mapping) else {
                    continue
                }
                let isNullable = schema.mapping["nullable"]?.value.boolean ?? false
                for value in values
                where !(isNullable && value.isNull) && !types.contains(where: { InstanceType.fits(value, $0) }) {
                    let names = types.map { "`\($0)`" }.joined(separator: " or ")
                    context.report(value.location, "the value is \(value.kindDescription), and the type is \(names)")
                }
            }
        },
        LintRule(
            "no-schema-type-mismatch", .error, .warn, .off, "Objects have no `items`, and arrays no `properties`."
        ) { context in
            for schema in context.document.all(.schema) {
                guard let type = schema.mapping["type"]?.value.string else { continue }
                if type == "object", let items = schema.mapping["items"] {
                    context.report(items.keyLocation, "an object has no items")
                }
                if type == "array", let properties = schema.mapping["properties"] {
                    context.report(properties.keyLocation, "an array has no properties")
                }
            }
        },
        LintRule(
            "no-required-schema-properties-undefined", .warn, .warn, .off,
            "The properties that a schema requires are among its properties."
        ) { context in
            let references = context.document.references
            let parents = SchemaParents(context.document)
            for schema in context.document.all(.schema) {
                for required in schema.mapping["required"]?.value.sequence ?? [] {
                    guard let text = required.string else { continue }
                    let around = [schema.node] + parents.composing(schema.node)
                    if !around.contains(where: { SchemaProperties.has(Name(text), in: $0, references: references) }) {
                        context.report(required.location, "`\(text)` is required, but no property of the schema")
                    }
                }
            }
        },
        LintRule(
            "no-mixed-number-range-constraints", .warn, .off, .off, versions: [.v31, .v32],
            "A bound is inclusive or exclusive."
        ) { context in
            for schema in context.document.all(.schema) {
                for (inclusive, exclusive) in [("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")] {
                    guard let bound = schema.mapping[Name(exclusive)], bound.value.scalar?.isNumber == true,
                        schema.mapping[Name(inclusive)]?.value.scalar?.isNumber == true
                    else { continue }
                    context.report(bound.keyLocation, "`\(exclusive)` stands beside `\(inclusive)`")
                }
            }
        },
        LintRule(
            "nullable-type-sibling", .error, .warn, .error, versions: [.v30], "`nullable` stands beside a `type`."
        ) { context in
            for schema in context.document.all(.schema) {
                guard let nullable = schema.mapping["nullable"], schema.mapping["type"] == nil else { continue }
                context.report(nullable.keyLocation, "`nullable` says nothing without a `type`")
            }
        },
        LintRule(
            "spec-discriminator-defaultMapping", .warn, .off, .error, versions: [.v32],
            "A discriminator whose property is optional has a `defaultMapping` that leads to a schema."
        ) { context in
            for schema in context.document.all(.schema) {
                guard let discriminator = schema.mapping["discriminator"], let object = discriminator.value.mapping,
                    let property = object["propertyName"]?.value.string
                else { continue }
                if let standard = object["defaultMapping"]?.value, let text = standard.string {
                    let isName = context.document.components("schemas").contains { $0.key == Name(text) }
                    if case .missing = context.document.references.target(of: standard), !isName {
                        context.report(standard.location, "there is no schema `\(text)`")
                    }
                } else if !SchemaProperties.requires(
                    Name(property), schema.node, references: context.document.references)
                {
                    context.report(
                        discriminator.keyLocation, "`\(property)` is optional, and there is no `defaultMapping`")
                }
            }
        },
    ]

    /// The types of a schema; nil where it says nothing.
    private static func types(_ schema: Mapping) -> [String]? {
        guard let type = schema["type"]?.value else { return nil }
        return type.string.map { [$0] } ?? type.sequence?.compactMap(\.string)
    }
}
