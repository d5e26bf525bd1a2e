extension LintRule {
    static let responseRules: [LintRule] = [
        LintRule("operation-2xx-response", .warn, .warn, .off, "Every operation says how it succeeds.") { context in
            checkResponses(context, "2", "says nothing about success", isDefaultEnough: true)
        },
        LintRule("operation-4xx-response", .warn, .off, .off, "Every operation says how it fails.") { context in
            checkResponses(context, "4", "says nothing about wrong requests", isDefaultEnough: false)
        },
        LintRule(
            "operation-4xx-problem-details-rfc7807", .off, .off, .off,
            "Answers to wrong requests are problem details with `type` and `title`."
        ) { context in
            for operation in context.document.operations where operation.origin == .paths {
                for entry in operation.mapping["responses"]?.value.mapping?.entries ?? [] where entry.key.hasPrefix("4")
                {
                    guard let response = context.document.references.resolved(entry.value)?.mapping else { continue }
                    guard let media = response["content"]?.value.mapping?["application/problem+json"]?.value else {
                        context.report(entry.keyLocation, "the answer has no form `application/problem+json`")
                        continue
                    }
                    let schema = media.mapping?["schema"]?.value
                    for name in ["type", "title"] as [Name] {
                        guard let schema,
                            !SchemaProperties.has(name, in: schema, references: context.document.references)
                        else { continue }
                        context.report(media.location, "problem details need `\(name)`")
                    }
                }
            }
        },
    ]

    private static func checkResponses(
        _ context: LintContext, _ first: String, _ problem: String, isDefaultEnough: Bool
    ) {
        for operation in context.document.operations {
            // What is called by the server is looked at only on demand.
            guard operation.origin != .webhooks || context.option("validateWebhooks"),
                let responses = operation.mapping["responses"],
                let mapping = context.document.references.resolved(responses.value)?.mapping
            else { continue }
            let holds = mapping.entries.contains { entry in
                isDefaultEnough && entry.key == "default"
                    || entry.key.hasPrefix(first) && DocumentShapes.isStatus(entry.key)
            }
            if !holds {
                context.report(
                    responses.keyLocation, "\(operation.title) \(problem)", advice: "add a \(first)XX response")
            }
        }
    }
}
