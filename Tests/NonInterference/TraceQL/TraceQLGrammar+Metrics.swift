// Queries for numbers over time.
extension TraceQLGrammar {
    /// A pipeline and what is counted of its spans.
    mutating func metricsPipeline() -> QueryNode {
        QueryNode(.metrics, [], "\(pipeline())\(gap())|\(gap())\(metricsFunction())")
    }

    private mutating func metricsFunction() -> QueryNode {
        if allowsRefused, chance(40) {
            let text = pick([
                "compare({ status = error })", "compare({ resource.tenant_id = \"b\" }, 5)",
                "rate() by (parent.tenant_id)",
                "max_over_time(parent.size)", "rate() by (rootServiceName)", "quantile_over_time(duration, 1.5)",
                "count_over_time() by (trace:rootName)",
            ])
            return QueryNode(.modifier, "refused: \(text.prefix { $0 != "(" })", "\(text)")
        }
        let name = pick([
            "rate", "count_over_time", "min_over_time", "max_over_time", "sum_over_time", "avg_over_time",
            "histogram_over_time", "quantile_over_time",
        ])
        let arguments: QueryNode
        switch name {
        case "rate", "count_over_time": arguments = QueryNode(.modifier, [], "\(gap())")
        case "quantile_over_time":
            arguments = QueryNode(
                .modifier, [], "\(measured())\(space()),\(gap())\(pick([".5", "0.99", "0, 1", ".9, .5, 0.25"]))")
        default: arguments = QueryNode(.modifier, [], "\(measured())\(space())")
        }
        let by = chance(45) ? groups(most: name.hasPrefix("quantile") || name.hasPrefix("histogram") ? 2 : 4) : .nothing
        return QueryNode(.modifier, "metrics \(name)", "\(name)(\(arguments))\(by)")
    }

    private mutating func measured() -> String {
        pick([
            "duration", "duration", "span.size", "span.http.status_code", "span.ratio", ".size", "span:duration",
            "resource.cores",
        ])
    }

    private mutating func groups(most: Int) -> QueryNode {
        var list = [attribute().node]
        while list.count < most, chance(40) {
            list.append(QueryNode(.modifier, [], "\(space()),\(gap())\(attribute().node)"))
        }
        return QueryNode(.modifier, "metrics by", "\(space())by\(gap())(\(gap())\(list)\(space()))")
    }

    /// Ranks and thresholds behind a metrics query.
    mutating func secondStage() -> QueryNode {
        if chance(60) {
            let rank = pick(["topk", "bottomk"])
            return QueryNode(
                .modifier, "second stage \(rank)", "\(gap())|\(gap())\(rank)(\(pick(["1", "2", "3", "10"])))")
        }
        // Without a bar before it.
        let (comparison, number) = pick([
            (">", "0"), (">=", "0.01"), ("<", "1e9"), ("<=", "1000"), ("!=", "-1"), ("=", "1"), (">", "-1"),
            ("=", "0.0"),
        ])
        return QueryNode(.modifier, "second stage \(comparison)", "\(space())\(comparison) \(number)")
    }

    /// Metrics queries in parentheses, with operators between them and numbers.
    mutating func metricsArithmetic(_ depth: Int) -> QueryNode {
        let operation = pick(["+", "-", "*", "/"])
        if chance(40) {
            let scalar = pick(["2", "0.5", "100", "-1"])
            let query = wrapped(depth - 1)
            return chance(60)
                ? QueryNode(
                    .metrics, ["metrics arithmetic \(operation)", "metrics and a number"],
                    "\(query)\(space())\(operation)\(space())\(scalar)")
                : QueryNode(
                    .metrics, ["metrics arithmetic \(operation)", "metrics and a number"],
                    "\(scalar)\(space())\(operation)\(space())\(query)")
        }
        return QueryNode(
            .metrics, "metrics arithmetic \(operation)",
            "\(wrapped(depth - 1))\(space())\(operation)\(space())\(wrapped(depth - 1))")
    }

    private mutating func wrapped(_ depth: Int) -> QueryNode {
        if depth >= 0, chance(20) { return QueryNode(.metrics, [], "(\(metricsArithmetic(depth - 1)))") }
        let stage = chance(10) ? secondStage() : .nothing
        return QueryNode(.metrics, [], "(\(gap())\(metricsPipeline())\(stage)\(space()))")
    }
}

extension QueryNode {
    /// Nothing at all.
    static let nothing = QueryNode(.modifier, [], "")
}
