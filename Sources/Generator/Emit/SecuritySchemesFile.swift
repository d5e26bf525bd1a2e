/// `SecuritySchemes.swift`: what a server has to implement to know its callers.
enum SecuritySchemesFile {
    static func text(_ plan: Plan) -> String {
        guard let credential = plan.credential else { return SourceText(publicImports: []).text }
        var source = SourceText(publicImports: ["APIRuntime"] + plan.imports)
        source.line()
        source.documentation(
            "What turns the credentials of a request into a `\(credential)`: "
                + "one method a security scheme of the document.")
        source.block("public protocol Authenticator: Sendable") { source in
            for (index, scheme) in plan.schemes.enumerated() {
                if index > 0 { source.line() }
                source.documentation(
                    """
                    \(scheme.documentation)

                    `token` is what stands behind `Bearer`; `nil` if the request has no such field. Throws what is to be \
                    answered then.
                    """)
                source.line("nonisolated(nonsending) func \(SwiftName.escaped(scheme.method))(")
                source.line("    _ token: String?, of request: Request")
                source.line(") async throws -> \(credential)")
            }
        }
        return source.text
    }
}
