import APIRuntime
import GeneratedAPI
import Telemetry

/// What operators reach on a listener of their own. It needs no token, so it belongs on an address that only they reach.
struct AdminGateway: Responder {
    private let router: AdminRouter
    private let logger: Logger
    private let securityHeaders = SecurityHeaders(isSecure: false)

    init(router: AdminRouter, logger: Logger) {
        self.router = router
        self.logger = logger
    }

    func respond(to request: Request) async -> Response {
        RequestIdentification.identify(request.context, request.headers)
        let requestID = request.context.requestID
        var response: Response
        do {
            response = try await router.respond(to: request)
        } catch {
            let failure = error as? APIFailure ?? APIFailure(.internalError, logDetail: "\(error)")
            if let detail = failure.logDetail {
                logger.log(.error, "request failed", request.context.logFields + [("detail", .string(detail))])
            }
            response = failure.problemResponse(requestID: requestID)
        }
        finish(&response, requestID)
        return response
    }

    func refuse(_ failure: ProtocolFailure, context: RequestContext) -> Response {
        RequestIdentification.identify(context, [:])
        var response = APIFailure(ProblemCode(protocolFailure: failure.status), detail: failure.detail)
            .problemResponse(requestID: context.requestID)
        finish(&response, context.requestID)
        return response
    }

    private func finish(_ response: inout Response, _ requestID: String) {
        securityHeaders.add(to: &response)
        response.headers[RequestID.headerName] = requestID
    }
}
