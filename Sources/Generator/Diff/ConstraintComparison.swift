/// Bounds, patterns and the items of arrays.
extension Comparison {
    func compareBounds(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        for (name, isUpper) in SchemaView.boundKeywords {
            let bounds = (before.bounds[name], after.bounds[name])
            guard bounds.0 != nil || bounds.1 != nil, bounds.0?.value != bounds.1?.value else { continue }
            let locations = (bounds.0?.location ?? before.location, bounds.1?.location ?? after.location)
            let text =
                "\(subject) has \(bounds.1.map { "`\(name)` of \($0.text)" } ?? "no `\(name)`") instead of "
                + (bounds.0?.text ?? "none")
            let isTighter: Bool
            switch bounds {
            case (nil, _?): isTighter = true
            case (_?, nil): isTighter = false
            case (let old?, let new?) where name == "multipleOf":
                let isMultiple = Self.isMultiple(new.value, of: old.value)
                guard isMultiple || Self.isMultiple(old.value, of: new.value) else {
                    report(.constraintTightened, direction, level: .breaking, locations.0, locations.1, text)
                    continue
                }
                isTighter = isMultiple
            case (let old?, let new?): isTighter = isUpper ? new.value < old.value : new.value > old.value
            case (nil, nil): continue
            }
            report(
                isTighter ? .constraintTightened : .constraintLoosened, direction, locations.0, locations.1, text)
        }
        if (before.isUnique == nil) != (after.isUnique == nil) {
            report(
                after.isUnique == nil ? .constraintLoosened : .constraintTightened, direction,
                before.isUnique ?? before.location, after.isUnique ?? after.location,
                "the items of \(subject) \(after.isUnique == nil ? "need no longer" : "have to") be different")
        }
        comparePatterns(before, after, subject, direction)
    }

    private static func isMultiple(_ value: Double, of other: Double) -> Bool {
        guard other > 0 else { return false }
        let quotient = value / other
        return abs(quotient - quotient.rounded()) < 1e-9
    }

    private func comparePatterns(
        _ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction
    ) {
        let removed = before.patterns.filter { old in !after.patterns.contains { NodeValue.same($0, old) } }
        let added = after.patterns.filter { new in !before.patterns.contains { NodeValue.same($0, new) } }
        guard let location = added.first?.location ?? removed.first.map({ _ in after.location }) else { return }
        let oldLocation = removed.first?.location ?? before.location
        if removed.isEmpty {
            report(
                .constraintTightened, direction, oldLocation, location, "\(subject) has to match a pattern")
        } else if added.isEmpty {
            report(
                .constraintLoosened, direction, oldLocation, location, "\(subject) need no longer match a pattern")
        } else {
            report(
                .patternChanged, direction, oldLocation, location,
                "\(subject) has to match \(NodeValue.text(added[0])) instead of \(NodeValue.text(removed[0]))")
        }
    }

    func compareArrays(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        if before.items != nil || after.items != nil {
            compareSchemas(
                before.items, after.items, "an item of \(subject)", direction, old: before.location, new: after.location
            )
        }
        for index in 0..<max(before.prefixItems.count, after.prefixItems.count) {
            func item(_ view: SchemaView) -> Node? {
                view.prefixItems.indices.contains(index) ? view.prefixItems[index] : view.items
            }
            compareSchemas(
                item(before), item(after), "item \(index) of \(subject)", direction, old: before.location,
                new: after.location)
        }
    }
}
