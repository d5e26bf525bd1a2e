/// Numbers over time.
struct Series {
    /// In order, each name once.
    var labels: [Label]
    /// One for each step; NaN where there is none.
    var values: [Double]
    var exemplars: [Exemplar] = []

    struct Label: Hashable {
        let name: String
        let value: Value
    }

    /// A span that stands for many.
    struct Exemplar {
        let labels: [Label]
        let value: Double
        /// Since 1970.
        let milliseconds: UInt64
    }

    /// The label that a series without any other has.
    static let nameLabel = "__name__"

    /// What tells it from others of its query.
    var key: Set<Label> { Set(labels.filter { $0.name != Self.nameLabel }) }

    /// A text to put series in an order by.
    var order: String { labels.map { "\($0.name)=\($0.value.text)" }.joined(separator: ",") }
}
