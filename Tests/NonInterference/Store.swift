import Foundation
import JSON

/// The files of one Prometheus: samples of the past, targets that it scrapes, rules that it evaluates.
struct Store {
    let seed: UInt64
    let tenants: [String?]
    let leaving: Int
    /// Where the targets are served, as host and port.
    let targets: String

    /// Writes `samples.txt`, `prometheus.yml` and rule files into a folder.
    ///
    /// Both stores' files have the same names: answers about rules have them.
    func write(into folder: String) throws {
        try put(Samples(seed: seed).openMetrics(of: tenants, leaving: leaving), folder, "samples.txt")
        try put(configuration, folder, "prometheus.yml")
        try put(sharedRules, folder, "shared.yml")
        for index in Self.indices(of: Self.plain(tenants)) {
            try put(ownRules(of: Samples.tenants[index]), folder, "tenant-\(index).yml")
        }
    }

    /// Writes what the targets of all tenants serve into a folder, a file a tenant.
    static func writeTargets(into folder: String) throws {
        for (index, tenant) in Samples.tenants.enumerated() {
            try put(exposition(of: tenant, index), folder, "\(index)")
        }
    }

    private var configuration: String {
        var text =
            "global: {scrape_interval: 2s, evaluation_interval: 2s}\nrule_files: [shared.yml, \"tenant-*.yml\"]\nscrape_configs:\n"
        for index in Self.indices(of: tenants) {
            let tenant = Samples.tenants[index].map { ", \(Samples.label): \(Self.quoted($0))" } ?? ""
            text += """
                - job_name: t\(index)
                  metrics_path: /\(index)
                  static_configs: [{targets: [\(Self.quoted(targets))], labels: {job: api\(tenant)}}]

                """
        }
        return text
    }

    // MARK: Rules

    /// Rules of many in one group, and of nobody.
    private var sharedRules: String {
        var text = "groups:\n- name: mixed\n  rules:\n"
        for index in Self.indices(of: Self.plain(tenants)) { text += rules(of: Samples.tenants[index]) }
        if tenants.contains(where: { $0 == nil }) {
            text += """
                - name: of others
                  rules:
                  - {record: 'recorded:everything:sum', expr: 'sum(load @ \(Samples.instant))'}
                  - {alert: Secret, expr: 'secret @ \(Samples.instant) > -1e9', labels: {\(Samples.label): b}}

                """
        }
        // Nobody's rules whose alerts have the labels of their series, and tell what they were not asked: every store has
        // them.
        return text + """
            - name: of nobody
              rules:
              - {alert: AnyLoad, expr: 'load @ \(Samples.instant) > -1e9', annotations: {all: '\(Self.total)'}}
              - {alert: Named, expr: 'limit @ \(Samples.instant) > 0', labels: {\(Samples.label): '{{ $labels.\(Samples.label) }}'}}

            """
    }

    /// A template that tells everybody's load.
    private static let total =
        "{{ with query \"sum(load @ \(Samples.instant))\" }}{{ . | first | value }}{{ end }}"

    private func ownRules(of tenant: String?) -> String {
        (1...3).map { "- name: own \($0)\n  rules:\n" + rules(of: tenant) }.reduce("groups:\n", +)
    }

    private func rules(of tenant: String?) -> String {
        let (matcher, label) = (
            "{tenant_id=\"\(tenant ?? "")\"}", tenant.map { "\(Samples.label): \(Self.quoted($0))" } ?? ""
        )
        return """
              - {record: 'recorded:load:sum', expr: 'sum(load\(matcher) @ \(Samples.instant))', labels: {\(label)}}
              - alert: HighLoad
                expr: 'load\(matcher) @ \(Samples.instant) > -1e9'
                labels: {severity: page\(label.isEmpty ? "" : ", " + label)}
                annotations: {summary: 'Load of {{ $labels.job }} is {{ $value }}.'}
              - alert: Waiting
                expr: 'limit\(matcher) @ \(Samples.instant) > 0'
                for: 10h
                labels: {\(label)}

            """
    }

    // MARK: Targets

    /// One tenant's metrics, whose types and descriptions contradict those of others, with exemplars.
    private static func exposition(of tenant: String?, _ index: Int) -> String {
        let name = (tenant ?? "nobody").filter { $0.isLetter }
        var text = """
            # HELP live_requests Requests of \(name).
            # TYPE live_requests counter
            live_requests_total{code="200"} \(index * 10 + 5) # {trace_id="of \(name) \(index)"} 1.5 \(Samples.instant)
            live_requests_total{code="500"} \(index) # {trace_id="failed \(index)"} 1 \(Samples.instant)
            # HELP live_load Load as \(name) means it.
            # TYPE live_load \(index.isMultiple(of: 2) ? "gauge" : "unknown")
            live_load \(index * 7)
            # HELP live_latency_seconds Latency of \(name).
            # TYPE live_latency_seconds histogram
            live_latency_seconds_bucket{le="1.0"} \(index + 3) # {trace_id="slow \(index)"} 0.5 \(Samples.instant)
            live_latency_seconds_bucket{le="+Inf"} \(index + 4)
            live_latency_seconds_sum 9.5
            live_latency_seconds_count \(index + 4)

            """
        if index == 1 { text += "# HELP live_secret What b does.\n# TYPE live_secret gauge\nlive_secret 1\n" }
        return text + "# EOF\n"
    }

    // MARK: Parts

    /// The tenants that rules are made for: those whose names need no escapes.
    private static func plain(_ tenants: [String?]) -> [String?] {
        tenants.filter { ["a", "b", "c", "A", "aa", nil].contains($0) }
    }

    private static func indices(of tenants: [String?]) -> [Int] {
        Samples.tenants.indices.filter { index in
            tenants.contains { $0.map { Array($0.utf8) } == Samples.tenants[index].map { Array($0.utf8) } }
        }
    }

    /// In JSON, which is YAML too.
    private static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).serialized(), as: UTF8.self)
    }

    private func put(_ text: String, _ folder: String, _ name: String) throws { try Self.put(text, folder, name) }

    private static func put(_ text: String, _ folder: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
}
