/// How a client holds its inputs to their schemas, where its configuration wants that.
extension ClientInput {
    /// Parameters and fields of forms, before any of them is written.
    static func holdParameters(_ operation: OperationPlan, _ source: inout SourceText) {
        let enclosing = "\(operation.typeName).Input."
        for field in operation.parameters { hold(field, of: "input", enclosing, &source) }
        for field in operation.form?.fields ?? [] { hold(field, of: "input.body", "\(enclosing)Body.", &source) }
    }

    private static func hold(
        _ field: InputField, of holder: String, _ enclosing: String, _ source: inout SourceText
    ) {
        let name = StringLiteral.quoted(field.wireName.text)
        let value = "\(holder).\(SwiftName.escaped(field.name))"
        let start = "try request.hold(\(name), in: .\(field.place.rawValue), \(value), "
        switch field.schema {
        case .decoded(_, let schema, _): source.line("\(start)Schemas.all, schema: \(schema))")
        case .array where field.schema.isConstrained:
            let schema = InputDeclaration.schemaText(field.schema, enclosing: enclosing)
            source.line("\(start)required: \(field.isRequired), \(schema))")
        case _ where field.schema.isConstrained:
            source.line("\(start)\(InputDeclaration.schemaText(field.schema, enclosing: enclosing)))")
        default: break
        }
    }

    /// A body, before it is written. Parts of forms and items are each their own.
    static func hold(_ content: BodyPlan.Content, _ variable: String, _ source: inout SourceText) {
        switch content.kind {
        case .json(_, let schema), .form(_, let schema, _):
            source.line("try request.hold(\"\", in: .body, \(variable), Schemas.all, schema: \(schema))")
        case .items, .multipart, .bytes: break
        }
    }
}

extension ValueSchema {
    /// Whether it says more than its type in Swift.
    fileprivate var isConstrained: Bool {
        switch self {
        case .string(let minimum, let maximum): minimum != nil || maximum != nil
        case .integer(_, let minimum, let maximum, let divisor): minimum != nil || maximum != nil || divisor != nil
        case .number(let minimum, let maximum, let exclusiveMinimum, let exclusiveMaximum):
            minimum != nil || maximum != nil || exclusiveMinimum != nil || exclusiveMaximum != nil
        case .boolean, .enumeration: false
        case .array(let element, let minimum, let maximum): minimum != nil || maximum != nil || element.isConstrained
        case .decoded: true
        }
    }
}
