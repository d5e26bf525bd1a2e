import TraceQLSyntax

/// The attributes that a query names, which Tempo fetches and answers with: each once, in the query's order.
struct QueriedAttributes {
    private(set) var attributes: [TraceQLAttribute] = []

    init() {}

    init(_ query: TraceQLSpansets) {
        add(query)
    }

    mutating func add(_ query: TraceQLSpansets) {
        switch query {
        case .filter(let field): add(field)
        case .operation(_, let left, let right):
            add(left)
            add(right)
        case .pipeline(let stages): add(stages)
        }
    }

    mutating func add(_ stages: [TraceQLStage]) {
        for stage in stages {
            switch stage {
            case .spansets(let query): add(query)
            case .scalarFilter(let aggregate, _, _): add(aggregate)
            case .group(let field): add(field)
            case .coalesce: break
            case .select(let selected): for attribute in selected { add(attribute) }
            }
        }
    }

    mutating func add(_ attribute: TraceQLAttribute) {
        if !attributes.contains(attribute) { attributes.append(attribute) }
    }

    mutating func add(_ field: TraceQLField) {
        switch field {
        case .literal: break
        case .attribute(let attribute): add(attribute)
        case .negative(let operand), .not(let operand), .exists(let operand), .isAbsent(let operand): add(operand)
        case .operation(_, let left, let right):
            add(left)
            add(right)
        }
    }

    private mutating func add(_ aggregate: TraceQLAggregate) {
        switch aggregate {
        case .count: break
        case .maximum(let field), .minimum(let field), .average(let field), .sum(let field): add(field)
        }
    }
}
