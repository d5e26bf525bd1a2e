import TestSupport

/// The metrics that both stores are made of: many tenants that share names and labels, and what belongs to nobody.
///
/// The values follow from the seed and are the same in every selection of tenants, so that one tenant's series are in
/// both stores alike.
struct Samples {
    /// The middle of the data, in Unix seconds.
    static let instant = 1_767_366_000
    /// The times between which there are samples, relative to the instant.
    static let span = (from: -5_400, to: 1_800)
    /// A sample each so many seconds.
    static let interval = 30

    /// The label that tells tenants apart.
    static let label = "tenant_id"
    /// All tenants, and `nil` for series without a tenant. The odd ones are what a careless comparison takes for `a`.
    static let tenants: [String?] = [
        "a", "b", "c", nil, "a|b", "A", "aa", ".*", "a,b", " a", "a\u{301}", "\"a", "a\\", "a\nb", "0",
    ]

    let seed: UInt64

    /// One tenant's series of one metric.
    private struct Series {
        let tenant: String?
        let name: String
        let labels: [(String, String)]
        var random: SeededGenerator
    }

    private enum Shape {
        /// Rises; starts anew where `resets`.
        case counter(resets: Bool)
        case gauge
        /// A small whole number that stays.
        case small
        /// Always 1.
        case one
        /// NaN and infinities among numbers.
        case odd
        /// A gauge with long gaps.
        case sparse
        /// A counter that is the sum of what smaller buckets hold, and more.
        case bucket(index: Int)
    }

    /// The samples of these tenants in the OpenMetrics text format.
    ///
    /// - Parameter leaving: How many of the series are left out, from the first on: for stores that must differ.
    func openMetrics(of tenants: [String?], leaving left: Int = 0) -> String {
        var text = ""
        var left = left
        for (family, type, shape, labels) in families {
            text += "# TYPE \(family) \(type)\n"
            for tenant in Self.tenants {
                for labels in labels(tenant) {
                    // Also for the tenants that are left out: the values must not depend on who is there.
                    let name = labels.first?.0 == "__name__" ? labels[0].1 : Self.name(family, type)
                    let series = Series(
                        tenant: tenant, name: name, labels: labels.filter { $0.0 != "__name__" },
                        random: SeededGenerator(seed: seed ^ Self.hash("\(name)\(labels)\(tenant.debugDescription)")))
                    guard tenants.contains(where: { Self.isSame($0, tenant) }) else { continue }
                    if left > 0 {
                        left -= 1
                        continue
                    }
                    write(series, shape(labels), into: &text)
                }
            }
        }
        return text + "# EOF\n"
    }

    private typealias Labels = [(String, String)]

    private var families: [(String, String, (Labels) -> Shape, (String?) -> [Labels])] {
        func jobs(_ extra: [Labels] = [[]]) -> (String?) -> [Labels] {
            { tenant in
                var list: [Labels] = []
                for job in Self.jobs(tenant) {
                    for instance in ["1", "2"] {
                        for more in extra { list.append([("job", job), ("instance", instance)] + more) }
                    }
                }
                return list
            }
        }
        return [
            ("requests", "counter", { _ in .counter(resets: false) }, jobs([[("code", "200")], [("code", "500")]])),
            ("errors", "counter", { _ in .counter(resets: true) }, jobs()),
            ("temperature", "gauge", { _ in .gauge }, jobs([[("zone", "eu")], [("zone", "us")]])),
            ("load", "gauge", { _ in .gauge }, jobs()),
            ("limit", "gauge", { _ in .small }, { _ in [[("job", "api")], [("job", "db")]] }),
            (
                "latency_seconds", "histogram", { .bucket(index: Self.bucketIndex($0)) },
                { _ in
                    ["api", "db"].flatMap { job -> [Labels] in
                        ["0.1", "0.5", "2.5", "+Inf"].map {
                            [("__name__", "latency_seconds_bucket"), ("job", job), ("le", $0)]
                        } + [
                            [("__name__", "latency_seconds_count"), ("job", job)],
                            [("__name__", "latency_seconds_sum"), ("job", job)],
                        ]
                    }
                }
            ),
            ("up", "gauge", { _ in .one }, jobs()),
            (
                "target_info", "gauge", { _ in .one },
                { tenant in jobs([[("cluster", "of \(tenant ?? "nobody")")]])(tenant) }
            ),
            ("build_info", "gauge", { _ in .one }, { tenant in jobs([[("version", Self.version(tenant))]])(tenant) }),
            ("job:requests:rate5m", "gauge", { _ in .gauge }, { _ in [[("job", "api")], [("job", "db")]] }),
            ("odd", "gauge", { _ in .odd }, jobs()),
            ("sparse", "gauge", { _ in .sparse }, jobs()),
            // A metric of each tenant's own, whose name alone would tell that the tenant exists.
            (
                "secret", "gauge", { _ in .gauge },
                { tenant in Self.isSame(tenant, "b") ? [[("job", "secret"), ("instance", "9")]] : [] }
            ),
            (
                "own", "gauge", { _ in .gauge },
                { tenant in
                    [
                        [
                            ("__name__", "own_\(Self.hash(tenant ?? "") % 100_000)"),
                            ("kind", "own of \(tenant ?? "nobody")"),
                        ]
                    ]
                }
            ),
        ]
    }

    /// The jobs are shared but for one, which only others than `a` and `c` have.
    private static func jobs(_ tenant: String?) -> [String] {
        isSame(tenant, "a") || isSame(tenant, "c") ? ["api", "db"] : ["api", "db", "secret"]
    }

    private static func version(_ tenant: String?) -> String { "\(hash(tenant ?? "") % 9).0" }

    private static func name(_ family: String, _ type: String) -> String {
        type == "counter" ? "\(family)_total" : family
    }

    private static func bucketIndex(_ labels: Labels) -> Int {
        switch labels.first(where: { $0.0 == "le" })?.1 {
        case "0.1": 1
        case "0.5": 2
        case "2.5": 3
        default: 4
        }
    }

    private func write(_ series: Series, _ shape: Shape, into text: inout String) {
        var series = series
        var labels = series.labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
        if let tenant = series.tenant { labels.insert("\(Self.label)=\"\(Self.escaped(tenant))\"", at: 0) }
        let head = "\(series.name){\(labels.joined(separator: ","))} "
        var value = Double(Int.random(in: 0..<1_000, using: &series.random))
        let step = Double(Int.random(in: 1..<50, using: &series.random))
        let small = Int.random(in: 1...3, using: &series.random)
        for (index, second) in stride(from: Self.span.from, through: Self.span.to, by: Self.interval).enumerated() {
            let number: String
            switch shape {
            case .counter(let resets):
                value += Double(Int.random(in: 0...Int(step), using: &series.random))
                if resets, Int.random(in: 0..<40, using: &series.random) == 0 { value = 0 }
                number = "\(value)"
            case .bucket(let bucket):
                value = Double((bucket * 37 + index) * bucket) * step
                number = "\(value)"
            case .gauge:
                value += Double(Int.random(in: -100...100, using: &series.random)) / 8
                number = "\(value)"
            case .small: number = "\(small)"
            case .one: number = "1"
            case .odd:
                let choices = ["NaN", "+Inf", "-Inf", "0", "-0.5", "1e300"]
                number = choices[Int.random(in: 0..<choices.count, using: &series.random)]
            case .sparse:
                if index % 20 != small { continue }
                number = "\(index)"
            }
            text += "\(head)\(number) \(Self.instant + second)\n"
        }
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Whether two names are the same bytes.
    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        left.map { Array($0.utf8) } == right.map { Array($0.utf8) }
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
