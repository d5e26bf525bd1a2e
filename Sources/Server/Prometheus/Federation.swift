import APIRuntime
import GeneratedAPI
import Tenancy

extension PrometheusOperations {
    /// The latest samples of what the selectors select, as a scrape gives them. Nothing is selected without a selector,
    /// and then nobody is asked.
    func federate(
        _ selectors: Confined<PromQLSelectors>, as type: Responses.FederationResult.ContentType,
        _ context: RequestContext
    ) async throws -> UpstreamBody {
        let bytes = selectors.restricted.reduce(0) { $0 + $1.sourceByteCount }
        try limits.checkBytes(bytes)
        guard bytes > 0 else {
            switch type {
            case .plainText: return UpstreamBody("", mediaType: MediaType(parsing: "text/plain"))
            case .openmetricsText:
                return UpstreamBody("# EOF\n", mediaType: MediaType(parsing: "application/openmetrics-text"))
            }
        }
        return try await client.federate(selectors, accept: type.rawValue, context)
    }
}
