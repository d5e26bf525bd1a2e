/// Operations and what they consist of.
extension Comparison {
    /// An operation with what the path item and the document add to it.
    struct OperationView {
        var title: String
        var path: Name
        var location: Location
        var mapping: Mapping
        var item: Mapping
        /// The place of `security`, its own or the document's.
        var security: Mapping.Entry?
    }

    func operations(_ path: Mapping.Entry, _ side: Side) -> [OperationView] {
        guard let item = side.references.resolved(path.value)?.mapping else { return [] }
        let entries = item.entries.flatMap { entry -> [Mapping.Entry] in
            if entry.key == "additionalOperations" { return entry.value.mapping?.entries ?? [] }
            return Operation.Method(rawValue: entry.key.text) == nil ? [] : [entry]
        }
        return entries.compactMap { entry in
            guard let mapping = side.references.resolved(entry.value)?.mapping else { return nil }
            return OperationView(
                title: "\(entry.key.text.uppercased()) \(path.key)", path: path.key, location: entry.keyLocation,
                mapping: mapping, item: item, security: mapping["security"] ?? side.mapping["security"])
        }
    }

    func reportRemoved(_ operation: OperationView, _ rule: ChangeRule = .operationRemoved) {
        let wasDeprecated = operation.mapping["deprecated"]?.value.boolean == true
        report(
            rule, level: wasDeprecated ? .warning : nil, old: operation.location, new: nil,
            "\(operation.title) is gone" + (wasDeprecated ? "; it was deprecated" : ""))
    }

    func reportAdded(_ operation: OperationView, _ rule: ChangeRule = .operationAdded) {
        report(rule, old: nil, new: operation.location, "\(operation.title) is new")
    }

    func compareItems(_ before: Mapping.Entry, _ after: Mapping.Entry) {
        let oldOperations = operations(before, old)
        let newOperations = operations(after, new)
        func method(_ operation: OperationView) -> Substring { operation.title.prefix { $0 != " " } }
        for operation in oldOperations {
            if let other = newOperations.first(where: { method($0) == method(operation) }) {
                compare(operation, other, .request)
            } else {
                reportRemoved(operation)
            }
        }
        for operation in newOperations where !oldOperations.contains(where: { method($0) == method(operation) }) {
            reportAdded(operation)
        }
        for (before, after) in zip(LintRule.templateNames(before.key.text), LintRule.templateNames(after.key.text))
        where before != after {
            report(
                .pathParameterRenamed, old: oldOperations.first?.location, new: newOperations.first?.location,
                "the parameter `{\(before)}` of the path is called `{\(after)}`")
        }
    }

    /// `direction` is that of the operation's request: what the server calls, it sends itself.
    func compare(_ before: OperationView, _ after: OperationView, _ direction: Direction) {
        compareHead(before, after)
        compareServers(
            before.mapping["servers"]?.value ?? before.item["servers"]?.value,
            after.mapping["servers"]?.value ?? after.item["servers"]?.value)
        if direction == .request { compareSecurity(before, after) }
        compareParameters(before, after, direction)
        compareBodies(before, after, direction)
        compareResponses(before, after, direction)
        compareCallbacks(before, after, direction)
    }

    private func compareHead(_ before: OperationView, _ after: OperationView) {
        let ids = (before.mapping["operationId"], after.mapping["operationId"])
        if let id = ids.0, ids.1.map({ !NodeValue.same(id.value, $0.value) }) ?? true {
            report(
                .operationIdChanged, old: id.value.location, new: ids.1?.value.location ?? after.location,
                "\(after.title) has the id \(ids.1.map { NodeValue.text($0.value) } ?? "no longer") instead of "
                    + NodeValue.text(id.value))
        } else if ids.0 == nil, let id = ids.1 {
            report(
                .operationIdChanged, old: before.location, new: id.value.location,
                "\(after.title) has an id, \(NodeValue.text(id.value))")
        }
        let tags = (before.mapping["tags"]?.value, after.mapping["tags"]?.value)
        let empty = Node(content: .sequence([]), location: after.location)
        if !NodeValue.same(tags.0 ?? empty, tags.1 ?? empty) {
            report(
                .operationTagsChanged, old: tags.0?.location ?? before.location,
                new: tags.1?.location ?? after.location, "\(after.title) has other tags")
        }
        compareDeprecation(before.mapping, after.mapping, after.title, before.location, after.location)
        compareExtensions(before.mapping, after.mapping, after.title, before.location, after.location)
    }

    func compareDeprecation(
        _ before: Mapping, _ after: Mapping, _ subject: String, _ oldLocation: Location, _ newLocation: Location
    ) {
        let was = before["deprecated"]?.value.boolean == true
        let isNow = after["deprecated"]?.value.boolean == true
        guard was != isNow else { return }
        report(
            .deprecated, old: before["deprecated"]?.keyLocation ?? oldLocation,
            new: after["deprecated"]?.keyLocation ?? newLocation,
            "\(subject) is \(isNow ? "deprecated" : "no longer deprecated")")
    }

    func compareExtensions(
        _ before: Mapping, _ after: Mapping, _ subject: String, _ oldLocation: Location, _ newLocation: Location
    ) {
        let names = Set((before.entries + after.entries).map(\.key).filter { $0.hasPrefix("x-") })
        for name in names.sorted() {
            let (old, new) = (before[name], after[name])
            if let old, let new, NodeValue.same(old.value, new.value) { continue }
            let change =
                switch (old, new) {
                case (nil, let new?): "has `\(name)`, \(NodeValue.text(new.value))"
                case (_?, nil): "no longer has `\(name)`"
                case (_, let new): "has `\(name)` of \(new.map { NodeValue.text($0.value) } ?? "")"
                }
            report(
                .extensionChanged, level: extensions.contains(name) ? nil : .fine,
                old: old?.keyLocation ?? oldLocation, new: new?.keyLocation ?? newLocation, "\(subject) \(change)")
        }
    }

    func compareCallbacks(_ before: OperationView, _ after: OperationView, _ direction: Direction) {
        let oldCallbacks = before.mapping["callbacks"]?.value.mapping
        let newCallbacks = after.mapping["callbacks"]?.value.mapping
        for callback in oldCallbacks?.entries ?? [] {
            guard let other = newCallbacks?[callback.key] else {
                report(
                    .callbackRemoved, old: callback.keyLocation, new: nil,
                    "the callback `\(callback.key)` of \(after.title) is gone")
                continue
            }
            let urls = (old.references.resolved(callback.value)?.mapping, new.references.resolved(other.value)?.mapping)
            for url in urls.0?.entries ?? [] where !url.key.hasPrefix("x-") {
                if let match = urls.1?[url.key] {
                    compareOutgoing(url, match, direction.opposite, .callbackRemoved, .callbackAdded)
                } else {
                    report(
                        .callbackRemoved, old: url.keyLocation, new: other.keyLocation,
                        "the callback `\(callback.key)` no longer goes to `\(url.key)`")
                }
            }
            for url in urls.1?.entries ?? [] where !url.key.hasPrefix("x-") && urls.0?[url.key] == nil {
                report(
                    .callbackAdded, old: callback.keyLocation, new: url.keyLocation,
                    "the callback `\(callback.key)` goes to `\(url.key)`")
            }
        }
        for callback in newCallbacks?.entries ?? [] where oldCallbacks?[callback.key] == nil {
            report(.callbackAdded, old: nil, new: callback.keyLocation, "the callback `\(callback.key)` is new")
        }
    }

    func compareWebhooks() {
        let before = old.mapping["webhooks"]?.value.mapping
        let after = new.mapping["webhooks"]?.value.mapping
        for webhook in before?.entries ?? [] where !webhook.key.hasPrefix("x-") {
            if let other = after?[webhook.key] {
                compareOutgoing(webhook, other, .response, .webhookRemoved, .webhookAdded)
            } else {
                report(.webhookRemoved, old: webhook.keyLocation, new: nil, "the webhook `\(webhook.key)` is gone")
            }
        }
        for webhook in after?.entries ?? [] where !webhook.key.hasPrefix("x-") && before?[webhook.key] == nil {
            report(.webhookAdded, old: nil, new: webhook.keyLocation, "the webhook `\(webhook.key)` is new")
        }
    }

    /// Path items that are called and not served.
    private func compareOutgoing(
        _ before: Mapping.Entry, _ after: Mapping.Entry, _ direction: Direction, _ removed: ChangeRule,
        _ added: ChangeRule
    ) {
        let oldOperations = operations(before, old)
        let newOperations = operations(after, new)
        for operation in oldOperations {
            if let other = newOperations.first(where: { $0.title == operation.title }) {
                compare(operation, other, direction)
            } else {
                reportRemoved(operation, removed)
            }
        }
        for operation in newOperations where !oldOperations.contains(where: { $0.title == operation.title }) {
            reportAdded(operation, added)
        }
    }
}
