// Calls of every function, with arguments of the right types.
extension QueryGrammar {
    /// A call of a function that gives a vector.
    mutating func call(_ depth: Int) -> QueryNode {
        oneOf([
            (22, { $0.overInstant(depth) }), (30, { $0.overRange(depth) }), (10, { $0.rateOfCounter() }),
            (8, { $0.calendar(depth) }), (6, { $0.histogram(depth) }), (12, { $0.withParameters(depth) }),
            (8, { $0.labelled(depth) }), (4, { $0.absence() }),
        ])
    }

    private mutating func overInstant(_ depth: Int) -> QueryNode {
        let name = pick([
            "abs", "ceil", "floor", "exp", "sqrt", "ln", "log2", "log10", "sgn", "sort", "sort_desc", "deg", "rad",
            "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "sin", "sinh", "tan", "tanh",
            "timestamp", "round",
        ])
        return QueryNode(.vector, "function \(name)", "\(name)\(gap())(\(gap())\(vector(depth))\(gap()))")
    }

    private mutating func overRange(_ depth: Int) -> QueryNode {
        let name = pick([
            "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "last_over_time",
            "present_over_time", "stddev_over_time", "stdvar_over_time", "changes", "delta", "deriv", "idelta",
            "resets", "absent_over_time",
        ])
        // What is there is absent nowhere: the answer would always be empty.
        if name == "absent_over_time" {
            let missing = chance(75) ? pick([#"secret{job="secret"}"#, "nothing", #"load{tenant_id="b"}"#]) : "load"
            return QueryNode(.vector, ["function \(name)", "range selector"], "\(name)(\(missing)[5m])")
        }
        return QueryNode(.vector, "function \(name)", "\(name)\(gap())(\(gap())\(matrix(depth))\(gap()))")
    }

    private mutating func rateOfCounter() -> QueryNode {
        let name = pick(["rate", "increase", "irate"])
        let range = duration(["2m", "5m", "10m", "1h"])
        return QueryNode(
            .vector, ["function \(name)", "range selector"],
            "\(name)(\(selector(canBeBroad: false, names: Self.counters))[\(range)]\(timing()))")
    }

    private mutating func calendar(_ depth: Int) -> QueryNode {
        let name = pick([
            "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year",
        ])
        if chance(35) { return QueryNode(.vector, "function \(name)", "\(name)()") }
        return QueryNode(.vector, "function \(name)", "\(name)(\(vector(depth)))")
    }

    private mutating func histogram(_ depth: Int) -> QueryNode {
        let buckets = QueryNode(
            .vector, ["function rate", "range selector"],
            "rate(\(selector(canBeBroad: false, names: ["latency_seconds_bucket"]))[\(duration(["5m", "10m"]))])")
        switch number(in: 0...9) {
        case 0:
            // Of native histograms, which the samples have none of.
            let name = pick(["histogram_count", "histogram_sum"])
            return QueryNode(.vector, "function \(name)", "\(name)(\(vector(depth)))")
        case 1: return QueryNode(.vector, "function histogram_fraction", "histogram_fraction(0, 1, \(vector(depth)))")
        default:
            let inner =
                chance(60)
                ? QueryNode(
                    .vector, ["aggregation sum", "by"], "sum by (le\(pick([", job", "", ", tenant_id"]))) (\(buckets))")
                : buckets
            let quantile =
                chance(70)
                ? QueryNode(.scalar, "number", .init(stringLiteral: pick(["0.9", "0.5", "1", "0"]))) : scalar(1)
            return QueryNode(.vector, "function histogram_quantile", "histogram_quantile(\(quantile),\(gap())\(inner))")
        }
    }

    private mutating func withParameters(_ depth: Int) -> QueryNode {
        let name = pick([
            "clamp", "clamp_min", "clamp_max", "round", "predict_linear", "quantile_over_time", "vector",
        ])
        let construct = "function \(name)"
        switch name {
        case "clamp":
            return QueryNode(.vector, construct, "clamp(\(vector(depth)), \(scalar(1)), \(scalar(1)))")
        case "round":
            return QueryNode(.vector, construct, "round(\(vector(depth)), \(pick(["5", "0.1", "100"])))")
        case "predict_linear": return QueryNode(.vector, construct, "predict_linear(\(matrix(depth)), \(scalar(1)))")
        case "quantile_over_time":
            return QueryNode(.vector, construct, "quantile_over_time(\(scalar(1)), \(matrix(depth)))")
        case "vector": return QueryNode(.vector, construct, "vector(\(scalar(depth)))")
        default: return QueryNode(.vector, construct, "\(name)(\(vector(depth)), \(scalar(1)))")
        }
    }

    /// Labels that are made up.
    private mutating func labelled(_ depth: Int) -> QueryNode {
        let target = pick(["to", "to", "kept", "tenant_id", "job"])
        if chance(60) {
            let rest = pick([
                #""$1", "instance", "(.*)""#, #""b", "", """#, #""$1-$2", "job", "(.)(.*)""#,
                #""x", "tenant_id", "a|b""#,
                #""${1}", "tenant_id", "(.+)""#,
            ])
            return QueryNode(
                .vector, "function label_replace", "label_replace(\(vector(depth)), \"\(target)\", \(rest))")
        }
        return QueryNode(
            .vector, "function label_join",
            "label_join(\(vector(depth)),\(gap())'\(target)', \"-\", \"tenant_id\"\(chance(50) ? ", \"job\", `instance`" : ""))"
        )
    }

    /// Questions for what is not there; they must answer as if other tenants were not.
    private mutating func absence() -> QueryNode {
        let missing = pick([
            #"secret{job="secret"}"#, #"load{tenant_id="b"}"#, #"load{tenant_id="",job="api"}"#, "nothing",
            #"load{job="secret",instance=~"1"}"#, #"{__name__="secret"}"#, "load",
            #"load{tenant_id!="a",tenant_id!="c"}"#,
            #"(secret)"#, #"sum(secret)"#,
        ])
        return QueryNode(.vector, "function absent", "absent(\(gap())\(missing))")
    }

    /// Functions of vectors that make more of their elements.
    mutating func vectorFunction(_ depth: Int) -> QueryNode {
        let inner = subquery(of: vector(depth))
        let name = pick(["max_over_time", "avg_over_time", "sum_over_time", "count_over_time", "last_over_time"])
        return QueryNode(.vector, "function \(name)", "\(name)(\(inner))")
    }

    // MARK: What Prometheus 2.42 does not know

    mutating func newerVector(_ depth: Int) -> QueryNode {
        switch number(in: 0...8) {
        case 0:
            let name = pick(["histogram_avg", "histogram_stddev", "histogram_stdvar", "start_timestamp"])
            return QueryNode(.vector, "function \(name)", "\(name)(\(vector(depth)))")
        case 1, 2:
            let name = pick([
                "first_over_time", "mad_over_time", "ts_of_first_over_time", "ts_of_last_over_time",
                "ts_of_max_over_time", "ts_of_min_over_time",
            ])
            return QueryNode(.vector, "function \(name)", "\(name)(\(matrix(depth)))")
        case 3:
            let name = pick(["sort_by_label", "sort_by_label_desc"])
            return QueryNode(
                .vector, "function \(name)", "\(name)(\(vector(depth)), \"job\"\(pick(["", ", \"tenant_id\""])))")
        case 4, 5: return info(depth)
        case 6:
            return QueryNode(
                .vector, "function double_exponential_smoothing",
                "double_exponential_smoothing(\(matrix(depth)), 0.5, 0.5)")
        case 7:
            return QueryNode(
                .vector, "function histogram_quantiles", "histogram_quantiles(\(vector(depth)), \"q\", 0.5, 0.9)")
        default:
            let name = pick(["</", ">/"])
            return QueryNode(.vector, "operator \(name)", "(\(operand(depth)) \(name) \(scalar(1)))")
        }
    }

    private mutating func info(_ depth: Int) -> QueryNode {
        let selector = pick([
            #", {cluster=~".+"}"#, #", {__name__="build_info",version=~".+"}"#, #", {tenant_id="b"}"#,
            #", {tenant_id=~".+"}"#,
            #", {__name__=~".+_info",cluster!=""}"#, "",
        ])
        let base = QueryNode(
            .vector, ["selector"], "\(self.selector(canBeBroad: false, names: ["up", "load", "requests_total"]))")
        return QueryNode(.vector, "function info", "info(\(base)\(selector))")
    }

    mutating func newerScalar(_ depth: Int) -> QueryNode {
        let name = pick(["start", "end", "step", "range", "max_of", "min_of", "duration"])
        switch name {
        case "duration":
            return QueryNode(.scalar, "duration as a number", .init(stringLiteral: pick(["5m", "1h30m", "1_000"])))
        case "max_of", "min_of":
            return QueryNode(.scalar, "function \(name)", "\(name)(\(scalar(depth)), \(scalar(depth)))")
        default: return QueryNode(.scalar, "function \(name)", "\(name)()")
        }
    }
}
