extension LintRule {
    static let documentRules: [LintRule] = [
        LintRule("struct", .error, .error, .error, "Every object has the form that OpenAPI demands.") { context in
            for problem in context.document.problems {
                context.report(problem.location, problem.message, advice: problem.advice)
            }
        },
        LintRule("no-unresolved-refs", .error, .error, .error, "Every `$ref` leads to something.") { context in
            for site in context.document.referenceSites {
                if case .missing(let message, let advice) = site.target {
                    context.report(site.reference.location, message, advice: advice)
                }
            }
        },
        LintRule(
            "spec-strict-refs", .off, .off, .error, "A `$ref` stands only where OpenAPI has a reference."
        ) { context in
            let allowed: Set<Shape.Kind> = [
                .schema, .response, .parameter, .example, .requestBody, .header, .securityScheme, .link, .callback,
                .pathItem, .mediaType,
            ]
            for site in context.document.referenceSites where !allowed.contains(site.kind) {
                context.report(site.reference.location, "\(site.kind.article) cannot be a reference")
            }
        },
    ]
}
