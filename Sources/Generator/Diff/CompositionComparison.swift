/// `oneOf`, `anyOf` and their discriminators.
extension Comparison {
    func compareAlternatives(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        // How many alternatives may fit at once is nothing that callers notice in what they send or get.
        for index in 0..<max(before.alternatives.count, after.alternatives.count) {
            let old = before.alternatives.indices.contains(index) ? before.alternatives[index] : nil
            let new = after.alternatives.indices.contains(index) ? after.alternatives[index] : nil
            guard let old, let new else {
                compareComposition(before, after, old, new, subject, direction)
                continue
            }
            if old.keyword != new.keyword {
                report(
                    .compositionChanged, direction, old.location, new.location,
                    "\(subject) has `\(new.keyword)` instead of `\(old.keyword)`")
            }
            compare(old, new, subject, direction)
        }
        compareDiscriminators(before, after, subject, direction)
    }

    /// Alternatives on one side only: a schema that has become one of several, or the other way round.
    private func compareComposition(
        _ before: SchemaView, _ after: SchemaView, _ old: SchemaView.Alternatives?, _ new: SchemaView.Alternatives?,
        _ subject: String, _ direction: Direction
    ) {
        report(
            .compositionChanged, direction, old?.location ?? before.location, new?.location ?? after.location,
            old == nil
                ? "\(subject) is one of several schemas now" : "\(subject) is no longer one of several schemas")
    }

    private func compare(
        _ before: SchemaView.Alternatives, _ after: SchemaView.Alternatives, _ subject: String, _ direction: Direction
    ) {
        var free = Array(after.schemas.indices)
        var left: [Node] = []
        // First by name or by being the same, then by type, for what is left.
        for schema in before.schemas {
            let index = free.firstIndex { index in
                let other = after.schemas[index]
                if let name = Self.reference(schema), let otherName = Self.reference(other) { return name == otherName }
                return !isDifferent(schema, other)
            }
            guard let index else {
                left.append(schema)
                continue
            }
            pair(schema, after.schemas[free.remove(at: index)], before, after, subject, direction)
        }
        for schema in left {
            let types = SchemaView(schema, references: old.references).types
            let index = free.firstIndex { index in
                let other = after.schemas[index]
                // Two that have different names are two.
                guard Self.reference(schema) == nil || Self.reference(other) == nil else { return false }
                return types != nil && SchemaView(other, references: new.references).types == types
            }
            if let index {
                pair(schema, after.schemas[free.remove(at: index)], before, after, subject, direction)
            } else {
                report(
                    .alternativeRemoved, direction, schema.location, after.location,
                    "\(subject) can no longer be \(Self.text(schema))")
            }
        }
        for index in free {
            report(
                .alternativeAdded, direction, before.location, after.schemas[index].location,
                "\(subject) can be \(Self.text(after.schemas[index]))")
        }
    }

    private func pair(
        _ before: Node, _ after: Node, _ oldAlternatives: SchemaView.Alternatives,
        _ newAlternatives: SchemaView.Alternatives, _ subject: String, _ direction: Direction
    ) {
        compareSchemas(
            before, after, "an alternative of \(subject)", direction, old: oldAlternatives.location,
            new: newAlternatives.location)
    }

    /// The last name of a reference, for a file may have moved.
    private static func reference(_ node: Node) -> Name? {
        node.mapping?["$ref"]?.value.string?.split(separator: "/").last.map { Name(String($0)) }
    }

    private static func text(_ node: Node) -> String {
        if let name = reference(node) { return "`\(name)`" }
        if let type = node.mapping?["type"]?.value.string { return InstanceType.article(type) }
        return "another schema"
    }

    private func compareDiscriminators(
        _ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction
    ) {
        guard before.discriminator != nil || after.discriminator != nil else { return }
        let (oldEntry, newEntry) = (before.discriminator, after.discriminator)
        let locations = (oldEntry?.keyLocation ?? before.location, newEntry?.keyLocation ?? after.location)
        guard let oldMapping = oldEntry?.value.mapping, let newMapping = newEntry?.value.mapping else {
            report(
                .discriminatorChanged, direction, level: .warning, locations.0, locations.1,
                "\(subject) has \(newEntry == nil ? "no discriminator any more" : "a discriminator")")
            return
        }
        let names = (oldMapping["propertyName"]?.value.string ?? "", newMapping["propertyName"]?.value.string ?? "")
        if Name(names.0) != Name(names.1) {
            report(
                .discriminatorChanged, direction, locations.0, locations.1,
                "the discriminator of \(subject) is `\(names.1)` instead of `\(names.0)`")
        }
        let values = (oldMapping["mapping"]?.value.mapping, newMapping["mapping"]?.value.mapping)
        for entry in values.0?.entries ?? [] {
            guard let other = values.1?[entry.key] else {
                // Which alternative is gone is said of the alternatives.
                report(
                    .discriminatorChanged, direction, level: .warning, entry.keyLocation, locations.1,
                    "the discriminator of \(subject) has no value `\(entry.key)` any more")
                continue
            }
            if !NodeValue.same(entry.value, other.value) {
                report(
                    .discriminatorChanged, direction, entry.keyLocation, other.keyLocation,
                    "the value `\(entry.key)` of the discriminator of \(subject) leads to "
                        + "\(NodeValue.text(other.value)) instead of \(NodeValue.text(entry.value))")
            }
        }
        for entry in values.1?.entries ?? [] where values.0?[entry.key] == nil {
            report(
                .discriminatorChanged, direction, level: .fine, locations.0, entry.keyLocation,
                "the discriminator of \(subject) has a value `\(entry.key)`")
        }
    }
}
