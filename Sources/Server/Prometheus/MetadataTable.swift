import JSON

/// What is known of metrics: for each name, the descriptions that its targets give of it
/// ([API](https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metric-metadata)).
struct MetadataTable: Sendable {
    /// One description of a metric.
    struct Description: Sendable, Hashable {
        let type: String
        let help: String
        let unit: String

        /// Of a metric of which nothing more is known.
        static let unknown = Description(type: "unknown", help: "", unit: "")

        init(type: String, help: String, unit: String) {
            self.type = type
            self.help = help
            self.unit = unit
        }

        /// The order of the texts' bytes.
        func precedes(_ other: Description) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }

        /// Whether two have the same bytes: texts of other bytes can be equal strings.
        static func == (left: Description, right: Description) -> Bool { left.bytes == right.bytes }

        func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

        private var bytes: [UInt8] { Array([type, help, unit].joined(separator: "\0").utf8) }

        init?(_ value: JSONValue) {
            guard let type = value["type"]?.stringValue, let help = value["help"]?.stringValue else { return nil }
            self.init(type: type, help: help, unit: value["unit"]?.stringValue ?? "")
        }
    }

    /// By name, in the order of the names' bytes.
    let metrics: [(name: String, descriptions: [Description])]
    /// What it takes up, roughly, in bytes.
    let cost: Int

    /// A table of those metrics, each once.
    init(_ metrics: [(name: String, descriptions: [Description])]) {
        self.metrics = metrics.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        cost = metrics.reduce(0) { sum, metric in
            sum + metric.name.utf8.count + 64
                + metric.descriptions.reduce(0) { $0 + $1.help.utf8.count + $1.unit.utf8.count + 64 }
        }
    }

    /// Which part of the table is wanted.
    struct Selection {
        var metric: String?
        /// How many metrics at most; `nil`, 0 and less for all.
        var limit: Int64?
        /// How many descriptions of one metric at most; `nil`, 0 and less for all.
        var limitPerMetric: Int64?
    }

    /// The part of the table, in Prometheus' envelope.
    func envelope(_ selection: Selection) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("status")
        writer.string("success")
        writer.name("data")
        writer.beginObject()
        let wanted =
            selection.metric.map { name in metrics.filter { $0.name.utf8.elementsEqual(name.utf8) } } ?? metrics
        for metric in wanted.prefix(Self.count(selection.limit)) {
            writer.name(metric.name)
            writer.beginArray()
            for description in metric.descriptions.prefix(Self.count(selection.limitPerMetric)) {
                writer.beginObject()
                writer.name("type")
                writer.string(description.type)
                writer.name("help")
                writer.string(description.help)
                writer.name("unit")
                writer.string(description.unit)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func count(_ limit: Int64?) -> Int {
        limit.flatMap { $0 > 0 ? Int(exactly: $0) : nil } ?? .max
    }
}
