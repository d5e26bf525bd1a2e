// Aggregations with every modifier, and with selectors hidden in their parameters.
extension QueryGrammar {
    mutating func aggregation(_ depth: Int) -> QueryNode {
        switch number(in: 0...9) {
        case 0, 1: return parameterised(depth)
        case 2: return countValues(depth)
        default:
            let name = pick(["sum", "avg", "count", "min", "max", "group", "stddev", "stdvar"])
            return aggregation(name, "\(vector(depth))")
        }
    }

    /// `topk` and those like it; the parameter is often a selector in disguise.
    private mutating func parameterised(_ depth: Int) -> QueryNode {
        var names = ["topk", "bottomk", "quantile"]
        if allowsNewer { names += ["limitk", "limit_ratio", "limitk", "limit_ratio"] }
        let name = pick(names)
        let parameter: QueryNode
        if chance(50) {
            parameter = hiddenParameter(depth, isFraction: name == "quantile" || name == "limit_ratio")
        } else {
            parameter = QueryNode(
                .scalar, "number",
                .init(
                    stringLiteral: name == "quantile" || name == "limit_ratio"
                        ? pick(["0.5", "0.9", "0.1"]) : pick(["1", "2", "3", "10"])))
        }
        return aggregation(name, "\(parameter)\(gap()),\(gap())\(vector(depth))")
    }

    /// A scalar that a selector gives: `topk(scalar(limit{tenant_id="b"}), …)`.
    private mutating func hiddenParameter(_ depth: Int, isFraction: Bool) -> QueryNode {
        let aggregation = pick(["max", "min", "count"])
        let inner = QueryNode(
            .vector, "aggregation \(aggregation)",
            "\(aggregation)(\(selector(canBeBroad: false, names: aggregation == "count" ? Self.names : ["limit"])))")
        let value = QueryNode(.scalar, ["function scalar", "selector in a parameter"], "scalar(\(inner))")
        guard isFraction else { return value }
        return QueryNode(.scalar, ["operator /", "selector in a parameter"], "\(value) / 10")
    }

    private mutating func countValues(_ depth: Int) -> QueryNode {
        let label = pick([#""value""#, #"'tenant_id'"#, "`job`", #""v""#])
        return aggregation("count_values", "\(label), \(vector(depth))")
    }

    /// With the modifier before or behind the arguments, or none.
    private mutating func aggregation(_ name: String, _ arguments: QueryNode.Parts) -> QueryNode {
        let spelled = chance(8) ? name.uppercased() : name
        let construct = "aggregation \(name)"
        let body = QueryNode.Parts([.text("("), .text(gap())] + arguments.list + [.text(gap()), .text(")")])
        switch number(in: 0...3) {
        case 0: return QueryNode(.vector, construct, .init([.text(spelled + gap())] + body.list))
        case 1: return QueryNode(.vector, construct, .init([.text(spelled + gap())] + body.list + [.node(grouping())]))
        default: return QueryNode(.vector, construct, .init([.text(spelled), .node(grouping())] + body.list))
        }
    }

    private mutating func grouping() -> QueryNode {
        let word = pick(["by", "by", "without"])
        let lists =
            word == "by"
            ? [
                "(job)", "(job, instance)", "(tenant_id)", "(tenant_id, job,)", "()", "(\"job\")", "(le)", "(nothing)",
                "( zone )", "(sum, job)",
            ]
            : ["(instance)", "(tenant_id)", "()", "(job, tenant_id)", "(nothing)", "(\"tenant_id\")", "(code,)"]
        return QueryNode(
            .modifier, word, "\(space())\(chance(10) ? word.uppercased() : word)\(gap())\(pick(lists))\(space())")
    }
}
