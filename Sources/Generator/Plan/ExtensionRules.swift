/// The rules of the configuration: what the values of extensions mean and what they oblige an operation to.
extension Planner {
    /// The types that input extensions choose, with the values that chose them.
    func inputExtensions(_ entries: [Mapping.Entry]) -> [(value: Name, type: String)] {
        var found: [(value: Name, type: String)] = []
        for entry in entries {
            guard let rule = configuration.inputExtensions.first(where: { $0.name.value == entry.key }) else {
                continue
            }
            understoodExtensions.insert(entry.keyLocation)
            guard let text = entry.value.string, let value = rule.values.first(where: { $0.name.value == Name(text) })
            else {
                unknownValue(entry, known: rule.values.map(\.name.value))
                continue
            }
            if !found.isEmpty {
                diagnostics.report(
                    .extensionInput, at: entry.keyLocation, "only one input extension can choose an input's type")
                continue
            }
            found.append((value.name.value, value.type.value.text))
        }
        return found
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
        case .required where operation.security.isEmpty:
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

    private func unknownValue(_ entry: Mapping.Entry, known: [Name]) {
        let value = entry.value.scalar.map { "`\($0.text)`" } ?? entry.value.kindDescription
        diagnostics.report(
            .unknownExtensionValue, at: entry.value.location, "`\(entry.key)` has no value \(value)",
            advice: "the values are \(known.map { "`\($0)`" }.joined(separator: ", "))")
    }

    /// An extension that the configuration knows must not stand where nobody reads it: who wrote it there relies on it.
    func checkExtensionSites() {
        let operations = Set(configuration.operationExtensions.map(\.name.value))
        let inputs = Set(configuration.inputExtensions.map(\.name.value))
        for site in document.extensionSites where !understoodExtensions.contains(site.location) {
            if operations.contains(site.name), site.kind != ObjectKind.operation.name {
                diagnostics.report(
                    .misplacedExtension, at: site.location, "`\(site.name)` has no effect here",
                    advice: "it belongs to an operation")
            } else if inputs.contains(site.name), site.kind != ObjectKind.parameter.name {
                diagnostics.report(
                    .misplacedExtension, at: site.location, "`\(site.name)` has no effect here",
                    advice: "it belongs to a parameter (beside its `schema`) or to a field of a form")
            }
        }
    }
}
