/// `Models.swift`: the schemas of the document as types.
enum ModelsFile {
    static func text(_ plan: Plan) -> String {
        let usesJSON = plan.models.contains(where: usesJSON)
        // The runtime makes JSONValue Codable.
        var source = SourceText(publicImports: usesJSON ? ["JSON"] : [], imports: usesJSON ? ["APIRuntime"] : [])
        for model in plan.models {
            source.line()
            declare(model, &source)
        }
        return source.text
    }

    static func usesJSON(_ model: Model) -> Bool {
        switch model.shape {
        case .enumeration: false
        case .alias(let type): type.usesJSON
        case .structure(let properties, let nested):
            properties.contains { $0.type.usesJSON } || nested.contains(where: usesJSON)
        }
    }

    static func declare(_ model: Model, _ source: inout SourceText) {
        source.documentation(model.documentation)
        switch model.shape {
        case .alias(let type):
            source.line("public typealias \(model.name) = \(type.text)")
        case .enumeration(let cases):
            source.block("public enum \(model.name): String, Codable, CaseIterable, Sendable") { source in
                for `case` in cases {
                    source.documentation("`\(`case`.wireName)`")
                    source.line("case \(rawCase(`case`.name, `case`.wireName))")
                }
            }
        case .structure(let properties, let nested):
            source.block("public struct \(model.name): Codable, Sendable") { source in
                structure(properties, nested, &source)
            }
        }
    }

    /// A case with its raw value where that is not the name.
    static func rawCase(_ name: String, _ wireName: Name) -> String {
        Name(name) == wireName
            ? SwiftName.escaped(name) : "\(SwiftName.escaped(name)) = \(StringLiteral.quoted(wireName.text))"
    }

    private static func structure(_ properties: [Model.Property], _ nested: [Model], _ source: inout SourceText) {
        for property in properties {
            source.documentation(property.documentation)
            source.line("public var \(SwiftName.escaped(property.name)): \(typeText(property))")
        }
        source.line()
        source.documentation("A value from its parts.")
        source.arguments("public init", properties.map(argument), " {")
        for property in properties {
            source.line("    self.\(SwiftName.escaped(property.name)) = \(SwiftName.escaped(property.name))")
        }
        source.line("}")
        if properties.contains(where: { Name($0.name) != $0.wireName || mustWriteNull($0) }) {
            source.line()
            source.block("private enum CodingKeys: String, CodingKey") { source in
                for property in properties { source.line("case \(rawCase(property.name, property.wireName))") }
            }
        }
        if properties.contains(where: mustWriteNull) { encode(properties, &source) }
        for model in nested {
            source.line()
            declare(model, &source)
        }
    }

    private static func typeText(_ property: Model.Property) -> String {
        property.isOptional ? "\(property.type.text)?" : property.type.text
    }

    private static func argument(_ property: Model.Property) -> String {
        let name = SwiftName.escaped(property.name)
        if property.isOptional { return "\(name): \(typeText(property)) = nil" }
        if let constant = property.constantCase {
            return "\(name): \(typeText(property)) = .\(SwiftName.escaped(constant))"
        }
        return "\(name): \(typeText(property))"
    }

    /// A member that has to be there even if it is null, which Codable by itself leaves out.
    private static func mustWriteNull(_ property: Model.Property) -> Bool { property.isRequired && property.isNullable }

    private static func encode(_ properties: [Model.Property], _ source: inout SourceText) {
        source.line()
        source.documentation("Writes the members; what is required is written even if it is null.")
        source.block("public func encode(to encoder: any Encoder) throws") { source in
            source.line("var container = encoder.container(keyedBy: CodingKeys.self)")
            for property in properties {
                let method = property.isRequired ? "encode" : "encodeIfPresent"
                let name = SwiftName.escaped(property.name)
                source.line("try container.\(method)(self.\(name), forKey: .\(name))")
            }
        }
    }
}
