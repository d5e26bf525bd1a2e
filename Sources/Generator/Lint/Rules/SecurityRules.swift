extension LintRule {
    static let securityRules: [LintRule] = [
        LintRule(
            "security-defined", .error, .warn, .off,
            "Every operation, or the document, says what it demands, by schemes that are defined."
        ) { context in
            let document = context.document
            let known = Set(document.components("securitySchemes").map(\.key))
            for requirement in document.all(.securityRequirement) {
                for entry in requirement.mapping.entries where !known.contains(entry.key) {
                    let near = known.sorted().first { editDistance($0.text, entry.key.text) <= 2 }
                    context.report(
                        entry.keyLocation, "there is no security scheme `\(entry.key)`",
                        advice: near.map { "did you mean `\($0)`?" } ?? "define it in `components/securitySchemes`")
                }
            }
            guard document.root.mapping?["security"] == nil else { return }
            let exceptions = (context.options?["exceptions"]?.value.sequence ?? []).compactMap(\.mapping)
            for operation in document.operations
            where operation.origin != .webhooks && operation.mapping["security"] == nil {
                let isExcepted = exceptions.contains { exception in
                    guard let path = exception["path"]?.value.string, Name(path) == operation.path else { return false }
                    let methods = exception["methods"]?.value.sequence?.compactMap { $0.string?.lowercased() }
                    return methods?.contains(operation.method.key.text.lowercased()) ?? true
                }
                guard !isExcepted else { continue }
                context.report(
                    operation.method.keyLocation, "\(operation.title) does not say what it demands of callers",
                    advice: "add `security` to it or to the document; `security: []` is for everybody")
            }
        },
        LintRule(
            "security-scopes-defined", .off, .off, .off, "The scopes that operations demand are those of the scheme."
        ) { context in
            let document = context.document
            for requirement in document.all(.securityRequirement) {
                for entry in requirement.mapping.entries {
                    guard
                        let node = document.components("securitySchemes").first(where: { $0.key == entry.key })?.value,
                        let scheme = document.references.resolved(node)?.mapping,
                        scheme["type"]?.value.string == "oauth2",
                        let flows = scheme["flows"]?.value.mapping
                    else { continue }
                    let known = Set(
                        flows.entries.flatMap { $0.value.mapping?["scopes"]?.value.mapping?.entries.map(\.key) ?? [] })
                    for scope in entry.value.sequence ?? [] {
                        guard let text = scope.string, !known.contains(Name(text)) else { continue }
                        context.report(scope.location, "the scheme `\(entry.key)` has no scope `\(text)`")
                    }
                }
            }
        },
    ]
}
