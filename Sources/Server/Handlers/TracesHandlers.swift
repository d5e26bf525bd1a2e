import APIRuntime
import GeneratedAPI
import OTLP
import Tenancy

/// What the caller of another tenant's trace is told.
enum TraceDenial: String, CaseIterable, Sendable {
    /// The same as for a trace that does not exist.
    case notFound = "not_found"
    /// That it exists and is somebody else's.
    case forbidden
}

/// The operations tagged Traces.
struct TracesHandlers: TracesAPI {
    /// `nil` if no Tempo is configured.
    let tempo: TempoClient?
    let denial: TraceDenial

    func getTrace(_ input: GetTrace.Input) async throws -> GetTrace.Output {
        guard let tempo else { throw APIFailure(.unavailable, detail: "Traces are not available.") }
        // A malformed id, an unknown one and another tenant's are one and the same answer.
        guard let id = TraceID(shortHexadecimal: input.traceID),
            let trace = try await tempo.trace(id, for: input.credential, input.context)
        else { throw APIFailure.notFound }
        do {
            return .ok(.init(body: try await trace.owned(by: input.credential)))
        } catch TempoTrace.Denied.unknown {
            throw APIFailure.notFound
        } catch TempoTrace.Denied.foreign {
            switch denial {
            case .notFound: throw APIFailure.notFound
            case .forbidden: throw APIFailure(.forbidden, detail: "The trace belongs to another tenant.")
            }
        }
    }
}
