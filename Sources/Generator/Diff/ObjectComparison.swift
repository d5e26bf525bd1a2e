/// The properties of objects.
extension Comparison {
    func compareObjects(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        for property in before.properties {
            guard let other = after.property(property.name) else {
                reportRemoved(property, before, after, subject, direction)
                continue
            }
            compare(property, other, before, after, subject, direction)
        }
        for property in after.properties where before.property(property.name) == nil {
            let isRequired = after.required[property.name] != nil
            // Who receives a new property reads past it; who refused unknown ones has learnt of them elsewhere.
            report(
                isRequired ? .propertyAddedRequired : .propertyAdded, direction, before.location, property.location,
                "\(subject) has a new \(isRequired ? "required " : "")property `\(property.name)`")
        }
        for (name, location) in after.required.sorted(by: { $0.key < $1.key })
        where before.required[name] == nil && after.property(name) == nil && before.property(name) == nil {
            report(
                .propertyBecameRequired, direction, before.location, location, "`\(name)` of \(subject) is required")
        }
        for (name, location) in before.required.sorted(by: { $0.key < $1.key })
        where after.required[name] == nil && after.property(name) == nil && before.property(name) == nil {
            report(
                .propertyBecameOptional, direction, location, after.location,
                "`\(name)` of \(subject) is no longer required")
        }
        compareAdditional(before, after, subject, direction)
    }

    private func reportRemoved(
        _ property: SchemaView.Property, _ before: SchemaView, _ after: SchemaView, _ subject: String,
        _ direction: Direction
    ) {
        // What servers read past, callers may go on sending; what was optional, callers did without.
        let isHarmless =
            direction == .request ? after.additional?.boolean != false : before.required[property.name] == nil
        report(
            .propertyRemoved, direction, level: isHarmless ? .warning : nil, property.location, after.location,
            "\(subject) no longer has the property `\(property.name)`")
    }

    private func compare(
        _ property: SchemaView.Property, _ other: SchemaView.Property, _ before: SchemaView, _ after: SchemaView,
        _ subject: String, _ direction: Direction
    ) {
        let name = property.name
        let what = "the property `\(name)` of \(subject)"
        let (wasRequired, isRequired) = (before.required[name] != nil, after.required[name] != nil)
        let oldViews = property.schemas.map { SchemaView($0, references: old.references) }
        let newViews = other.schemas.map { SchemaView($0, references: new.references) }
        let readOnly = (oldViews.lazy.compactMap(\.readOnly).first, newViews.lazy.compactMap(\.readOnly).first)
        let writeOnly = (oldViews.lazy.compactMap(\.writeOnly).first, newViews.lazy.compactMap(\.writeOnly).first)
        let wasSent = direction == .request ? readOnly.0 == nil : writeOnly.0 == nil
        let isSent = direction == .request ? readOnly.1 == nil : writeOnly.1 == nil
        if wasSent != isSent {
            let rule: ChangeRule = direction == .request ? .readOnlyChanged : .writeOnlyChanged
            let locations = direction == .request ? readOnly : writeOnly
            let level: ChangeRule.Level =
                switch (direction, isSent) {
                case (.request, false): .warning
                case (.request, true): isRequired ? .breaking : .fine
                case (.response, false): .breaking
                case (.response, true): .fine
                }
            report(
                rule, direction, level: level, locations.0 ?? property.location, locations.1 ?? other.location,
                "\(what) is \(isSent ? "no longer " : "")\(direction == .request ? "read-only" : "write-only")")
        }
        // What is not sent in this direction cannot break anything in it.
        guard wasSent, isSent else { return }
        if wasRequired != isRequired {
            report(
                isRequired ? .propertyBecameRequired : .propertyBecameOptional, direction,
                before.required[name] ?? property.location, after.required[name] ?? other.location,
                "\(what) is \(isRequired ? "required" : "optional")")
        }
        guard property.schemas.count == other.schemas.count else {
            report(.schemaChanged, direction, property.location, other.location, "\(what) is composed in another way")
            return
        }
        for (old, new) in zip(property.schemas, other.schemas) {
            compareSchemas(old, new, what, direction, old: property.location, new: other.location)
        }
    }

    private func compareAdditional(
        _ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction
    ) {
        guard before.additional != nil || after.additional != nil else { return }
        let (wasRefused, isRefused) = (before.additional?.boolean == false, after.additional?.boolean == false)
        let locations = (before.additional?.location ?? before.location, after.additional?.location ?? after.location)
        if wasRefused != isRefused {
            report(
                isRefused ? .additionalPropertiesRefused : .additionalPropertiesAllowed, direction, locations.0,
                locations.1, "\(subject) may \(isRefused ? "no longer " : "")have properties without a definition")
        } else if !isRefused {
            compareSchemas(
                before.additional?.mapping == nil ? nil : before.additional,
                after.additional?.mapping == nil ? nil : after.additional, "a further property of \(subject)",
                direction, old: locations.0, new: locations.1)
        }
    }
}
