import APIRuntime
import GeneratedAPI
import HTTPClient
import OTLP
import Tenancy

/// A trace as Tempo gives it, on its way in.
struct TempoTrace: Ownable {
    /// Tempo's answer.
    let body: any ByteStream
    /// The most bytes of the principal's own that are kept.
    let maximumBytes: Int

    /// Why there is nothing to show.
    enum Denied: Error {
        /// Tempo has no spans of that id.
        case unknown
        /// All of its spans are somebody else's.
        case foreign
    }

    /// The resource spans that carry the principal's tenant, as OTLP/JSON.
    ///
    /// - Throws: ``Denied`` if there are none; ``UpstreamFailure`` for an answer that is not usable.
    consuming func part(of principal: Principal) async throws -> JSONContent<TracesData> {
        var filter =
            principal.policy.attribute.map {
                ResourceSpansFilter(
                    attribute: $0, values: principal.selected.map(\.name), maximumBytes: maximumBytes)
            } ?? ResourceSpansFilter(keepingAllWithin: maximumBytes)
        do {
            while let piece = try await body.next() { try filter.append(piece) }
            let trace = try filter.finish()
            guard !trace.isEmpty else { throw trace.hadResourceSpans ? Denied.foreign : Denied.unknown }
            return .stream(PieceStream(trace.pieces, length: trace.byteCount))
        } catch let error as HTTPClientError {
            throw UpstreamFailure(error)
        } catch let error as ResourceSpansFilterError {
            body.cancel()
            if case .tooLarge(let limit) = error { throw UpstreamFailure.tooLarge(limit: limit) }
            throw UpstreamFailure.unreadable("\(error)")
        }
    }
}
