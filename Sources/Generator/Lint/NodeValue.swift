/// Values of a document as JSON Schema compares them.
enum NodeValue {
    /// Whether two nodes are the same value: numbers by what they amount to, objects in any order.
    static func same(_ left: Node, _ right: Node) -> Bool {
        switch (left.content, right.content) {
        case (.scalar(let left), .scalar(let right)): return same(left, right)
        case (.sequence(let left), .sequence(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { same($0, $1) }
        case (.mapping(let left), .mapping(let right)):
            return left.entries.count == right.entries.count
                && left.entries.allSatisfy { entry in right[entry.key].map { same(entry.value, $0.value) } ?? false }
        default: return false
        }
    }

    private static func same(_ left: Scalar, _ right: Scalar) -> Bool {
        switch (left.kind, right.kind) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.string, .string): left.text.utf8.elementsEqual(right.text.utf8)
        case (.integer, .integer), (.integer, .float), (.float, .integer), (.float, .float):
            // Integers beyond 53 bits are not the same because their nearest numbers are.
            if let left = Int(left.text), let right = Int(right.text) {
                left == right
            } else {
                left.text.utf8.elementsEqual(right.text.utf8)
                    || Double(left.text).map { $0 == Double(right.text) } ?? false
            }
        default: false
        }
    }

    /// As JSON, cut short.
    static func text(_ node: Node) -> String {
        let text = String(decoding: JSONText.text(of: node), as: UTF8.self)
        return text.utf8.count <= 60 ? "`\(text)`" : "`\(String(text.unicodeScalars.prefix(57)))…`"
    }
}

/// The types of JSON Schema.
enum InstanceType {
    static func fits(_ node: Node, _ type: String) -> Bool {
        switch type {
        case "object": node.mapping != nil
        case "array": node.sequence != nil
        case "null": node.isNull
        case "boolean": node.boolean != nil
        case "string": node.string != nil
        case "number": node.scalar?.isNumber ?? false
        case "integer": node.scalar.map(isInteger) ?? false
        default: true
        }
    }

    /// `1.0` is an integer as well.
    private static func isInteger(_ scalar: Scalar) -> Bool {
        switch scalar.kind {
        case .integer: true
        case .float: Double(scalar.text).map { $0 == $0.rounded() } ?? false
        default: false
        }
    }

    static func article(_ type: String) -> String {
        switch type {
        case "object", "array", "integer": "an \(type)"
        case "null": type
        default: "a \(type)"
        }
    }
}
