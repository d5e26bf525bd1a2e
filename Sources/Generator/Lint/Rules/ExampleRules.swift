extension LintRule {
    static let exampleRules: [LintRule] = [
        LintRule(
            "no-example-value-and-externalValue", .error, .warn, .error, versions: [.v30, .v31],
            "An example has a value, or says where it is."
        ) { context in
            for example in context.document.all(.example) {
                guard example.mapping["value"] != nil, let other = example.mapping["externalValue"] else { continue }
                context.report(other.keyLocation, "`externalValue` stands beside `value`")
            }
        },
        LintRule(
            "spec-example-values", .error, .off, .error, versions: [.v32],
            "The values of an example do not exclude each other."
        ) { context in
            let exclusive: [(Name, Name)] = [
                ("value", "externalValue"), ("serializedValue", "externalValue"), ("dataValue", "value"),
                ("serializedValue", "value"),
            ]
            for example in context.document.all(.example) {
                for (first, second) in exclusive {
                    guard example.mapping[first] != nil, let entry = example.mapping[second] else { continue }
                    context.report(entry.keyLocation, "`\(second)` cannot stand beside `\(first)`")
                }
            }
        },
        LintRule(
            "spec-no-invalid-encoding-combinations", .error, .warn, .error, versions: [.v32],
            "`encoding` stands alone."
        ) { context in
            for media in context.document.all(.mediaType) {
                guard let encoding = media.mapping["encoding"],
                    media.mapping["prefixEncoding"] != nil || media.mapping["itemEncoding"] != nil
                else { continue }
                context.report(
                    encoding.keyLocation, "`encoding` cannot stand beside `prefixEncoding` or `itemEncoding`")
            }
        },
        LintRule(
            "no-invalid-media-type-examples", .warn, .warn, .off, "Examples of bodies fit their schemas."
        ) { context in
            for media in context.document.all(.mediaType) {
                guard let schema = media.mapping["schema"]?.value else { continue }
                checkExamples(of: media.mapping, schema, context)
            }
        },
        LintRule(
            "no-invalid-parameter-examples", .warn, .off, .off, "Examples of parameters fit their schemas."
        ) { context in
            for parameter in context.document.all(.parameter) {
                guard let schema = parameter.mapping["schema"]?.value else { continue }
                checkExamples(of: parameter.mapping, schema, context)
            }
        },
        LintRule("no-invalid-schema-examples", .warn, .off, .off, "Examples of schemas fit them.") { context in
            for schema in context.document.all(.schema) {
                for example in schema.mapping["examples"]?.value.sequence ?? [] { check(example, schema.node, context) }
                if let example = schema.mapping["example"]?.value { check(example, schema.node, context) }
            }
        },
    ]

    private static func checkExamples(of mapping: Mapping, _ schema: Node, _ context: LintContext) {
        if let example = mapping["example"]?.value { check(example, schema, context) }
        for entry in mapping["examples"]?.value.mapping?.entries ?? [] {
            guard let example = context.document.references.resolved(entry.value)?.mapping,
                let value = example["dataValue"]?.value ?? example["value"]?.value
            else { continue }
            check(value, schema, context)
        }
    }

    private static func check(_ example: Node, _ schema: Node, _ context: LintContext) {
        var validator = ExampleValidator(
            references: context.document.references, isVersion30: context.document.version == .v30,
            allowsAdditionalProperties: context.option("allowAdditionalProperties"))
        for violation in validator.violations(of: example, by: schema) {
            context.report(violation.location, "the example does not fit its schema: \(violation.message)")
        }
    }
}
