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
                source.documentation("\(scheme.documentation)\n\n\(scheme.explanation)")
                source.line("nonisolated(nonsending) func \(SwiftName.escaped(scheme.method))(")
                source.line("    _ \(scheme.parameter), of request: Request")
                source.line(") async throws -> \(credential)")
            }
            if plan.hasScopes {
                source.line()
                source.documentation(
                    "The scopes that a credential is good for. A request whose operation needs others is answered with 403."
                )
                source.line("func scopes(of credential: \(credential)) -> Set<String>")
            }
        }
        return source.text
    }
}

extension Plan.SchemePlan {
    var parameter: String {
        switch kind {
        case .bearer: "token: String?"
        case .basic: "credentials: BasicCredentials?"
        case .apiKey: "key: String?"
        }
    }

    var explanation: String {
        switch kind {
        case .bearer:
            "`token` is what stands behind `Bearer`; `nil` if the request has no such field. Throws what is to be answered "
                + "then."
        case .basic:
            "`credentials` are what stands behind `Basic`; `nil` if the request has no such field. Throws what is to be "
                + "answered then."
        case .apiKey(let name, let place):
            "`key` is the \(place == .header ? "header field" : place == .cookie ? "cookie" : "query parameter") `\(name)`; "
                + "`nil` if the request has none. Throws what is to be answered then."
        }
    }

    /// How the request's credentials of the scheme are read.
    var reading: String {
        switch kind {
        case .bearer: "bearerToken(of: request.headers)"
        case .basic: "basicCredentials(of: request.headers)"
        case .apiKey(let name, let place):
            "apiKey(\(StringLiteral.quoted(name.text)), in: .\(place.rawValue), of: request)"
        }
    }

    /// The same without an error for what belongs to another scheme.
    var presentReading: String {
        switch kind {
        case .bearer: "presentBearerToken(of: request.headers)"
        case .basic: "presentBasicCredentials(of: request.headers)"
        case .apiKey: "try \(reading)"
        }
    }
}
