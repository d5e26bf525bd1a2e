import JSONSchema

/// Holds a value of a document to a schema of it, and finds everything that does not fit.
/// https://json-schema.org/draft/2020-12/json-schema-validation
struct ExampleValidator {
    struct Violation {
        var location: Location
        var message: String
    }

    let references: References
    /// In OpenAPI 3.0 bounds are exclusive by a boolean, and null is allowed by `nullable`.
    let isVersion30: Bool
    /// Whether objects may have properties that their schemas do not know and do not speak of.
    let allowsAdditionalProperties: Bool
    var patterns: [Name: Pattern?] = [:]
    /// The schemas that are being applied to an instance, for those that lead back to themselves.
    private var active: Set<Application> = []

    private struct Application: Hashable {
        var schema: Location
        var instance: Location
    }

    /// What a schema found, and which properties it has spoken of.
    private struct Outcome {
        var violations: [Violation] = []
        var evaluated: Set<Name> = []
        var evaluatesAll = false
        var declaresProperties = false

        mutating func take(_ other: Outcome) {
            evaluated.formUnion(other.evaluated)
            evaluatesAll = evaluatesAll || other.evaluatesAll
            declaresProperties = declaresProperties || other.declaresProperties
        }
    }

    init(references: References, isVersion30: Bool, allowsAdditionalProperties: Bool) {
        self.references = references
        self.isVersion30 = isVersion30
        self.allowsAdditionalProperties = allowsAdditionalProperties
    }

    mutating func violations(of instance: Node, by schema: Node) -> [Violation] {
        check(instance, schema, isWhole: true).violations
    }

    /// `isWhole` where the schema is not a part of another that is applied to the same instance.
    private mutating func check(_ instance: Node, _ schema: Node, isWhole: Bool) -> Outcome {
        var outcome = Outcome()
        func report(_ message: String, at location: Location? = nil) {
            outcome.violations.append(Violation(location: location ?? instance.location, message: message))
        }
        if schema.boolean == false { report("nothing is allowed here") }
        guard let mapping = schema.mapping else { return outcome }
        let application = Application(schema: schema.location, instance: instance.location)
        guard active.count < 400, active.insert(application).inserted else {
            outcome.evaluatesAll = true
            return outcome
        }
        defer { active.remove(application) }
        if let reference = mapping["$ref"]?.value {
            guard case .found(let target) = references.target(of: reference) else {
                outcome.evaluatesAll = true
                return outcome
            }
            let inner = check(instance, target, isWhole: isVersion30 && isWhole)
            outcome.violations += inner.violations
            outcome.take(inner)
            if isVersion30 { return outcome }
        }
        if isVersion30, instance.isNull, mapping["nullable"]?.value.boolean == true { return outcome }
        checkType(instance, mapping, report: report)
        checkValues(instance, mapping, report: report)
        switch instance.content {
        case .scalar(let scalar): outcome.violations += checkScalar(scalar, instance, mapping)
        case .sequence(let nodes): outcome.violations += checkArray(nodes, instance, mapping)
        case .mapping(let object): checkObject(object, instance, mapping, &outcome)
        }
        checkComposition(instance, mapping, &outcome)
        if case .mapping(let object) = instance.content { checkUnevaluated(object, mapping, isWhole, &outcome) }
        return outcome
    }

    private func checkType(_ instance: Node, _ schema: Mapping, report: (String, Location?) -> Void) {
        guard let type = schema["type"]?.value else { return }
        let types = type.string.map { [$0] } ?? type.sequence?.compactMap(\.string) ?? []
        guard !types.isEmpty, !types.contains(where: { InstanceType.fits(instance, $0) }) else { return }
        report(
            "it is \(instance.kindDescription), not \(types.map(InstanceType.article).joined(separator: " or "))", nil)
    }

    private func checkValues(_ instance: Node, _ schema: Mapping, report: (String, Location?) -> Void) {
        if let value = schema["const"]?.value, !NodeValue.same(value, instance) {
            report("it is not \(NodeValue.text(value))", nil)
        }
        if let values = schema["enum"]?.value.sequence, !values.contains(where: { NodeValue.same($0, instance) }) {
            let shown = values.prefix(10).map { NodeValue.text($0) }.joined(separator: ", ")
            report("it is none of \(shown)\(values.count > 10 ? " and \(values.count - 10) more" : "")", nil)
        }
    }

    private mutating func checkArray(_ nodes: [Node], _ instance: Node, _ schema: Mapping) -> [Violation] {
        var violations: [Violation] = []
        func report(_ message: String) {
            violations.append(Violation(location: instance.location, message: message))
        }
        if let least = count("minItems", schema), nodes.count < least { report("it has less than \(least) items") }
        if let most = count("maxItems", schema), nodes.count > most { report("it has more than \(most) items") }
        if schema["uniqueItems"]?.value.boolean == true {
            for (index, node) in nodes.enumerated()
            where nodes[..<index].contains(where: { NodeValue.same($0, node) }) {
                violations.append(Violation(location: node.location, message: "the item is there already"))
            }
        }
        let prefix = schema["prefixItems"]?.value.sequence ?? []
        for (node, schema) in zip(nodes, prefix) { violations += check(node, schema, isWhole: true).violations }
        if let items = schema["items"]?.value, items.sequence == nil {
            for node in nodes.dropFirst(prefix.count) { violations += check(node, items, isWhole: true).violations }
        }
        if let contains = schema["contains"]?.value {
            let count = nodes.filter { check($0, contains, isWhole: true).violations.isEmpty }.count
            if count < self.count("minContains", schema) ?? 1 {
                report("too few of its items are as `contains` demands")
            }
            if let most = self.count("maxContains", schema), count > most {
                report("too many of its items are as `contains` says")
            }
        }
        return violations
    }

    private mutating func checkObject(
        _ object: Mapping, _ instance: Node, _ schema: Mapping, _ outcome: inout Outcome
    ) {
        for required in schema["required"]?.value.sequence ?? [] {
            guard let text = required.string, object[Name(text)] == nil else { continue }
            outcome.violations.append(
                Violation(location: instance.location, message: "it needs the property `\(text)`"))
        }
        if let least = count("minProperties", schema), object.entries.count < least {
            outcome.violations.append(
                Violation(location: instance.location, message: "it has less than \(least) properties"))
        }
        if let most = count("maxProperties", schema), object.entries.count > most {
            outcome.violations.append(
                Violation(location: instance.location, message: "it has more than \(most) properties"))
        }
        let properties = schema["properties"]?.value.mapping
        let patterns = schema["patternProperties"]?.value.mapping?.entries ?? []
        let additional = schema["additionalProperties"]?.value
        outcome.declaresProperties = outcome.declaresProperties || properties != nil
        for entry in object.entries {
            var isKnown = false
            if let property = properties?[entry.key] {
                isKnown = true
                outcome.violations += check(entry.value, property.value, isWhole: true).violations
            }
            for pattern in patterns where self.pattern(pattern.key.text)?.matches(entry.key.text) == true {
                isKnown = true
                outcome.violations += check(entry.value, pattern.value, isWhole: true).violations
            }
            if isKnown {
                outcome.evaluated.insert(entry.key)
            } else if let additional {
                if additional.boolean == false {
                    outcome.violations.append(
                        Violation(location: entry.keyLocation, message: "there is no property `\(entry.key)`"))
                } else {
                    outcome.violations += check(entry.value, additional, isWhole: true).violations
                }
                outcome.evaluated.insert(entry.key)
            }
            if let names = schema["propertyNames"]?.value {
                let name = Node(
                    content: .scalar(Scalar(kind: .string, text: entry.key.text)), location: entry.keyLocation)
                outcome.violations += check(name, names, isWhole: true).violations
            }
            for other in schema["dependentRequired"]?.value.mapping?[entry.key]?.value.sequence ?? [] {
                guard let text = other.string, object[Name(text)] == nil else { continue }
                outcome.violations.append(
                    Violation(location: entry.keyLocation, message: "`\(entry.key)` needs `\(text)` beside it"))
            }
            if let dependent = schema["dependentSchemas"]?.value.mapping?[entry.key]?.value {
                let inner = check(instance, dependent, isWhole: false)
                outcome.violations += inner.violations
                outcome.take(inner)
            }
        }
    }

    private mutating func checkComposition(_ instance: Node, _ schema: Mapping, _ outcome: inout Outcome) {
        for part in schema["allOf"]?.value.sequence ?? [] {
            let inner = check(instance, part, isWhole: false)
            outcome.violations += inner.violations
            outcome.take(inner)
        }
        for (keyword, isExclusive) in [("anyOf", false), ("oneOf", true)] as [(Name, Bool)] {
            guard let parts = schema[keyword]?.value.sequence, !parts.isEmpty else { continue }
            let inner = parts.map { check(instance, $0, isWhole: false) }
            let fitting = inner.filter(\.violations.isEmpty)
            for other in fitting { outcome.take(other) }
            if fitting.isEmpty {
                outcome.evaluatesAll = true
                // The alternative that is nearest says most about what is wrong.
                if let nearest = inner.min(by: { $0.violations.count < $1.violations.count }), parts.count == 1 {
                    outcome.violations += nearest.violations
                } else {
                    outcome.violations.append(
                        Violation(location: instance.location, message: "it fits none of the schemas of `\(keyword)`"))
                }
            } else if isExclusive, fitting.count > 1, schema["discriminator"] == nil {
                outcome.violations.append(
                    Violation(
                        location: instance.location, message: "it fits \(fitting.count) of the schemas of `oneOf`"))
            }
        }
        if let not = schema["not"]?.value, check(instance, not, isWhole: true).violations.isEmpty {
            outcome.violations.append(Violation(location: instance.location, message: "it is what `not` excludes"))
        }
        if let condition = schema["if"]?.value {
            let inner = check(instance, condition, isWhole: false)
            let holds = inner.violations.isEmpty
            if holds { outcome.take(inner) }
            if let branch = schema[holds ? "then" : "else"]?.value {
                let inner = check(instance, branch, isWhole: false)
                outcome.violations += inner.violations
                outcome.take(inner)
            }
        }
    }

    /// Properties of which neither the schema nor a part of it has spoken. Without a word on them they are refused in
    /// examples, for most are misspelt.
    private mutating func checkUnevaluated(
        _ object: Mapping, _ schema: Mapping, _ isWhole: Bool, _ outcome: inout Outcome
    ) {
        let unevaluated = schema["unevaluatedProperties"]?.value
        let isRefused =
            unevaluated?.boolean == false
            || unevaluated == nil && isWhole && !allowsAdditionalProperties && outcome.declaresProperties
                && schema["additionalProperties"] == nil
        guard isRefused, !outcome.evaluatesAll else { return }
        for entry in object.entries where !outcome.evaluated.contains(entry.key) {
            outcome.violations.append(
                Violation(location: entry.keyLocation, message: "there is no property `\(entry.key)`"))
        }
    }

    func count(_ key: Name, _ schema: Mapping) -> Int? { schema[key]?.value.scalar.flatMap { Int($0.text) } }
}
