/// `Models.swift`: the schemas of the document as types.
enum ModelsFile {
    static func text(_ plan: Plan) -> String {
        let usesJSON = plan.models.contains(where: usesJSON)
        let publishesRuntime = plan.models.contains(where: publishesRuntime)
        let usesRuntime = plan.models.contains(where: usesRuntime)
        // The runtime makes JSONValue Codable.
        var source = SourceText(
            publicImports: (usesJSON ? ["JSON"] : []) + (publishesRuntime ? ["APIRuntime"] : []),
            imports: !publishesRuntime && (usesJSON || usesRuntime) ? ["APIRuntime"] : [])
        for model in plan.models {
            source.line()
            declare(model, &source)
        }
        return source.text
    }

    /// Whether the runtime's types stand in its public declarations.
    static func publishesRuntime(_ model: Model) -> Bool {
        switch model.shape {
        case .enumeration: model.enumeration.isMixed
        case .alias(let type): type.publishesRuntime
        case .structure(let properties, let nested):
            properties.contains { $0.isPresence || $0.type.publishesRuntime }
                || nested.contains(where: publishesRuntime)
        case .union(let cases, _, let nested):
            cases.contains { $0.type.publishesRuntime } || nested.contains(where: publishesRuntime)
        }
    }

    /// Whether the runtime's functions and types stand in its bodies.
    static func usesRuntime(_ model: Model) -> Bool {
        switch model.shape {
        case .enumeration, .alias: false
        case .union: true
        case .structure(let properties, let nested):
            properties.contains { $0.isBoxed || $0.isAdditional } || nested.contains(where: usesRuntime)
        }
    }

    static func usesJSON(_ model: Model) -> Bool {
        switch model.shape {
        case .enumeration: false
        case .alias(let type): type.usesJSON
        case .structure(let properties, let nested):
            properties.contains { $0.type.usesJSON } || nested.contains(where: usesJSON)
        case .union(let cases, _, let nested):
            cases.contains { $0.type.usesJSON } || nested.contains(where: usesJSON)
        }
    }

    static func declare(_ model: Model, _ source: inout SourceText) {
        source.documentation(model.documentation)
        switch model.shape {
        case .alias(let type):
            source.line("public typealias \(model.name) = \(type.text)")
        case .enumeration(let cases):
            EnumerationDeclaration.declare(model.name, model.enumeration, cases, &source)
        case .union(let cases, let schema, let nested):
            UnionDeclaration.declare(model.name, cases, schema: schema, nested, &source)
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
        for property in properties { declare(property, &source) }
        source.line()
        source.documentation("A value from its parts.")
        source.arguments("public init", properties.map(argument), " {")
        for property in properties {
            let name = SwiftName.escaped(property.name)
            source.line(
                property.isStoredApart
                    ? "    _\(property.name) = \(stored(property, name))" : "    self.\(name) = \(name)")
        }
        source.line("}")
        let hasAdditional = properties.contains(where: \.isAdditional)
        if hasAdditional || properties.contains(where: { Name(key($0)) != $0.wireName || mustWriteNull($0) }) {
            source.line()
            let conformances = "String, CodingKey\(hasAdditional ? ", CaseIterable" : "")"
            source.block("private enum CodingKeys: \(conformances)") { source in
                for property in properties where !property.isAdditional {
                    source.line("case \(rawCase(key(property), property.wireName))")
                }
            }
        }
        if hasAdditional { decode(properties, &source) }
        if hasAdditional || properties.contains(where: mustWriteNull) { encode(properties, &source) }
        for model in nested {
            source.line()
            declare(model, &source)
        }
    }

    private static func declare(_ property: Model.Property, _ source: inout SourceText) {
        source.documentation(property.documentation)
        let name = SwiftName.escaped(property.name)
        guard property.isStoredApart else {
            source.line("public var \(name): \(typeText(property))")
            return
        }
        if property.isDeprecated { source.deprecated("The member `\(property.wireName)`") }
        guard property.isBoxed else {
            // The compiler warns whoever uses it, and nothing that is generated does.
            source.block("public var \(name): \(typeText(property))") { source in
                source.line("get { _\(property.name) }")
                source.line("set { _\(property.name) = newValue }")
            }
            source.line("private var _\(property.name): \(typeText(property))")
            return
        }
        // A value cannot contain itself, so this one is kept apart; nobody outside sees that.
        source.block("public var \(name): \(typeText(property))") { source in
            source.line("get { _\(property.name)\(property.isOptional ? "?" : "").value }")
            source.line("set { _\(property.name) = \(stored(property, "newValue")) }")
        }
        source.line("private var _\(property.name): Box<\(property.type.text)>\(property.isOptional ? "?" : "")")
    }

    private static func stored(_ property: Model.Property, _ value: String) -> String {
        guard property.isBoxed else { return value }
        return property.isOptional ? "\(value).map { Box($0) }" : "Box(\(value))"
    }

    /// The stored property, which is the coding key.
    private static func key(_ property: Model.Property) -> String {
        property.isStoredApart ? "_\(property.name)" : property.name
    }

    private static func typeText(_ property: Model.Property) -> String {
        if property.isPresence { return "Presence<\(property.type.text)>" }
        return property.isOptional ? "\(property.type.text)?" : property.type.text
    }

    private static func argument(_ property: Model.Property) -> String {
        let name = SwiftName.escaped(property.name)
        if property.isAdditional { return "\(name): \(typeText(property)) = [:]" }
        if property.isPresence { return "\(name): \(typeText(property)) = .absent" }
        if property.isOptional { return "\(name): \(typeText(property)) = nil" }
        if let constant = property.constantCase {
            return "\(name): \(typeText(property)) = .\(SwiftName.escaped(constant))"
        }
        return "\(name): \(typeText(property))"
    }

    /// A member that has to be there even if it is null, which Codable by itself leaves out.
    private static func mustWriteNull(_ property: Model.Property) -> Bool { property.isRequired && property.isNullable }

    private static func decode(_ properties: [Model.Property], _ source: inout SourceText) {
        source.line()
        source.documentation("Reads the members, those of other names into `additionalProperties`.")
        source.block("public init(from decoder: any Decoder) throws") { source in
            if properties.contains(where: { !$0.isAdditional }) {
                source.line("let container = try decoder.container(keyedBy: CodingKeys.self)")
            }
            for property in properties {
                let key = SwiftName.escaped(key(property))
                if property.isAdditional {
                    source.line("\(key) = try decoder.additionalMembers(besides: CodingKeys.self)")
                } else {
                    let type = property.isBoxed ? "Box<\(property.type.text)>" : property.type.text
                    let call =
                        property.isPresence
                        ? "decode(\(typeText(property)).self"
                        : property.isOptional ? "decodeIfPresent(\(type).self" : "decode(\(type).self"
                    source.line("\(key) = try container.\(call), forKey: .\(key))")
                }
            }
        }
    }

    private static func encode(_ properties: [Model.Property], _ source: inout SourceText) {
        source.line()
        source.documentation("Writes the members; what is required is written even if it is null.")
        source.block("public func encode(to encoder: any Encoder) throws") { source in
            if properties.contains(where: { !$0.isAdditional }) {
                source.line("var container = encoder.container(keyedBy: CodingKeys.self)")
            }
            for property in properties {
                let name = SwiftName.escaped(key(property))
                if property.isAdditional {
                    source.line("try encoder.encode(additionalMembers: self.\(name))")
                    continue
                }
                let method = property.isRequired || property.isPresence ? "encode" : "encodeIfPresent"
                source.line("try container.\(method)(self.\(name), forKey: .\(name))")
            }
        }
    }
}
