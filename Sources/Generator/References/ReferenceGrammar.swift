/// Where references may stand: the kinds of objects of a document, and which of them hold which. What is data, such as an
/// example or a default, holds none, whatever its members are called.
enum ReferenceGrammar {
    enum Kind: Hashable {
        case document, components, pathItem, operation, parameter, header, requestBody, response, mediaType, encoding
        case schema, link, callback, securityScheme, example

        /// The part of `components` where such objects are.
        var section: Name? {
            switch self {
            case .schema: "schemas"
            case .response: "responses"
            case .parameter: "parameters"
            case .example: "examples"
            case .requestBody: "requestBodies"
            case .header: "headers"
            case .securityScheme: "securitySchemes"
            case .link: "links"
            case .callback: "callbacks"
            case .pathItem: "pathItems"
            case .mediaType: "mediaTypes"
            case .document, .components, .operation, .encoding: nil
            }
        }
    }

    /// What a member's value is made of.
    enum Shape {
        case one(Kind), list(Kind), map(Kind)
    }

    static func shape(of key: Name, in kind: Kind) -> Shape? {
        switch kind {
        case .callback: key.hasPrefix("x-") ? nil : .one(.pathItem)
        case .link, .securityScheme, .example: nil
        default: shapes[kind]?[key]
        }
    }

    private static let content: [Name: Shape] = ["content": .map(.mediaType), "examples": .map(.example)]

    private static let shapes: [Kind: [Name: Shape]] = [
        .document: ["paths": .map(.pathItem), "webhooks": .map(.pathItem), "components": .one(.components)],
        .components: [
            "schemas": .map(.schema), "responses": .map(.response), "parameters": .map(.parameter),
            "examples": .map(.example), "requestBodies": .map(.requestBody), "headers": .map(.header),
            "securitySchemes": .map(.securityScheme), "links": .map(.link), "callbacks": .map(.callback),
            "pathItems": .map(.pathItem), "mediaTypes": .map(.mediaType),
        ],
        .pathItem: Operation.Method.allCases.reduce(
            into: ["parameters": .list(.parameter), "additionalOperations": .map(.operation)]
        ) { $0[Name($1.rawValue)] = .one(.operation) },
        .operation: [
            "parameters": .list(.parameter), "requestBody": .one(.requestBody), "responses": .map(.response),
            "callbacks": .map(.callback),
        ],
        .parameter: content.merging(["schema": .one(.schema)]) { $1 },
        .header: content.merging(["schema": .one(.schema)]) { $1 },
        .requestBody: content,
        .response: content.merging(["headers": .map(.header), "links": .map(.link)]) { $1 },
        .mediaType: [
            "schema": .one(.schema), "itemSchema": .one(.schema), "examples": .map(.example),
            "encoding": .map(.encoding),
        ],
        .encoding: ["headers": .map(.header)],
        .schema: [
            "properties": .map(.schema), "patternProperties": .map(.schema), "dependentSchemas": .map(.schema),
            "$defs": .map(.schema), "definitions": .map(.schema), "items": .one(.schema),
            "additionalProperties": .one(.schema), "not": .one(.schema), "if": .one(.schema), "then": .one(.schema),
            "else": .one(.schema), "contains": .one(.schema), "propertyNames": .one(.schema),
            "unevaluatedItems": .one(.schema), "unevaluatedProperties": .one(.schema), "contentSchema": .one(.schema),
            "allOf": .list(.schema), "oneOf": .list(.schema), "anyOf": .list(.schema), "prefixItems": .list(.schema),
        ],
    ]
}
