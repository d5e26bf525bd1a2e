import TraceQLSyntax

/// What is done with series once they are there.
enum SeriesArithmetic {
    /// An operand: series, or one number for all moments.
    enum Operand {
        case series([Series])
        case scalar(Double)
    }

    /// `+`, `-`, `*` or `/` of series with the same labels. A side of one series without labels goes with every series of
    /// the other. A value that is missing on a side counts as zero, and what is divided by zero is missing.
    static func apply(_ operation: TraceQLFieldOperator, _ left: Operand, _ right: Operand) -> Operand {
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)): .scalar(compute(operation, left, right))
        case (.series(let series), .scalar(let scalar)):
            .series(series.map { mapped($0) { compute(operation, $0, scalar) } })
        case (.scalar(let scalar), .series(let series)):
            .series(series.map { mapped($0) { compute(operation, scalar, $0) } })
        case (.series(let left), .series(let right)): .series(joined(operation, left, right))
        }
    }

    private static func joined(_ operation: TraceQLFieldOperator, _ left: [Series], _ right: [Series]) -> [Series] {
        func match(_ key: Set<Series.Label>, in series: [Series]) -> Series? {
            series.first { $0.key == key } ?? series.first { $0.key.isEmpty }
        }
        let target = right.contains { $0.key.isEmpty } ? left : right
        return target.compactMap { series in
            guard let first = match(series.key, in: left), let second = match(series.key, in: right) else { return nil }
            let values = zip(first.values, second.values).map { compute(operation, missing($0), missing($1)) }
            return Series(
                labels: labels(operation, first.labels, second.labels), values: values,
                exemplars: first.exemplars + second.exemplars)
        }
    }

    /// Those of the left side and then those that only the right side has; two names become one.
    private static func labels(
        _ operation: TraceQLFieldOperator, _ left: [Series.Label], _ right: [Series.Label]
    ) -> [Series.Label] {
        func name(_ labels: [Series.Label]) -> String? {
            labels.first { $0.name == Series.nameLabel }?.value.text
        }
        var labels = left.filter { $0.name != Series.nameLabel }
        for label in right where label.name != Series.nameLabel && !labels.contains(where: { $0.name == label.name }) {
            labels.append(label)
        }
        if let first = name(left), let second = name(right) {
            let both = "(\(first) \(operation.rawValue) \(second))"
            labels.insert(Series.Label(name: Series.nameLabel, value: Value(text: both)), at: 0)
        }
        return labels
    }

    private static func mapped(_ series: Series, _ transform: (Double) -> Double) -> Series {
        var series = series
        series.values = series.values.map { $0.isNaN ? $0 : transform($0) }
        return series
    }

    private static func missing(_ value: Double) -> Double { value.isNaN ? 0 : value }

    private static func compute(_ operation: TraceQLFieldOperator, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        default: right == 0 ? .nan : left / right
        }
    }

    /// A second stage: what it does not keep is missing, and a series that keeps nothing is gone.
    static func apply(_ stage: TraceQLSecondStage, to series: [Series]) -> [Series] {
        var series = series
        switch stage {
        case .threshold(let operation, let bound):
            for index in series.indices {
                series[index].values = series[index].values.map { meets($0, operation, bound) ? $0 : .nan }
            }
        case .top(let limit): keep(limit, of: &series) { $0 > $1 }
        case .bottom(let limit): keep(limit, of: &series) { $0 < $1 }
        }
        return series.filter { series in series.values.contains { !$0.isNaN } }
    }

    /// At each moment the first of an order; ties go by the labels.
    private static func keep(_ limit: Int64, of series: inout [Series], _ goesBefore: (Double, Double) -> Bool) {
        for step in 0..<(series.first?.values.count ?? 0) {
            let ranked = series.indices.filter { !series[$0].values[step].isNaN }.sorted { left, right in
                let (first, second) = (series[left].values[step], series[right].values[step])
                return first == second ? series[left].order < series[right].order : goesBefore(first, second)
            }
            for index in ranked.dropFirst(Int(clamping: limit)) { series[index].values[step] = .nan }
        }
    }

    private static func meets(_ value: Double, _ operation: TraceQLFieldOperator, _ bound: Double) -> Bool {
        switch operation {
        case .equal: value == bound
        case .notEqual: value != bound && !value.isNaN
        case .less: value < bound
        case .lessOrEqual: value <= bound
        case .greater: value > bound
        default: value >= bound
        }
    }
}
