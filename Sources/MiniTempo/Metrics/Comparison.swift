import TraceQLSyntax

/// `compare({…})`: how often each value of each attribute is among the spans that match, and among those that do not. It
/// tells every attribute of every span, root names of the trace included.
struct Comparison {
    private let selection: TraceQLField
    private let limit: Int
    private let times: ClosedRange<UInt64>
    private let window: TimeWindow
    private var counts: [Key: [Double]] = [:]

    private struct Key: Hashable {
        let group: String
        let attribute: String
        let value: Value
    }

    init(_ selection: TraceQLField, limit: Int64, start: Int64, end: Int64, window: TimeWindow) {
        self.selection = selection
        self.limit = Int(clamping: limit)
        times = start > 0 && end >= start ? UInt64(start)...UInt64(end) : 0...UInt64.max
        self.window = window
    }

    mutating func add(_ spans: [Int], of trace: SearchTrace, _ evaluator: Evaluator) throws(EvaluationError) {
        for index in spans {
            let span = trace.spans[index]
            guard let step = window.index(of: span.start) else { continue }
            let matches = try evaluator.isKept(span, by: selection, in: trace)
            let isSelected = matches && times.contains(span.start)
            for (attribute, value) in Self.attributes(of: span, in: trace) where value != .nothing {
                let group = isSelected ? "selection" : "baseline"
                count(Key(group: group, attribute: attribute, value: value), at: step)
                count(Key(group: group + "_total", attribute: attribute, value: .nothing), at: step)
            }
        }
    }

    /// The most frequent values of each attribute, and the totals.
    func series() -> [Series] {
        var ranked: [String: [(series: Series, total: Double)]] = [:]
        for (key, values) in counts {
            let labels = [
                Series.Label(name: "__meta_type", value: Value(text: key.group)),
                Series.Label(name: key.attribute, value: key.value),
            ]
            ranked["\(key.group) \(key.attribute)", default: []].append(
                (Series(labels: labels, values: values), values.reduce(0, +)))
        }
        return ranked.values
            .flatMap { entries in
                entries.sorted { ($1.total, $0.series.order) < ($0.total, $1.series.order) }.prefix(limit).map(\.series)
            }
            .sorted { $0.order < $1.order }
    }

    private mutating func count(_ key: Key, at step: Int) {
        counts[key, default: Array(repeating: 0, count: window.count)][step] += 1
    }

    private static func attributes(of span: SearchSpan, in trace: SearchTrace) -> [(String, Value)] {
        let intrinsics: [TraceQLIntrinsic] = [.name, .kind, .status, .statusMessage, .rootName, .rootServiceName]
        let own = span.attributes.names.map { (TraceQLScope.span, $0) }
        let shared = span.resource.names.map { (TraceQLScope.resource, $0) }
        return intrinsics.map { ($0.rawValue, trace.value(.intrinsic($0), of: span)) }
            + (own + shared).map { scope, name in
                let attribute = TraceQLAttribute.named(scope: scope, name: name, isParent: false)
                return (FieldText.attribute(attribute), span.value(scope, name))
            }
    }
}
