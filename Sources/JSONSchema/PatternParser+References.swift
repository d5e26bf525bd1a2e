/// Backreferences, once all groups are known.
extension PatternParser {
    /// The tree with the numbers of groups where references were counted.
    func resolved(_ node: PatternNode) throws(Pattern.Problem) -> PatternNode {
        switch node {
        case .scalar, .start, .end, .wordBoundary: return node
        case .sequence(let nodes): return .sequence(try resolved(nodes))
        case .alternatives(let nodes): return .alternatives(try resolved(nodes))
        case .repetition(let node, let minimum, let maximum, let isGreedy):
            return .repetition(try resolved(node), minimum: minimum, maximum: maximum, isGreedy: isGreedy)
        case .group(let number, let node): return .group(number, try resolved(node))
        case .look(let isAhead, let isWanted, let node):
            return .look(isAhead: isAhead, isWanted: isWanted, try resolved(node))
        case .backreference(let index):
            guard let (offset, reference) = index.first.map({ references[$0] }) else { return node }
            switch reference {
            case .number(let number) where number <= groups: return .backreference([number - 1])
            case .number(let number):
                throw Pattern.Problem(isUnsupported: false, message: "there is no group \(number)", offset: offset)
            case .name(let name):
                let found = groupNames.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.number)
                guard !found.isEmpty else {
                    throw Pattern.Problem(
                        isUnsupported: false, message: "there is no group `\(name)`", offset: offset)
                }
                return .backreference(found)
            }
        }
    }

    private func resolved(_ nodes: [PatternNode]) throws(Pattern.Problem) -> [PatternNode] {
        var found: [PatternNode] = []
        for node in nodes { found.append(try resolved(node)) }
        return found
    }
}
