extension Tree {
    /// Whether two trees are the same query. Positions, quotes and the places of things in the arrays do not matter.
    ///
    /// Both come from the same parser, which makes the nodes of equal queries in equal order.
    func isSame(as other: Tree) -> Bool {
        guard nodes.count == other.nodes.count, root == other.root else { return false }
        for index in nodes.indices where !isSame(nodes[index], other.nodes[index], other) { return false }
        return true
    }

    private func isSame(_ node: Node, _ twin: Node, _ other: Tree) -> Bool {
        guard node.kind == twin.kind, node.flags == twin.flags, node.type == twin.type,
            node.operation == twin.operation
        else { return false }
        switch node.kind {
        case .number:
            return isSame(node.number, twin.number)
        case .string:
            return isSame(node.text, twin.text, other)
        case .vectorSelector:
            return isSame(node.text, twin.text, other) && areSameMatchers(node.list, twin.list, other)
                && areSameModifiers(node.selectorModifiers, twin.selectorModifiers, other)
        case .matrixSelector:
            return node.first == twin.first && node.range == twin.range && isSame(node.third, twin.third, other)
        case .subquery:
            return node.first == twin.first && node.range == twin.range && isSame(node.third, twin.third, other)
                && areSameModifiers(node.second, twin.second, other)
        case .aggregation:
            return node.first == twin.first && node.second == twin.second
                && areSameLabels(node.list, twin.list, other)
        case .binary:
            return node.first == twin.first && node.second == twin.second
                && areSameMatchings(node.third, twin.third, other)
        case .call:
            return node.first == twin.first && arguments[node.list].elementsEqual(other.arguments[twin.list])
        case .parenthesized, .sign:
            return node.first == twin.first
        }
    }

    private func isSame(_ value: Double, _ twin: Double) -> Bool {
        value.bitPattern == twin.bitPattern || value.isNaN && twin.isNaN
    }

    private func isSame(_ text: TextRange, _ twin: TextRange, _ other: Tree) -> Bool {
        guard text.count == twin.count else { return false }
        return withBytes(text) { bytes in other.withBytes(twin) { bytes.elementsEqual($0) } }
    }

    private func areSameMatchers(_ list: Range<Int>, _ twins: Range<Int>, _ other: Tree) -> Bool {
        guard list.count == twins.count else { return false }
        for (index, twinIndex) in zip(list, twins) {
            let (matcher, twin) = (matchers[index], other.matchers[twinIndex])
            guard matcher.operation == twin.operation, isSame(matcher.label, twin.label, other),
                isSame(matcher.value, twin.value, other)
            else { return false }
        }
        return true
    }

    private func areSameLabels(_ list: Range<Int>, _ twins: Range<Int>, _ other: Tree) -> Bool {
        guard list.count == twins.count else { return false }
        for (index, twin) in zip(list, twins) where !isSame(labels[index], other.labels[twin], other) { return false }
        return true
    }

    private func areSameModifiers(_ index: Int32, _ twinIndex: Int32, _ other: Tree) -> Bool {
        if index == Node.none, twinIndex == Node.none { return true }
        let own = index == Node.none ? Modifiers() : modifiers[Int(index)]
        let twin = twinIndex == Node.none ? Modifiers() : other.modifiers[Int(twinIndex)]
        return own.offset == twin.offset && own.at == twin.at && own.timestamp == twin.timestamp
            && own.step == twin.step && isSame(own.offsetExpression, twin.offsetExpression, other)
            && isSame(own.stepExpression, twin.stepExpression, other)
    }

    private func areSameMatchings(_ index: Int32, _ twinIndex: Int32, _ other: Tree) -> Bool {
        if index == Node.none || twinIndex == Node.none { return index == twinIndex }
        let (own, twin) = (matchings[Int(index)], other.matchings[Int(twinIndex)])
        return own.isOn == twin.isOn && own.cardinality == twin.cardinality && own.fill == twin.fill
            && isSame(own.fillLeft, twin.fillLeft) && isSame(own.fillRight, twin.fillRight)
            && areSameLabels(own.labels, twin.labels, other) && areSameLabels(own.included, twin.included, other)
    }

    /// Compares duration expressions, whose nodes may have been made in different orders.
    private func isSame(_ duration: Int32, _ twin: Int32, _ other: Tree) -> Bool {
        if duration == Node.none || twin == Node.none { return duration == twin }
        var stack = [(duration, twin)]
        while let (index, twinIndex) = stack.popLast() {
            let (own, twin) = (durations[Int(index)], other.durations[Int(twinIndex)])
            guard own.kind == twin.kind, own.isDuration == twin.isDuration, own.isWrapped == twin.isWrapped,
                isSame(own.value, twin.value)
            else { return false }
            switch own.kind {
            case .literal, .wrappedLiteral, .step, .range: continue
            case .negation: stack.append((own.first, twin.first))
            case .add, .subtract, .multiply, .divide, .modulo, .power, .minimum, .maximum:
                stack.append((own.first, twin.first))
                stack.append((own.second, twin.second))
            }
        }
        return true
    }
}
