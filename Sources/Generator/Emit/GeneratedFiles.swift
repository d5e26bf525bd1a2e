/// The files that a plan becomes. Their names are fixed, so that a build knows them before they are written.
enum GeneratedFiles {
    static func files(_ plan: Plan, yaml: [UInt8], root: Node) -> [(name: String, text: String)] {
        [
            ("Client.swift", client(plan) { ClientFile.text(plan) }),
            ("Models.swift", ModelsFile.text(plan)),
            ("Operations.swift", server(plan) { OperationsFile.text(plan) }),
            ("Protocols.swift", server(plan) { ProtocolsFile.text(plan) }),
            ("Router.swift", server(plan) { RouterFile.text(plan) }),
            ("Schemas.swift", SchemasFile.text(plan)),
            ("SecuritySchemes.swift", server(plan) { SecuritySchemesFile.text(plan) }),
            (
                "OpenAPIDocument.swift",
                plan.modes.contains(.server)
                    ? OpenAPIDocumentFile.text(plan, yaml: yaml, root: root) : OpenAPIDocumentFile.text(plan)
            ),
        ]
    }

    private static func client(_ plan: Plan, _ text: () -> String) -> String {
        plan.modes.contains(.client) ? text() : absent("client")
    }

    private static func server(_ plan: Plan, _ text: () -> String) -> String {
        plan.modes.contains(.server) ? text() : absent("server")
    }

    /// A build that knows the files beforehand has each of them compiled.
    private static func absent(_ mode: String) -> String {
        SourceText(publicImports: []).text + "// There is nothing here without the mode `\(mode)` in generator.yaml.\n"
    }
}
