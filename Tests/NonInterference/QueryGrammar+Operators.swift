// Binary operators, with operands whose labels mostly match.
extension QueryGrammar {
    private static let arithmetic = ["+", "-", "*", "/", "%", "^", "atan2"]
    private static let comparison = ["==", "!=", ">", "<", ">=", "<="]

    mutating func binary(_ depth: Int) -> QueryNode {
        oneOf([
            (25, { $0.withScalar(depth) }),
            (20, { $0.oneToOne(depth) }),
            (15, { $0.manyToOne(depth) }),
            (15, { $0.sameSeries() }),
            (22, { $0.setOperation(depth) }),
            // Seldom something matches here: errors and empty answers must be alike too.
            (
                3,
                {
                    QueryNode(
                        .vector, "binary of any vectors", "\($0.operand(depth))\($0.operation())\($0.operand(depth))")
                }
            ),
        ])
    }

    /// An operator with `bool` where it has to be or may.
    private mutating func operation() -> QueryNode {
        if chance(60) {
            let name = pick(Self.arithmetic)
            return QueryNode(.modifier, "operator \(name)", "\(space())\(name)\(space())")
        }
        let name = pick(Self.comparison)
        if chance(70) {
            return QueryNode(.modifier, ["operator \(name)", "bool"], "\(space())\(name)\(gap())bool\(space())")
        }
        return QueryNode(.modifier, "operator \(name)", "\(space())\(name)\(space())")
    }

    private mutating func withScalar(_ depth: Int) -> QueryNode {
        let vector = operand(depth)
        let scalar = scalar(min(depth, 1))
        let operation = operation()
        return chance(65)
            ? QueryNode(.vector, "binary of vector and scalar", "\(vector)\(operation)\(scalar)")
            : QueryNode(.vector, "binary of scalar and vector", "\(scalar)\(operation)\(vector)")
    }

    private static let groupings = ["job", "job, instance", "tenant_id", "tenant_id, job", "\"job\""]

    /// Both sides aggregated by the same labels.
    private mutating func oneToOne(_ depth: Int) -> QueryNode {
        let labels = pick(Self.groupings + [""])
        let (left, right) = (aggregated(depth, by: labels), aggregated(depth, by: labels))
        let operation = operation()
        switch number(in: 0...3) {
        case 0: return QueryNode(.vector, "binary one to one", "\(left)\(operation)\(fill())\(right)")
        case 1:
            return QueryNode(
                .vector, "binary on", "\(left)\(operation)on\(gap())(\(labels))\(fill())\(space())\(right)")
        case 2:
            return QueryNode(
                .vector, "binary ignoring",
                "\(left)\(operation)\(pick(["ignoring", "IGNORING"]))\(gap())(nothing, zone,)\(space())\(right)")
        default:
            return QueryNode(.vector, "binary on", "\(single(depth))\(operation)on() \(single(depth))")
        }
    }

    private mutating func aggregated(_ depth: Int, by labels: String) -> QueryNode {
        let name = pick(["sum", "max", "min", "count", "avg"])
        return QueryNode(.vector, "aggregation \(name)", "\(name) by (\(labels)) (\(vector(depth)))")
    }

    private mutating func manyToOne(_ depth: Int) -> QueryNode {
        let labels = pick(Self.groupings)
        let many = QueryNode(
            .vector, ["selector"],
            "\(selector(canBeBroad: false, names: ["requests_total", "temperature", "load", "up", "build_info"]))\(timing())"
        )
        let one = aggregated(depth, by: labels)
        let operation = operation()
        let copied = pick(["", "()", "(job)", "(nothing)", "(tenant_id)"])
        // A label cannot be copied and matched on.
        let labelsCopied = labels.contains(copied.filter { $0 != "(" && $0 != ")" }) && copied.count > 2 ? "" : copied
        return chance(50)
            ? QueryNode(
                .vector, ["binary on", "group_left"],
                "\(many)\(operation)on(\(labels))\(space())group_left\(labelsCopied)\(fill())\(space())\(one)")
            : QueryNode(
                .vector, ["binary on", "group_right"],
                "\(one)\(operation)on(\(labels))\(space())group_right\(labelsCopied)\(fill())\(space())\(many)")
    }

    /// The same series at two times.
    private mutating func sameSeries() -> QueryNode {
        let selector = selector(canBeBroad: false)
        return QueryNode(
            .vector, "binary one to one", "\(selector)\(timing())\(operation())\(fill())\(selector)\(timing())")
    }

    private mutating func setOperation(_ depth: Int) -> QueryNode {
        let name = pick(["or", "or", "or", "and", "and", "unless"])
        let matching: QueryNode
        switch (name, number(in: 0...3)) {
        case ("unless", 0): matching = QueryNode(.modifier, "binary ignoring", "ignoring(job)\(space())")
        case ("unless", _): matching = QueryNode(.modifier, [], "")
        case (_, 0):
            matching = QueryNode(
                .modifier, "binary on", "on(\(pick(["job", "", "tenant_id", "job, instance"])))\(space())")
        case (_, 1): matching = QueryNode(.modifier, "binary ignoring", "ignoring(zone, code)\(space())")
        case ("and", _): matching = QueryNode(.modifier, "binary on", "on(job)\(space())")
        default: matching = QueryNode(.modifier, [], "")
        }
        return QueryNode(
            .vector, "operator \(name)",
            "\(operand(depth))\(space())\(chance(10) ? name.uppercased() : name)\(space())\(matching)\(operand(depth))")
    }

    /// `fill` and those like it, which newer versions have.
    private mutating func fill() -> QueryNode {
        guard allowsNewer, chance(40) else { return QueryNode(.modifier, [], "") }
        return QueryNode(
            .modifier, "fill",
            .init(
                stringLiteral: pick([" fill(0) ", " fill_left(-1) fill_right(2) ", " fill_right(1) ", " fill_left(0) "])
            ))
    }
}
