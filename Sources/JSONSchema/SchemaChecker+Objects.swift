import JSON

/// Objects.
extension SchemaChecker {
    mutating func checkObject(_ value: inout JSONValue, _ node: SchemaNode) {
        guard case .object(var object) = value else { return }
        var isChanged = false
        for (name, schema) in node.properties {
            let property = set.nodes[set.resolved(schema)]
            let isLeftOut =
                direction == .request && property.isReadOnly || direction == .response && property.isWriteOnly
            guard var member = object[name] else {
                if let value = property.defaultValue, direction == .request, !isLeftOut {
                    object[name] = value
                    isChanged = true
                } else if node.required.contains(where: { $0.utf8.elementsEqual(name.utf8) }),
                    !isLeftOut, direction != .either || !(property.isReadOnly || property.isWriteOnly)
                {
                    report("required", "needs `\(name)`")
                }
                continue
            }
            if isLeftOut {
                object[name] = nil
                isChanged = true
                continue
            }
            path.append(.name(name))
            check(&member, against: schema)
            path.removeLast()
            object[name] = member
            isChanged = true
        }
        for name in node.required where !node.names.contains(name) && !object.contains(name) {
            report("required", "needs `\(name)`")
        }
        checkNames(&object, node)
        if isChanged || !node.patternProperties.isEmpty || node.additionalProperties != nil { value = .object(object) }
        for (name, names) in node.dependentRequired where object.contains(name) {
            for other in names where !object.contains(other) {
                report("dependentRequired", "needs `\(other)` beside `\(name)`")
            }
        }
        for (name, schema) in node.dependentSchemas where object.contains(name) { check(&value, against: schema) }
    }

    private mutating func checkNames(_ object: inout JSONObject, _ node: SchemaNode) {
        if let minimum = node.minimumProperties, object.count < minimum {
            report("minProperties", "must have at least \(minimum) \(minimum == 1 ? "member" : "members")")
        }
        if let maximum = node.maximumProperties, object.count > maximum {
            report("maxProperties", "must have at most \(maximum) \(maximum == 1 ? "member" : "members")")
        }
        guard !node.patternProperties.isEmpty || node.additionalProperties != nil || node.propertyNames != nil else {
            return
        }
        for member in object.members {
            var value = member.value
            var isMatched = node.names.contains(member.name)
            path.append(.name(member.name))
            defer { path.removeLast() }
            if let names = node.propertyNames {
                var name = JSONValue.string(member.name)
                if !trial(&name, names).0 { report("propertyNames", "is no name that is allowed here") }
            }
            for (pattern, schema) in node.patternProperties where matches(member.name, pattern) {
                isMatched = true
                check(&value, against: schema)
            }
            if !isMatched, let additional = node.additionalProperties {
                if set.nodes[additional].isNever {
                    report("additionalProperties", "is no member that is allowed here")
                } else {
                    check(&value, against: additional)
                }
            }
            object[member.name] = value
        }
    }
}
