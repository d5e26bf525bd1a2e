extension LintRule {
    static let componentRules: [LintRule] = [
        LintRule("no-unused-components", .warn, .warn, .off, "Every component is referred to.") { context in
            let document = context.document
            var used: Set<Location> = []
            for site in document.referenceSites {
                if case .found(let node) = site.target { used.insert(node.location) }
            }
            for discriminator in document.all(.discriminator) {
                let mapping = discriminator.mapping["mapping"]?.value.mapping?.entries ?? []
                for target in mapping.map(\.value) + [discriminator.mapping["defaultMapping"]?.value].compactMap({ $0 })
                {
                    if case .found(let node) = document.references.target(of: target) { used.insert(node.location) }
                    let named = document.components("schemas").first { $0.key == target.string.map { Name($0) } }
                    if let named { used.insert(named.value.location) }
                }
            }
            let kinds: [Name] =
                ["schemas", "parameters", "responses", "examples", "requestBodies", "headers"]
                + (document.version == .v32 ? ["mediaTypes"] : [])
            for kind in kinds {
                for entry in document.components(kind) where !used.contains(entry.value.location) {
                    // What extends a schema with a discriminator is found by its name.
                    let isFound = (entry.value.mapping?["allOf"]?.value.sequence ?? []).contains { part in
                        part.mapping?["$ref"] != nil
                            && document.references.resolved(part)?.mapping?["discriminator"] != nil
                    }
                    if !isFound {
                        context.report(entry.keyLocation, "nothing refers to `#/components/\(kind)/\(entry.key)`")
                    }
                }
            }
        },
        LintRule(
            "spec-components-invalid-map-name", .error, .warn, .error,
            "The names of components have letters, digits, dots, hyphens and underscores."
        ) { context in
            let document = context.document
            for components in document.all(.components) {
                for kind in components.mapping.entries where !kind.key.hasPrefix("x-") {
                    for entry in kind.value.mapping?.entries ?? [] { check(entry, context) }
                }
            }
            for kind in [Shape.Kind.mediaType, .parameter, .header] {
                for site in document.all(kind) {
                    for entry in site.mapping["examples"]?.value.mapping?.entries ?? [] { check(entry, context) }
                }
            }
        },
    ]

    private static func check(_ entry: Mapping.Entry, _ context: LintContext) {
        let isValid =
            !entry.key.text.isEmpty
            && entry.key.text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
                    || "._-".utf8.contains($0)
            }
        if !isValid {
            context.report(
                entry.keyLocation, "`\(entry.key)` cannot be a name here",
                advice: "use letters, digits, dots, hyphens and underscores")
        }
    }
}
