/// Reads `generator.yaml`, with the same care for places and unknown keys as the document.
struct ConfigurationReader {
    let diagnostics: Diagnostics

    private static let file = ObjectKind(
        "the configuration",
        read: [
            "imports", "credential", "operation-extensions", "input-extensions", "output-wrappers", "failures",
            "routers", "overlays", "filter", "names", "modes", "formats",
        ],
        allowsExtensions: false)
    private static let failureFormat = ObjectKind(
        "a format of failures", read: ["media-type", "schema"], allowsExtensions: false)
    private static let operationExtension = ObjectKind(
        "an operation extension", read: ["required", "values"], allowsExtensions: false)
    private static let operationValue = ObjectKind(
        "a value of an operation extension", read: ["security", "input", "output"], allowsExtensions: false)

    func read(_ node: Node) -> Configuration {
        var configuration = Configuration()
        guard let object = ObjectReader(node, Self.file, diagnostics: diagnostics) else { return configuration }
        if let modes = modes(object) { configuration.modes = modes }
        if let formats = formats(object) { configuration.formats = formats }
        for name in object.strings("imports") {
            if checked(name, isIdentifier, "the name of a module") {
                configuration.imports.append(Located(Name(name.value), at: name.location))
            }
        }
        if let credential = object.string("credential"), checked(credential, isType, "a Swift type") {
            configuration.credential = Located(Name(credential.value), at: credential.location)
        }
        for entry in extensions(object, "input-extensions") {
            if let found = inputExtension(entry) { configuration.inputExtensions.append(found) }
        }
        configuration.outputWrappers = outputWrappers(object)
        configuration.failures = object.sequence("failures")?.compactMap(failureFormat)
        configuration.routers = routers(object)
        configuration.overlays = object.strings("overlays")
        configuration.filter = filter(object)
        configuration.names = names(object)
        let wrappers = configuration.outputWrappers.map(\.name.value)
        let inputs = configuration.inputExtensions.flatMap { $0.values.map(\.name.value) }
        for entry in extensions(object, "operation-extensions") {
            if let found = operationExtension(entry, inputs: inputs, wrappers: wrappers) {
                configuration.operationExtensions.append(found)
            }
        }
        return configuration
    }

    private func modes(_ object: ObjectReader) -> Set<Configuration.Mode>? {
        guard let sequence = object.sequence("modes") else { return nil }
        let known = Configuration.Mode.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        if sequence.isEmpty, let node = object.node("modes") {
            diagnostics.report(
                .invalidValue, at: node.location, "`modes` is empty, so that nothing would be generated",
                advice: "the modes are \(known)")
        }
        return Set(
            object.strings("modes").compactMap { text in
                let mode = Configuration.Mode(rawValue: text.value)
                if mode == nil {
                    diagnostics.report(
                        .invalidValue, at: text.location, "there is no mode `\(text.value)`",
                        advice: "the modes are \(known)")
                }
                return mode
            })
    }

    private func extensions(_ object: ObjectReader, _ key: Name) -> [Mapping.Entry] {
        (object.map(key)?.entries ?? []).filter { entry in
            if entry.key.hasPrefix("x-") { return true }
            diagnostics.report(
                .invalidValue, at: entry.keyLocation, "`\(entry.key)` is no name of an extension",
                advice: "names of extensions begin with `x-`")
            return false
        }
    }

    private func outputWrappers(_ object: ObjectReader) -> [Configuration.OutputWrapper] {
        (object.map("output-wrappers")?.entries ?? []).compactMap { entry in
            guard let type = entry.value.string else {
                diagnostics.report(
                    .unexpectedType, at: entry.value.location,
                    "the Swift type has to be a string, not \(entry.value.kindDescription)")
                return nil
            }
            guard checked(Located(type, at: entry.value.location), isIdentifier, "the name of a generic Swift type")
            else { return nil }
            return Configuration.OutputWrapper(
                name: Located(entry.key, at: entry.keyLocation), type: Located(Name(type), at: entry.value.location))
        }
    }

    private func operationExtension(
        _ entry: Mapping.Entry, inputs: [Name], wrappers: [Name]
    ) -> Configuration.OperationExtension? {
        guard let object = ObjectReader(entry.value, Self.operationExtension, diagnostics: diagnostics),
            object.required("values") != nil, let values = object.map("values")
        else { return nil }
        return Configuration.OperationExtension(
            name: Located(entry.key, at: entry.keyLocation), isRequired: object.boolean("required")?.value ?? false,
            values: values.entries.compactMap { operationValue($0, inputs: inputs, wrappers: wrappers) })
    }

    private func operationValue(
        _ entry: Mapping.Entry, inputs: [Name], wrappers: [Name]
    ) -> Configuration.OperationExtension.Value? {
        guard let object = ObjectReader(entry.value, Self.operationValue, diagnostics: diagnostics) else { return nil }
        var value = Configuration.OperationExtension.Value(name: Located(entry.key, at: entry.keyLocation))
        if let text = object.string("security") {
            if let security = Configuration.Security(rawValue: text.value) {
                value.security = Located(security, at: text.location)
            } else {
                diagnostics.report(
                    .invalidValue, at: text.location, "`security` cannot be `\(text.value)`",
                    advice: "it is `required` or `forbidden`; leave it out if either will do")
            }
        }
        for text in object.strings("input") {
            let name = Name(text.value)
            if inputs.contains(name) {
                value.input.append(Located(name, at: text.location))
            } else {
                diagnostics.report(
                    .invalidValue, at: text.location, "no input extension has a value `\(name)`",
                    advice: inputs.isEmpty
                        ? "add it to `input-extensions`"
                        : "the values are \(inputs.map { "`\($0)`" }.joined(separator: ", "))")
            }
        }
        if let text = object.string("output") {
            if wrappers.contains(Name(text.value)) {
                value.output = Located(Name(text.value), at: text.location)
            } else {
                diagnostics.report(
                    .invalidValue, at: text.location, "no output wrapper is named `\(text.value)`",
                    advice: wrappers.isEmpty
                        ? "add it to `output-wrappers`"
                        : "the names are \(wrappers.map { "`\($0)`" }.joined(separator: ", "))")
            }
        }
        return value
    }

    private func failureFormat(_ node: Node) -> Configuration.FailureFormat? {
        guard let object = ObjectReader(node, Self.failureFormat, diagnostics: diagnostics),
            let text = object.requiredString("media-type")
        else { return nil }
        guard let mediaType = MediaType.essence(of: text.value), !text.value.utf8.contains(UInt8(ascii: ";")) else {
            diagnostics.report(
                .invalidValue, at: text.location, "`\(text.value)` is no media type",
                advice: "a media type is `type/subtype`, here without parameters")
            return nil
        }
        return Configuration.FailureFormat(
            mediaType: Located(mediaType, at: text.location),
            schema: object.string("schema").map { Located(Name($0.value), at: $0.location) })
    }

    private func routers(_ object: ObjectReader) -> Configuration.RouterExtension? {
        let entries = extensions(object, "routers")
        for other in entries.dropFirst() {
            diagnostics.report(
                .unsupportedValue, at: other.keyLocation, "only one extension can lead operations to routers")
        }
        guard let entry = entries.first else { return nil }
        guard let mapping = entry.value.mapping else {
            diagnostics.report(
                .unexpectedType, at: entry.value.location,
                "the values of `\(entry.key)` have to be an object, not \(entry.value.kindDescription)")
            return nil
        }
        var found = Configuration.RouterExtension(name: Located(entry.key, at: entry.keyLocation), values: [])
        var taken = NameScope.reservedTypes
        for value in mapping.entries {
            guard let type = value.value.string else {
                diagnostics.report(
                    .unexpectedType, at: value.value.location,
                    "the router's name has to be a string, not \(value.value.kindDescription)")
                continue
            }
            guard checked(Located(type, at: value.value.location), isIdentifier, "the name of a router") else {
                continue
            }
            guard taken.insert(type).inserted else {
                diagnostics.report(.invalidValue, at: value.value.location, "the name `\(type)` is taken")
                continue
            }
            found.values.append(
                .init(
                    name: Located(value.key, at: value.keyLocation),
                    type: Located(Name(type), at: value.value.location)))
        }
        return found
    }

    private func inputExtension(_ entry: Mapping.Entry) -> Configuration.InputExtension? {
        guard let mapping = entry.value.mapping else {
            diagnostics.report(
                .unexpectedType, at: entry.value.location,
                "an input extension has to be an object, not \(entry.value.kindDescription)")
            return nil
        }
        var found = Configuration.InputExtension(name: Located(entry.key, at: entry.keyLocation), values: [])
        for value in mapping.entries {
            guard let type = value.value.string else {
                diagnostics.report(
                    .unexpectedType, at: value.value.location,
                    "the Swift type has to be a string, not \(value.value.kindDescription)")
                continue
            }
            if checked(Located(type, at: value.value.location), isType, "a Swift type") {
                found.values.append(
                    .init(
                        name: Located(value.key, at: value.keyLocation),
                        type: Located(Name(type), at: value.value.location)))
            }
        }
        return found
    }

    /// What stands here becomes Swift code, so it must not be able to become any other.
    func checked(_ text: Located<String>, _ test: (String) -> Bool, _ expected: String) -> Bool {
        if test(text.value) { return true }
        diagnostics.report(.invalidValue, at: text.location, "`\(text.value)` is not \(expected)")
        return false
    }

    func isIdentifier(_ text: String) -> Bool {
        var bytes = text.utf8[...]
        guard let first = bytes.popFirst(), isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Names, dots, generic arguments: `Confined<PromQLQuery>`.
    private func isType(_ text: String) -> Bool {
        var depth = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "<") { depth += 1 }
            if byte == UInt8(ascii: ">") { depth -= 1 }
            if depth < 0 { return false }
        }
        let words = text.utf8.split(omittingEmptySubsequences: true) { "<>., ".utf8.contains($0) }
        return depth == 0 && !words.isEmpty && words.allSatisfy { isIdentifier(String(Substring($0))) }
            && text.utf8.first.map(isLetter) == true
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
