/// When a query is evaluated: at one instant, or at every step of a range. Times are milliseconds since 1970.
public struct EvaluationTimes: Sendable, Equatable {
    /// The first instant.
    public var start: Int64
    /// The last instant; the first one again for an instant query.
    public var end: Int64
    /// From one instant to the next; 0 for an instant query.
    public var step: Int64
    /// How far before an instant a sample may be that still counts for it.
    public var lookback: Int64
    /// The step of subqueries that name none, which is a setting of the server.
    public var subqueryStep: Int64

    /// Times from their parts.
    public init(start: Int64, end: Int64, step: Int64 = 0, lookback: Int64 = 0, subqueryStep: Int64 = 60_000) {
        self.start = start
        self.end = end
        self.step = step
        self.lookback = lookback
        self.subqueryStep = subqueryStep
    }
}

/// What a query touches when it is evaluated at given times: ranges, offsets, subqueries and `@` counted.
public struct QueryReach: Sendable, Equatable {
    /// The earliest instant that it is evaluated at or reads samples of, in milliseconds since 1970.
    public var earliest: Int64
    /// The latest one.
    public var latest: Int64
    /// At how many instants that part of it is evaluated that is evaluated at the most: the query itself, or one of its
    /// subqueries.
    public var points: Int64

    /// From the earliest to the latest instant, in milliseconds.
    public var milliseconds: Int64 { subtract(latest, earliest) }
}

extension PromQLExpression {
    /// What the expression touches when it is evaluated at these times. Numbers beyond 64 bits count as the nearest
    /// that fits.
    public func reach(at times: EvaluationTimes) -> QueryReach {
        var reach = QueryReach(
            earliest: times.start, latest: times.end, points: points(from: times.start, to: times.end, times.step))
        var pending: [(node: Int32, start: Int64, end: Int64)] = [(tree.root, times.start, times.end)]
        while let (index, start, end) = pending.popLast() {
            let node = tree.nodes[Int(index)]
            switch node.kind {
            case .number, .string: continue
            case .vectorSelector:
                reach.cover(
                    moved(start, end, by: node.selectorModifiers, times), back: times.lookback)
            case .matrixSelector:
                let selector = tree.nodes[Int(node.first)]
                var back = range(of: node, times)
                // These look for one more sample before the range.
                if selector.flags.contains(.anchored) || selector.flags.contains(.smoothed) {
                    back = subtract(back, -times.lookback)
                }
                reach.cover(moved(start, end, by: selector.selectorModifiers, times), back: back)
            case .subquery:
                var (start, end) = moved(start, end, by: node.second, times)
                start = subtract(start, range(of: node, times))
                let modifiers = tree.modifiers[Int(node.second)]
                var step = milliseconds(modifiers.step, modifiers.stepExpression, times)
                if step <= 0 { step = times.subqueryStep }
                reach.cover((start, end), back: 0)
                reach.points = max(reach.points, points(from: start, to: end, step))
                pending.append((node.first, start, end))
            case .aggregation, .binary, .call, .parenthesized, .sign:
                for child in 0..<tree.childCount(node) { pending.append((tree.child(node, child), start, end)) }
            }
        }
        return reach
    }

    /// The instants at which something with `@` or `offset` looks, instead of those at which it is evaluated.
    private func moved(
        _ start: Int64, _ end: Int64, by place: Int32, _ times: EvaluationTimes
    ) -> (start: Int64, end: Int64) {
        guard place != Node.none else { return (start, end) }
        let modifiers = tree.modifiers[Int(place)]
        let offset = milliseconds(modifiers.offset, modifiers.offsetExpression, times)
        let base: (start: Int64, end: Int64) =
            switch modifiers.at {
            case .none: (start, end)
            case .timestamp: (modifiers.timestamp, modifiers.timestamp)
            case .start: (times.start, times.start)
            case .end: (times.end, times.end)
            }
        return (subtract(base.start, offset), subtract(base.end, offset))
    }

    private func range(of node: Node, _ times: EvaluationTimes) -> Int64 {
        max(0, milliseconds(node.range, node.third, times))
    }

    private func milliseconds(_ nanoseconds: Int64, _ expression: Int32, _ times: EvaluationTimes) -> Int64 {
        guard expression != Node.none else { return nanoseconds / 1_000_000 }
        let seconds = DurationValue.seconds(
            of: expression, in: tree, step: Double(times.step) / 1_000,
            range: Double(subtract(times.end, times.start)) / 1_000)
        let value = seconds * 1_000
        guard value > -9e18 else { return value.isNaN ? 0 : .min }
        return value < 9e18 ? Int64(value) : .max
    }

    private func points(from start: Int64, to end: Int64, _ step: Int64) -> Int64 {
        guard step > 0, end > start else { return 1 }
        let (count, overflow) = (subtract(end, start) / step).addingReportingOverflow(1)
        return overflow ? .max : count
    }
}

extension QueryReach {
    fileprivate mutating func cover(_ times: (start: Int64, end: Int64), back: Int64) {
        earliest = min(earliest, subtract(times.start, back))
        latest = max(latest, times.end)
    }
}

/// The difference, or the nearest number that fits.
private func subtract(_ left: Int64, _ right: Int64) -> Int64 {
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    return overflow ? (left < 0 ? .min : .max) : difference
}
