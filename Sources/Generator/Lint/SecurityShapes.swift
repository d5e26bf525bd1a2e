/// Security schemes and their OAuth flows. https://spec.openapis.org/oas/v3.1.0#security-scheme-object
enum SecurityShapes {
    static func fields(of kind: Shape.Kind, in node: Mapping, _ version: Document.Version) -> Fields {
        let is32 = version == .v32
        switch kind {
        case .securityScheme: return scheme(node, version)
        case .flows:
            return Fields(
                known: [
                    "implicit": .object(.implicitFlow), "password": .object(.passwordFlow),
                    "clientCredentials": .object(.clientCredentialsFlow),
                    "authorizationCode": .object(.authorizationCodeFlow),
                ].merging(is32 ? ["deviceAuthorization": .object(.deviceAuthorizationFlow)] : [:]) { first, _ in first }
            )
        case .implicitFlow: return flow(["authorizationUrl"])
        case .authorizationCodeFlow: return flow(["authorizationUrl", "tokenUrl"])
        case .deviceAuthorizationFlow: return flow(["deviceAuthorizationUrl", "tokenUrl"])
        default: return flow(["tokenUrl"])
        }
    }

    private static func flow(_ urls: [Name]) -> Fields {
        var fields = Fields(known: ["refreshUrl": .string, "scopes": .map(.string)], required: urls + ["scopes"])
        for url in urls { fields.known[url] = .string }
        return fields
    }

    /// Each type has keywords of its own.
    private static func scheme(_ node: Mapping, _ version: Document.Version) -> Fields {
        var types = ["apiKey", "http", "oauth2", "openIdConnect"]
        if version != .v30 { types.append("mutualTLS") }
        var fields = Fields(known: ["type": .choice(types), "description": .string], required: ["type"])
        if version == .v32 { fields.known["deprecated"] = .boolean }
        switch node["type"]?.value.string {
        case "apiKey":
            fields.known["name"] = .string
            fields.known["in"] = .choice(["query", "header", "cookie"])
            fields.required += ["name", "in"]
        case "http":
            fields.known["scheme"] = .string
            fields.known["bearerFormat"] = .string
            fields.required.append("scheme")
        case "oauth2":
            fields.known["flows"] = .object(.flows)
            if version == .v32 { fields.known["oauth2MetadataUrl"] = .string }
            fields.required.append("flows")
        case "openIdConnect":
            fields.known["openIdConnectUrl"] = .string
            fields.required.append("openIdConnectUrl")
        case "mutualTLS": break
        default:
            for keyword in ["name", "in", "scheme", "bearerFormat", "openIdConnectUrl"] as [Name] {
                fields.known[keyword] = .string
            }
            fields.known["flows"] = .object(.flows)
        }
        return fields
    }
}
