/// The files that a plan becomes. Their names are fixed, so that a build knows them before they are written.
enum GeneratedFiles {
    static func files(_ plan: Plan, yaml: [UInt8], root: Node) -> [(name: String, text: String)] {
        [
            ("Models.swift", ModelsFile.text(plan)),
            ("Operations.swift", OperationsFile.text(plan)),
            ("Protocols.swift", ProtocolsFile.text(plan)),
            ("Router.swift", RouterFile.text(plan)),
            ("Schemas.swift", SchemasFile.text(plan)),
            ("SecuritySchemes.swift", SecuritySchemesFile.text(plan)),
            ("OpenAPIDocument.swift", OpenAPIDocumentFile.text(plan, yaml: yaml, root: root)),
        ]
    }
}
