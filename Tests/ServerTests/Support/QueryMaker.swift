/// Makes random queries, each around one construct of the language, of names and values that occur in ``Samples``.
struct QueryMaker {
    static let constructs = [
        "selector", "rate", "binary", "aggregation", "aggregation parameter", "subquery", "set operation", "function",
        "labels", "absent", "modifier",
    ]

    private var state: UInt64
    private var turn = 0

    init(seed: UInt64) { state = seed }

    mutating func next() -> (construct: String, query: String) {
        turn += 1
        let construct = Self.constructs[turn % Self.constructs.count]
        switch construct {
        case "selector": return (construct, selector())
        case "rate":
            return (
                construct, "\(pick(["rate", "increase", "delta", "changes"]))(\(selector())[\(pick(["5m", "10m"]))])"
            )
        case "binary":
            return (
                construct,
                "\(vector()) \(pick(["+", "-", "*", ">", ">= bool", "!="])) ignoring(job, instance) group_left() sum by (tenant_id) (\(selector()))"
            )
        case "aggregation":
            let aggregation = pick(["sum", "count", "max", "min", "group"])
            return (construct, "\(aggregation)\(grouping()) (\(vector()))")
        case "aggregation parameter":
            let aggregation = pick(["topk", "bottomk"])
            return (construct, "\(aggregation)(scalar(count(\(selector()))), \(vector()))")
        case "subquery": return (construct, "max_over_time((\(vector()))[\(pick(["5m", "10m"])):1m])")
        case "set operation":
            return (
                construct,
                "\(vector()) \(pick(["or", "and on(tenant_id)", "unless on(nothing, instance)", "or on(job)"])) \(vector())"
            )
        case "function":
            let function = pick(["abs", "ceil", "sgn", "sort", "timestamp"])
            return (construct, "\(function)(\(vector()))")
        case "labels":
            return (
                construct,
                pick([
                    #"label_replace(\#(vector()), "to", "$1", "instance", "(.*)")"#,
                    #"label_join(\#(vector()), "to", "-", "tenant_id", "job", "instance")"#,
                    #"count_values("value", \#(selector()))"#,
                ])
            )
        case "absent":
            return (
                construct,
                pick([
                    "absent(\(selector()){0})", "absent(nothing)", "absent_over_time(\(selector())[5m]) or vector(0)",
                ])
                .replacing("{0}", with: "")
            )
        default:
            return (
                construct,
                "\(selector()) \(pick(["offset 1m", "offset -1m", "@ 1767365940", "@ end()", "@ start() offset 2m"]))"
            )
        }
    }

    private mutating func vector() -> String {
        switch random(4) {
        case 0: "(\(selector()))"
        case 1: "sum by (job, instance, tenant_id) (\(selector()))"
        case 2: "\(selector()) * 2"
        default: selector()
        }
    }

    private mutating func selector() -> String {
        let name = pick(["load", "requests_total", "limit", "temperature"])
        let matchers = [
            "", "", "{job=\"api\"}", "{job=~\"a.*|d.*\"}", "{instance!=\"2\"}", "{tenant_id=\"acme\"}",
            "{tenant_id=~\"acme|globex\"}", "{tenant_id!=\"globex\"}", "{job!=\"secret\"}",
            "{job=~\".+\",instance=\"1\"}",
            "{tenant_id=\"globex\"}", "{job=\"secret\"}",
        ]
        return name + pick(matchers)
    }

    private mutating func grouping() -> String {
        pick(["", " by (job)", " by (tenant_id)", " without (instance)", " by (instance, tenant_id)"])
    }

    private mutating func pick(_ choices: [String]) -> String { choices[random(choices.count)] }

    private mutating func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
