public import JSON

extension SchemaSet {
    /// Holds a value to one of the schemas.
    public func check(_ value: JSONValue, against entry: Int, direction: SchemaDirection) -> SchemaOutcome {
        var checker = SchemaChecker(self, direction)
        guard entries.indices.contains(entry) else {
            return SchemaOutcome(
                value: value,
                violations: [SchemaViolation(pointer: "", rule: "schema", message: "its schema could not be read")])
        }
        checker.budget = max(checker.budget, 50 * value.size + (holdsContents ? 25 * value.textSize : 0))
        var value = value
        checker.check(&value, against: entry)
        checker.finish()
        return SchemaOutcome(value: value, violations: checker.violations)
    }

    /// Which of the alternatives of a schema's `oneOf` or `anyOf` a value is, by the discriminator or as the first that
    /// it fits; nil if it is none of them.
    public func alternative(of value: JSONValue, in entry: Int) -> Int? {
        guard entries.indices.contains(entry), let chooser = chooser(entry, 0) else { return nil }
        let node = nodes[chooser]
        if let discriminator = node.discriminator {
            if let chosen = discriminator.branch(of: value) { return chosen }
            if value.objectValue != nil { return nil }
        }
        return node.alternatives.firstIndex { alternative in
            var checker = SchemaChecker(self, .either)
            return checker.fits(value, alternative)
        }
    }
}

extension SchemaSet {
    /// The schema itself, or the part of it that has the alternatives.
    private func chooser(_ index: Int, _ depth: Int) -> Int? {
        if !nodes[index].alternatives.isEmpty { return index }
        guard depth < 20 else { return nil }
        for part in nodes[index].allOf {
            if let found = chooser(part, depth + 1) { return found }
        }
        return nil
    }
}

extension SchemaNode.Discriminator {
    func branch(of value: JSONValue) -> Int? {
        guard let name = value[property]?.stringValue else { return fallback }
        return branches.first { $0.value.utf8.elementsEqual(name.utf8) }?.index ?? fallback
    }
}
