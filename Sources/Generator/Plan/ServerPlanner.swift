/// Servers, of which clients need to know.
extension Planner {
    func servers() -> [Plan.ServerPlan] {
        let names = NameScope(taken: NameScope.reservedMembers)
        let types = NameScope(inside: topLevel)
        return document.servers.enumerated().map { index, server in
            let name = names.claim(
                SwiftName.member(server.name ?? ""), suffix: "Server", fallback: "server\(index + 1)")
            let members = NameScope(taken: NameScope.reservedMembers)
            let used = Set(DocumentReader.variables(in: server.url.value))
            return Plan.ServerPlan(
                name: name, url: server.url.value, documentation: server.description ?? "`\(server.url.value)`",
                variables: server.variables.filter { used.contains($0.name) }.map { variable in
                    let member = members.claim(SwiftName.member(variable.name.text), suffix: "Variable")
                    return Plan.ServerPlan.Variable(
                        wireName: variable.name, name: member,
                        documentation: variable.description ?? "`\(variable.name)` in the URL.",
                        defaultValue: variable.defaultValue,
                        enumeration: variable.values.isEmpty
                            ? nil
                            : (
                                types.claim(SwiftName.type("\(name) \(variable.name)"), suffix: "Value"),
                                cases(ofVariable: variable)
                            ))
                })
        }
    }

    private func cases(ofVariable variable: Document.Server.Variable) -> [Model.Case] {
        let names = NameScope(taken: NameScope.reservedCases)
        var seen: Set<Name> = []
        return variable.values.compactMap { value in
            guard seen.insert(Name(value.value)).inserted else { return nil }
            return Model.Case(
                wireName: Name(value.value),
                name: names.claim(SwiftName.member(value.value), suffix: "Value", fallback: "value"))
        }
    }

    /// The URL of the server that an operation has for itself, its variables at their defaults; nil where that is the
    /// document's own.
    func ownServer(of operation: Operation) -> String? {
        guard let server = operation.servers.first, server.url.value != document.servers.first?.url.value else {
            return nil
        }
        var url = server.url.value
        for variable in server.variables {
            url = url.utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false).enumerated()
                .map { index, part in
                    let name = "\(variable.name)}".utf8
                    let isVariable = index > 0 && part.starts(with: name)
                    return isVariable
                        ? variable.defaultValue + String(Substring(part.dropFirst(name.count)))
                        : (index > 0 ? "{" : "") + String(Substring(part))
                }.joined()
        }
        return url
    }
}
