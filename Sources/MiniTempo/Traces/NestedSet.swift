import OTLP

/// Numbers the spans of a trace so that a span's numbers lie between those of its ancestors
/// ([nested set model](https://en.wikipedia.org/wiki/Nested_set_model)), as Tempo stores them. Spans that no chain of
/// parents leads to a root have none: structural operators do not see them.
enum NestedSet {
    static func number(_ spans: inout [SearchSpan]) {
        var places: [SpanID: Int] = [:]
        for span in spans where places[span.id] == nil { places[span.id] = span.index }
        var children: [Int: [Int]] = [:]
        for index in spans.indices {
            guard let parentID = spans[index].parentID, let parent = places[parentID], parent != index else { continue }
            spans[index].parentIndex = parent
            children[parent, default: []].append(index)
        }
        for (parent, indices) in children { spans[parent].childCount = Int64(indices.count) }
        var next: Int64 = 1
        for root in spans.indices where spans[root].parentID == nil {
            // Each is put on the stack twice: to be opened, then to be closed.
            var stack = [(index: root, isOpen: false)]
            while let (index, isOpen) = stack.popLast() {
                if isOpen {
                    spans[index].nestedSetRight = next
                } else {
                    spans[index].nestedSetLeft = next
                    spans[index].nestedSetParent = spans[index].parentIndex.map { spans[$0].nestedSetLeft } ?? -1
                    stack.append((index, true))
                    for child in (children[index] ?? []).reversed() { stack.append((child, false)) }
                }
                next += 1
            }
        }
    }
}
