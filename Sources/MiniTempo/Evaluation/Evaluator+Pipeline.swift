import TraceQLSyntax

extension Evaluator {
    /// What a query for spans gives of a trace.
    func evaluate(_ query: TraceQLSpansets, of trace: SearchTrace) throws(EvaluationError) -> [Spanset] {
        try evaluate(query, on: Spanset(spans: Array(trace.spans.indices)), in: trace)
    }

    /// What a pipeline gives of a trace.
    func evaluate(_ stages: [TraceQLStage], of trace: SearchTrace) throws(EvaluationError) -> [Spanset] {
        try evaluate(.pipeline(stages), of: trace)
    }

    private func evaluate(
        _ query: TraceQLSpansets, on input: Spanset, in trace: SearchTrace
    ) throws(EvaluationError) -> [Spanset] {
        switch query {
        case .filter(let field):
            var kept = input
            kept.spans = []
            for index in input.spans where try isKept(trace.spans[index], by: field, in: trace) {
                kept.spans.append(index)
            }
            return kept.spans.isEmpty ? [] : [kept]
        case .operation(let operation, let left, let right):
            let left = try evaluate(left, on: input, in: trace)
            let right = try evaluate(right, on: input, in: trace)
            let spans = try SpansetOperation.apply(operation, left, right, in: trace)
            return spans.isEmpty ? [] : [Spanset(spans: spans, attributes: input.attributes)]
        case .pipeline(let stages):
            var spansets = [input]
            for stage in stages { spansets = try evaluate(stage, on: spansets, in: trace) }
            return spansets
        }
    }

    private func evaluate(
        _ stage: TraceQLStage, on input: [Spanset], in trace: SearchTrace
    ) throws(EvaluationError) -> [Spanset] {
        var output: [Spanset] = []
        switch stage {
        case .spansets(let query):
            for spanset in input { output += try evaluate(query, on: spanset, in: trace) }
        case .scalarFilter(let aggregate, let operation, let literal):
            let name = FieldText.aggregate(aggregate)
            for var spanset in input {
                let value = try value(aggregate, spanset, in: trace)
                guard value != .nothing else { continue }
                let meets = try Operators.apply(operation, value, Value(literal)) { _, _ in false }
                guard meets == .boolean(true) else { continue }
                spanset.attributes.append(Spanset.NamedValue(name: name, value: value))
                output.append(spanset)
            }
        case .group(let field):
            for spanset in input { output += try groups(spanset, field, in: trace) }
        case .coalesce:
            let spans = Set(input.flatMap(\.spans)).sorted()
            if !spans.isEmpty { output = [Spanset(spans: spans)] }
        case .select:
            // It adds to the answer, not to what is found.
            output = input
        }
        return output
    }

    /// The parts of a set, in the order of their first spans.
    private func groups(
        _ spanset: Spanset, _ field: TraceQLField, in trace: SearchTrace
    ) throws(EvaluationError) -> [Spanset] {
        var order: [Value] = []
        var members: [Value: [Int]] = [:]
        for index in spanset.spans {
            let value = try value(field, trace.spans[index], in: trace)
            if members[value] == nil { order.append(value) }
            members[value, default: []].append(index)
        }
        let name = "by(\(FieldText.field(field)))"
        return order.map { value in
            Spanset(
                spans: members[value] ?? [],
                attributes: spanset.attributes + [Spanset.NamedValue(name: name, value: value)])
        }
    }

    /// An aggregate over the spans that have a number; nothing if none has.
    private func value(
        _ aggregate: TraceQLAggregate, _ spanset: Spanset, in trace: SearchTrace
    ) throws(EvaluationError) -> Value {
        let field: TraceQLField
        switch aggregate {
        case .count: return .integer(Int64(spanset.spans.count))
        case .maximum(let operand), .minimum(let operand), .average(let operand), .sum(let operand): field = operand
        }
        var numbers: [Value] = []
        for index in spanset.spans {
            let value = try value(field, trace.spans[index], in: trace)
            if value.isNumeric { numbers.append(value) }
        }
        guard let first = numbers.first else { return .nothing }
        switch aggregate {
        case .maximum: return numbers.dropFirst().reduce(first) { $1.number > $0.number ? $1 : $0 }
        case .minimum: return numbers.dropFirst().reduce(first) { $1.number < $0.number ? $1 : $0 }
        default:
            let sum = numbers.dropFirst().reduce(first) { Self.sum($0, $1) }
            guard case .average = aggregate else { return sum }
            let mean = sum.number / Double(numbers.count)
            // The greatest durations are no whole numbers any more once they are floats.
            if case .duration = sum, let whole = Int64(exactly: mean.rounded(.towardZero)) { return .duration(whole) }
            return .float(mean)
        }
    }

    private static func sum(_ left: Value, _ right: Value) -> Value {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): .integer(left &+ right)
        case (.duration(let left), .duration(let right)): .duration(left &+ right)
        default: .float(left.number + right.number)
        }
    }
}
