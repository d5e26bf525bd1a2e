/// `Protocols.swift`: one protocol a tag, one method an operation.
enum ProtocolsFile {
    static func text(_ plan: Plan) -> String {
        var source = SourceText(publicImports: [])
        for group in plan.groups {
            source.line()
            source.documentation(group.documentation)
            source.block("public protocol \(group.protocolName): Sendable") { source in
                for (index, position) in group.operations.enumerated() {
                    let operation = plan.operations[position]
                    if index > 0 { source.line() }
                    source.documentation(operation.title)
                    source.line("nonisolated(nonsending) func \(SwiftName.escaped(operation.name))(")
                    source.line("    _ input: \(operation.typeName).Input")
                    source.line(") async throws -> \(operation.typeName).Output")
                }
            }
        }
        return source.text
    }
}
