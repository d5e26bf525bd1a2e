extension LintRule {
    static let operationRules: [LintRule] = [
        LintRule("operation-summary", .error, .warn, .off, "Every operation has a summary.") { context in
            for operation in context.document.operations {
                context.checkPresent(
                    "summary", in: operation.mapping, at: operation.method.keyLocation, operation.title)
            }
        },
        LintRule("operation-description", .off, .off, .off, "Every operation has a description.") { context in
            for operation in context.document.operations {
                context.checkPresent(
                    "description", in: operation.mapping, at: operation.method.keyLocation, operation.title)
            }
        },
        LintRule("operation-operationId", .warn, .warn, .off, "Every operation has an id.") { context in
            for operation in context.document.operations {
                context.checkPresent(
                    "operationId", in: operation.mapping, at: operation.method.keyLocation, operation.title)
            }
        },
        LintRule("operation-operationId-unique", .error, .warn, .error, "No two operations have one id.") { context in
            var first: [Name: Location] = [:]
            for operation in context.document.all(.operation) {
                guard let node = operation.mapping["operationId"]?.value, let id = node.string else { continue }
                if let other = first[Name(id)] {
                    context.report(
                        node.location, "another operation has the id `\(id)`",
                        notes: [.init(location: other, message: "the first is here")])
                } else {
                    first[Name(id)] = node.location
                }
            }
        },
        LintRule(
            "operation-operationId-url-safe", .error, .warn, .off, "The ids of operations can stand in URLs."
        ) { context in
            for operation in context.document.all(.operation) {
                guard let node = operation.mapping["operationId"]?.value, let id = node.string else { continue }
                let isSafe = id.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
                        || "-._~:/?#[]@!$&'()*+,;=".utf8.contains($0)
                }
                if !isSafe { context.report(node.location, "the id `\(id)` has characters that no URL can hold") }
            }
        },
    ]
}
