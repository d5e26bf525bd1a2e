// The second look at a restricted text: it is parsed again, compared with the tree it was printed from, and each
// selector in it is checked. Nothing here relies on how the text was made.

/// Checks a restricted text and returns the number of its selectors.
func verify(
    _ text: [UInt8], is tree: Tree, as entry: Tree.Entry, confinedBy condition: TenantCondition
) throws(RestrictionError) -> Int {
    let again: Tree
    do {
        again = try Tree.parse(text, limits: .restricted, entry: entry)
    } catch {
        throw .unverified("the restricted text does not parse: \(error) in \(String(decoding: text, as: UTF8.self))")
    }
    guard again.isSame(as: tree) else {
        throw .unverified("the restricted text means another query: \(String(decoding: text, as: UTF8.self))")
    }
    guard let count = again.selectorsConfined(by: condition), count == tree.selectorCount else {
        throw .unverified("a selector lacks the condition: \(String(decoding: text, as: UTF8.self))")
    }
    return count
}

extension Tree {
    /// The number of selectors, if each of them demands the condition and nothing else selects series.
    func selectorsConfined(by condition: TenantCondition) -> Int? {
        var count = 0
        for node in nodes {
            switch node.kind {
            case .vectorSelector:
                guard matchers[node.list].contains(where: { demands($0, condition) }) else { return nil }
                count += 1
            case .matrixSelector:
                guard nodes[Int(node.first)].kind == .vectorSelector else { return nil }
            case .call:
                if Int(node.first) == Function.info, node.list.count < 2 { return nil }
            case .number, .string, .subquery, .aggregation, .binary, .parenthesized, .sign:
                continue
            }
        }
        return count
    }

    private func demands(_ matcher: Matcher, _ condition: TenantCondition) -> Bool {
        matcher.operation == condition.operation && equals(matcher.label, condition.labelBytes)
            && equals(matcher.value, condition.valueBytes)
    }

    private func equals(_ range: TextRange, _ other: [UInt8]) -> Bool {
        guard Int(range.count) == other.count else { return false }
        return withBytes(range) { bytes in bytes.elementsEqual(other) }
    }
}
