import APIRuntime
import Tenancy

/// What speaks Prometheus' API upstream, where that makes a difference.
enum PrometheusFlavor: String, CaseIterable, Sendable {
    /// Prometheus itself.
    case prometheus
    /// A Thanos querier.
    case thanos
    /// Grafana Mimir, or Cortex.
    case mimir
    /// VictoriaMetrics.
    case victoriametrics

    /// Where it says whether it is ready; `prefix` stands before its API's paths.
    func readinessPath(behind prefix: String) -> String {
        switch self {
        case .prometheus, .thanos: prefix + "/-/ready"
        // There the prefix is that of the Prometheus API alone.
        case .mimir: "/ready"
        case .victoriametrics: "/health"
        }
    }

    /// What every call for a principal has in its header beside the query that is confined anyhow.
    func headers(for principal: Principal) -> HeaderFields {
        guard self == .mimir else { return [:] }
        return ["X-Scope-OrgID": principal.selected.map(\.name).joined(separator: "|")]
    }

    /// What every call for a principal has in its URL: a second lock, whose values the upstream takes before those of a
    /// form (https://docs.victoriametrics.com/victoriametrics/single-server-victoriametrics/#prometheus-querying-api-enhancements).
    ///
    /// - Throws: what cannot happen for a principal, `RestrictionError`.
    func parameters(for principal: Principal) throws -> FormFields {
        guard self == .victoriametrics else { return [] }
        if principal.selected.count == 1, let tenant = principal.selected.first {
            return [("extra_label", "\(principal.policy.label)=\(tenant.name)")]
        }
        let everything = try Confined<PromQLSelectors>([], for: principal)
        return everything.restricted.map { ("extra_filters[]", $0.text) }
    }
}

/// What a caller may ask of a Thanos querier beyond Prometheus' parameters
/// (https://thanos.io/tip/components/query.md/#custom-response-fields); other upstreams are not sent it.
struct ThanosOptions: Sendable {
    var deduplicates: Bool?
    var allowsPartialResponse: Bool?
    /// `auto`, or a duration in seconds.
    var maximumSourceResolution: String?

    /// As parameters of a query, for a flavour.
    func fields(for flavor: PrometheusFlavor) -> FormFields {
        guard flavor == .thanos else { return [] }
        var fields: FormFields = []
        if let deduplicates { fields.append(("dedup", "\(deduplicates)")) }
        if let allowsPartialResponse { fields.append(("partial_response", "\(allowsPartialResponse)")) }
        if let maximumSourceResolution { fields.append(("max_source_resolution", maximumSourceResolution)) }
        return fields
    }
}
