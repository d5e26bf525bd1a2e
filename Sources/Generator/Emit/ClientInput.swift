/// The `Input` of a client's operation. It is the client's own: no credential, and plain values where a server confines
/// them.
enum ClientInput {
    /// A property with how it is given.
    struct Member {
        var name: String
        var type: String
        var defaultText: String
        var documentation: String

        /// As a call has it: there a keyword needs no backticks, but for those that begin a parameter.
        var label: String {
            let plain = String(name.drop { $0 == "`" }.prefix { $0 != "`" })
            return ["inout", "var", "let"].contains(plain) ? name : plain
        }
    }

    static func hasInput(_ operation: OperationPlan) -> Bool {
        !operation.parameters.isEmpty || operation.form != nil || operation.body != nil || operation.isNegotiated
    }

    /// Everything that can be given; `enclosing` stands before the names of nested types.
    static func members(_ operation: OperationPlan, enclosing: String = "") -> [Member] {
        var members = operation.parameters.map { member($0, enclosing) }
        if operation.isNegotiated {
            members.append(
                Member(
                    name: "accept", type: "String?", defaultText: " = nil",
                    documentation: "The `Accept` field, where it is to be another than all that is documented."))
        }
        if let form = operation.form {
            members.append(
                Member(name: "body", type: "\(enclosing)Body", defaultText: "", documentation: form.documentation))
        }
        if let body = operation.body {
            let type = bodyType(body, enclosing)
            members.append(
                Member(
                    name: "body", type: body.isRequired ? type : "\(type)?",
                    defaultText: body.isRequired ? "" : " = nil", documentation: body.documentation))
        }
        return members
    }

    private static func member(_ field: InputField, _ enclosing: String = "") -> Member {
        let type = field.schema.type.qualified(enclosing)
        let isEmpty = field.isArray && field.defaultValue == nil || field.isEmptyWhenAbsent
        return Member(
            name: SwiftName.escaped(field.name), type: field.isRequired || isEmpty ? type : "\(type)?",
            defaultText: field.isRequired ? "" : isEmpty ? " = []" : " = nil", documentation: field.documentation)
    }

    private static func bodyType(_ body: BodyPlan, _ enclosing: String) -> String {
        guard let only = body.contents.first, body.contents.count == 1 else { return "\(enclosing)Body" }
        return contentType(only, enclosing)
    }

    private static func contentType(_ content: BodyPlan.Content, _ enclosing: String = "") -> String {
        switch content.kind {
        case .json(let type, _), .form(let type, _, _): type.qualified(enclosing)
        case .items(let items): "ItemContent<\(items.text(enclosing))>"
        case .multipart: "MultipartForm"
        case .bytes: content.isRange ? "TypedContent" : "ByteContent"
        }
    }

    static func declare(_ operation: OperationPlan, _ source: inout SourceText) {
        let isSendable = (operation.body?.contents ?? []).allSatisfy(\.isSendable)
        source.documentation("What is sent.")
        source.block("public struct Input\(isSendable ? ": Sendable" : "")") { source in
            declare(members(operation), "An input from its parts.", &source)
            for model in operation.nested {
                source.line()
                ModelsFile.declare(model, &source)
            }
            if let body = operation.body { declare(body, &source) }
            if let form = operation.form {
                source.line()
                source.documentation(form.documentation)
                source.block("public struct Body: Sendable") { source in
                    declare(form.fields.map { member($0) }, "A form from its fields.", &source)
                    for model in form.nested {
                        source.line()
                        ModelsFile.declare(model, &source)
                    }
                }
            }
        }
    }

    private static func declare(_ members: [Member], _ documentation: String, _ source: inout SourceText) {
        for member in members {
            source.documentation(member.documentation)
            source.line("public var \(member.name): \(member.type)")
        }
        source.line()
        source.documentation(documentation)
        source.arguments("public init", members.map { "\($0.name): \($0.type)\($0.defaultText)" }, " {")
        for member in members { source.line("    self.\(member.name) = \(member.name)") }
        source.line("}")
    }

    private static func declare(_ body: BodyPlan, _ source: inout SourceText) {
        if body.contents.count > 1 {
            source.line()
            source.documentation("The request's body in one of its media types.")
            let isSendable = body.contents.allSatisfy(\.isSendable)
            source.block("public enum Body\(isSendable ? ": Sendable" : "")") { source in
                for content in body.contents {
                    source.documentation(content.documentation)
                    source.line("case \(SwiftName.escaped(content.name))(\(contentType(content)))")
                }
            }
        }
        for model in body.nested {
            source.line()
            ModelsFile.declare(model, &source)
        }
        for form in body.forms {
            source.line()
            FormDeclaration.declare(form, &source)
        }
    }

    // MARK: Writing

    /// Writes the members of `input` into `request`.
    static func encode(_ operation: OperationPlan, _ source: inout SourceText) {
        holdParameters(operation, &source)
        for field in operation.parameters { encode(field, of: "input", as: field.place.rawValue, &source) }
        for field in operation.form?.fields ?? [] { encode(field, of: "input.body", as: "field", &source) }
        guard let body = operation.body else { return }
        let variable = body.isRequired ? "input.body" : "body"
        if !body.isRequired { source.line("if let body = input.body {") }
        let write = { (source: inout SourceText) in
            guard body.contents.count > 1 else {
                if let only = body.contents.first {
                    hold(only, variable, &source)
                    source.line(encoding(only, variable))
                }
                return
            }
            source.line("switch \(variable) {")
            for content in body.contents {
                source.line("case .\(SwiftName.escaped(content.name))(let content):")
                source.indented { source in
                    hold(content, "content", &source)
                    source.line(encoding(content, "content"))
                }
            }
            source.line("}")
        }
        if body.isRequired {
            write(&source)
        } else {
            source.indented(write)
            source.line("}")
        }
    }

    private static func encode(
        _ field: InputField, of holder: String, as method: String, _ source: inout SourceText
    ) {
        let style =
            switch field.schema {
            case .decoded(_, _, let serialization): serialization.text
            case .array: ".form(explode: true)"
            default: field.place == .path || field.place == .header ? ".simple(explode: false)" : ".form(explode: true)"
            }
        source.line(
            "try request.\(method)(\(StringLiteral.quoted(field.wireName.text)), "
                + "\(holder).\(SwiftName.escaped(field.name)), \(style))")
    }

    private static func encoding(_ content: BodyPlan.Content, _ variable: String) -> String {
        let mediaType = StringLiteral.quoted(content.mediaType)
        switch content.kind {
        case .json: return "try request.json(\(variable), as: \(mediaType))"
        case .form(_, _, let encodings):
            let styles = BodyDeclaration.styles(encodings)
            return "try request.form(\(variable), as: \(mediaType)\(styles))"
        case .items(let items):
            return "request.items(\(variable), .\(items.format.rawValue), as: \(mediaType), Schemas.all, "
                + "schema: \(items.schema ?? 0))"
        case .multipart(let parts, _):
            let required = parts.filter(\.isRequired).map { StringLiteral.quoted($0.name.text) }
            return
                "try request.multipart(\(variable), as: \(mediaType), required: [\(required.joined(separator: ", "))])"
        case .bytes:
            return content.isRange
                ? "try request.content(\(variable), within: \(mediaType))"
                : "request.content(\(variable), as: \(mediaType))"
        }
    }
}

extension ValueSchema.Serialization {
    /// As the runtime's `ParameterStyle`.
    var text: String { isJSON ? ".json" : ".\(style.rawValue)(explode: \(isExploded))" }
}

extension BodyPlan.Content {
    /// Whether the document names a range such as `text/*`.
    var isRange: Bool { mediaType.utf8.contains(UInt8(ascii: "*")) }

    /// Whether it is a value, and no stream.
    var isSendable: Bool {
        switch kind {
        case .json, .form: true
        case .items, .multipart, .bytes: false
        }
    }
}

extension TypeReference {
    /// A type as it is written where the types that stand beside it are not at hand.
    func qualified(_ enclosing: String) -> String {
        switch self {
        case .nested(let name): "\(enclosing)\(name)"
        case .array(let element): "[\(element.qualified(enclosing))]"
        case .dictionary(let value): "[String: \(value.qualified(enclosing))]"
        case .jsonText(let type): "JSONText<\(type.qualified(enclosing))>"
        case .nullable(let type): "\(type.qualified(enclosing))?"
        default: text
        }
    }
}
