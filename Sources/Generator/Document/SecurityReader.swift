/// https://spec.openapis.org/oas/v3.1.0#security-requirement-object
extension DocumentReader {
    func securitySchemes(_ components: ObjectReader?) -> [SecurityScheme] {
        var schemes: [SecurityScheme] = []
        let pointer = JSONPointer.root.appending("components").appending("securitySchemes")
        for entry in components?.map("securitySchemes")?.entries ?? [] {
            guard let node = dereferenced(entry.value, pointer: pointer.appending(entry.key))?.node else { continue }
            guard let object = object(node, .securityScheme), let type = object.requiredString("type"),
                let kind = kind(object, type)
            else { continue }
            var scheme = SecurityScheme(
                name: Located(entry.key, at: entry.keyLocation), kind: kind,
                description: object.string("description")?.value)
            scheme.hasScopes = ["oauth2", "openIdConnect"].contains(Name(type.value))
            schemes.append(scheme)
        }
        return schemes
    }

    private func kind(_ object: ObjectReader, _ type: Located<String>) -> SecurityScheme.Kind? {
        switch Name(type.value) {
        case "http":
            guard let scheme = object.requiredString("scheme") else { return nil }
            // Names of schemes are compared without regard to case (RFC 9110 §11.1).
            switch Name(scheme.value.lowercased()) {
            case "bearer": return .bearer
            case "basic": return .basic
            default:
                diagnostics.report(
                    .unsupportedValue, at: scheme.location,
                    "the HTTP authentication scheme `\(scheme.value)` is not supported",
                    advice: "`bearer` and `basic` are")
                return nil
            }
        case "apiKey":
            guard let name = object.requiredString("name"), let place = object.requiredString("in") else { return nil }
            guard let found = Parameter.Place(rawValue: place.value), found != .path else {
                diagnostics.report(
                    .invalidValue, at: place.location, "`in` cannot be `\(place.value)`",
                    advice: "keys are in query, header or cookie")
                return nil
            }
            return .apiKey(name: Name(name.value), place: found)
        case "oauth2":
            if let flows = object.required("flows").flatMap({ self.object($0, .flows) }) {
                for entry in flows.mapping.entries where !entry.key.hasPrefix("x-") {
                    _ = self.object(entry.value, .flow)?.map("scopes")
                }
            }
            return .bearer
        case "openIdConnect":
            _ = object.requiredString("openIdConnectUrl")
            return .bearer
        default:
            diagnostics.report(
                .unsupportedValue, at: type.location, "security schemes of type `\(type.value)` are not supported",
                advice: "`http`, `apiKey`, `oauth2` and `openIdConnect` are")
            return nil
        }
    }

    /// The alternatives of which a request has to satisfy one; none for `security: []`.
    func securityRequirements(_ node: Node) -> [SecurityRequirement] {
        guard let alternatives = node.sequence else {
            diagnostics.report(
                .unexpectedType, at: node.location, "`security` has to be an array, not \(node.kindDescription)")
            return []
        }
        return alternatives.compactMap { alternative in
            guard let mapping = alternative.mapping else {
                diagnostics.report(
                    .unexpectedType, at: alternative.location,
                    "a security requirement has to be an object, not \(alternative.kindDescription)")
                return nil
            }
            return SecurityRequirement(location: alternative.location, schemes: mapping.entries.map(scheme))
        }
    }

    private func scheme(_ entry: Mapping.Entry) -> SecurityRequirement.Scheme {
        var scheme = SecurityRequirement.Scheme(name: Located(entry.key, at: entry.keyLocation), scopes: [])
        guard let scopes = entry.value.sequence else {
            diagnostics.report(
                .unexpectedType, at: entry.value.location,
                "the scopes of `\(entry.key)` have to be an array, not \(entry.value.kindDescription)")
            return scheme
        }
        for scope in scopes {
            if let text = scope.string {
                scheme.scopes.append(Located(text, at: scope.location))
            } else {
                diagnostics.report(
                    .unexpectedType, at: scope.location, "a scope has to be a string, not \(scope.kindDescription)")
            }
        }
        return scheme
    }

    /// Every requirement has to name a scheme that is defined.
    func checkSecurity(_ operations: [Operation]) {
        let defined = root.member(at: JSONPointer.root.appending("components").appending("securitySchemes"))?.mapping
        for scheme in operations.flatMap({ $0.security.flatMap(\.schemes) }) where defined?[scheme.name.value] == nil {
            diagnostics.report(
                .unknownSecurityScheme, at: scheme.name.location,
                "there is no security scheme `\(scheme.name.value)` in `components/securitySchemes`")
        }
    }
}
