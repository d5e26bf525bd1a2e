import TraceQLSyntax

/// Parts of queries as Tempo prints them: the names of labels and of a set's attributes, and parts of messages.
enum FieldText {
    /// An attribute or intrinsic, with its scope.
    static func attribute(_ attribute: TraceQLAttribute) -> String {
        switch attribute {
        case .intrinsic(let intrinsic): return intrinsic.rawValue
        case .named(let scope, let name, let isParent):
            let parent = isParent ? "parent." : ""
            return parent + prefix(scope, isParent: isParent) + quoted(name)
        }
    }

    /// The name that an attribute has in a search's answer: without its scope.
    static func key(_ attribute: TraceQLAttribute) -> String {
        switch attribute {
        case .intrinsic(let intrinsic): intrinsic.rawValue
        case .named(_, let name, _): String(decoding: name, as: UTF8.self)
        }
    }

    /// An expression.
    static func field(_ field: TraceQLField) -> String {
        switch field {
        case .literal(let literal): text(literal)
        case .attribute(let attribute): self.attribute(attribute)
        case .negative(let operand): "-" + wrapped(operand)
        case .not(let operand): "!" + wrapped(operand)
        case .exists(let operand): wrapped(operand) + " != nil"
        case .isAbsent(let operand): wrapped(operand) + " = nil"
        case .operation(let operation, let left, let right):
            "\(wrapped(left)) \(operation.rawValue) \(wrapped(right))"
        }
    }

    /// An aggregate, which names what a set is given for it.
    static func aggregate(_ aggregate: TraceQLAggregate) -> String {
        switch aggregate {
        case .count: "count()"
        case .maximum(let field): "max(\(self.field(field)))"
        case .minimum(let field): "min(\(self.field(field)))"
        case .average(let field): "avg(\(self.field(field)))"
        case .sum(let field): "sum(\(self.field(field)))"
        }
    }

    private static func prefix(_ scope: TraceQLScope, isParent: Bool) -> String {
        switch scope {
        case .none: isParent ? "" : "."
        case .span: "span."
        case .resource: "resource."
        case .event: "event."
        case .link: "link."
        case .instrumentation: "instrumentation."
        }
    }

    private static func quoted(_ name: [UInt8]) -> String {
        let text = String(decoding: name, as: UTF8.self)
        let special = Array(" \t\r\n{}()=~!<>&|^,\"\\".utf8)
        guard name.isEmpty || name.contains(where: special.contains) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        return "\"\(escaped)\""
    }

    private static func wrapped(_ field: TraceQLField) -> String {
        switch field {
        case .literal, .attribute: self.field(field)
        default: "(\(self.field(field)))"
        }
    }

    private static func text(_ literal: TraceQLLiteral) -> String {
        if case .string(let bytes) = literal { return "`\(String(decoding: bytes, as: UTF8.self))`" }
        if case .float(let float) = literal { return float.description }
        return Value(literal).text
    }
}
