/// A multipart form as a structure, which servers read and clients write.
enum FormDeclaration {
    static func declare(_ form: MultipartPlan, _ source: inout SourceText) {
        source.documentation(form.documentation)
        source.block("public struct \(form.name): MultipartFormModel") { source in
            for property in form.properties {
                source.documentation(property.documentation)
                source.line("public var \(SwiftName.escaped(property.name)): \(type(property))")
            }
            source.line()
            source.documentation("What the document says of the parts.")
            source.line("public static let fields: [MultipartField] = [")
            for property in form.properties { source.line("    \(field(property)),") }
            source.line("]")
            source.line()
            source.documentation("A form from its parts.")
            let arguments = form.properties.map { property in
                let absent = property.isRepeated ? " = []" : " = nil"
                return "\(SwiftName.escaped(property.name)): \(type(property))\(property.isOptional ? absent : "")"
            }
            source.arguments("public init", arguments, " {")
            for property in form.properties {
                let name = SwiftName.escaped(property.name)
                source.line("    self.\(name) = \(name)")
            }
            source.line("}")
            source.line()
            source.documentation("A form that has been read.")
            source.block("public init(_ values: MultipartValues) throws") { source in
                for property in form.properties {
                    source.line("self.\(SwiftName.escaped(property.name)) = \(reading(property))")
                }
            }
            source.line()
            source.documentation("Writes the parts.")
            source.block("public func write(to form: inout MultipartWriter) throws") { source in
                for property in form.properties { source.line(writing(property)) }
            }
        }
    }

    private static func type(_ property: MultipartPlan.Property) -> String {
        let type = property.type?.text ?? (property.isRepeated ? "[FormFile]" : "FormFile")
        return property.isOptional && !property.isRepeated ? "\(type)?" : type
    }

    private static func field(_ property: MultipartPlan.Property) -> String {
        var arguments = [StringLiteral.quoted(property.wireName.text), ".\(property.kind.rawValue)"]
        if property.isRepeated { arguments.append("repeated: true") }
        if !property.contentTypes.isEmpty {
            arguments.append(
                "contentTypes: [\(property.contentTypes.map(StringLiteral.quoted).joined(separator: ", "))]")
        }
        if !property.headers.isEmpty {
            let headers = property.headers.map { header in
                ".init(\(StringLiteral.quoted(header.name.text)), required: \(header.isRequired), "
                    + "schema: \(header.schema))"
            }
            arguments.append("headers: [\(headers.joined(separator: ", "))]")
        }
        return "MultipartField(\(arguments.joined(separator: ", ")))"
    }

    private static func reading(_ property: MultipartPlan.Property) -> String {
        let name = StringLiteral.quoted(property.wireName.text)
        switch property.kind {
        case .file:
            if property.isRepeated { return "values.files(\(name))" }
            return property.isOptional ? "values.optionalFile(\(name))" : "try values.file(\(name))"
        case .text, .json:
            guard property.isOptional else { return "try values.value(\(name))" }
            return "try values.optional(\(name))\(property.isRepeated ? " ?? []" : "")"
        }
    }

    private static func writing(_ property: MultipartPlan.Property) -> String {
        let method =
            switch property.kind {
            case .file: property.isRepeated ? "form.files" : "form.file"
            case .text, .json: "try form.value"
            }
        return "\(method)(\(StringLiteral.quoted(property.wireName.text)), self.\(SwiftName.escaped(property.name)))"
    }
}
