import JSON

/// `oneOf` and `anyOf`, and which of the alternatives a value is meant to be.
extension SchemaChecker {
    mutating func checkAlternatives(_ value: inout JSONValue, _ node: SchemaNode) {
        if !node.anyOf.isEmpty { checkAlternatives(&value, node, node.anyOf, isExclusive: false) }
        if !node.oneOf.isEmpty { checkAlternatives(&value, node, node.oneOf, isExclusive: true) }
    }

    private mutating func checkAlternatives(
        _ value: inout JSONValue, _ node: SchemaNode, _ alternatives: [Int], isExclusive: Bool
    ) {
        if let discriminator = node.discriminator, value.objectValue != nil {
            guard let branch = discriminator.branch(of: value), alternatives.indices.contains(branch) else {
                path.append(.name(discriminator.property))
                report("discriminator", Self.oneOf(discriminator.branches.map { .string($0.value) }))
                path.removeLast()
                return
            }
            check(&value, against: alternatives[branch])
            return
        }
        let original = value
        var failures: [(Int, [SchemaViolation])] = []
        var fitting: [Int] = []
        for alternative in alternatives {
            var candidate = original
            let (isFitting, found) = trial(&candidate, alternative)
            if isFitting {
                if fitting.isEmpty { value = candidate }
                fitting.append(alternative)
                if !isExclusive { break }
            } else {
                failures.append((alternative, found))
            }
        }
        if fitting.isEmpty {
            explain(failures, isExclusive ? "oneOf" : "anyOf")
        } else if fitting.count > 1 {
            let names = fitting.map { name(of: $0) }.joined(separator: " and ")
            report("oneOf", "must be only one of the alternatives, but is \(names)")
        }
    }

    /// Why none of the alternatives fits; where only one is of the value's type, just what is wrong with that one.
    private mutating func explain(_ failures: [(alternative: Int, violations: [SchemaViolation])], _ rule: String) {
        let here = pointer
        let near = failures.filter { failure in
            !failure.violations.contains { $0.pointer == here && ($0.rule == "type" || $0.rule == "enum") }
        }
        if near.count == 1 {
            for violation in near[0].violations where violations.count < Self.maximumViolations {
                violations.append(violation)
            }
            return
        }
        let reasons = failures.map { failure in
            let first = failure.violations.first
            let place = first.map { String($0.pointer.dropFirst(here.count)) } ?? ""
            return "\(name(of: failure.alternative)): \(place.isEmpty ? "" : "\(place) ")\(first?.message ?? "")"
        }
        report(rule, "fits none of the alternatives (\(reasons.joined(separator: "; ")))")
    }

    private func name(of schema: Int) -> String {
        let node = set.nodes[set.resolved(schema)]
        return node.title ?? node.types.description
    }
}
