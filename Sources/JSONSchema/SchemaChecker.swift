import JSON

/// Walks a value along its schema.
struct SchemaChecker {
    enum Step {
        case name(String)
        case index(Int)
    }

    let set: SchemaSet
    let direction: SchemaDirection
    var violations: [SchemaViolation] = []
    var path: [Step] = []
    /// Schemas may send the checker over the same value again and again; a caller must not be able to make it do so
    /// forever: so many steps may be taken, or so many times the value's size.
    var budget = 100_000
    /// Whether something could not be found out in so many steps. The value is refused then, whatever became of that:
    /// it may have stood within a `not`.
    var isExhausted = false
    private var depth = 0

    static let maximumViolations = 100
    private static let maximumDepth = 600

    init(_ set: SchemaSet, _ direction: SchemaDirection) {
        self.set = set
        self.direction = direction
    }

    /// Whether the value fits, without a word on why not.
    mutating func fits(_ value: JSONValue, _ schema: Int) -> Bool {
        var value = value
        let (isFitting, _) = trial(&value, schema)
        return isFitting
    }

    /// Ends the walk.
    mutating func finish() {
        guard isExhausted, !violations.contains(where: { $0.rule == "complexity" || $0.rule == "pattern" }) else {
            return
        }
        path = []
        report("complexity", "takes too long to be checked")
    }

    mutating func report(_ rule: String, _ message: String) {
        guard violations.count < Self.maximumViolations else { return }
        violations.append(SchemaViolation(pointer: pointer, rule: rule, message: message))
    }

    var pointer: String {
        path.reduce(into: "") { text, step in
            text += "/"
            switch step {
            case .index(let index): text += "\(index)"
            case .name(let name):
                for scalar in name.unicodeScalars {
                    switch scalar {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            }
        }
    }

    /// Tries a schema; what it says stays apart, and the value is changed only if it fits.
    mutating func trial(_ value: inout JSONValue, _ schema: Int) -> (Bool, [SchemaViolation]) {
        let before = violations
        violations = []
        var copy = value
        check(&copy, against: schema)
        let found = violations
        violations = before
        if found.isEmpty { value = copy }
        return (found.isEmpty, found)
    }

    mutating func check(_ value: inout JSONValue, against index: Int) {
        budget -= 1
        depth += 1
        defer { depth -= 1 }
        guard budget > 0, depth < Self.maximumDepth else {
            isExhausted = true
            report("complexity", "takes too long to be checked")
            return
        }
        let node = set.nodes[index]
        if node.isNullable, value.isNull { return }
        if node.isNever {
            report("schema", "must not be there")
            return
        }
        let type = SchemaTypes(of: value)
        guard node.types.contains(type) else {
            report("type", "must be \(node.types.description)")
            return
        }
        if let values = node.values, !values.contains(where: { $0.isEqual(to: value) }) {
            report("enum", Self.oneOf(values))
        }
        switch value {
        case .string(let text): check(text, node)
        case .number(let number): check(number, node)
        case .array: checkArray(&value, node)
        case .object: checkObject(&value, node)
        case .null, .bool: break
        }
        for part in node.allOf { check(&value, against: part) }
        checkAlternatives(&value, node)
        if let not = node.not, trial(&value, not).0 { report("not", "must not be what the schema excludes") }
        if let condition = node.condition {
            if let next = trial(&value, condition).0 ? node.then : node.otherwise { check(&value, against: next) }
        }
        if node.unevaluatedProperties != nil || node.unevaluatedItems != nil { checkUnevaluated(&value, index) }
    }

    static func oneOf(_ values: [JSONValue]) -> String {
        let texts = values.prefix(50).map { value in
            value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self)
        }
        return texts.count == 1 ? "must be \(texts[0])" : "must be one of \(texts.joined(separator: ", "))"
    }

}
