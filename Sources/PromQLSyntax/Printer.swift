/// A tree to text, in Prometheus' canonical form. Parentheses are nodes, so none are ever added.
struct Printer {
    private let tree: Tree
    private let style: PrintStyle
    private var output: [UInt8] = []
    /// Nodes to be printed and how much of each is already there.
    private var stack: [(node: Int32, stage: Int32)] = []

    static func print(_ tree: Tree, style: PrintStyle, reserve: Int = 0) -> [UInt8] {
        var printer = Printer(tree: tree, style: style)
        printer.output.reserveCapacity(tree.source.count + tree.source.count / 4 + reserve + 16)
        printer.print()
        return printer.output
    }

    private init(tree: Tree, style: PrintStyle) {
        self.tree = tree
        self.style = style
    }

    private mutating func print() {
        stack.append((tree.root, 0))
        while let (index, stage) = stack.popLast() {
            let node = tree.nodes[Int(index)]
            switch node.kind {
            case .number:
                if node.flags.contains(.isDuration) {
                    output.append(durationLiteral: node.number, style: style)
                } else {
                    output.append(number: node.number, style: style)
                }
            case .string:
                append(quoted: node.text)
            case .vectorSelector:
                appendSelector(node)
                appendAt(node.selectorModifiers)
                appendExtension(node)
                appendOffset(node.selectorModifiers)
            case .matrixSelector:
                let selector = tree.nodes[Int(node.first)]
                appendSelector(selector)
                output.append(UInt8(ascii: "["))
                appendDuration(node.range, node.third)
                output.append(UInt8(ascii: "]"))
                appendExtension(selector)
                appendAt(selector.selectorModifiers)
                appendOffset(selector.selectorModifiers)
            case .subquery:
                if stage == 0 {
                    stack.append((index, 1))
                    stack.append((node.first, 0))
                } else {
                    appendSubquerySuffix(node)
                }
            case .parenthesized:
                if stage == 0 {
                    output.append(UInt8(ascii: "("))
                    stack.append((index, 1))
                    stack.append((node.first, 0))
                } else {
                    output.append(UInt8(ascii: ")"))
                }
            case .sign:
                output.append(node.operation == .subtract ? UInt8(ascii: "-") : UInt8(ascii: "+"))
                stack.append((node.first, 0))
            case .binary:
                if stage == 0 {
                    stack.append((index, 1))
                    stack.append((node.first, 0))
                } else {
                    appendOperator(node)
                    stack.append((node.second, 0))
                }
            case .call:
                appendCall(node, index, stage: Int(stage))
            case .aggregation:
                appendAggregation(node, index, stage: stage)
            }
        }
    }

    private mutating func appendCall(_ node: Node, _ index: Int32, stage: Int) {
        if stage == 0 {
            output.append(Function.all[Int(node.first)].name)
            output.append(UInt8(ascii: "("))
        }
        if stage < node.list.count {
            if stage > 0 { output.append(", ") }
            stack.append((index, Int32(truncatingIfNeeded: stage + 1)))
            stack.append((tree.arguments[node.list.lowerBound + stage], 0))
        } else {
            output.append(UInt8(ascii: ")"))
        }
    }

    private mutating func appendAggregation(_ node: Node, _ index: Int32, stage: Int32) {
        switch stage {
        case 0:
            output.append(node.operation.text)
            if node.flags.contains(.without) {
                output.append(" without (")
                appendLabels(node.list)
                output.append(") ")
            } else if !node.list.isEmpty {
                output.append(" by (")
                appendLabels(node.list)
                output.append(") ")
            }
            output.append(UInt8(ascii: "("))
            if node.second == Node.none {
                stack.append((index, 2))
                stack.append((node.first, 0))
            } else {
                stack.append((index, 1))
                stack.append((node.second, 0))
            }
        case 1:
            output.append(", ")
            stack.append((index, 2))
            stack.append((node.first, 0))
        default:
            output.append(UInt8(ascii: ")"))
        }
    }

    private mutating func appendOperator(_ node: Node) {
        output.append(UInt8(ascii: " "))
        output.append(node.operation.text)
        if node.flags.contains(.returnsBool) { output.append(" bool") }
        if node.third != Node.none { appendMatching(tree.matchings[Int(node.third)]) }
        output.append(UInt8(ascii: " "))
    }

    private mutating func appendMatching(_ matching: Matching) {
        if matching.isOn || !matching.labels.isEmpty || matching.cardinality != .oneToOne {
            output.append(matching.isOn ? " on (" : " ignoring (")
            appendLabels(matching.labels)
            output.append(UInt8(ascii: ")"))
        }
        if matching.cardinality != .oneToOne {
            output.append(matching.cardinality == .manyToOne ? " group_left (" : " group_right (")
            appendLabels(matching.included)
            output.append(UInt8(ascii: ")"))
        }
        switch matching.fill {
        case .none: break
        case .both: appendFill(" fill (", matching.fillLeft)
        case .left: appendFill(" fill_left (", matching.fillLeft)
        case .right: appendFill(" fill_right (", matching.fillRight)
        case .leftAndRight:
            appendFill(" fill_left (", matching.fillLeft)
            appendFill(" fill_right (", matching.fillRight)
        }
    }

    private mutating func appendFill(_ name: StaticString, _ value: Double) {
        output.append(name)
        output.append(generalNumber: value)
        output.append(UInt8(ascii: ")"))
    }

    private mutating func appendLabels(_ range: Range<Int>) {
        for index in range {
            if index > range.lowerBound { output.append(", ") }
            append(label: tree.labels[index])
        }
    }

    private mutating func append(quoted text: TextRange) {
        tree.withBytes(text) { output.appendQuoted($0, style: style) }
    }

    /// A label of a grouping, in quotes where it is no plain name or, in the exact style, a number.
    private mutating func append(label: TextRange) {
        tree.withBytes(label) { bytes in
            if isPlainLabel(bytes), style == .canonical || TokenKind(keyword: bytes) != .number {
                output.append(contentsOf: bytes)
            } else {
                output.appendQuoted(bytes, style: style)
            }
        }
    }

    // MARK: Selectors

    /// Name and matchers, these sorted by their text.
    private mutating func appendSelector(_ node: Node) {
        tree.withBytes(node.text) { output.append(contentsOf: $0) }
        if node.list.isEmpty { return }
        var separator = UInt8(ascii: "{")
        for matcher in ordered(node.list) where !isRedundant(matcher, in: node) {
            output.append(separator)
            tree.append(matcher, style: style, to: &output)
            separator = UInt8(ascii: ",")
        }
        if separator == UInt8(ascii: ",") { output.append(UInt8(ascii: "}")) }
    }

    private func ordered(_ list: Range<Int>) -> ArraySlice<Matcher> {
        let matchers = tree.matchers[list]
        for index in list.dropFirst() where tree.precedes(matchers[index], matchers[index - 1]) {
            return matchers.sorted { tree.precedes($0, $1) }[...]
        }
        return matchers
    }

    /// Prometheus keeps the outer name as a matcher and leaves every one like it out of the braces.
    private func isRedundant(_ matcher: Matcher, in node: Node) -> Bool {
        guard style == .canonical, node.text.count > 0, matcher.operation == .equal, matcher.label.count == 8 else {
            return false
        }
        return tree.bytes(matcher.label) == tree.bytes(.metricName)
            && tree.bytes(matcher.value) == tree.bytes(node.text)
    }

    // MARK: Modifiers

    private mutating func appendExtension(_ selector: Node) {
        if selector.flags.contains(.anchored) { output.append(" anchored") }
        if selector.flags.contains(.smoothed) { output.append(" smoothed") }
    }

    private mutating func appendAt(_ index: Int32) {
        guard index != Node.none else { return }
        let modifiers = tree.modifiers[Int(index)]
        switch modifiers.at {
        case .none: break
        case .start: output.append(" @ start()")
        case .end: output.append(" @ end()")
        case .timestamp:
            output.append(" @ ")
            if style == .exact, modifiers.timestamp.magnitude >= 1 << 51, modifiers.timestamp != .min {
                // Three decimals of so large a number need not round back.
                output.append(number: scaledDown(modifiers.timestamp, by: 1000))
            } else {
                output.append(timestamp: modifiers.timestamp)
            }
        }
    }

    private mutating func appendOffset(_ index: Int32) {
        guard index != Node.none else { return }
        let modifiers = tree.modifiers[Int(index)]
        if modifiers.offsetExpression != Node.none {
            output.append(" offset ")
            // A parenthesis alone would take in what follows it.
            if style == .exact, modifiers.isBeforeArithmetic { output.append(UInt8(ascii: "+")) }
            DurationPrinter.print(modifiers.offsetExpression, tree, style, to: &output)
        } else if modifiers.offset != 0 {
            output.append(" offset ")
            output.append(duration: modifiers.offset, style: style)
        }
    }

    private mutating func appendDuration(_ literal: Int64, _ expression: Int32) {
        if expression != Node.none {
            DurationPrinter.print(expression, tree, style, to: &output)
        } else {
            output.append(duration: literal, style: style)
        }
    }

    private mutating func appendSubquerySuffix(_ node: Node) {
        let modifiers = tree.modifiers[Int(node.second)]
        output.append(UInt8(ascii: "["))
        appendDuration(node.range, node.third)
        output.append(UInt8(ascii: ":"))
        if modifiers.step != 0 || modifiers.stepExpression != Node.none {
            appendDuration(modifiers.step, modifiers.stepExpression)
        }
        output.append(UInt8(ascii: "]"))
        appendAt(node.second)
        appendOffset(node.second)
    }
}

/// `[A-Za-z_][A-Za-z0-9_]*`.
func isPlainLabel(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, isLetter(first) else { return false }
    for byte in bytes where !isAlphanumeric(byte) { return false }
    return true
}
