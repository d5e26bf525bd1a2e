import APIRuntime
import Tenancy

/// Which rules are asked for.
struct RuleParameters: Sendable {
    /// `alert` or `record`; `nil` for both.
    var type: String?
    var names: [String] = []
    var groups: [String] = []
    var files: [String] = []
    /// Whether alerting rules come without their alerts.
    var excludesAlerts: Bool?

    /// As parameters of the upstream's call.
    var fields: FormFields {
        var fields: FormFields = []
        if let type { fields.append(("type", type)) }
        fields += names.map { ("rule_name[]", $0) }
        fields += groups.map { ("rule_group[]", $0) }
        fields += files.map { ("file[]", $0) }
        if let excludesAlerts { fields.append(("exclude_alerts", "\(excludesAlerts)")) }
        return fields
    }
}

extension PrometheusClient {
    /// The rule groups, with everybody's rules in them as far as the upstream does not know `match[]`:
    /// `GET /api/v1/rules`. All of them at once: its pages would be of everybody's groups.
    ///
    /// - Throws: ``UpstreamFailure``.
    func rules(
        _ selectors: Confined<PromQLSelectors>, _ parameters: RuleParameters, page: RulePage, _ context: RequestContext
    ) async throws -> Unfiltered<EveryRule> {
        let call = Call(
            path: "/api/v1/rules", principal: selectors.principal,
            fields: parameters.fields + Self.fields(selectors), isForm: false)
        let body = try await plain(call, context)
        return Unfiltered(EveryRule(body: body, page: page, maximumBytes: settings.maximumBytes))
    }

    /// The alerting rules of everybody with their alerts: `GET /api/v1/rules`. Prometheus' own list of alerts does not
    /// say whose rule an alert comes from, and what it says may be computed of anybody's series.
    ///
    /// - Throws: ``UpstreamFailure``.
    func alerts(for principal: Principal, _ context: RequestContext) async throws -> Unfiltered<EveryAlert> {
        let everything = try Confined<PromQLSelectors>([], for: principal)
        let call = Call(
            path: "/api/v1/rules", principal: principal,
            fields: [("type", "alert")] + Self.fields(everything), isForm: false)
        let body = try await plain(call, context)
        return Unfiltered(EveryAlert(body: body, maximumBytes: settings.maximumBytes))
    }

    /// An answer in JSON that is to be read here.
    func plain(_ call: Call, _ context: RequestContext) async throws -> UpstreamBody {
        let response = try await send(call, context)
        do {
            return try await UpstreamAnswer.body(response, of: ["application/json"])
        } catch UpstreamFailure.refused(let status, _, _) where status != 400 {
            // Of what the upstream was not asked for one tenant alone, its words are not passed on.
            throw UpstreamFailure.unusableStatus(status)
        }
    }
}
