/// Request bodies and responses.
extension Comparison {
    func compareBodies(_ before: OperationView, _ after: OperationView, _ direction: Direction) {
        let oldNode = before.mapping["requestBody"]
        let newNode = after.mapping["requestBody"]
        let oldBody = oldNode.flatMap { old.references.resolved($0.value)?.mapping }
        let newBody = newNode.flatMap { new.references.resolved($0.value)?.mapping }
        func isRequired(_ body: Mapping?) -> Bool { body?["required"]?.value.boolean == true }
        guard let oldBody else {
            if let newNode, let newBody {
                report(
                    isRequired(newBody) ? .bodyAddedRequired : .bodyAdded, direction, old: before.location,
                    new: newNode.keyLocation, "\(after.title) has a new\(isRequired(newBody) ? " required" : "") body")
            }
            return
        }
        guard let newBody else {
            report(
                .bodyRemoved, direction, old: oldNode?.keyLocation, new: after.location,
                "\(after.title) has no body any more")
            return
        }
        let subject = "the body of \(after.title)"
        if isRequired(oldBody) != isRequired(newBody) {
            report(
                isRequired(newBody) ? .bodyBecameRequired : .bodyBecameOptional, direction,
                old: oldBody["required"]?.keyLocation ?? oldNode?.keyLocation,
                new: newBody["required"]?.keyLocation ?? newNode?.keyLocation,
                "\(subject) is \(isRequired(newBody) ? "required" : "optional")")
        }
        if let oldContent = oldBody["content"], let newContent = newBody["content"] {
            compareContent(oldContent, newContent, subject, direction)
        }
    }

    /// The media types of a body.
    func compareContent(
        _ before: Mapping.Entry, _ after: Mapping.Entry, _ subject: String, _ direction: Direction
    ) {
        let oldTypes = before.value.mapping?.entries ?? []
        let newTypes = after.value.mapping?.entries ?? []
        func key(_ entry: Mapping.Entry) -> Name { Name(entry.key.text.lowercased()) }
        for type in oldTypes {
            guard let other = newTypes.first(where: { key($0) == key(type) }) else {
                report(
                    .mediaTypeRemoved, direction, old: type.keyLocation, new: after.keyLocation,
                    "\(subject) is no longer `\(type.key)`")
                continue
            }
            guard let oldMedia = old.references.resolved(type.value)?.mapping,
                let newMedia = new.references.resolved(other.value)?.mapping
            else { continue }
            compareSchemas(
                oldMedia["schema"]?.value, newMedia["schema"]?.value, subject, direction, old: type.keyLocation,
                new: other.keyLocation)
            compareSchemas(
                oldMedia["itemSchema"]?.value, newMedia["itemSchema"]?.value, "an item of \(subject)", direction,
                old: type.keyLocation, new: other.keyLocation)
            for keyword in ["encoding", "prefixEncoding", "itemEncoding"] as [Name] {
                let encodings = (oldMedia[keyword], newMedia[keyword])
                if isDifferent(encodings.0?.value, encodings.1?.value) {
                    report(
                        .encodingChanged, direction, old: encodings.0?.keyLocation ?? type.keyLocation,
                        new: encodings.1?.keyLocation ?? other.keyLocation, "\(subject) is encoded in another way")
                }
            }
        }
        for type in newTypes where !oldTypes.contains(where: { key($0) == key(type) }) {
            report(
                .mediaTypeAdded, direction, old: before.keyLocation, new: type.keyLocation,
                "\(subject) may be `\(type.key)`")
        }
    }

    func compareResponses(_ before: OperationView, _ after: OperationView, _ direction: Direction) {
        let oldResponses = before.mapping["responses"].flatMap { old.references.resolved($0.value)?.mapping }
        let newResponses = after.mapping["responses"].flatMap { new.references.resolved($0.value)?.mapping }
        func key(_ name: Name) -> Name { Name(name == "default" ? "default" : name.text.uppercased()) }
        let oldEntries = (oldResponses?.entries ?? []).filter { !$0.key.hasPrefix("x-") }
        let newEntries = (newResponses?.entries ?? []).filter { !$0.key.hasPrefix("x-") }
        let answers = direction.opposite
        for entry in oldEntries {
            let isSuccess = entry.key.hasPrefix("2")
            guard let other = newEntries.first(where: { key($0.key) == key(entry.key) }) else {
                report(
                    .responseRemoved, answers, level: isSuccess ? nil : .fine, old: entry.keyLocation,
                    new: after.location, "\(after.title) no longer answers `\(entry.key)`")
                continue
            }
            guard let response = old.references.resolved(entry.value)?.mapping,
                let newResponse = new.references.resolved(other.value)?.mapping
            else { continue }
            let subject = "the answer `\(other.key)` of \(after.title)"
            compareHeaders(response, newResponse, subject, answers)
            compareLinks(response, newResponse, subject)
            switch (response["content"], newResponse["content"]) {
            case (let content?, let newContent?): compareContent(content, newContent, subject, answers)
            case (let content?, nil):
                report(
                    .bodyRemoved, answers, old: content.keyLocation, new: other.keyLocation,
                    "\(subject) has no body any more")
            case (nil, let newContent?):
                report(
                    .bodyAdded, answers, old: entry.keyLocation, new: newContent.keyLocation, "\(subject) has a body")
            case (nil, nil): break
            }
        }
        for entry in newEntries where !oldEntries.contains(where: { key($0.key) == key(entry.key) }) {
            report(
                .responseAdded, answers, level: entry.key.hasPrefix("2") ? nil : .fine, old: before.location,
                new: entry.keyLocation, "\(after.title) may answer `\(entry.key)`")
        }
    }

    private func compareLinks(_ before: Mapping, _ after: Mapping, _ subject: String) {
        let oldLinks = before["links"]?.value.mapping
        let newLinks = after["links"]?.value.mapping
        for link in oldLinks?.entries ?? [] {
            guard let other = newLinks?[link.key] else {
                report(.linkRemoved, old: link.keyLocation, new: nil, "\(subject) no longer has the link `\(link.key)`")
                continue
            }
            if isDifferent(link.value, other.value) {
                report(
                    .linkRemoved, old: link.keyLocation, new: other.keyLocation,
                    "the link `\(link.key)` of \(subject) leads elsewhere")
            }
        }
        for link in newLinks?.entries ?? [] where oldLinks?[link.key] == nil {
            report(.linkAdded, old: nil, new: link.keyLocation, "\(subject) has a new link `\(link.key)`")
        }
    }
}
