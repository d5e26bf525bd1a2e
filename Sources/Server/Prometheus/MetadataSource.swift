import APIRuntime
import GeneratedAPI
import JSON
import Tenancy

/// Where the descriptions of metrics come from. Prometheus' own `/api/v1/metadata` mixes the texts of all tenants that
/// share a metric's name, so it is never asked.
enum MetadataSource: String, CaseIterable, Sendable {
    /// The names of the tenant's metrics, described by the operator's file or else not at all.
    case names
    /// The targets that carry the tenant's label.
    case targets
}

extension PrometheusClient {
    /// What there is to know of a principal's metrics, before it is known to be only theirs.
    ///
    /// - Throws: ``UpstreamFailure``.
    func metadata(
        for principal: Principal, from source: MetadataSource, file: MetadataFile?, _ context: RequestContext
    ) async throws -> Unfiltered<MetadataAnswer> {
        let everything = try Confined<PromQLSelectors>([], for: principal)
        let call: Call
        switch source {
        case .names:
            call = Call(
                path: "/api/v1/label/__name__/values", principal: principal, fields: Self.fields(everything),
                isForm: false)
        case .targets:
            // One selector, of the tenant's condition alone.
            let fields = everything.restricted.map { ("match_target", $0.text) }
            call = Call(path: "/api/v1/targets/metadata", principal: principal, fields: fields, isForm: false)
        }
        let body = try await plain(call, context)
        return Unfiltered(
            MetadataAnswer(
                body: body, source: source, askedFor: principal, file: file, maximumBytes: settings.maximumBytes))
    }
}

/// An upstream's answer about metrics.
struct MetadataAnswer: Ownable {
    let body: UpstreamBody
    let source: MetadataSource
    /// Whose names were asked for.
    let askedFor: Principal
    let file: MetadataFile?
    let maximumBytes: Int

    /// The principal's part: names that were selected for it, or descriptions of targets that carry its label.
    ///
    /// - Throws: ``UpstreamFailure``; ``Denied`` if the answer was asked for on behalf of somebody else.
    consuming func part(of principal: Principal) async throws -> MetadataTable {
        let bytes = try await body.collect(limit: maximumBytes)
        guard let answer = try? JSONParser.parse(bytes), let data = answer["data"] else {
            throw UpstreamFailure.unreadable("the answer about metadata is no envelope of Prometheus")
        }
        switch source {
        case .names:
            guard askedFor.selected == principal.selected else { throw Denied.notGranted }
            let names = (data.arrayValue ?? []).compactMap(\.stringValue)
            return MetadataTable(names.map { ($0, file?.descriptions(of: $0) ?? [.unknown]) })
        case .targets: return Self.table(data.arrayValue ?? [], principal)
        }
    }

    /// Each entry names its target, whose label says whose it is: what the upstream selected is looked at again.
    private static func table(_ entries: [JSONValue], _ principal: Principal) -> MetadataTable {
        var found: [MetricName: [MetadataTable.Description]] = [:]
        for entry in entries {
            guard let tenant = entry["target"]?[principal.policy.label]?.stringValue,
                principal.selected.contains(where: { $0.name.utf8.elementsEqual(tenant.utf8) }),
                let metric = entry["metric"]?.stringValue, let description = MetadataTable.Description(entry)
            else { continue }
            let name = MetricName(metric)
            if found[name]?.contains(description) != true { found[name, default: []].append(description) }
        }
        // Prometheus goes through its targets in no order; the answer must not tell how many others there are.
        return MetadataTable(found.map { ($0.key.text, $0.value.sorted { $0.precedes($1) }) })
    }
}
