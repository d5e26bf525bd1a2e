/// https://spec.openapis.org/oas/v3.1.0#security-requirement-object
extension DocumentReader {
    func securitySchemes(_ components: ObjectReader?) -> [SecurityScheme] {
        var schemes: [SecurityScheme] = []
        let pointer = JSONPointer.root.appending("components").appending("securitySchemes")
        for entry in components?.map("securitySchemes")?.entries ?? [] {
            guard let node = dereferenced(entry.value, pointer: pointer.appending(entry.key))?.node else { continue }
            // A scheme of another type has members of its own; one error at its type says it all.
            if let type = node.mapping?["type"]?.value, let text = type.string, Name(text) != "http" {
                diagnostics.report(
                    .unsupportedValue, at: type.location, "security schemes of type `\(text)` are not supported yet",
                    advice: "`type: http` with `scheme: bearer` is")
                continue
            }
            guard let object = object(node, .securityScheme), object.requiredString("type") != nil,
                let scheme = object.requiredString("scheme")
            else { continue }
            guard scheme.value.utf8.elementsEqual("bearer".utf8) else {
                diagnostics.report(
                    .unsupportedValue, at: scheme.location,
                    "the HTTP authentication scheme `\(scheme.value)` is not supported yet", advice: "`bearer` is")
                continue
            }
            schemes.append(
                SecurityScheme(
                    name: Located(entry.key, at: entry.keyLocation), kind: .bearer,
                    description: object.string("description")?.value))
        }
        return schemes
    }

    /// The schemes that a request has to satisfy; empty for `security: []`.
    func securityRequirement(_ node: Node) -> [Located<Name>] {
        guard let alternatives = node.sequence else {
            diagnostics.report(
                .unexpectedType, at: node.location, "`security` has to be an array, not \(node.kindDescription)")
            return []
        }
        guard alternatives.count <= 1 else {
            diagnostics.report(
                .unsupportedValue, at: alternatives[1].location,
                "alternative security requirements are not supported yet")
            return []
        }
        guard let alternative = alternatives.first else { return [] }
        guard let mapping = alternative.mapping else {
            diagnostics.report(
                .unexpectedType, at: alternative.location,
                "a security requirement has to be an object, not \(alternative.kindDescription)")
            return []
        }
        if mapping.entries.isEmpty {
            diagnostics.report(
                .unsupportedValue, at: alternative.location, "optional security is not supported yet",
                advice: "write `security: []` for a public operation")
        }
        if mapping.entries.count > 1 {
            diagnostics.report(
                .unsupportedValue, at: mapping.entries[1].keyLocation,
                "several schemes in one requirement are not supported yet")
        }
        for entry in mapping.entries {
            guard let scopes = entry.value.sequence else {
                diagnostics.report(
                    .unexpectedType, at: entry.value.location,
                    "the scopes of `\(entry.key)` have to be an array, not \(entry.value.kindDescription)")
                continue
            }
            if let scope = scopes.first {
                diagnostics.report(.unsupportedValue, at: scope.location, "scopes are not supported yet")
            }
        }
        return mapping.entries.map { Located($0.key, at: $0.keyLocation) }
    }

    /// Every requirement has to name a scheme that is defined.
    func checkSecurity(_ operations: [Operation]) {
        let defined = root.member(at: JSONPointer.root.appending("components").appending("securitySchemes"))?.mapping
        for requirement in operations.flatMap(\.security) where defined?[requirement.value] == nil {
            diagnostics.report(
                .unknownSecurityScheme, at: requirement.location,
                "there is no security scheme `\(requirement.value)` in `components/securitySchemes`")
        }
    }
}
