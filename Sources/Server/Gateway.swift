import APIRuntime
import GeneratedAPI
import JSON
import Telemetry

/// The gateway as the HTTP server sees it: a request's way from end to end.
struct Gateway: Responder {
    private let chain: MiddlewareChain
    private let securityHeaders: SecurityHeaders
    private let observability: Observability
    private let crossOrigin: CrossOrigin

    /// - Parameters:
    ///   - isSecure: requests come by TLS.
    ///   - inputLimits: what input is held to, for people.
    init(
        router: Router, isSecure: Bool = false, logger: Logger, observation: Observation? = nil,
        limits: TenantLimits? = nil,
        origins: AllowedOrigins = .none, inputLimits: [String: JSONValue] = [:]
    ) {
        let observation = observation ?? Observation(logger: logger, isSecure: isSecure)
        observability = Observability(observation: observation)
        securityHeaders = SecurityHeaders(isSecure: isSecure)
        crossOrigin = CrossOrigin(origins: origins)
        // A request's way, outermost stage first. A stage sees what the ones before it found out.
        chain = MiddlewareChain(stages: [
            RequestIdentification(),
            observability,
            crossOrigin,
            securityHeaders,
            FailureAnswers(logger: logger),
            Routing(),
            ContentCoding(),
            Authentication(router: router, metrics: observation.metrics),
            TenantLimiting(limits: limits),
            OperationCall(router: router, settings: inputLimits),
        ])
    }

    /// What the stages of a request's way are and do.
    var stages: [StageReport] { chain.reports }

    func respond(to request: Request) async -> Response {
        do {
            return try await chain.handle(Exchange(request))
        } catch {
            // FailureAnswers lets nothing pass; should a stage outside of it ever throw, the caller learns no more.
            return FailureFormat.of(path: request.path)
                .response(
                    to: APIFailure(.internalError), requestID: request.context.requestID,
                    traceID: request.context.traceID)
        }
    }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response {
        RequestIdentification.identify(context, [:])
        var response = FailureFormat.of(path: failure.path ?? "/")
            .response(
                to: APIFailure(ProblemCode(protocolFailure: failure.status), detail: failure.detail),
                requestID: context.requestID)
        securityHeaders.add(to: &response)
        crossOrigin.addVary(to: &response)
        response.headers[RequestID.headerName] = context.requestID
        observability.refused(&response, context, failure.detail)
        return response
    }
}
