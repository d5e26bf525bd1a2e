/// Parameters of operations and header fields of answers.
extension Comparison {
    private struct ParameterView {
        var name: Name
        var place: String
        var location: Location
        var mapping: Mapping

        var isRequired: Bool { mapping["required"]?.value.boolean == true }
        var style: String {
            mapping["style"]?.value.string ?? (place == "query" || place == "cookie" ? "form" : "simple")
        }
        var isExploded: Bool { mapping["explode"]?.value.boolean ?? (style == "form") }
        var what: String { "the \(place) parameter `\(name)`" }
    }

    /// The parameters of the path item that the operation does not replace, and its own.
    private func parameters(_ operation: OperationView, _ side: Side) -> [ParameterView] {
        func read(_ mapping: Mapping) -> [ParameterView] {
            (mapping["parameters"]?.value.sequence ?? []).compactMap { node in
                guard let parameter = side.references.resolved(node)?.mapping,
                    let name = parameter["name"]?.value.string, let place = parameter["in"]?.value.string
                else { return nil }
                return ParameterView(
                    name: Name(place == "header" ? name.lowercased() : name), place: place, location: node.location,
                    mapping: parameter)
            }
        }
        let own = read(operation.mapping)
        return read(operation.item).filter { common in
            !own.contains { $0.name == common.name && $0.place == common.place }
        } + own
    }

    func compareParameters(_ before: OperationView, _ after: OperationView, _ direction: Direction) {
        let oldParameters = parameters(before, old)
        let newParameters = parameters(after, new)
        // In paths it is the place that counts.
        let renamed = Dictionary(
            zip(LintRule.templateNames(before.path.text), LintRule.templateNames(after.path.text)).map { ($0, $1) }
        ) { first, _ in first }
        func match(_ parameter: ParameterView) -> ParameterView? {
            let name = parameter.place == "path" ? renamed[parameter.name] ?? parameter.name : parameter.name
            return newParameters.first { $0.place == parameter.place && $0.name == name }
        }
        var matched: Set<Location> = []
        for parameter in oldParameters {
            guard let other = match(parameter) else {
                let wasDeprecated = parameter.mapping["deprecated"]?.value.boolean == true
                report(
                    .parameterRemoved, direction, level: wasDeprecated ? .fine : nil, old: parameter.location,
                    new: after.location, "\(after.title) no longer has \(parameter.what)")
                continue
            }
            matched.insert(other.location)
            compare(parameter, other, "\(other.what) of \(after.title)", direction)
        }
        for parameter in newParameters where !matched.contains(parameter.location) {
            report(
                parameter.isRequired ? .parameterAddedRequired : .parameterAdded, direction, old: before.location,
                new: parameter.location,
                "\(after.title) has a new \(parameter.isRequired ? "required " : "")\(parameter.place) parameter "
                    + "`\(parameter.name)`")
        }
    }

    private func compare(
        _ before: ParameterView, _ after: ParameterView, _ subject: String, _ direction: Direction
    ) {
        if before.isRequired != after.isRequired {
            report(
                after.isRequired ? .parameterBecameRequired : .parameterBecameOptional, direction,
                old: before.mapping["required"]?.keyLocation ?? before.location,
                new: after.mapping["required"]?.keyLocation ?? after.location,
                "\(subject) is \(after.isRequired ? "required" : "optional")")
        }
        if before.style != after.style || before.isExploded != after.isExploded {
            report(
                .parameterStyleChanged, direction, old: before.mapping["style"]?.keyLocation ?? before.location,
                new: after.mapping["style"]?.keyLocation ?? after.mapping["explode"]?.keyLocation ?? after.location,
                "\(subject) is written in the style \(after.style)\(after.isExploded ? ", exploded" : "") instead of "
                    + "\(before.style)\(before.isExploded ? ", exploded" : "")")
        }
        let allowed = before.mapping["allowEmptyValue"]?.value.boolean == true
        if allowed != (after.mapping["allowEmptyValue"]?.value.boolean == true) {
            report(
                allowed ? .emptyValueRefused : .emptyValueAllowed, direction, old: before.location,
                new: after.location, "\(subject) may \(allowed ? "no longer " : "")be empty")
        }
        compareDeprecation(before.mapping, after.mapping, subject, before.location, after.location)
        compareExtensions(before.mapping, after.mapping, subject, before.location, after.location)
        compareValues(before.mapping, after.mapping, subject, direction, before.location, after.location)
    }

    /// `schema` or `content` of a parameter or a header field.
    private func compareValues(
        _ before: Mapping, _ after: Mapping, _ subject: String, _ direction: Direction, _ oldLocation: Location,
        _ newLocation: Location
    ) {
        let oldContent = before["content"]
        let newContent = after["content"]
        if (oldContent == nil) != (newContent == nil) {
            report(
                .parameterStyleChanged, direction, old: oldContent?.keyLocation ?? oldLocation,
                new: newContent?.keyLocation ?? newLocation,
                "\(subject) is \(newContent == nil ? "no longer " : "")of a media type")
            return
        }
        if let oldContent, let newContent {
            compareContent(oldContent, newContent, subject, direction)
            return
        }
        compareSchemas(
            before["schema"]?.value, after["schema"]?.value, subject, direction, old: oldLocation, new: newLocation)
    }

    func compareHeaders(_ before: Mapping, _ after: Mapping, _ title: String, _ direction: Direction) {
        func headers(_ response: Mapping, _ side: Side) -> [(name: Name, location: Location, mapping: Mapping)] {
            (response["headers"]?.value.mapping?.entries ?? []).compactMap { entry in
                side.references.resolved(entry.value)?.mapping.map {
                    (Name(entry.key.text.lowercased()), entry.keyLocation, $0)
                }
            }
        }
        let oldHeaders = headers(before, old)
        let newHeaders = headers(after, new)
        for header in oldHeaders {
            let wasRequired = header.mapping["required"]?.value.boolean == true
            guard let other = newHeaders.first(where: { $0.name == header.name }) else {
                report(
                    .headerRemoved, direction, level: wasRequired || direction == .request ? nil : .warning,
                    old: header.location, new: nil, "\(title) no longer has the header field `\(header.name)`")
                continue
            }
            let isRequired = other.mapping["required"]?.value.boolean == true
            if wasRequired != isRequired {
                report(
                    isRequired ? .headerBecameRequired : .headerBecameOptional, direction, old: header.location,
                    new: other.location,
                    "the header field `\(header.name)` of \(title) is \(isRequired ? "always" : "no longer always") there"
                )
            }
            let subject = "the header field `\(header.name)` of \(title)"
            compareDeprecation(header.mapping, other.mapping, subject, header.location, other.location)
            compareValues(header.mapping, other.mapping, subject, direction, header.location, other.location)
        }
        for header in newHeaders where !oldHeaders.contains(where: { $0.name == header.name }) {
            report(
                .headerAdded, direction, old: nil, new: header.location,
                "\(title) has a new header field `\(header.name)`")
        }
    }
}
