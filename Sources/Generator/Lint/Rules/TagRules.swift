extension LintRule {
    static let tagRules: [LintRule] = [
        LintRule("tag-description", .warn, .warn, .off, "Every tag has a description.") { context in
            for tag in context.document.all(.tag) {
                let name = tag.mapping["name"]?.value.string ?? ""
                context.checkPresent("description", in: tag.mapping, at: tag.keyLocation, "the tag `\(name)`")
            }
        },
        LintRule("no-duplicated-tag-names", .warn, .off, .error, "No two tags have one name.") { context in
            var first: [Name: Location] = [:]
            for tag in context.document.all(.tag) {
                guard let node = tag.mapping["name"]?.value, let text = node.string else { continue }
                let name = Name(context.option("ignoreCase") ? text.lowercased() : text)
                if let location = first[name] {
                    context.report(
                        node.location, "there is a tag `\(text)` already",
                        notes: [.init(location: location, message: "the first is here")])
                } else {
                    first[name] = node.location
                }
            }
        },
        LintRule("tags-alphabetical", .off, .off, .off, "The tags are in alphabetical order.") { context in
            let tags = context.document.all(.tag).compactMap { tag in
                tag.mapping["name"]?.value.string.map { ($0, tag.keyLocation) }
            }
            for ((left, _), (right, location)) in zip(tags, tags.dropFirst()) {
                let isOrdered =
                    context.option("ignoreCase")
                    ? Name(left.lowercased()) <= Name(right.lowercased()) : Name(left) <= Name(right)
                if !isOrdered { context.report(location, "the tag `\(right)` belongs before `\(left)`") }
            }
        },
        LintRule("operation-tag-defined", .off, .off, .off, "The tags of operations are in `tags`.") { context in
            let known = Set(context.document.all(.tag).compactMap { $0.mapping["name"]?.value.string.map { Name($0) } })
            for operation in context.document.operations {
                for tag in operation.mapping["tags"]?.value.sequence ?? [] {
                    guard let text = tag.string, !known.contains(Name(text)) else { continue }
                    context.report(tag.location, "the tag `\(text)` is not among the document's `tags`")
                }
            }
        },
        LintRule("operation-singular-tag", .off, .off, .off, "No operation has several tags.") { context in
            for operation in context.document.operations {
                guard let tags = operation.mapping["tags"], (tags.value.sequence?.count ?? 0) > 1 else { continue }
                context.report(tags.keyLocation, "\(operation.title) has several tags")
            }
        },
        LintRule(
            "spec-no-invalid-tag-parents", .error, .warn, .error, versions: [.v32],
            "The parents of tags are tags, and none is above itself."
        ) { context in
            let tags = context.document.all(.tag)
            var parents: [Name: Name] = [:]
            let names = Set(tags.compactMap { $0.mapping["name"]?.value.string.map { Name($0) } })
            for tag in tags {
                guard let name = tag.mapping["name"]?.value.string, let parent = tag.mapping["parent"]?.value,
                    let text = parent.string
                else { continue }
                if names.contains(Name(text)) {
                    parents[Name(name)] = Name(text)
                } else {
                    context.report(parent.location, "there is no tag `\(text)`")
                }
            }
            for tag in tags {
                guard let name = tag.mapping["name"]?.value.string, let parent = tag.mapping["parent"]?.value else {
                    continue
                }
                var next = parents[Name(name)]
                var seen: Set<Name> = []
                while let current = next, seen.insert(current).inserted {
                    guard current != Name(name) else {
                        context.report(parent.location, "the tag `\(name)` is above itself")
                        break
                    }
                    next = parents[current]
                }
            }
        },
    ]
}
