/// Schemas: what is narrower breaks those who send values, what is wider those who get them.
extension Comparison {
    /// Compares what two schemas say of values; a schema that is missing says nothing of them.
    func compareSchemas(
        _ before: Node?, _ after: Node?, _ subject: String, _ direction: Direction, old oldLocation: Location,
        new newLocation: Location
    ) {
        if before == nil, after == nil { return }
        let empty = { (location: Location) in Node(content: .mapping(Mapping(entries: [])), location: location) }
        let before = before ?? empty(oldLocation)
        let after = after ?? empty(newLocation)
        guard
            compared.insert(Pair(old: before.location, new: after.location, direction: direction)).inserted
        else { return }
        let subject = name(of: after) ?? subject
        // What both refer to under one name is compared once, however many refer to it.
        if let oldTarget = target(before, old), let newTarget = target(after, new),
            before.mapping?.entries.count == 1, after.mapping?.entries.count == 1
        {
            pending.append(
                PendingSchemas(old: oldTarget, new: newTarget, subject: subject, direction: direction))
            return
        }
        let oldView = SchemaView(before, references: old.references)
        let newView = SchemaView(after, references: new.references)
        compareTypes(oldView, newView, subject, direction)
        compareNull(oldView, newView, subject, direction)
        compareValues(oldView, newView, subject, direction)
        compareFormat(oldView, newView, subject, direction)
        compareBounds(oldView, newView, subject, direction)
        compareObjects(oldView, newView, subject, direction)
        compareArrays(oldView, newView, subject, direction)
        compareAlternatives(oldView, newView, subject, direction)
        compareOthers(oldView, newView, subject, direction)
        if let oldMapping = before.mapping, let newMapping = after.mapping {
            compareExtensions(oldMapping, newMapping, subject, before.location, after.location)
        }
    }

    private func target(_ node: Node, _ side: Side) -> Node? {
        guard let reference = node.mapping?["$ref"]?.value,
            case .found(let target) = side.references.target(of: reference)
        else { return nil }
        return target
    }

    /// `the schema Pet`, where the node refers to it.
    private func name(of node: Node) -> String? {
        guard let text = node.mapping?["$ref"]?.value.string,
            let last = text.split(separator: "/").last
        else { return nil }
        return "the schema `\(last)`"
    }

    /// A report on schemas, whose messages say who sends the value.
    func report(
        _ rule: ChangeRule, _ direction: Direction, level: ChangeRule.Level? = nil, _ before: Location,
        _ after: Location,
        _ message: String
    ) {
        report(rule, direction, level: level, old: before, new: after, "\(message), \(direction.text)")
    }

    private func compareTypes(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        let locations = (before.typeLocation ?? before.location, after.typeLocation ?? after.location)
        if after.refusesEverything != before.refusesEverything {
            report(
                after.refusesEverything ? .typeNarrowed : .typeWidened, direction, locations.0, locations.1,
                "\(subject) has \(after.refusesEverything ? "no values any more" : "values")")
            return
        }
        guard before.types != after.types else { return }
        // Alternatives have types of their own.
        if (before.types == nil && !before.alternatives.isEmpty) || (after.types == nil && !after.alternatives.isEmpty)
        {
            return
        }
        func covers(_ types: Set<String>?, _ type: String) -> Bool {
            types.map { $0.contains(type) || type == "integer" && $0.contains("number") } ?? true
        }
        func text(_ types: Set<String>?) -> String {
            types.map { $0.sorted().map { "`\($0)`" }.joined(separator: " or ") } ?? "anything"
        }
        let isNarrower = before.types.map { !$0.allSatisfy { covers(after.types, $0) } } ?? (after.types != nil)
        let isWider = after.types.map { !$0.allSatisfy { covers(before.types, $0) } } ?? (before.types != nil)
        guard isNarrower || isWider else { return }
        report(
            isNarrower && isWider ? .typeChanged : isNarrower ? .typeNarrowed : .typeWidened, direction, locations.0,
            locations.1, "\(subject) is \(text(after.types)) instead of \(text(before.types))")
    }

    private func compareNull(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        guard before.allowsNull != after.allowsNull, !before.isFree, !after.isFree, !before.refusesEverything,
            !after.refusesEverything
        else { return }
        report(
            after.allowsNull ? .nullAllowed : .nullRefused, direction, before.typeLocation ?? before.location,
            after.typeLocation ?? after.location, "\(subject) may \(after.allowsNull ? "" : "no longer ")be null")
    }

    private func compareValues(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        let locations = (before.valuesLocation ?? before.location, after.valuesLocation ?? after.location)
        switch (before.values, after.values) {
        case (let old?, let new?):
            for value in old where !new.contains(where: { NodeValue.same($0, value) }) {
                report(
                    .enumValueRemoved, direction, value.location, locations.1,
                    "\(subject) can no longer be \(NodeValue.text(value))")
            }
            for value in new where !old.contains(where: { NodeValue.same($0, value) }) {
                report(
                    .enumValueAdded, direction, locations.0, value.location,
                    "\(subject) can be \(NodeValue.text(value))")
            }
        case (nil, _?):
            report(
                .enumValueRemoved, direction, locations.0, locations.1, "\(subject) can only be one of some values")
        case (_?, nil):
            report(
                .enumValueAdded, direction, locations.0, locations.1, "\(subject) can be other than the values before")
        case (nil, nil): break
        }
    }

    private func compareFormat(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        let formats = (before.format?.string, after.format?.string)
        guard formats.0 != formats.1 else { return }
        let order = ["int8", "int16", "int32", "int64"]
        let isNarrower: Bool?
        switch formats {
        case (nil, _): isNarrower = true
        case (_, nil): isNarrower = false
        case ("float", "double"): isNarrower = false
        case ("double", "float"): isNarrower = true
        case (let old?, let new?):
            let positions = (order.firstIndex(of: old), order.firstIndex(of: new))
            isNarrower = positions.0.flatMap { old in positions.1.map { $0 < old } }
        }
        let level: ChangeRule.Level =
            isNarrower.map { $0 == (direction == .request) ? .breaking : .fine } ?? .breaking
        // Formats that nobody checks say something to people only.
        let known = [formats.0, formats.1].compactMap { $0 }.allSatisfy { SchemaComparisonFormats.checked.contains($0) }
        report(
            .formatChanged, direction, level: known ? level : .warning, before.format?.location ?? before.location,
            after.format?.location ?? after.location,
            "\(subject) is \(formats.1.map { "of the format `\($0)`" } ?? "of no format") instead of "
                + (formats.0.map { "`\($0)`" } ?? "none"))
    }

    private func compareOthers(_ before: SchemaView, _ after: SchemaView, _ subject: String, _ direction: Direction) {
        let names = Set((before.others + after.others).map(\.key))
        for name in names.sorted() {
            let entries = (before.others.first { $0.key == name }, after.others.first { $0.key == name })
            guard isDifferent(entries.0?.value, entries.1?.value) else { continue }
            report(
                .schemaChanged, direction, entries.0?.keyLocation ?? before.location,
                entries.1?.keyLocation ?? after.location, "`\(name)` of \(subject) has changed")
        }
        let defaults = (before.standard, after.standard)
        let isSame =
            defaults.0.map { old in defaults.1.map { NodeValue.same(old, $0) } ?? false } ?? (defaults.1 == nil)
        if !isSame {
            report(
                .defaultChanged, direction, defaults.0?.location ?? before.location,
                defaults.1?.location ?? after.location,
                "\(subject) has \(defaults.1.map { "the default \(NodeValue.text($0))" } ?? "no default") instead of "
                    + (defaults.0.map { NodeValue.text($0) } ?? "none"))
        }
        if (before.deprecated == nil) != (after.deprecated == nil) {
            report(
                .deprecated, old: before.deprecated ?? before.location, new: after.deprecated ?? after.location,
                "\(subject) is \(after.deprecated == nil ? "no longer " : "")deprecated")
        }
    }

    /// Whether two pieces of a document differ in more than documentation, with what they refer to.
    func isDifferent(_ before: Node?, _ after: Node?) -> Bool {
        var visited: Set<Pair> = []
        return isDifferent(before, after, &visited, 0)
    }

    private func isDifferent(
        _ before: Node?, _ after: Node?, _ visited: inout Set<Pair>, _ depth: Int
    ) -> Bool {
        guard let before, let after else { return before != nil || after != nil }
        guard let oldNode = old.references.resolved(before), let newNode = new.references.resolved(after) else {
            return !NodeValue.same(before, after)
        }
        guard visited.insert(Pair(old: oldNode.location, new: newNode.location, direction: .request)).inserted else {
            return false
        }
        // Beyond that nobody can tell, which is a reason to look.
        guard depth < 400 else { return true }
        switch (oldNode.content, newNode.content) {
        case (.mapping(let old), .mapping(let new)):
            let ignored: Set<Name> = ["description", "summary", "title", "example", "examples", "$comment"]
            let oldEntries = old.entries.filter { !ignored.contains($0.key) }
            let newCount = new.entries.count { !ignored.contains($0.key) }
            if oldEntries.count != newCount { return true }
            for entry in oldEntries {
                guard let other = new[entry.key] else { return true }
                if isDifferent(entry.value, other.value, &visited, depth + 1) { return true }
            }
            return false
        case (.sequence(let old), .sequence(let new)):
            if old.count != new.count { return true }
            for (old, new) in zip(old, new) where isDifferent(old, new, &visited, depth + 1) { return true }
            return false
        default: return !NodeValue.same(oldNode, newNode)
        }
    }
}

/// The formats that have a meaning for programs.
enum SchemaComparisonFormats {
    static let checked: Set<String> = [
        "date-time", "date", "time", "duration", "uuid", "uri", "uri-reference", "email", "hostname", "ipv4", "ipv6",
        "byte", "binary", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double",
    ]
}
