import Telemetry

extension Configuration {
    /// What is in force, in one line.
    var summary: [Logger.Field] {
        var fields: [Logger.Field] = [
            ("prometheus_flavor", .string(upstreams.flavor.rawValue)),
            ("tempo", .string(upstreams.tempo.map { "\($0)" } ?? "none")),
            ("tempo_tenancy", .string(upstreams.tempoTenancy.rawValue)),
            ("tracing", .string(tracing.summary)),
            ("rate_limit", .string(limits.rate == nil ? "none" : "per tenant")),
            ("operators", .string(identity.tenancy.operatorClaim == nil ? "nobody" : "by claim")),
            ("log_level", .string(log.level.rawValue)),
        ]
        if let running = limits.mostRunning { fields.append(("concurrent_requests", .integer(running))) }
        return fields
    }
}

extension TracingSettings {
    /// Where spans are sent, for people.
    var summary: String {
        switch destination {
        case nil: "off"
        case .otlp(let url, let spoken)?: "otlp \(spoken.rawValue) to \(url)"
        case .zipkin(let url)?: "zipkin to \(url)"
        case .jaegerCollector(let url)?: "jaeger to \(url)"
        case .jaegerAgent(let address)?: "jaeger by UDP to \(address)"
        case .console?: "console"
        }
    }
}
