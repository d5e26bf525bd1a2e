import Glibc
import TraceQLSyntax

/// Makes series of the spans that a metrics query finds.
struct SpanSeries {
    private let query: TraceQLMetricsQuery
    private let window: TimeWindow
    private let attributes: [TraceQLAttribute]
    /// By their labels.
    private var groups: [[Series.Label]: Group] = [:]
    private var exemplarsLeft: Int

    /// The spans of one combination of labels.
    private struct Group {
        /// The values of the steps that have any: for counts one 1 a span.
        var steps: [Int: [Double]] = [:]
        var exemplars: [(step: Int, exemplar: Series.Exemplar)] = []
    }

    init(_ query: TraceQLMetricsQuery, window: TimeWindow, exemplars: Int) {
        self.query = query
        self.window = window
        exemplarsLeft = exemplars
        var queried = QueriedAttributes()
        queried.add(query.pipeline)
        if let attribute = query.function.attribute { queried.add(attribute) }
        for attribute in query.grouping { queried.add(attribute) }
        attributes = queried.attributes
    }

    /// Takes in what the query found of a trace. Each trace gives one exemplar, its first span that counts.
    mutating func add(_ spans: [Int], of trace: SearchTrace) {
        var needsExemplar = exemplarsLeft > 0
        for index in spans {
            let span = trace.spans[index]
            guard let step = window.index(of: span.start), let (labels, value) = observation(of: span, in: trace) else {
                continue
            }
            groups[labels, default: Group()].steps[step, default: []].append(value)
            guard needsExemplar else { continue }
            needsExemplar = false
            exemplarsLeft -= 1
            let exemplar = Series.Exemplar(
                labels: exemplarLabels(span, in: trace), value: value, milliseconds: span.start / 1_000_000)
            groups[labels]?.exemplars.append((step, exemplar))
        }
    }

    /// What a span counts as; nil if it does not count.
    private func observation(of span: SearchSpan, in trace: SearchTrace) -> (labels: [Series.Label], value: Double)? {
        var labels = query.grouping.compactMap { attribute -> Series.Label? in
            let value = trace.value(attribute, of: span)
            return value == .nothing ? nil : Series.Label(name: FieldText.attribute(attribute), value: value)
        }
        if labels.isEmpty, let first = query.grouping.first {
            labels = [Series.Label(name: FieldText.attribute(first), value: .nothing)]
        }
        guard let attribute = query.function.attribute else { return (labels, 1) }
        let value = trace.value(attribute, of: span)
        guard value.isNumeric, !value.number.isNaN else { return nil }
        var number = value.number
        if case .duration = value { number /= 1e9 }
        switch query.function {
        case .quantileOverTime: return bucket(of: value).map { (labels, $0) }
        case .histogramOverTime:
            return bucket(of: value).map { bucket in
                (labels + [Series.Label(name: "__bucket", value: .float(bucket))], bucket)
            }
        default: return (labels, number)
        }
    }

    /// The next power of two, of durations in nanoseconds and then told in seconds. Floats and what is below 2 have none.
    private func bucket(of value: Value) -> Double? {
        switch value {
        case .integer(let integer): integer < 2 ? nil : exp2(ceil(log2(Double(integer))))
        case .duration(let nanoseconds): nanoseconds < 2 ? nil : exp2(ceil(log2(Double(nanoseconds)))) / 1e9
        default: nil
        }
    }

    private func exemplarLabels(_ span: SearchSpan, in trace: SearchTrace) -> [Series.Label] {
        var labels = [Series.Label(name: "trace:id", value: Value(text: trace.traceIDText))]
        labels.append(Series.Label(name: "span:id", value: Value(text: span.idText)))
        for attribute in attributes {
            let value = trace.value(attribute, of: span)
            let name = FieldText.attribute(attribute)
            guard value != .nothing, !labels.contains(where: { $0.name == name }) else { continue }
            labels.append(Series.Label(name: name, value: value))
        }
        return labels
    }

    // MARK: The outcome

    /// The series, ordered by their labels. Where nothing was found there are none.
    func series() -> [Series] {
        groups
            .flatMap { labels, group in series(labels, group) }
            .sorted { $0.order < $1.order }
    }

    private func series(_ labels: [Series.Label], _ group: Group) -> [Series] {
        if case .quantileOverTime(_, let quantiles) = query.function {
            let series = quantiles.map { quantile in
                Series(
                    labels: labels + [Series.Label(name: "p", value: .float(quantile))],
                    values: self.values(of: group) { Self.quantile(quantile, of: $0) })
            }
            return Self.distribute(group.exemplars, to: series)
        }
        var labels = labels
        if labels.isEmpty {
            labels = [Series.Label(name: Series.nameLabel, value: Value(text: query.function.name))]
        }
        let values = self.values(of: group) { combine($0) }
        // A count has no value of a single span: its exemplars stand at the series.
        let isCount = query.function.attribute == nil || query.function.name == "histogram_over_time"
        let exemplars = group.exemplars.map { step, exemplar in
            Series.Exemplar(
                labels: exemplar.labels, value: isCount ? values[step] : exemplar.value,
                milliseconds: exemplar.milliseconds)
        }
        return [Series(labels: labels, values: values, exemplars: exemplars)]
    }

    private func values(of group: Group, _ combine: ([Double]) -> Double) -> [Double] {
        (0..<window.count).map { combine(group.steps[$0] ?? []) }
    }

    private func combine(_ values: [Double]) -> Double {
        switch query.function {
        case .rate: Double(values.count) * 1e9 / Double(window.step)
        case .minimumOverTime: values.min() ?? .nan
        case .maximumOverTime: values.max() ?? .nan
        case .sumOverTime: values.isEmpty ? .nan : values.reduce(0, +)
        case .averageOverTime: values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
        default: Double(values.count)
        }
    }

    /// Interpolated within the bucket that it falls into, on the logarithmic scale that the buckets are on.
    private static func quantile(_ quantile: Double, of buckets: [Double]) -> Double {
        guard !buckets.isEmpty else { return .nan }
        let sorted = buckets.sorted()
        let wanted = max(1, Int((quantile * Double(sorted.count)).rounded(.up)))
        let bucket = sorted[wanted - 1]
        let below = sorted.firstIndex(of: bucket) ?? 0
        let within = sorted.lastIndex(of: bucket).map { $0 - below + 1 } ?? 1
        if wanted == below + within { return bucket }
        let lower = below > 0 ? sorted[below - 1] : bucket / 2
        return lower * pow(bucket / lower, Double(wanted - below) / Double(within))
    }

    /// An exemplar goes to the least quantile that is not below it.
    private static func distribute(
        _ exemplars: [(step: Int, exemplar: Series.Exemplar)], to series: [Series]
    ) -> [Series] {
        var series = series
        for (step, exemplar) in exemplars {
            let place = series.firstIndex { $0.values[step] >= exemplar.value } ?? series.count - 1
            series[place].exemplars.append(exemplar)
        }
        return series
    }
}

extension TraceQLMetricsFunction {
    /// What it computes of, if not of the spans themselves.
    var attribute: TraceQLAttribute? {
        switch self {
        case .rate, .countOverTime, .compare: nil
        case .minimumOverTime(let attribute), .maximumOverTime(let attribute), .averageOverTime(let attribute),
            .sumOverTime(let attribute), .quantileOverTime(let attribute, _), .histogramOverTime(let attribute):
            attribute
        }
    }

    /// How a query calls it.
    var name: String {
        switch self {
        case .rate: "rate"
        case .countOverTime: "count_over_time"
        case .minimumOverTime: "min_over_time"
        case .maximumOverTime: "max_over_time"
        case .averageOverTime: "avg_over_time"
        case .sumOverTime: "sum_over_time"
        case .quantileOverTime: "quantile_over_time"
        case .histogramOverTime: "histogram_over_time"
        case .compare: "compare"
        }
    }
}
