import APIRuntime
import GeneratedAPI
import Tenancy

/// What tenants are told of their metrics: from where, and what was found out a short while ago.
struct MetadataProvider: Sendable {
    let source: MetadataSource
    /// The operator's descriptions, if there are any.
    let file: MetadataFile?
    let cache = MetadataCache()

    /// A part of what there is to know of a principal's metrics.
    ///
    /// - Throws: ``UpstreamFailure``.
    func answer(
        _ selection: MetadataTable.Selection, for principal: Principal, _ client: PrometheusClient,
        _ context: RequestContext
    ) async throws -> Owned<JSONContent<MetadataResponse>> {
        let table: MetadataTable
        if let kept = cache.table(of: principal) {
            table = kept
        } else {
            let answer = try await client.metadata(for: principal, from: source, file: file, context)
            table = try await answer.owned(by: principal).value
            cache.keep(table, of: principal)
        }
        let part = MetadataPart(table: table, owner: principal, selection: selection)
        return try await Unfiltered(part).owned(by: principal)
    }
}

/// A part of the table of one principal's metrics.
private struct MetadataPart: Ownable {
    let table: MetadataTable
    let owner: Principal
    let selection: MetadataTable.Selection

    /// The part in Prometheus' envelope.
    ///
    /// - Throws: ``Denied`` if the table is that of somebody else.
    consuming func part(of principal: Principal) async throws -> JSONContent<MetadataResponse> {
        guard owner.selected == principal.selected else { throw Denied.notGranted }
        return .bytes(table.envelope(selection))
    }
}
