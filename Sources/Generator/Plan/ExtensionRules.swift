/// The rules of the configuration: what the values of extensions mean and what they oblige an operation to.
extension Planner {
    /// The type that input extensions choose, with the value that chose it. They stand on the input itself, or on a
    /// schema that it refers to, so that several inputs can share one confined schema: whoever refers to it cannot
    /// forget the extension.
    func inputExtension(_ own: [Mapping.Entry], schema use: SchemaUse) -> (value: Name, type: String)? {
        var found: (value: Name, type: String)?
        var seen: Set<Location> = []
        for entry in own + referredExtensions(use) where seen.insert(entry.keyLocation).inserted {
            guard let rule = configuration.inputExtensions.first(where: { $0.name.value == entry.key }) else {
                continue
            }
            understoodExtensions.insert(entry.keyLocation)
            guard let text = entry.value.string, let value = rule.values.first(where: { $0.name.value == Name(text) })
            else {
                unknownValue(entry, known: rule.values.map(\.name.value))
                continue
            }
            if let found, found.value != value.name.value || found.type != value.type.value.text {
                diagnostics.report(
                    .extensionInput, at: entry.keyLocation, "only one input extension can choose an input's type")
                continue
            }
            found = (value.name.value, value.type.value.text)
        }
        return found
    }

    /// The extensions beside the references of a use and on the schemas that they lead to.
    private func referredExtensions(_ use: SchemaUse) -> [Mapping.Entry] {
        var use = use
        var entries: [Mapping.Entry] = []
        var visited: Set<JSONPointer> = []
        var isReferred = false
        while true {
            switch use {
            case .inline(let schema):
                // On a schema that is written out at the input, an extension is misplaced, or the input's own.
                if isReferred { entries += schema.extensions }
                guard let part = onlyPart(of: schema), visited.insert(schema.pointer).inserted else { return entries }
                use = part
            case .reference(let reference):
                isReferred = true
                entries += reference.extensions
                guard visited.insert(reference.target).inserted, let next = document.schemas[reference.target] else {
                    return entries
                }
                use = next
            }
        }
    }

    /// An input extension makes one value of a whole array, so it cannot come with the schema of its items.
    func checkItems(of use: SchemaUse, what: String) {
        guard let items = resolved(use)?.items else { return }
        for entry in referredExtensions(items)
        where configuration.inputExtensions.contains(where: { $0.name.value == entry.key }) {
            diagnostics.report(
                .extensionInput, at: items.location,
                "the items of \(what) refer to a schema with `\(entry.key)`, which has no effect on items",
                advice: "add the extension to the array, and let the items refer to a schema without it")
        }
    }

    /// The values of the operation extensions that the configuration knows.
    func operationExtensions(_ operation: Operation) -> [(name: Name, value: Name)] {
        configuration.operationExtensions.compactMap { rule in
            operation.extensions.first { $0.key == rule.name.value }.flatMap { entry in
                entry.value.string.map { (rule.name.value, Name($0)) }
            }
        }
    }

    /// What the configuration demands of an operation, given the confinements of its inputs.
    func checkRules(_ operation: Operation, confined: [Name]) {
        for rule in configuration.operationExtensions {
            guard let entry = operation.extensions.first(where: { $0.key == rule.name.value }) else {
                if rule.isRequired {
                    let known = rule.values.map { "`\($0.name.value)`" }.joined(separator: ", ")
                    diagnostics.report(
                        .missingExtension, at: operation.location,
                        "\(operation.method.rawValue.uppercased()) \(operation.path.text) needs `\(rule.name.value)`",
                        advice: "add `\(rule.name.value):` with one of \(known)")
                }
                continue
            }
            understoodExtensions.insert(entry.keyLocation)
            guard let text = entry.value.string, let value = rule.values.first(where: { $0.name.value == Name(text) })
            else {
                unknownValue(entry, known: rule.values.map(\.name.value))
                continue
            }
            check(operation, entry, value, confined: confined)
        }
    }

    private func check(
        _ operation: Operation, _ entry: Mapping.Entry, _ value: Configuration.OperationExtension.Value,
        confined: [Name]
    ) {
        switch value.security?.value {
        case .required where operation.security.isEmpty || operation.security.contains { $0.schemes.isEmpty }:
            diagnostics.report(
                .extensionSecurity, at: entry.value.location,
                "`\(entry.key): \(value.name.value)` needs a secured operation, and this one is public",
                advice: "add a `security` requirement")
        case .forbidden where !operation.security.isEmpty:
            diagnostics.report(
                .extensionSecurity, at: entry.value.location,
                "`\(entry.key): \(value.name.value)` is for public operations, and this one is secured",
                advice: "add `security: []`, or choose another value")
        default: break
        }
        let wanted = value.input.map(\.value)
        if !wanted.isEmpty, !confined.contains(where: wanted.contains) {
            let extensions = configuration.inputExtensions
                .filter { $0.values.contains { wanted.contains($0.name.value) } }
                .map { "`\($0.name.value)`" }.joined(separator: " or ")
            diagnostics.report(
                .extensionInput, at: entry.value.location,
                "`\(entry.key): \(value.name.value)` needs an input with \(extensions) of "
                    + wanted.map { "`\($0)`" }.joined(separator: " or "),
                advice: "add it to a parameter or to a field of the form")
        }
    }

    /// The wrapper that the operation's extensions demand for its good answers, and the value that demands it.
    func outputWrapper(_ operation: Operation) -> (type: String, location: Location)? {
        for rule in configuration.operationExtensions {
            guard let entry = operation.extensions.first(where: { $0.key == rule.name.value }),
                let text = entry.value.string,
                let output = rule.values.first(where: { $0.name.value == Name(text) })?.output,
                let wrapper = configuration.outputWrappers.first(where: { $0.name.value == output.value })
            else { continue }
            return (wrapper.type.value.text, entry.value.location)
        }
        return nil
    }

    /// The configured router that an operation belongs to; nil for `Router`.
    func router(of operation: Operation) -> String? {
        guard let rule = configuration.routers,
            let text = operation.extensions.first(where: { $0.key == rule.name.value })?.value.string
        else { return nil }
        return rule.values.first { $0.name.value == Name(text) }?.type.value.text
    }

    /// What is meant for another router must not end in `Router` by a slip of the pen.
    func checkRouter(of operation: Operation) {
        guard let rule = configuration.routers,
            let entry = operation.extensions.first(where: { $0.key == rule.name.value })
        else { return }
        understoodExtensions.insert(entry.keyLocation)
        if router(of: operation) == nil { unknownValue(entry, known: rule.values.map(\.name.value)) }
    }

    private func unknownValue(_ entry: Mapping.Entry, known: [Name]) {
        let value = entry.value.scalar.map { "`\($0.text)`" } ?? entry.value.kindDescription
        diagnostics.report(
            .unknownExtensionValue, at: entry.value.location, "`\(entry.key)` has no value \(value)",
            advice: "the values are \(known.map { "`\($0)`" }.joined(separator: ", "))")
    }

    /// An extension that the configuration knows must not stand where nobody reads it: who wrote it there relies on it.
    func checkExtensionSites() {
        let operations = Set(configuration.operationExtensions.map(\.name.value))
            .union(configuration.routers.map { [$0.name.value] } ?? [])
        let inputs = Set(configuration.inputExtensions.map(\.name.value))
        for site in document.extensionSites where !understoodExtensions.contains(site.location) {
            if operations.contains(site.name), site.kind != ObjectKind.operation.name {
                diagnostics.report(
                    .misplacedExtension, at: site.location, "`\(site.name)` has no effect here",
                    advice: "it belongs to an operation")
            } else if inputs.contains(site.name), site.kind != ObjectKind.parameter.name {
                diagnostics.report(
                    .misplacedExtension, at: site.location, "`\(site.name)` has no effect here",
                    advice:
                        "it belongs to a parameter (beside its `schema`) or to a field of a form, or to a schema that "
                        + "such inputs refer to")
            }
        }
    }
}
