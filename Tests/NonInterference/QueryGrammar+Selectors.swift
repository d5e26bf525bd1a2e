// Selectors of every kind, hostile ones among them, with what may stand behind them.
extension QueryGrammar {
    /// A selector of an instant.
    mutating func instantSelector() -> QueryNode {
        QueryNode(.vector, ["selector"], "\(selector(canBeBroad: true))\(timing())")
    }

    /// A selector of a range.
    mutating func rangeSelector() -> QueryNode {
        let range = duration(["1m", "5m", "10m", "1h", "90s", "10m30s", "300", "2m0s", "30m"])
        return QueryNode(
            .matrix, ["range selector"],
            "\(selector(canBeBroad: false))\(gap())[\(gap())\(range)\(gap())]\(extended())\(timing())")
    }

    /// A metric's name with matchers, of a family that has counters if `counter`.
    ///
    /// - Parameter canBeBroad: Whether it may select series of several names, which few functions take.
    mutating func selector(canBeBroad: Bool, names: [String] = Self.names) -> QueryNode {
        if canBeBroad, chance(4) { return broadSelector() }
        let name = pick(names)
        var matchers = matchers(of: name)
        switch number(in: 0...19) {
        case 0: matchers.append(matcher("selector name in braces", "__name__=\"\(name)\""))
        case 1: matchers.append(matcher("selector name in braces", "\"\(name)\""))
        case 2: matchers.append(matcher("selector name by expression", "__name__=~\"\(name)\""))
        default:
            if matchers.isEmpty, chance(70) { return QueryNode(.vector, ["selector"], .init(stringLiteral: name)) }
            return QueryNode(.vector, ["selector"], "\(name)\(gap()){\(gap())\(matchers)\(gap())}")
        }
        matchers.shuffle(using: &random)
        return QueryNode(.vector, ["selector"], "{\(gap())\(matchers)\(gap())}")
    }

    static let names = [
        "requests_total", "requests_total", "errors_total", "temperature", "temperature", "load", "load", "limit",
        "latency_seconds_bucket", "latency_seconds_count", "up", "target_info", "build_info", "job:requests:rate5m",
        "odd", "sparse",
    ]
    static let counters = ["requests_total", "errors_total", "latency_seconds_bucket", "latency_seconds_count"]

    /// Selects across names.
    private mutating func broadSelector() -> QueryNode {
        let matcher = pick([
            #"{__name__=~".+"}"#, #"{__name__!=""}"#, #"{job=~".+"}"#, #"{tenant_id!="a"}"#, #"{tenant_id=~".+"}"#,
            #"{__name__=~"l.*|up",tenant_id!="b"}"#, #"{instance="1"}"#, #"{job!~"secret|"}"#, #"{tenant_id="b"}"#,
            #"{__name__="secret"}"#, #"{tenant_id=~"a|b"}"#, #"{__name__=~"own_.*"}"#, #"{__name__=~".*",job="api"}"#,
            #"{__name__="up",__name__=~"u.*"}"#, #"{"","job"="api"}"#,
        ])
        return QueryNode(.vector, ["selector across names"], .init(stringLiteral: matcher))
    }

    private mutating func matchers(of name: String) -> [QueryNode] {
        var list: [QueryNode] = []
        if chance(35) { list.append(plainMatcher(of: name)) }
        if chance(15) { list.append(plainMatcher(of: name)) }
        if chance(25) { list.append(hostileMatcher()) }
        return list
    }

    /// A matcher with a comma behind it, which may also stand behind the last.
    private mutating func matcher(_ construct: String, _ text: String) -> QueryNode {
        QueryNode(.modifier, [construct], "\(text)\(gap()),")
    }

    private mutating func plainMatcher(of name: String) -> QueryNode {
        oneOf([
            (
                4,
                { $0.matcher("matcher =", $0.pick([#"job="api""#, #"job = 'db'"#, "\"job\"=`api`", #"nothing="""#])) }
            ),
            (4, { $0.matcher("matcher !=", $0.pick([#"job!="web""#, #"instance!="7""#, #"zone!="us""#])) }),
            (
                4,
                {
                    $0.matcher(
                        "matcher =~",
                        $0.pick([
                            #"job=~"api|db""#, #"job=~".+""#, #"job=~"(?i)API""#, #"instance=~"[12]?""#,
                            #"job=~".*b?""#,
                        ]))
                }
            ),
            (4, { $0.matcher("matcher !~", $0.pick([#"job!~"web|secret""#, #"job!~"d.""#, #"nothing!~".+""#])) }),
        ])
    }

    /// Reaches for other tenants by the tenant label, in every spelling. Those that a confined query still answers are
    /// the more frequent.
    private mutating func hostileMatcher() -> QueryNode {
        let kept = [
            (#"tenant_id!="b""#, "!="), (#"tenant_id=~".*""#, "=~"), (#"tenant_id=~"a|b|c""#, "=~"),
            (#"tenant_id!="""#, "!="), (#"tenant_id=~".+""#, "=~"), (#"tenant_id!~"b|""#, "!~"),
            (#""tenant_id"!="b""#, "quoted"), (#""tenant\u005fid"=~"b|a|c""#, "quoted"),
            (#"'tenant\x5fid'!~'b'"#, "quoted"),
            ("`tenant_id`=~`[abc]`", "quoted"), (#"tenant_id=~"(?:b)|(?:a)|c""#, "=~"), (#"tenant_id=~"(?s).*""#, "=~"),
            (#"tenant_id!="a|b""#, "!="), (#"tenant_id!~"aa|A""#, "!~"),
        ]
        let empty = [
            (#"tenant_id="b""#, "="), (#"tenant_id="""#, "="), (#"tenant_id!~"a|c""#, "!~"),
            (#"tenant_id="\x62""#, "="), (#""tenant_id"="b""#, "quoted"), (#"tenant_id="a|b""#, "="),
            (#"tenant_id="A""#, "="),
            (#"tenant_id="a",tenant_id="b""#, "="), (#"tenant_id=~"""#, "=~"), (#"tenant_id="a\u0301""#, "="),
            (#"tenant_id=~"a\\|b""#, "=~"), (#"tenant_id="\"a""#, "="), (#"tenant_id='b'"#, "="),
            ("tenant_id=`b`", "="),
            (#""tenant_id"=~"b""#, "quoted"), (#"tenant_id=".*""#, "="),
        ]
        let (text, kind) = pick(chance(80) ? kept : empty)
        return matcher("hostile matcher \(kind)", text)
    }

    // MARK: Behind a selector

    /// `offset` and `@` in either order, or nothing.
    mutating func timing() -> QueryNode {
        guard chance(22) else { return QueryNode(.modifier, [], "") }
        var list: [QueryNode] = []
        if chance(65) { list.append(offset()) }
        if list.isEmpty || chance(30) { list.append(at()) }
        list.shuffle(using: &random)
        return QueryNode(.modifier, [], "\(list)")
    }

    private mutating func offset() -> QueryNode {
        if allowsNewer, chance(40) {
            return QueryNode(
                .modifier, "duration expression", "\(space())offset\(space())\(durationExpression(inRange: false))")
        }
        let value = pick(["1m", "5m", "30s", "-1m", "+2m", "-30s", "90", "0", "10m1s", "- 2m", "1h"])
        return QueryNode(.modifier, "offset", "\(space())\(pick(["offset", "offset", "OFFSET"]))\(space())\(value)")
    }

    private mutating func at() -> QueryNode {
        let instant = Samples.instant + number(in: -1_800...900)
        let value = pick(["start()", "end()", "\(instant)", "\(instant)", "\(instant).123", "end( )", "0", "-1"])
        return QueryNode(.modifier, "@", "\(space())@\(gap())\(value)")
    }

    /// `anchored` and `smoothed`, which newer versions have.
    private mutating func extended() -> QueryNode {
        guard allowsNewer, chance(30) else { return QueryNode(.modifier, [], "") }
        let word = pick(["anchored", "smoothed"])
        return QueryNode(.modifier, "\(word)", " \(word)")
    }
}
