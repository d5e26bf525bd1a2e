import OTLP

/// The place of a span in its trace's tree: its numbers lie between those of its ancestors
/// ([nested set model](https://en.wikipedia.org/wiki/Nested_set_model)), as Tempo stores them. Spans that no chain of
/// parents leads to a root have none: structural operators do not see them.
struct NestedSet: Sendable, Equatable {
    /// From 1; 0 for none.
    var left: Int64 = 0
    var right: Int64 = 0
    /// The parent's left number; -1 for a root.
    var parent: Int64 = 0

    /// The places of a trace's spans, in their order. It notes in each span where its parent is and how many children it
    /// has.
    static func number(_ spans: inout [SearchSpan]) -> [NestedSet] {
        var places: [SpanID: Int] = [:]
        for span in spans where places[span.id] == nil { places[span.id] = span.index }
        var children: [Int: [Int]] = [:]
        for index in spans.indices {
            guard let parentID = spans[index].parentID, let parent = places[parentID], parent != index else { continue }
            spans[index].parentIndex = parent
            children[parent, default: []].append(index)
        }
        for (parent, indices) in children { spans[parent].childCount = Int64(indices.count) }
        var numbers = Array(repeating: NestedSet(), count: spans.count)
        var next: Int64 = 1
        for root in spans.indices where spans[root].parentID == nil {
            // Each is put on the stack twice: to be opened, then to be closed.
            var stack = [(index: root, isOpen: false)]
            while let (index, isOpen) = stack.popLast() {
                if isOpen {
                    numbers[index].right = next
                } else {
                    numbers[index].left = next
                    numbers[index].parent = spans[index].parentIndex.map { numbers[$0].left } ?? -1
                    stack.append((index, true))
                    for child in (children[index] ?? []).reversed() { stack.append((child, false)) }
                }
                next += 1
            }
        }
        return numbers
    }
}
