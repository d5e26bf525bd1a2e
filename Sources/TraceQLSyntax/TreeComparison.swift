extension Tree {
    /// Whether two trees are the same query. Positions, quotes and the places of things in the arrays do not matter.
    func isSame(as other: Tree) -> Bool {
        guard hints.count == other.hints.count else { return false }
        for (hint, twin) in zip(hints, other.hints) {
            guard isSame(hint.name, twin.name, other), isSame(hint.value, twin.value, other) else { return false }
        }
        return areSame(secondStages, other.secondStages, other) && isSame(root, other.root, other)
    }

    private func isSame(_ text: TextRange, _ twin: TextRange, _ other: Tree) -> Bool {
        guard text.count == twin.count else { return false }
        return withBytes(text) { bytes in other.withBytes(twin) { bytes.elementsEqual($0) } }
    }

    private func areSame(_ list: Range<Int>, _ twins: Range<Int>, _ other: Tree) -> Bool {
        guard list.count == twins.count else { return false }
        for (place, twin) in zip(list, twins) {
            guard isSame(lists[place], other.lists[twin], other) else { return false }
        }
        return true
    }

    /// Compares two subtrees, without recursion.
    func isSame(_ index: Int32, _ twinIndex: Int32, _ other: Tree) -> Bool {
        var stack: [(Int32, Int32)] = [(index, twinIndex)]
        func pushLists(_ list: Range<Int>, _ twins: Range<Int>) -> Bool {
            guard list.count == twins.count else { return false }
            for (place, twin) in zip(list, twins) { stack.append((lists[place], other.lists[twin])) }
            return true
        }
        while let (index, twinIndex) = stack.popLast() {
            if index == Node.none || twinIndex == Node.none {
                guard index == twinIndex else { return false }
                continue
            }
            let (node, twin) = (self.node(index), other.node(twinIndex))
            guard node.kind == twin.kind, node.operation == twin.operation, node.type == twin.type,
                node.flags == twin.flags
            else { return false }
            switch node.kind {
            case .integer, .float, .boolean, .duration, .intrinsic, .rank, .threshold, .metricsScalar:
                guard node.bits == twin.bits else { return false }
            case .status, .kind, .coalesce, .unsupported:
                break
            case .string:
                guard isSame(node.text, twin.text, other) else { return false }
            case .attribute:
                guard node.scope == twin.scope, isSame(node.text, twin.text, other) else { return false }
            case .unary, .filter, .group, .aggregate:
                stack.append((node.first, twin.first))
            case .binary, .spansetOperation, .scalarFilter, .metricsOperation:
                stack.append((node.second, twin.second))
                stack.append((node.first, twin.first))
            case .pipeline, .select, .arguments:
                guard pushLists(node.list, twin.list) else { return false }
            case .metricsQuery, .metricsFunction:
                stack.append((node.first, twin.first))
                stack.append((node.second, twin.second))
                guard pushLists(node.list, twin.list) else { return false }
            }
        }
        return true
    }
}
