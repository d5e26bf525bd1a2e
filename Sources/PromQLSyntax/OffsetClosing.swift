// A duration expression after `offset` ends in different places depending on how it starts, and Prometheus' printer
// does not mind: `(foo offset +(5m)) * 2` prints as `foo offset (5m) * 2`, which is another query. Before a restricted
// query is printed, such expressions get parentheses, and a sign that ends them.

extension Tree {
    private enum Extent {
        /// Ends by itself.
        case closed
        /// Takes in the arithmetic that follows.
        case open
        /// Ends too early: its printed text is another expression.
        case broken
    }

    mutating func closeOffsets() {
        guard !durations.isEmpty else { return }
        for node in nodes where node.kind == .binary {
            switch node.operation {
            case .add, .subtract, .multiply, .divide, .modulo, .power: close(before: node)
            default: continue
            }
        }
        for index in modifiers.indices {
            let offset = Int(modifiers[index].offsetExpression)
            guard offset >= 0 else { continue }
            switch extent(of: offset) {
            case .closed:
                modifiers[index].isBeforeArithmetic = false
            case .open:
                if modifiers[index].isBeforeArithmetic { durations[offset].isWrapped = true }
            case .broken:
                durations[offset].isWrapped = true
            }
        }
    }

    /// Marks the selector, if it is one, that stands right before the operator of `binary`.
    private mutating func close(before binary: Node) {
        var index = binary.first
        while true {
            let node = nodes[Int(index)]
            switch node.kind {
            case .binary: index = node.second
            case .sign: index = node.first
            case .matrixSelector: index = node.first
            case .vectorSelector:
                let place = Int(node.selectorModifiers)
                if place >= 0 { modifiers[place].isBeforeArithmetic = true }
                return
            case .subquery:
                modifiers[Int(node.second)].isBeforeArithmetic = true
                return
            case .number, .string, .aggregation, .call, .parenthesized:
                return
            }
        }
    }

    private func extent(of index: Int) -> Extent {
        let duration = durations[index]
        if duration.isWrapped { return .open }
        switch duration.kind {
        case .step, .range, .minimum, .maximum: return .closed
        case .literal, .wrappedLiteral: return .broken
        case .negation:
            let inner = durations[Int(duration.first)]
            if inner.isWrapped { return .closed }
            switch inner.kind {
            case .step, .range, .minimum, .maximum: return .closed
            case .negation: return .open
            case .literal, .wrappedLiteral, .add, .subtract, .multiply, .divide, .modulo, .power: return .broken
            }
        case .add, .subtract, .multiply, .divide, .modulo, .power:
            return startsOpen(index) ? .open : .broken
        }
    }

    /// Whether an operation's text starts with a parenthesis or two signs.
    private func startsOpen(_ index: Int) -> Bool {
        var index = index
        while true {
            let duration = durations[index]
            if duration.isWrapped { return true }
            switch duration.kind {
            case .add, .subtract, .multiply, .divide, .modulo, .power: index = Int(duration.first)
            case .negation:
                let inner = durations[Int(duration.first)]
                return inner.kind == .negation && !inner.isWrapped
            case .literal, .wrappedLiteral, .step, .range, .minimum, .maximum: return false
            }
        }
    }
}
