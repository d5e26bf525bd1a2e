/// The objects of OpenAPI 3.0, 3.1 and 3.2 as data. https://spec.openapis.org/oas/v3.2.0#schema-0
enum DocumentShapes {
    /// What stands in an object of a kind; `node` is the object, for some keywords depend on others.
    static func fields(of kind: Shape.Kind, in node: Mapping, _ version: Document.Version) -> Fields {
        let is30 = version == .v30
        let is32 = version == .v32
        switch kind {
        case .document:
            var fields = Fields(
                known: [
                    "openapi": .string, "info": .object(.info), "servers": .list(.object(.server)),
                    "paths": .object(.paths), "components": .object(.components),
                    "security": .list(.object(.securityRequirement)), "tags": .list(.object(.tag)),
                    "externalDocs": .object(.externalDocs),
                ], required: is30 ? ["openapi", "info", "paths"] : ["openapi", "info"],
                requiredOneOf: is30 ? [] : ["paths", "components", "webhooks"])
            if !is30 {
                fields.known["webhooks"] = .object(.webhooks)
                fields.known["jsonSchemaDialect"] = .string
            }
            if is32 { fields.known["$self"] = .string }
            return fields
        case .info:
            return Fields(
                known: [
                    "title": .string, "version": .string, "description": .string, "termsOfService": .string,
                    "contact": .object(.contact), "license": .object(.license),
                ].merging(is30 ? [:] : ["summary": .string]) { first, _ in first }, required: ["title", "version"])
        case .contact: return Fields(known: ["name": .string, "url": .string, "email": .string])
        case .license:
            return Fields(
                known: is30
                    ? ["name": .string, "url": .string] : ["name": .string, "url": .string, "identifier": .string],
                required: ["name"])
        case .server:
            return Fields(
                known: [
                    "url": .string, "description": .string, "variables": .map(.object(.serverVariable)),
                ].merging(is32 ? ["name": .string] : [:]) { first, _ in first }, required: ["url"])
        case .serverVariable:
            return Fields(
                known: ["enum": .list(.string), "default": .string, "description": .string], required: ["default"])
        case .externalDocs: return Fields(known: ["url": .string, "description": .string], required: ["url"])
        case .tag:
            return Fields(
                known: ["name": .string, "description": .string, "externalDocs": .object(.externalDocs)].merging(
                    is32 ? ["summary": .string, "parent": .string, "kind": .string] : [:]
                ) { first, _ in first },
                required: ["name"])
        case .paths: return Fields(known: [:], others: { $0.hasPrefix("/") ? .object(.pathItem) : nil })
        case .webhooks: return Fields(known: [:], others: { _ in .object(.pathItem) })
        case .callback: return Fields(known: [:], others: { _ in .object(.pathItem) })
        case .pathItem: return pathItem(version)
        case .operation: return operation(version)
        case .responses:
            return Fields(known: [:], others: { isStatus($0) ? .object(.response) : nil })
        case .response:
            return Fields(
                known: [
                    "description": .string, "headers": .map(.object(.header)), "content": .map(.object(.mediaType)),
                    "links": .map(.object(.link)),
                ].merging(is32 ? ["summary": .string] : [:]) { first, _ in first },
                required: is32 ? [] : ["description"])
        case .requestBody:
            return Fields(
                known: ["description": .string, "required": .boolean, "content": .map(.object(.mediaType))],
                required: ["content"])
        case .components: return components(version)
        case .securityRequirement: return Fields(known: [:], others: { _ in .list(.string) }, allowsExtensions: false)
        case .schema: return SchemaShapes.fields(version)
        case .discriminator:
            return Fields(
                known: ["propertyName": .string, "mapping": .map(.string)].merging(
                    is32 ? ["defaultMapping": .string] : [:]
                ) { first, _ in first },
                required: ["propertyName"], allowsExtensions: !is30)
        case .xml:
            return Fields(
                known: [
                    "name": .string, "namespace": .string, "prefix": .string, "attribute": .boolean,
                    "wrapped": .boolean,
                ].merging(is32 ? ["nodeType": .string] : [:]) { first, _ in first })
        case .parameter, .header, .mediaType, .encoding, .example, .link: return value(kind, version)
        case .securityScheme, .flows, .implicitFlow, .passwordFlow, .clientCredentialsFlow, .authorizationCodeFlow,
            .deviceAuthorizationFlow:
            return SecurityShapes.fields(of: kind, in: node, version)
        }
    }

    /// `200`, `2XX` or `default`.
    static func isStatus(_ name: Name) -> Bool {
        if name == "default" { return true }
        let bytes = Array(name.text.utf8)
        guard bytes.count == 3, (0x31...0x35).contains(bytes[0]) else { return false }
        return bytes[1...].allSatisfy { (0x30...0x39).contains($0) } || bytes[1...].elementsEqual("XX".utf8)
            || bytes[1...].elementsEqual("xx".utf8)
    }

    private static func pathItem(_ version: Document.Version) -> Fields {
        var fields = Fields(known: [
            "$ref": .string, "summary": .string, "description": .string, "servers": .list(.object(.server)),
            "parameters": .list(.object(.parameter)),
        ])
        for method in Operation.Method.allCases where method != .query || version == .v32 {
            fields.known[Name(method.rawValue)] = .object(.operation)
        }
        if version == .v32 { fields.known["additionalOperations"] = .map(.object(.operation)) }
        return fields
    }

    private static func operation(_ version: Document.Version) -> Fields {
        Fields(
            known: [
                "tags": .list(.string), "summary": .string, "description": .string,
                "externalDocs": .object(.externalDocs), "operationId": .string,
                "parameters": .list(.object(.parameter)), "requestBody": .object(.requestBody),
                "responses": .object(.responses), "callbacks": .map(.object(.callback)), "deprecated": .boolean,
                "security": .list(.object(.securityRequirement)), "servers": .list(.object(.server)),
            ], required: version == .v30 ? ["responses"] : [])
    }

    private static func components(_ version: Document.Version) -> Fields {
        var fields = Fields(known: [
            "schemas": .map(.object(.schema)), "responses": .map(.object(.response)),
            "parameters": .map(.object(.parameter)), "examples": .map(.object(.example)),
            "requestBodies": .map(.object(.requestBody)), "headers": .map(.object(.header)),
            "securitySchemes": .map(.object(.securityScheme)), "links": .map(.object(.link)),
            "callbacks": .map(.object(.callback)),
        ])
        if version != .v30 { fields.known["pathItems"] = .map(.object(.pathItem)) }
        if version == .v32 { fields.known["mediaTypes"] = .map(.object(.mediaType)) }
        return fields
    }

    /// Objects that describe a value.
    private static func value(_ kind: Shape.Kind, _ version: Document.Version) -> Fields {
        let is32 = version == .v32
        switch kind {
        case .parameter:
            return Fields(
                known: [
                    "name": .string,
                    "in": .choice(["query", "header", "path", "cookie"] + (is32 ? ["querystring"] : [])),
                    "description": .string, "required": .boolean, "deprecated": .boolean, "allowEmptyValue": .boolean,
                    "style": .choice(Parameter.Style.allCases.map(\.rawValue) + (is32 ? ["cookie"] : [])),
                    "explode": .boolean, "allowReserved": .boolean, "schema": .object(.schema), "example": .any,
                    "examples": .map(.object(.example)), "content": .map(.object(.mediaType)),
                ], required: ["name", "in"], requiredOneOf: ["schema", "content"])
        case .header:
            return Fields(
                known: [
                    "description": .string, "required": .boolean, "deprecated": .boolean, "style": .choice(["simple"]),
                    "explode": .boolean, "allowEmptyValue": .boolean, "allowReserved": .boolean,
                    "schema": .object(.schema), "example": .any, "examples": .map(.object(.example)),
                    "content": .map(.object(.mediaType)),
                ], requiredOneOf: ["schema", "content"])
        case .mediaType:
            return Fields(
                known: [
                    "schema": .object(.schema), "example": .any, "examples": .map(.object(.example)),
                    "encoding": .map(.object(.encoding)),
                ].merging(
                    is32
                        ? [
                            "itemSchema": .object(.schema), "prefixEncoding": .list(.object(.encoding)),
                            "itemEncoding": .object(.encoding),
                        ] : [:]
                ) { first, _ in first })
        case .encoding:
            return Fields(
                known: [
                    "contentType": .string, "headers": .map(.object(.header)),
                    "style": .choice([
                        "form", "simple", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject",
                    ]),
                    "explode": .boolean, "allowReserved": .boolean,
                ].merging(
                    is32
                        ? [
                            "encoding": .map(.object(.encoding)), "prefixEncoding": .list(.object(.encoding)),
                            "itemEncoding": .object(.encoding),
                        ] : [:]
                ) { first, _ in first })
        case .example:
            return Fields(
                known: ["summary": .string, "description": .string, "value": .any, "externalValue": .string].merging(
                    is32 ? ["dataValue": .any, "serializedValue": .string] : [:]
                ) { first, _ in first })
        default:
            return Fields(known: [
                "operationRef": .string, "operationId": .string, "parameters": .map(.any), "requestBody": .any,
                "description": .string, "server": .object(.server),
            ])
        }
    }
}
