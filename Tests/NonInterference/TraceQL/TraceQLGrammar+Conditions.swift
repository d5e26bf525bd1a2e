// What stands in a filter's braces.
extension TraceQLGrammar {
    /// Something that is true or false.
    mutating func condition(_ depth: Int) -> QueryNode {
        if allowsRefused, chance(25) { return refusedCondition() }
        if depth <= 0 {
            return oneOf([
                (44, { $0.comparison() }), (10, { $0.hostileCondition() }), (8, { $0.comparisonOfNumbers(0) }),
                (8, { $0.presence() }),
                (5, { QueryNode(.condition, "attribute as a condition", "\($0.pick(["span.cached", ".cached"]))") }),
                (
                    4,
                    {
                        QueryNode(
                            .condition, "literal condition",
                            "\($0.pick(["true", "1 < 2", "2 >= 2", "true", "false", "\"a\" = \"a\"", "ok != error", "nil = nil"]))"
                        )
                    }
                ),
            ])
        }
        return oneOf([
            (24, { $0.junction("&&", depth) }), (26, { $0.junction("||", depth) }),
            (12, { QueryNode(.condition, "not", "!\($0.gap())(\($0.gap())\($0.condition(depth - 1))\($0.space()))") }),
            (10, { QueryNode(.condition, "parentheses", "(\($0.gap())\($0.condition(depth - 1))\($0.space()))") }),
            (16, { $0.comparisonOfNumbers(depth) }),
            (
                4,
                {
                    QueryNode(
                        .condition, "not without parentheses",
                        "!span.cached\($0.space())||\($0.space())\($0.condition(depth - 1))")
                }
            ),
        ])
    }

    /// `&&` and `||` bind alike: where no parentheses stand, what is put before must not lose its hold.
    private mutating func junction(_ operation: String, _ depth: Int) -> QueryNode {
        var list = [condition(depth - 1)]
        for _ in 0..<pick([1, 1, 2]) {
            list.append(QueryNode(.modifier, [], "\(space())\(operation)\(space())\(condition(depth - 1))"))
        }
        if chance(20) { list.append(QueryNode(.modifier, [], "\(space())||\(space())true")) }
        return QueryNode(.condition, "operator \(operation)", "\(list)")
    }

    /// An attribute or intrinsic and a value of its type, on either side.
    private mutating func comparison() -> QueryNode {
        let (attribute, kind) = attribute()
        let (operation, literal) = comparand(kind)
        let constructs = ["operator \(operation)", "type \(kind)"]
        let canTurn = operation != "=~" && operation != "!~"
        if canTurn, chance(15) {
            return QueryNode(.condition, constructs, "\(literal)\(space())\(operation)\(space())\(attribute)")
        }
        return QueryNode(.condition, constructs, "\(attribute)\(space())\(operation)\(gap())\(literal)")
    }

    /// An operator that the type has, and a literal.
    private mutating func comparand(_ kind: AttributeKind) -> (operation: String, literal: String) {
        let order = ["=", "!=", "<", "<=", ">", ">=", "!=", ">="]
        // What is true of most spans, so that something is left for what comes after it.
        if chance(72) {
            switch kind {
            case .string, .identifier:
                return pick([("!=", #""zzz""#), ("=~", #"".*""#), ("<=", #""zzz""#), (">=", #""""#), ("!~", "`x.+`")])
            case .integer: return pick([(">=", "0"), ("!=", "-1"), ("<", "maxInt"), (">", "minInt"), ("<=", "1000")])
            case .float: return pick([(">", "0.0"), ("<=", "1e2"), ("!=", ".75")])
            case .duration: return pick([(">", "0s"), ("<", "1h"), ("!=", "17ms")])
            case .boolean, .status, .kind: break
            }
        }
        switch kind {
        case .string:
            if chance(35) {
                return (
                    pick(["=~", "=~", "!~"]),
                    pick([
                        #"".*""#, #"".+""#, "`GET.*|s.*`", #""(shop|db|cart|eu|us)""#, #""(?i)get.*""#, #""[a-z ]+""#,
                        #""secret.*""#, #""timeout|no route""#,
                    ])
                )
            }
            return (
                pick(order),
                pick([
                    #""shop""#, #""GET""#, "`POST`", #""\u0047ET""#, #""""#, #""eu""#, #""otel/http""#, #""a\"b""#,
                    #""timeout""#, #""zzz""#, #""é\"`""#,
                ])
            )
        case .integer:
            return (pick(order), pick(["0", "1", "2", "010", "200", "404", "-1", "1.5", "maxInt", "minInt", "100"]))
        case .float: return (pick(order), pick(["0.5", ".25", "4.", "1e2", "0", "0x1p-2", "-3.5"]))
        case .boolean: return (pick(["=", "!="]), pick(["true", "false"]))
        case .duration:
            return (pick(order), pick(["10ms", "1s", "1.5s", "100us", "1h30m", "0s", "1ns", "250000us", "1d"]))
        case .status: return (pick(["=", "!="]), pick(["ok", "error", "unset"]))
        case .kind:
            return (pick(["=", "!="]), pick(["server", "client", "internal", "producer", "consumer", "unspecified"]))
        case .identifier:
            return (
                pick(["!=", "!=", "=", "=~"]),
                pick([#""000abc""#, #""fedcba98765432100000000000000020""#, #"".*""#, #""1""#])
            )
        }
    }

    /// With `nil`, or the attribute alone.
    private mutating func presence() -> QueryNode {
        let attribute = attribute(isDynamic: true).node
        let operation = pick(["!=", "!=", "!=", "="])
        if chance(15) { return QueryNode(.condition, "nil", "nil\(space())\(operation)\(space())\(attribute)") }
        return QueryNode(.condition, "nil", "\(attribute)\(space())\(operation)\(space())nil")
    }

    // MARK: Numbers

    /// Arithmetic on both sides; others' spans have other types there, so that it fails where it meets them.
    private mutating func comparisonOfNumbers(_ depth: Int) -> QueryNode {
        let operation = pick(["=", "!=", "<", "<=", ">", ">=", "!=", "!=", "<="])
        return QueryNode(
            .condition, "operator \(operation)",
            "\(arithmetic(depth))\(space())\(operation)\(space())\(arithmetic(max(0, depth - 1)))")
    }

    /// A number; with `isAboutSpan` never a mere literal.
    mutating func arithmetic(_ depth: Int, isAboutSpan: Bool = false) -> QueryNode {
        if depth <= 0 {
            if !isAboutSpan, chance(35) {
                return QueryNode(.number, "number", "\(pick(["1", "2", "3.5", "100", "-7", "0.25", "maxInt", "10ms"]))")
            }
            return QueryNode(
                .number, "number of a span",
                "\(pick(["span.size", "span.size", "span.retries", "duration", "span.ratio", ".size", "resource.cores", "resource.weight", "span:duration"]))"
            )
        }
        let operation = pick(["+", "-", "*", "/", "%", "^"])
        // What divides by zero on others' spans, and fails with Tempo's own words there.
        if chance(12) {
            return QueryNode(
                .number, ["operator \(operation)", "hostile arithmetic"],
                "\(pick(["1", "10"]))\(space())/\(space())(span.size\(space())-\(space())42)")
        }
        if chance(10) {
            return QueryNode(
                .number, "unary minus", "-\(gap())\(pick(["span.size", "duration", "span.retries", "(span.size + 1)"]))"
            )
        }
        let right =
            operation == "/" || operation == "%" || operation == "^"
            ? QueryNode(.number, "number", "\(pick(["2", "3", "1.5", chance(10) ? "0" : "4"]))") : arithmetic(depth - 1)
        return QueryNode(
            .number, "operator \(operation)",
            "(\(arithmetic(depth - 1, isAboutSpan: isAboutSpan))\(space())\(operation)\(space())\(right)\(space()))")
    }

    // MARK: Hostile and refused

    /// Reaches for others by the tenant's attribute, in every spelling. Those that still find something are the more
    /// frequent.
    mutating func hostileCondition() -> QueryNode {
        let kept = [
            (#"resource.tenant_id != "b""#, "!="), (#"resource.tenant_id =~ ".*""#, "=~"),
            (#"resource.tenant_id =~ "a|b|c""#, "=~"), (#"resource.tenant_id !~ "b""#, "!~"),
            (#"resource."tenant_id" != "b""#, "quoted"), (#"resource."tenant_id" =~ ".+""#, "quoted"),
            ("resource.tenant_id != nil", "nil"), (#".tenant_id = "b""#, "unscoped"),
            (#".tenant_id != "zz""#, "unscoped"),
            (#"span.tenant_id = "b""#, "span"), (#"span.tenant_id != nil"#, "span"), (#"span.tenant_id = nil"#, "span"),
            (#"event.tenant_id = "b""#, "event"), (#"link.tenant_id = "b""#, "link"),
            (#"instrumentation.tenant_id = "b""#, "instrumentation"), (#"resource.tenant_id >= "a""#, "order"),
            (#"resource.tenant_id < "b""#, "order"), (#"!(resource.tenant_id = "b")"#, "not"),
            (#"resource.tenant_id = "b" || true"#, "|| true"), (#""b" != resource.tenant_id"#, "turned"),
            (#"resource.tenant_id = "b" || resource.service.name != nil"#, "|| true"),
            (#"resource.tenant_id != span.http.method"#, "attributes"),
        ]
        let empty = [
            (#"resource.tenant_id = "b""#, "="), ("resource.tenant_id = `b`", "="),
            (#"resource.tenant_id = "\x62""#, "="),
            (#"resource.tenant_id = 1"#, "number"), ("resource.tenant_id = true", "boolean"),
            (#"resource.tenant_id = """#, "="),
            (#"span.tenant_id = "a""#, "span"), (#".tenant_id = "a""#, "unscoped"),
            (#"resource.Tenant_ID = "a""#, "other case"),
            (#"resource.tenant_id = nil"#, "nil"), (#"span.secret.of.b = "secret""#, "others' attribute"),
            (#"resource.only.of.b != nil"#, "others' attribute"), (#"name =~ "secret of .*""#, "others' name"),
            (#"resource.service.name = "secret-b""#, "others' name"), (#"resource.tenant_id > "a""#, "order"),
        ]
        let (text, kind) = pick(chance(88) ? kept : empty)
        let node = QueryNode(.condition, "hostile condition: \(kind)", "\(text)")
        return text.contains("||") ? QueryNode(.condition, [], "(\(node))") : node
    }

    /// What no condition on spans confines, or Tempo does not have.
    private mutating func refusedCondition() -> QueryNode {
        let (text, name) = pick([
            (#"parent.tenant_id = "b""#, "parent."), ("parent = nil", "parent"), (#"rootName != """#, "rootName"),
            (#"rootServiceName =~ ".*""#, "rootServiceName"), ("traceDuration > 1ms", "traceDuration"),
            (#"trace:rootName != """#, "trace:rootName"), ("trace:duration > 0s", "trace:duration"),
            ("nestedSetLeft > 0", "nestedSetLeft"), ("nestedSetParent < 0", "nestedSetParent"),
            ("span:childCount > 0", "span:childCount"), (#"span:parentID != """#, "span:parentID"),
            (#"trace:rootService = "secret-b""#, "trace:rootService"), ("nestedSetRight > 3", "nestedSetRight"),
            (#"duration =~ "x""#, "types that do not go together"), (#"status = 1"#, "types that do not go together"),
            (#"name =~ "(""#, "invalid regular expression"), ("span.size + 1", "no condition"),
            (#"parent.span.size > 0"#, "parent."), (#"resource.service.name = nil"#, "service.name = nil"),
        ])
        return QueryNode(.condition, "refused: \(name)", "\(text)")
    }
}
