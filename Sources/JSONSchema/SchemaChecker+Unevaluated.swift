import JSON

/// Members and elements that no other keyword speaks of.
extension SchemaChecker {
    mutating func checkUnevaluated(_ value: inout JSONValue, _ index: Int) {
        let node = set.nodes[index]
        if case .object(let object) = value, let schema = node.unevaluatedProperties {
            for member in object.members where !isEvaluated(member.name, in: value, by: index) {
                path.append(.name(member.name))
                var copy = member.value
                if set.nodes[schema].isNever {
                    report("unevaluatedProperties", "is no member that is allowed here")
                } else {
                    check(&copy, against: schema)
                }
                path.removeLast()
            }
        }
        if case .array(let elements) = value, let schema = node.unevaluatedItems {
            for position in evaluatedCount(in: value, by: index)..<max(elements.count, 0) {
                path.append(.index(position))
                var copy = elements[position]
                check(&copy, against: schema)
                path.removeLast()
            }
        }
    }

    /// The schemas that a value is held to beside a schema, in place.
    private mutating func inPlace(_ value: JSONValue, _ node: SchemaNode) -> [Int] {
        var schemas = node.allOf
        for alternative in node.anyOf + node.oneOf where fits(value, alternative) { schemas.append(alternative) }
        if let condition = node.condition {
            if fits(value, condition) {
                schemas.append(condition)
                if let then = node.then { schemas.append(then) }
            } else if let otherwise = node.otherwise {
                schemas.append(otherwise)
            }
        }
        for (name, schema) in node.dependentSchemas where value[name] != nil { schemas.append(schema) }
        return schemas
    }

    private mutating func isEvaluated(_ name: String, in value: JSONValue, by index: Int, isTop: Bool = true) -> Bool {
        budget -= 1
        guard budget > 0 else { return true }
        let node = set.nodes[index]
        if node.names.contains(name) || node.additionalProperties != nil
            || !isTop && node.unevaluatedProperties != nil
            || node.patternProperties.contains(where: { matches(name, $0.pattern) })
        {
            return true
        }
        for schema in inPlace(value, node) where isEvaluated(name, in: value, by: schema, isTop: false) { return true }
        return false
    }

    private mutating func evaluatedCount(in value: JSONValue, by index: Int, isTop: Bool = true) -> Int {
        budget -= 1
        let count = value.arrayValue?.count ?? 0
        let node = set.nodes[index]
        guard budget > 0, node.items == nil, isTop || node.unevaluatedItems == nil else { return count }
        var evaluated = min(count, node.prefixItems.count)
        for schema in inPlace(value, node) {
            evaluated = max(evaluated, evaluatedCount(in: value, by: schema, isTop: false))
        }
        return evaluated
    }
}
