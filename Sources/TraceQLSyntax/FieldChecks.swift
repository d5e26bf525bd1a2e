// What Tempo's validation demands of field expressions, asked as each part is complete, and the folding of constants
// that Tempo does in the same place.

extension Parser {
    /// An operation with two sides, or what it comes to.
    mutating func makeBinary(_ operation: TokenKind, _ left: Int32, _ right: Int32, at offset: Int) -> Int32 {
        var (left, right) = (left, right)
        normalizeTraceID(of: left, &right)
        normalizeTraceID(of: right, &left)
        let (first, second) = (tree.node(left), tree.node(right))
        var node = Node(.binary, at: Int(first.start))
        node.operation = operation
        node.first = left
        node.second = right
        node.flags = first.flags.union(second.flags).intersection([.referencesSpan, .isInvalid])
        node.type = operation.isArithmetic ? first.type == .attribute ? second.type : first.type : .boolean
        if node.flags.isEmpty, let value = folded(operation, first, second) {
            return push(value)
        }
        let index = push(node)
        if !node.flags.contains(.isInvalid), let problem = problem(with: index, operation, first, second) {
            refuse(problem, at: offset)
            tree.nodes[Int(index)].flags.insert(.isInvalid)
        }
        return index
    }

    private func problem(with index: Int32, _ operation: TokenKind, _ left: Node, _ right: Node) -> String? {
        if !left.type.matches(right.type) {
            return "binary operations must operate on the same type: \(described(index))"
        }
        if !left.type.allows(operation) || !right.type.allows(operation) {
            return "illegal operation for the given types: \(described(index))"
        }
        guard operation == .matches || operation == .matchesNot else { return nil }
        let expression = tree.node(index).second
        guard right.kind == .string else { return "invalid type for =~ or !~: \(described(expression))" }
        let isValid = tree.withBytes(right.text) { isRegularExpression($0) }
        return isValid ? nil : "invalid regex: \(described(expression))"
    }

    /// `-x`, `!x`, `x != nil` or `x = nil`, or what it comes to.
    mutating func makeUnary(_ operation: TokenKind, _ operand: Int32, at offset: Int) -> Int32 {
        let expression = tree.node(operand)
        var node = Node(.unary, at: offset)
        node.operation = operation
        node.first = operand
        node.flags = expression.flags.intersection([.referencesSpan, .isInvalid])
        node.type = operation == .exists || operation == .isAbsent ? .boolean : expression.type
        if node.flags.isEmpty, let value = folded(operation, expression, at: offset) { return push(value) }
        let index = push(node)
        if node.flags.contains(.isInvalid) { return index }
        var problem: String?
        if operation == .isAbsent, expression.kind == .intrinsic {
            problem = "\(described(operand))=nil is not valid because intrinsics cannot be nil"
        } else if operation == .isAbsent, expression.kind == .attribute, expression.scope == .resource,
            !expression.flags.contains(.isParent), tree.withBytes(expression.text, { isWord($0, "service.name") })
        {
            problem = "resource.service.name=nil is not valid because resource.service.name cannot be nil"
        } else if !expression.type.allowsPrefix(operation) {
            problem = "illegal operation for the given type: \(described(index))"
        }
        if let problem {
            refuse(problem, at: offset)
            tree.nodes[Int(index)].flags.insert(.isInvalid)
        }
        return index
    }

    /// Tempo takes the leading zeros off a string that is compared with `trace:id`.
    private mutating func normalizeTraceID(of side: Int32, _ other: inout Int32) {
        let node = tree.node(side)
        guard node.kind == .intrinsic, Int(node.bits) == TraceQLIntrinsic.traceID.index else { return }
        var string = tree.node(other)
        guard string.kind == .string, string.text.count > 0 else { return }
        let zeros = tree.withBytes(string.text) { text in text.prefix { $0 == UInt8(ascii: "0") }.count }
        guard zeros > 0 else { return }
        string.first += Int32(truncatingIfNeeded: zeros)
        string.second -= Int32(truncatingIfNeeded: zeros)
        other = push(string)
    }

    /// An expression as Tempo's messages print it, but not without end. Only the first message is ever shown.
    func described(_ index: Int32) -> String {
        if invalid != nil { return "" }
        let text = Printer.print(tree, from: index, style: .tempo)
        if text.count <= 400 { return String(decoding: text, as: UTF8.self) }
        var end = 400
        while text[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: text[..<end], as: UTF8.self) + "…"
    }

    // MARK: Constants

    /// A constant for a sign or a negation of a constant.
    private func folded(_ operation: TokenKind, _ operand: Node, at offset: Int) -> Node? {
        var node = operand
        node.start = Int32(truncatingIfNeeded: offset)
        guard operand.isLiteral else { return nil }
        switch (operation, operand.kind) {
        case (.exists, _): return boolean(true, at: offset)
        case (.isAbsent, _):
            return boolean(
                operand.kind == .string && tree.withBytes(operand.text) { isWord($0, "nil") }, at: offset)
        case (.not, .boolean):
            node.bits ^= 1
            return node
        case (.subtract, .integer), (.subtract, .duration):
            node.integer = 0 &- operand.integer
            return node
        case (.subtract, .float):
            node.float = -operand.float
            return node
        default:
            return nil
        }
    }

    /// A constant for an operation on constants. Nil where it is refused, fails in Tempo, or is left for Tempo to
    /// compute: regular expressions with special characters, powers and remainders of floats.
    private func folded(_ operation: TokenKind, _ left: Node, _ right: Node) -> Node? {
        guard left.isLiteral, right.isLiteral, left.type.matches(right.type), left.type.allows(operation),
            right.type.allows(operation)
        else { return nil }
        let offset = Int(left.start)
        if operation.isArithmetic { return foldedArithmetic(operation, left, right) }
        switch operation {
        case .and: return boolean(left.bits & right.bits == 1, at: offset)
        case .or: return boolean(left.bits | right.bits == 1, at: offset)
        case .equal: return boolean(areEqual(left, right), at: offset)
        case .notEqual: return boolean(!areEqual(left, right), at: offset)
        case .matches, .matchesNot:
            guard tree.withBytes(right.text, isPlainText) else { return nil }
            return boolean((tree.bytes(left.text) == tree.bytes(right.text)) == (operation == .matches), at: offset)
        default: break
        }
        let isLess: Bool
        let isGreater: Bool
        if left.kind == .string {
            let (first, second) = (tree.bytes(left.text), tree.bytes(right.text))
            isLess = first.lexicographicallyPrecedes(second)
            isGreater = second.lexicographicallyPrecedes(first)
        } else if left.kind == .integer, right.kind == .integer {
            isLess = left.integer < right.integer
            isGreater = left.integer > right.integer
        } else {
            isLess = value(left) < value(right)
            isGreater = value(left) > value(right)
        }
        switch operation {
        case .less: return boolean(isLess, at: offset)
        case .greater: return boolean(isGreater, at: offset)
        case .lessOrEqual: return boolean(!isGreater, at: offset)
        default: return boolean(!isLess, at: offset)
        }
    }

    /// Durations count as nanoseconds, and any two numbers that are not both integers as floats.
    private func value(_ node: Node) -> Double { node.kind == .float ? node.float : Double(node.integer) }

    private func areEqual(_ left: Node, _ right: Node) -> Bool {
        switch (left.kind, right.kind) {
        case (.string, .string): tree.bytes(left.text) == tree.bytes(right.text)
        case (.integer, .integer), (.duration, .duration), (.integer, .duration), (.duration, .integer):
            left.bits == right.bits
        case (.float, _), (_, .float): value(left) == value(right)
        default: left.bits == right.bits && left.operation == right.operation
        }
    }

    private func foldedArithmetic(_ operation: TokenKind, _ left: Node, _ right: Node) -> Node? {
        var node = left
        guard left.kind == .integer, right.kind == .integer else {
            (node.kind, node.type) = (.float, .float)
            switch operation {
            case .add: node.float = value(left) + value(right)
            case .subtract: node.float = value(left) - value(right)
            case .multiply: node.float = value(left) * value(right)
            case .divide: node.float = value(left) / value(right)
            default: return nil
            }
            return node.float.isFinite ? node : nil
        }
        switch operation {
        case .add: node.integer = left.integer &+ right.integer
        case .subtract: node.integer = left.integer &- right.integer
        case .multiply: node.integer = left.integer &* right.integer
        case .divide:
            guard right.integer != 0 else { return nil }
            node.integer = left.integer.dividedReportingOverflow(by: right.integer).partialValue
        case .modulo:
            guard right.integer != 0 else { return nil }
            node.integer = left.integer.remainderReportingOverflow(dividingBy: right.integer).partialValue
        default:
            // Tempo takes the sides of an integer power the wrong way round: 2 ^ 3 is 9 there.
            guard let power = integerPower(right.integer, left.integer) else { return nil }
            node.integer = power
        }
        return node
    }

    /// A power that floats hold exactly; nil for others.
    private func integerPower(_ base: Int64, _ exponent: Int64) -> Int64? {
        guard exponent >= 0 else { return nil }
        if base == 0 || base == 1 { return exponent == 0 ? 1 : base }
        guard exponent < 64 else { return nil }
        var result: Int64 = 1
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            guard !overflow, product.magnitude < 1 << 53 else { return nil }
            result = product
        }
        return result
    }
}
