import APIRuntime
import GeneratedAPI
import Telemetry

/// The gateway as the HTTP server sees it: a request's way from end to end.
struct Gateway: Responder {
    private let chain: MiddlewareChain
    private let securityHeaders: SecurityHeaders
    private let logger: Logger
    private let crossOrigin: CrossOrigin

    /// - Parameter isSecure: requests come by TLS.
    init(
        router: Router, isSecure: Bool = false, logger: Logger, limits: TenantLimits? = nil,
        origins: AllowedOrigins = .none
    ) {
        self.logger = logger
        securityHeaders = SecurityHeaders(isSecure: isSecure)
        crossOrigin = CrossOrigin(origins: origins)
        // A request's way, outermost stage first. A stage sees what the ones before it found out.
        chain = MiddlewareChain(stages: [
            RequestIdentification(),
            AccessLog(logger: logger),
            crossOrigin,
            securityHeaders,
            FailureAnswers(logger: logger),
            Routing(),
            ContentCoding(),
            Authentication(router: router),
            TenantLimiting(limits: limits),
            OperationCall(router: router),
        ])
    }

    func respond(to request: Request) async -> Response {
        do {
            return try await chain.handle(Exchange(request))
        } catch {
            // FailureAnswers lets nothing pass; should a stage outside of it ever throw, the caller learns no more.
            return FailureFormat.of(path: request.path)
                .response(to: APIFailure(.internalError), requestID: request.context.requestID)
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
        AccessLog.logRefusal(&response, context, failure.detail, logger: logger)
        return response
    }
}
