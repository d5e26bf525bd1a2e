import APIRuntime
import GeneratedAPI
import Telemetry
import Tenancy

/// A request on its way through the chain, with what each stage has found out about it.
///
/// It belongs to the request's shard and is deliberately not `Sendable`.
final class Exchange {
    /// The request.
    let request: Request
    /// What routing found.
    var operation: OperationID?
    /// The parameters in the path, once routed.
    var pathParameters = PathParameters.none
    /// Who asks, once authenticated.
    var principal: Principal?
    /// The kind of failure that is answered, if it is one.
    var failure: ProblemCode?
    /// The gateway's own check refused what its own rewriting made.
    var isConfinementFailure = false
    /// Its place in a trace.
    var trace: RequestTrace?
    /// Header fields that the answer is to have, be it good or a failure.
    var answerFields: HeaderFields = [:]

    init(_ request: Request) {
        self.request = request
    }

    /// What every log line about the request carries.
    var context: RequestContext { request.context }
}
