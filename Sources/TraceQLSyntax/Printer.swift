/// Whose text is printed.
enum PrintStyle {
    /// Ours: everything in parentheses, and nothing in a string or a name can end it. Parses to the same tree.
    case safe
    /// Tempo's, byte for byte, as its messages show expressions. Strings are not escaped: this text is never sent.
    case tempo
}

/// A tree to text, without recursion.
struct Printer {
    private let tree: Tree
    private let style: PrintStyle
    private var output: [UInt8] = []
    /// What is still to be printed, the next last: nodes by their index, and marks, which are negative.
    private var stack: [Int32] = []

    private enum Mark {
        static let open: Int32 = -1
        static let close: Int32 = -2
        static let closeBrace: Int32 = -3
        static let bar: Int32 = -4
        static let metricsBar: Int32 = -5
        static let comma: Int32 = -6
        /// Minus the raw value of an operator.
        static let operation: Int32 = -100
    }

    /// The whole query with its hints.
    static func print(_ tree: Tree, style: PrintStyle, reserve: Int = 0) -> [UInt8] {
        var printer = Printer(tree: tree, style: style)
        printer.output.reserveCapacity(tree.source.count + tree.source.count / 2 + reserve + 16)
        printer.print(tree.root)
        printer.appendSecondStages(tree.secondStages)
        printer.appendHints()
        return printer.output
    }

    /// A part of it.
    static func print(_ tree: Tree, from index: Int32, style: PrintStyle) -> [UInt8] {
        var printer = Printer(tree: tree, style: style)
        printer.print(index)
        return printer.output
    }

    private init(tree: Tree, style: PrintStyle) {
        self.tree = tree
        self.style = style
    }

    private mutating func print(_ root: Int32) {
        stack.append(root)
        while let item = stack.popLast() {
            if item >= 0 { append(item) } else { append(mark: item) }
        }
    }

    private mutating func append(mark: Int32) {
        switch mark {
        case Mark.open: output.append(UInt8(ascii: "("))
        case Mark.close: output.append(UInt8(ascii: ")"))
        case Mark.closeBrace: output.append(" }")
        case Mark.bar: if style == .tempo { output.append(UInt8(ascii: "|")) } else { output.append(" | ") }
        case Mark.metricsBar: output.append(" | ")
        case Mark.comma: output.append(", ")
        default:
            guard let operation = TokenKind(rawValue: UInt8(truncatingIfNeeded: Mark.operation - mark)) else { return }
            output.append(UInt8(ascii: " "))
            output.append(operation.text)
            if operation != .exists, operation != .isAbsent { output.append(UInt8(ascii: " ")) }
        }
    }

    private func mark(_ operation: TokenKind) -> Int32 { Mark.operation - Int32(operation.rawValue) }

    /// Puts an operand on the stack, in parentheses unless it needs none.
    private mutating func pushOperand(_ index: Int32) {
        let node = tree.node(index)
        switch node.kind {
        case .attribute, .intrinsic, .string, .boolean, .status, .kind:
            stack.append(index)
        case .integer, .float, .duration:
            // Before ^, * and the like a sign would take in the whole operation.
            if style == .safe, isNegative(node), node.kind != .integer || node.integer != .min {
                pushParenthesized(index)
            } else {
                stack.append(index)
            }
        default:
            pushParenthesized(index)
        }
    }

    private mutating func pushParenthesized(_ index: Int32) {
        stack.append(Mark.close)
        stack.append(index)
        stack.append(Mark.open)
    }

    private func isNegative(_ node: Node) -> Bool {
        node.kind == .float ? node.float.sign == .minus : node.integer < 0
    }

    private mutating func append(_ index: Int32) {
        let node = tree.node(index)
        switch node.kind {
        case .integer, .float, .string, .boolean, .duration, .status, .kind:
            append(literal: node)
        case .attribute:
            append(attribute: node)
        case .intrinsic:
            output.append(TraceQLIntrinsic.table[Int(node.bits)].text)
        case .unary:
            if node.operation == .exists || node.operation == .isAbsent {
                stack.append(mark(node.operation))
                pushOperand(node.first)
            } else {
                output.append(node.operation.text)
                pushOperand(node.first)
            }
        case .binary:
            pushOperand(node.second)
            stack.append(mark(node.operation))
            pushOperand(node.first)
        case .filter:
            output.append("{ ")
            stack.append(Mark.closeBrace)
            stack.append(node.first)
        case .spansetOperation:
            pushParenthesized(node.second)
            stack.append(mark(node.operation))
            pushParenthesized(node.first)
        case .pipeline:
            for place in node.list.reversed() {
                stack.append(tree.lists[place])
                if place > node.list.lowerBound { stack.append(Mark.bar) }
            }
        case .group:
            output.append("by(")
            stack.append(Mark.close)
            stack.append(node.first)
        case .select:
            output.append("select(")
            stack.append(Mark.close)
            for place in node.list.reversed() {
                stack.append(tree.lists[place])
                if place > node.list.lowerBound { stack.append(Mark.comma) }
            }
        case .coalesce:
            output.append("coalesce()")
        case .scalarFilter:
            append(scalarFilter: node)
        case .aggregate:
            output.append(node.operation.text)
            if node.first == Node.none {
                output.append("()")
            } else {
                pushParenthesized(node.first)
            }
        case .metricsQuery:
            // Second stages are no nodes with children: the function prints them.
            stack.append(node.second)
            stack.append(Mark.metricsBar)
            stack.append(node.first)
            pendingSecondStages.append(node.list)
        case .metricsFunction:
            append(metricsFunction: node)
        case .metricsScalar:
            output.append(number: node.float)
        case .metricsOperation:
            pushMetricsSide(node.second)
            stack.append(mark(node.operation))
            pushMetricsSide(node.first)
        case .arguments, .rank, .threshold, .unsupported:
            break
        }
    }

    /// The second stages of the metrics query being printed. Metrics queries do not nest.
    private var pendingSecondStages: [Range<Int>] = []

    private mutating func pushMetricsSide(_ index: Int32) {
        if tree.node(index).kind == .metricsScalar { stack.append(index) } else { pushParenthesized(index) }
    }

    // MARK: Literals and attributes

    private mutating func append(literal node: Node) {
        switch node.kind {
        case .integer:
            if style == .safe, node.integer == .min {
                // The scanner reads the digits before the sign, and they are too many.
                output.append("minInt")
                return
            }
            if node.integer < 0 { output.append(UInt8(ascii: "-")) }
            output.append(decimal: node.integer.magnitude)
        case .float: output.append(float: node.float)
        case .duration: output.append(duration: node.integer)
        case .boolean: output.append(node.bits == 1 ? "true" : "false")
        case .status, .kind: output.append(node.operation.text)
        default:
            tree.withBytes(node.text) { text in
                if style == .safe {
                    output.appendQuoted(text)
                } else {
                    output.append(UInt8(ascii: "`"))
                    output.append(contentsOf: text)
                    output.append(UInt8(ascii: "`"))
                }
            }
        }
    }

    private mutating func append(attribute node: Node) {
        if node.flags.contains(.isParent) { output.append("parent.") }
        if node.scope != .none {
            output.append(node.scope.text)
            output.append(UInt8(ascii: "."))
        } else if !node.flags.contains(.isParent) {
            output.append(UInt8(ascii: "."))
        }
        tree.withBytes(node.text) { name in
            if style == .safe { return output.appendName(name, scope: node.scope) }
            let needsQuotes = name.contains { $0 < 0x80 && !isAttributeByte($0) }
            if needsQuotes { output.append(UInt8(ascii: "\"")) }
            output.append(contentsOf: name)
            if needsQuotes { output.append(UInt8(ascii: "\"")) }
        }
    }

    private mutating func append(scalarFilter node: Node) {
        let number = tree.node(node.second)
        if style == .safe, number.kind == .integer, number.integer == .min {
            output.append(contentsOf: Printer.print(tree, from: node.first, style: style))
            append(mark: mark(node.operation))
            output.append("(-9223372036854775807 - 1)")
            return
        }
        stack.append(node.second)
        stack.append(mark(node.operation))
        if style == .tempo { pushParenthesized(node.first) } else { stack.append(node.first) }
    }

    // MARK: Metrics

    private mutating func append(metricsFunction node: Node) {
        output.append(node.operation.text)
        output.append(UInt8(ascii: "("))
        if node.first != Node.none {
            output.append(contentsOf: Printer.print(tree, from: node.first, style: style))
        }
        if node.second != Node.none {
            for place in tree.node(node.second).list {
                let argument = tree.node(tree.lists[place])
                if style == .tempo {
                    output.append(UInt8(ascii: ","))
                    output.append(fiveDecimals: argument.float)
                } else {
                    output.append(", ")
                    append(literal: argument)
                }
            }
        }
        output.append(UInt8(ascii: ")"))
        if !node.list.isEmpty {
            output.append(style == .tempo ? "by(" : " by (")
            for place in node.list {
                if place > node.list.lowerBound { output.append(style == .tempo ? "," : ", ") }
                append(tree.lists[place])
            }
            output.append(UInt8(ascii: ")"))
        }
        if let stages = pendingSecondStages.popLast() { appendSecondStages(stages) }
    }

    private mutating func appendSecondStages(_ stages: Range<Int>) {
        for place in stages {
            let node = tree.node(tree.lists[place])
            if node.kind == .rank {
                output.append(" | ")
                output.append(node.operation.text)
                output.append(UInt8(ascii: "("))
                output.append(decimal: node.integer.magnitude)
                output.append(UInt8(ascii: ")"))
            } else {
                append(mark: mark(node.operation))
                output.append(number: node.float)
            }
        }
    }

    private mutating func appendHints() {
        if tree.hints.isEmpty { return }
        output.append(style == .tempo ? " with(" : " with (")
        for (place, hint) in tree.hints.enumerated() {
            if place > 0 { output.append(style == .tempo ? "," : ", ") }
            tree.withBytes(hint.name) { output.append(contentsOf: $0) }
            output.append(UInt8(ascii: "="))
            append(literal: tree.node(hint.value))
        }
        output.append(UInt8(ascii: ")"))
    }
}
