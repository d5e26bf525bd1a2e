/// Spans of one trace that belong together, and what stages of the query have found out about them.
struct Spanset: Equatable {
    /// Places in the trace, ascending.
    var spans: [Int]
    /// What `by` and aggregates gave it, by their text.
    var attributes: [NamedValue] = []

    /// A value with the text that it came from.
    struct NamedValue: Equatable {
        let name: String
        let value: Value
    }
}
