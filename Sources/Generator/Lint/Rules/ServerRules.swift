extension LintRule {
    static let serverRules: [LintRule] = [
        LintRule("no-empty-servers", .error, .warn, .off, "The document names a server.") { context in
            guard let mapping = context.document.root.mapping else { return }
            guard let servers = mapping["servers"] else {
                let location = mapping["openapi"]?.keyLocation ?? context.document.root.location
                context.report(
                    location, "the document has no `servers`", advice: "`servers: [{url: /}]` is a beginning")
                return
            }
            if servers.value.sequence?.isEmpty != false {
                context.report(servers.keyLocation, "`servers` names no server")
            }
        },
        LintRule(
            "no-server-example.com", .warn, .warn, .off, "No server is at example.com or localhost."
        ) { context in
            for server in context.document.all(.server) {
                guard let url = server.mapping["url"]?.value, let text = url.string, isExample(text) else { continue }
                context.report(url.location, "`\(text)` is no server that a reader could ask")
            }
        },
        LintRule("no-server-trailing-slash", .error, .error, .off, "No server's URL ends with a slash.") { context in
            for server in context.document.all(.server) {
                guard let url = server.mapping["url"]?.value, let text = url.string,
                    text.utf8.count > 1, text.utf8.last == UInt8(ascii: "/")
                else { continue }
                context.report(url.location, "the URL ends with a slash, and paths begin with one")
            }
        },
        LintRule(
            "no-server-variables-empty-enum", .error, .error, .off,
            "The values of a server's variable are some, and its default is one of them."
        ) { context in
            for variable in context.document.all(.serverVariable) {
                guard let values = variable.mapping["enum"], let nodes = values.value.sequence else { continue }
                if nodes.isEmpty { context.report(values.keyLocation, "a variable needs at least one value") }
                guard let standard = variable.mapping["default"]?.value, let text = standard.string, !nodes.isEmpty
                else { continue }
                if !nodes.contains(where: { $0.string.map { Name($0) == Name(text) } ?? false }) {
                    context.report(standard.location, "the default `\(text)` is none of the variable's values")
                }
            }
        },
        LintRule(
            "no-undefined-server-variable", .error, .warn, .error,
            "Variables in a server's URL are defined, and those that are defined stand in it."
        ) { context in
            for server in context.document.all(.server) {
                guard let url = server.mapping["url"]?.value, let text = url.string else { continue }
                let used = templateNames(text)
                let variables = server.mapping["variables"]?.value.mapping?.entries ?? []
                for name in used where !variables.contains(where: { $0.key == name }) {
                    context.report(
                        url.location, "the variable `{\(name)}` of the URL is not defined",
                        advice: "add it to the `variables` of the server")
                }
                for variable in variables where !used.contains(variable.key) {
                    context.report(variable.keyLocation, "the variable `\(variable.key)` does not stand in the URL")
                }
            }
        },
    ]

    /// What stands in braces.
    static func templateNames(_ text: String) -> [Name] {
        var names: [Name] = []
        var rest = text.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
            rest = rest[rest.index(after: start)...]
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { break }
            names.append(Name(String(Substring(rest[..<end]))))
            rest = rest[rest.index(after: end)...]
        }
        return names
    }

    /// Whether the host is example.com, one below it, or localhost.
    private static func isExample(_ url: String) -> Bool {
        let bytes = Array(url.utf8)
        for host in ["example.com", "localhost"] {
            let host = Array(host.utf8)
            guard bytes.count >= host.count else { continue }
            for start in 0...(bytes.count - host.count) where bytes[start..<start + host.count].elementsEqual(host) {
                let isStart =
                    start == 0 || bytes[start - 1] == UInt8(ascii: "/") || bytes[start - 1] == UInt8(ascii: ".")
                let end = start + host.count
                if isStart, end == bytes.count || "/:?".utf8.contains(bytes[end]) { return true }
            }
        }
        return false
    }
}
