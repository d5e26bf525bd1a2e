/// Queries by which acme reaches for globex's data or for nobody's: the PromQL cases of the isolation rules.
enum AttackQueries {
    static let all: [String] =
        hiddenSelectors + spelledLabels + otherOperators + oracles + forgedLabels + syntax

    /// A selector of the victim's wherever an expression can hide one.
    private static let hiddenSelectors = [
        #"load{tenant_id="globex"}"#, #"limit + load{tenant_id="globex"}"#, #"load{tenant_id="globex"} + limit"#,
        #"sum(rate(requests_total{tenant_id="globex"}[5m]))"#, #"max_over_time(load{tenant_id="globex"}[5m:1m])"#,
        #"max_over_time(sum(load{tenant_id="globex"})[5m:1m])"#,
        #"topk(scalar(load{tenant_id="globex",job="secret"}), load)"#, #"topk(scalar(count(load)), load)"#,
        #"quantile(scalar(sum(load{tenant_id="globex"})), load)"#,
        #"sum(topk(scalar(count(load{job="secret"})), load))"#, #"count_values("v", topk(scalar(sum(load)), limit))"#,
        #"bottomk(scalar(topk(scalar(count(load)), load)), load)"#, #"load or load{tenant_id="globex"}"#,
        #"load{tenant_id="globex"} or load"#, #"load unless load{tenant_id="globex"}"#,
        #"load and on() load{tenant_id="globex"}"#, #"load or on() limit{tenant_id="globex"}"#,
        #"vector(scalar(load{tenant_id="globex",job="secret"}))"#, #"clamp_max(load, scalar(sum(load)))"#,
        #"-load{tenant_id="globex"}"#, #"((load{tenant_id="globex"}))"#, #"load * on(job) group_left(instance) limit"#,
        #"histogram_quantile(0.9, load{tenant_id="globex"})"#, "load offset 1m", "load @ 1767365940", "load @ end()",
        "load offset -1m", "load[5m:1m] offset 1m", "load",
    ]

    /// The label's name and the value, spelled in every way the language has.
    private static let spelledLabels = [
        #"{"tenant_id"="globex"}"#, #"{"load","tenant_id"="globex"}"#, #"load{"tenant\u005fid"="globex"}"#,
        #"load{"tenant\x5fid"="globex"}"#, #"load{tenant_id="\x67lobex"}"#, #"load{tenant_id='globex'}"#,
        "load{tenant_id=`globex`}", #"load{tenant_id="acme",tenant_id="globex"}"#,
        #"load{tenant_id="globex",tenant_id="acme"}"#, #"load{tenant_id="globex",}"#,
        #"{__name__="load",tenant_id="globex"}"#,
    ]

    private static let otherOperators = [
        #"load{tenant_id!="acme"}"#, #"load{tenant_id=~".*"}"#, #"load{tenant_id=~".+"}"#, #"load{tenant_id!~"acme"}"#,
        #"load{tenant_id=""}"#, #"load{tenant_id=~"acme|globex"}"#, #"load{tenant_id=~""}"#, #"load{tenant_id!=""}"#,
        #"{__name__=~".+"}"#, #"{__name__=~"lo.*",tenant_id!="acme"}"#, #"{job=~".+"}"#, #"{job="secret"}"#,
        #"{__name__!=""}"#,
    ]

    /// Yes or no about the victim's data, without a byte of it.
    private static let oracles = [
        #"absent(load{tenant_id="globex"})"#, #"absent(load{job="secret"})"#, #"absent(load{tenant_id=""})"#,
        #"absent_over_time(load{tenant_id="globex"}[5m])"#, #"count(load)"#, #"count({__name__=~".+"})"#,
        #"group(load{job="secret"}) or vector(0)"#, #"sum(load) > bool 1000"#, #"count by (tenant_id) (load)"#,
        #"count without (job) (load)"#, #"scalar(count(load{job="nobody"}))"#,
        #"vector(1) unless on() load{job="secret"}"#,
        #"load * on(instance) group_left() limit{job="secret"}"#,
    ]

    /// Labels that are made up after the selection prove nothing and reach nothing.
    private static let forgedLabels = [
        #"label_replace(load, "tenant_id", "globex", "", "")"#,
        #"label_join(load, "tenant_id", "-", "job", "instance")"#, #"count_values("tenant_id", load)"#,
        #"sum without(tenant_id) (load)"#, #"sum by (tenant_id) (load)"#,
        #"label_replace(load, "tenant_id", "globex", "", "") and on(tenant_id) load{tenant_id="globex"}"#,
        #"label_replace(vector(1), "tenant_id", "globex", "", "") * on(tenant_id) group_right() load"#,
        #"load * on(tenant_id) group_left() label_replace(vector(1), "tenant_id", "globex", "", "")"#,
    ]

    /// What is not PromQL, or newer than this Prometheus, or made to confuse a parser.
    private static let syntax = [
        "load # }\n or load{tenant_id=\"globex\"}", "load # }\r or load{tenant_id=\"globex\"}",
        "load{job=\"a#}\"} or load", "load{job=\"}\"} or load{tenant_id=\"globex\"}",
        #"load{tenant_id="acme" or tenant_id="globex"}"#, #"WITH (x = load{tenant_id="globex"}) x"#,
        "load keep_metric_names", "load{tenant_id=\"globex\u{301}\"}", "load{tenant_id=\"globex\"\u{301}}", "load;load",
        "load}", "{", "load{", "", " ", "#", #"info(load)"#, #"info(load, {tenant_id="globex"})"#,
        #"load{tenant_id="globex"} smoothed"#, #"limitk(1, load{tenant_id="globex"})"#, "load[5m]", "load[0]",
        String(repeating: "(", count: 10_000) + "load" + String(repeating: ")", count: 10_000),
        String(repeating: "load+", count: 10_000) + "load", "load{job=~\"(\"}",
    ]
}
