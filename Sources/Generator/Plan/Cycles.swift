/// The nodes of a graph that lie on a cycle, in groups that reach each other (Tarjan's strongly connected components).
/// Knows nothing of what the nodes are; does not recurse, so no graph is too deep for it.
func cycles<Node: Hashable>(in nodes: [Node], edges: (Node) -> [Node]) -> [[Node]] {
    var index: [Node: Int] = [:]
    var lowest: [Node: Int] = [:]
    var stack: [Node] = []
    var isOnStack: Set<Node> = []
    var found: [[Node]] = []

    for start in nodes where index[start] == nil {
        var work: [(node: Node, targets: [Node], next: Int)] = [(start, edges(start), 0)]
        index[start] = index.count
        lowest[start] = index[start]
        stack.append(start)
        isOnStack.insert(start)
        while let (node, targets, next) = work.last {
            if next < targets.count {
                work[work.count - 1].next += 1
                let target = targets[next]
                if index[target] == nil {
                    index[target] = index.count
                    lowest[target] = index[target]
                    stack.append(target)
                    isOnStack.insert(target)
                    work.append((target, edges(target), 0))
                } else if isOnStack.contains(target) {
                    lowest[node] = min(lowest[node] ?? 0, index[target] ?? 0)
                }
                continue
            }
            work.removeLast()
            if let parent = work.last?.node {
                lowest[parent] = min(lowest[parent] ?? 0, lowest[node] ?? 0)
            }
            guard lowest[node] == index[node] else { continue }
            var component: [Node] = []
            while let member = stack.popLast() {
                isOnStack.remove(member)
                component.append(member)
                if member == node { break }
            }
            if component.count > 1 || targets.contains(node) { found.append(component.reversed()) }
        }
    }
    return found
}
