/// `Client.swift`: a client with a method for each operation.
enum ClientFile {
    static func text(_ plan: Plan) -> String {
        var body = SourceText(publicImports: [])
        declare(plan, &body)
        for group in plan.groups {
            body.line()
            body.documentation(group.documentation)
            body.block("extension Client") { source in
                for (index, position) in group.operations.enumerated() {
                    if index > 0 { source.line() }
                    ClientMethod.declare(plan.operations[position], plan, &source)
                }
            }
        }
        if !plan.sharedResponses.isEmpty {
            body.line()
            body.block("extension Client") { source in
                source.documentation("Answers that several operations can share.")
                source.block("public enum Responses") { source in
                    for (index, response) in plan.sharedResponses.enumerated() {
                        if index > 0 { source.line() }
                        ClientOutput.declare(response, &source)
                    }
                }
            }
        }
        let head = SourceText(publicImports: ["APIRuntime"] + (usesJSON(body.text) ? ["JSON"] : []))
        return head.text + body.text.dropFirst(SourceText(publicImports: []).text.count)
    }

    /// Whether free-form JSON stands in the code. No type of the document can have that name.
    private static func usesJSON(_ text: String) -> Bool {
        let name = Array("JSONValue".utf8)
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let code = line.drop { $0 == UInt8(ascii: " ") }
            guard !code.starts(with: "///".utf8) else { continue }
            let words = code.split { byte in
                let lower = byte | 0x20
                return !((0x61...0x7A).contains(lower) || (0x30...0x39).contains(byte) || byte == 0x5F || byte >= 0x80)
            }
            if words.contains(where: { $0.elementsEqual(name) }) { return true }
        }
        return false
    }

    private static func declare(_ plan: Plan, _ source: inout SourceText) {
        source.line()
        source.documentation(
            "A client of \(plan.title).\n\nA method throws a `ClientFailure` for what has no documented outcome.")
        source.block("public struct Client: Sendable") { source in
            let server =
                plan.servers.first.map { "Servers.\(SwiftName.escaped($0.name))\($0.variables.isEmpty ? "" : "()")" }
                ?? "\"/\""
            source.line("private let base: APIClient")
            if !plan.schemes.isEmpty { source.line("private let credentials: Credentials") }
            source.line()
            source.documentation(
                """
                A client over a transport.

                - Parameter server: where the operations are; \(plan.servers.isEmpty ? "the document names none" : "`\(plan.servers[0].url)` unless it is given").
                """)
            var arguments = ["server: ServerURL? = nil", "transport: any ClientTransport"]
            if !plan.schemes.isEmpty { arguments.append("credentials: Credentials = Credentials()") }
            arguments.append("configuration: ClientConfiguration = ClientConfiguration()")
            source.arguments("public init", arguments, " {")
            source.indented { source in
                source.arguments(
                    "base = APIClient",
                    [
                        "server: server", "default: \(server)", "transport: transport", "configuration: configuration",
                    ], "")
                if !plan.schemes.isEmpty { source.line("self.credentials = credentials") }
            }
            source.line("}")
            if !plan.servers.isEmpty { servers(plan.servers, &source) }
            if !plan.schemes.isEmpty { credentials(plan.schemes, &source) }
        }
    }

    private static func servers(_ servers: [Plan.ServerPlan], _ source: inout SourceText) {
        source.line()
        source.documentation("The servers that the document names.")
        source.block("public enum Servers") { source in
            for (index, server) in servers.enumerated() {
                if index > 0 { source.line() }
                for variable in server.variables {
                    guard let (typeName, cases) = variable.enumeration else { continue }
                    ModelsFile.declare(
                        Model(
                            name: typeName, documentation: variable.documentation,
                            location: Location(file: 0, line: 0, column: 0),
                            shape: .enumeration(cases)), &source)
                    source.line()
                }
                declare(server, &source)
            }
        }
    }

    private static func declare(_ server: Plan.ServerPlan, _ source: inout SourceText) {
        source.documentation(server.documentation)
        let name = SwiftName.escaped(server.name)
        guard !server.variables.isEmpty else {
            source.line("public static let \(name) = ServerURL(\(StringLiteral.quoted(server.url)))")
            return
        }
        let arguments = server.variables.map { variable in
            let member = SwiftName.escaped(variable.name)
            guard let (typeName, cases) = variable.enumeration,
                let chosen = cases.first(where: { $0.wireName == Name(variable.defaultValue) })
            else { return "\(member): String = \(StringLiteral.quoted(variable.defaultValue))" }
            return "\(member): \(typeName) = .\(SwiftName.escaped(chosen.name))"
        }
        let values = server.variables.map { variable in
            let value = SwiftName.escaped(variable.name) + (variable.enumeration == nil ? "" : ".rawValue")
            return "(\(StringLiteral.quoted(variable.wireName.text)), \(value))"
        }
        source.arguments("public static func \(name)", arguments, " -> ServerURL {")
        source.indented {
            $0.arguments(
                "ServerURL", [StringLiteral.quoted(server.url), "variables: [\(values.joined(separator: ", "))]"], "")
        }
        source.line("}")
    }

    private static func credentials(_ schemes: [Plan.SchemePlan], _ source: inout SourceText) {
        source.line()
        source.documentation(
            "The client's credentials: one source for each security scheme of the document; those that it has not are nil."
        )
        source.block("public struct Credentials: Sendable") { source in
            let members = schemes.map { scheme in
                (
                    SwiftName.escaped(scheme.method),
                    "CredentialSource<\(scheme.isBasic ? "BasicCredentials" : "String")>?"
                )
            }
            for (scheme, member) in zip(schemes, members) {
                source.documentation(scheme.documentation)
                source.line("public var \(member.0): \(member.1)")
            }
            source.line()
            source.documentation("Credentials for some or all of the schemes.")
            source.arguments("public init", members.map { "\($0): \($1) = nil" }, " {")
            for member in members { source.line("    self.\(member.0) = \(member.0)") }
            source.line("}")
        }
    }
}

extension Plan.SchemePlan {
    var isBasic: Bool { if case .basic = kind { true } else { false } }

    /// The scheme with what a client has for it.
    var clientText: String {
        let source = "credentials.\(SwiftName.escaped(method))"
        let name = StringLiteral.quoted(name.text)
        switch kind {
        case .bearer: return ".bearer(\(name), \(source))"
        case .basic: return ".basic(\(name), \(source))"
        case .apiKey(let field, let place):
            return ".apiKey(\(name), \(StringLiteral.quoted(field.text)), in: .\(place.rawValue), \(source))"
        }
    }
}
