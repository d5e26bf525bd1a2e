// What Prometheus checks once there is a tree: types, numbers of arguments, empty selectors.

extension Tree {
    /// Checks the tree and drops the matching of binary expressions that are not between vectors, as Prometheus does.
    ///
    /// Every check looks at one node and its children's types, so whether there is any error can be asked in the
    /// order of the array; only when there is one, the tree is walked in Prometheus' order to find the first.
    mutating func check() throws(PromQLError) {
        var isValid = true
        for index in nodes.indices {
            let node = nodes[index]
            if hasError(node) {
                isValid = false
                break
            }
            if node.kind == .binary, node.third != Node.none, !isBetweenVectors(node) { nodes[index].third = Node.none }
        }
        if isValid { return }
        if let error = firstError() { throw error }
    }

    private func hasError(_ node: Node) -> Bool {
        switch node.kind {
        case .number, .string, .matrixSelector, .parenthesized: return false
        case .vectorSelector, .sign, .subquery, .binary: return errorAfterChildren(node) != nil
        case .aggregation, .call:
            if errorBeforeChildren(node) != nil { return true }
            for child in 0..<childCount(node) where errorAfterChild(node, child) != nil { return true }
            return false
        }
    }

    private func firstError() -> PromQLError? {
        var stack: [(node: Int32, child: Int)] = [(root, 0)]
        while let (index, child) = stack.popLast() {
            let node = nodes[Int(index)]
            if child == 0, let error = errorBeforeChildren(node) { return error }
            if child > 0, let error = errorAfterChild(node, child - 1) { return error }
            if child < childCount(node) {
                stack.append((index, child + 1))
                stack.append((self.child(node, child), 0))
            } else if let error = errorAfterChildren(node) {
                return error
            }
        }
        return nil
    }

    private func type(of index: Int32) -> PromQLType { nodes[Int(index)].type }

    private func isBetweenVectors(_ node: Node) -> Bool {
        type(of: node.first) == .vector && type(of: node.second) == .vector
    }

    private func error(_ message: String, at offset: Int32) -> PromQLError {
        PromQLError(message, at: Int(offset), in: source)
    }

    // MARK: Calls

    private func errorBeforeChildren(_ node: Node) -> PromQLError? {
        guard node.kind == .call else { return nil }
        let function = Function.all[Int(node.first)]
        let count = node.list.count
        if function.variadic == 0 {
            if count != function.arguments.count {
                return error(
                    "expected \(function.arguments.count) argument(s) in call to \"\(function.name)\", got \(count)",
                    at: node.start)
            }
        } else if count < function.minimumArguments {
            return error(
                "expected at least \(function.minimumArguments) argument(s) in call to \"\(function.name)\", "
                    + "got \(count)",
                at: node.start)
        } else if let maximum = function.maximumArguments, count > maximum {
            return error(
                "expected at most \(maximum) argument(s) in call to \"\(function.name)\", got \(count)", at: node.start)
        }
        guard Int(node.first) == Function.info, count > 1 else { return nil }
        let selector = nodes[Int(arguments[node.list.lowerBound + 1])]
        if selector.type != .vector {
            return error(
                "expected type instant vector in call to function \"info\", got \(selector.type.documentedName)",
                at: node.start)
        }
        if selector.kind != .vectorSelector { return error("expected label selectors only", at: selector.start) }
        if selector.text.count > 0 {
            return error("expected label selectors only, got vector selector instead", at: selector.start)
        }
        return nil
    }

    // MARK: Arguments

    private func errorAfterChild(_ node: Node, _ index: Int) -> PromQLError? {
        let child = nodes[Int(self.child(node, index))]
        switch node.kind {
        case .call:
            let function = Function.all[Int(node.first)]
            guard let last = function.arguments.last else { return nil }
            let wanted = index < function.arguments.count ? function.arguments[index] : last
            if child.type == wanted { return nil }
            return error(
                "expected type \(wanted.documentedName) in call to function \"\(function.name)\", got "
                    + child.type.documentedName, at: child.start)
        case .aggregation:
            let wanted: PromQLType = index == 0 ? .vector : node.operation == .countValues ? .string : .scalar
            if child.type == wanted { return nil }
            let place = index == 0 ? "aggregation expression" : "aggregation parameter"
            return error(
                "expected type \(wanted.documentedName) in \(place), got \(child.type.documentedName)",
                at: child.start)
        case .number, .string, .vectorSelector, .matrixSelector, .subquery, .binary, .parenthesized, .sign:
            return nil
        }
    }

    private func errorAfterChildren(_ node: Node) -> PromQLError? {
        switch node.kind {
        case .vectorSelector:
            return selectorError(node)
        case .sign:
            let type = type(of: node.first)
            if type == .scalar || type == .vector { return nil }
            return error(
                "unary expression only allowed on expressions of type scalar or instant vector, got "
                    + "\"\(type.documentedName)\"", at: node.start)
        case .subquery:
            let type = type(of: node.first)
            if type == .vector { return nil }
            return error("subquery is only allowed on instant vector, got \(type.rawValue) instead", at: node.start)
        case .binary:
            return binaryError(node)
        case .number, .string, .matrixSelector, .aggregation, .call, .parenthesized:
            return nil
        }
    }

    // MARK: Selectors

    private func selectorError(_ node: Node) -> PromQLError? {
        if node.text.count > 0 {
            for matcher in matchers[node.list] where isMetricName(matcher.label) {
                let names = withBytes(node.text) { quoted($0) } + " or " + withBytes(matcher.value) { quoted($0) }
                return error("metric name must not be set twice: " + names, at: node.start)
            }
            return nil
        }
        if node.flags.contains(.mayBeEmpty) || matchers[node.list].contains(where: { !$0.matchesEmpty }) { return nil }
        return error("vector selector must contain at least one non-empty matcher", at: node.start)
    }

    private func isMetricName(_ label: TextRange) -> Bool {
        if label.offset < 0 { return true }
        guard label.count == 8 else { return false }
        return withBytes(label) { bytes in
            (0..<8).allSatisfy { bytes[$0] == Self.metricNameBytes.utf8Start[$0] }
        }
    }

    // MARK: Binary expressions

    private func binaryError(_ node: Node) -> PromQLError? {
        let left = type(of: node.first)
        let right = type(of: node.second)
        let operation = node.operation
        if node.flags.contains(.returnsBool), !operation.isComparison {
            return error("bool modifier can only be used on comparison operators", at: operatorPosition(node))
        }
        if operation.isComparison, !node.flags.contains(.returnsBool), left == .scalar, right == .scalar {
            return error("comparisons between scalars must use BOOL modifier", at: operatorPosition(node))
        }
        let matching = node.third == Node.none ? nil : matchings[Int(node.third)]
        if let matching, matching.isOn, !matching.included.isEmpty, let label = labelInBoth(matching) {
            return error(
                "label \(label) must not occur in ON and GROUP clause at once", at: operatorPosition(node))
        }
        let onlyNumeric = "binary expression must contain only scalar and instant vector types"
        if left != .scalar, left != .vector { return error(onlyNumeric, at: nodes[Int(node.first)].start) }
        if right != .scalar, right != .vector { return error(onlyNumeric, at: nodes[Int(node.second)].start) }
        if left == .vector, right == .vector {
            guard let matching, operation.isSetOperator else { return nil }
            if matching.cardinality != .oneToOne {
                return error("no grouping allowed for \"\(operation.text)\" operation", at: node.start)
            }
            if matching.fill != .none {
                return error("filling in missing series not allowed for set operators", at: node.start)
            }
            return nil
        }
        if let matching, !matching.labels.isEmpty {
            return error("vector matching only allowed between instant vectors", at: node.start)
        }
        if let matching, matching.fill != .none {
            return error("filling in missing series only allowed between instant vectors", at: node.start)
        }
        if operation.isSetOperator {
            return error("set operator \"\(operation.text)\" not allowed in binary scalar expression", at: node.start)
        }
        return nil
    }

    /// Where Prometheus sees the operator: after the left side's end and white space.
    private func operatorPosition(_ node: Node) -> Int32 {
        var position = Int(nodes[Int(node.first)].end)
        while position < source.count {
            switch source[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return Int32(truncatingIfNeeded: position)
            }
        }
        return Int32(truncatingIfNeeded: position)
    }

    /// The first label, quoted, that is both matched on and included.
    private func labelInBoth(_ matching: Matching) -> String? {
        let included = Set(labels[matching.included].map(bytes))
        for label in labels[matching.labels] where included.contains(bytes(label)) {
            return withBytes(label) { quoted($0) }
        }
        return nil
    }
}
