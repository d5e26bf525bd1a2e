import APIRuntime
import HTTPClient
import OTLP
import Tenancy

/// Why there is nothing to show of a trace.
enum TraceDenied: Error {
    /// Tempo has no spans of that id.
    case unknown
    /// All of its spans are somebody else's.
    case foreign
}

/// How a trace is answered.
struct TraceForm: Sendable {
    /// How resource spans are written, in JSON.
    var form = ResourceSpansFilter.Form.otlp
    /// What stands around them.
    var envelope = TraceEnvelope.tracesData
    /// What a trace is answered with of which nothing is the caller's; `nil` if that is a failure.
    var absence: [UInt8]?
    /// What the caller of another tenant's trace is told.
    var denial = TraceDenial.notFound

    /// The answer where nothing is left.
    ///
    /// - Throws: ``TraceDenied``.
    func nothing(isForeign: Bool) throws(TraceDenied) -> [UInt8] {
        guard let absence, !isForeign || denial == .notFound else { throw isForeign ? .foreign : .unknown }
        return absence
    }
}

/// A trace in JSON as Tempo gives it, on its way in.
struct TraceAnswer<Schema: Encodable & Sendable>: Ownable {
    /// Tempo's answer; `nil` if it has no such trace.
    let body: (any ByteStream)?
    let form: TraceForm
    /// The most bytes of the principal's own that are kept.
    let maximumBytes: Int

    /// The resource spans that carry the principal's tenant.
    ///
    /// - Throws: ``TraceDenied`` if there are none; ``UpstreamFailure`` for an answer that is not usable.
    consuming func part(of principal: Principal) async throws -> JSONContent<Schema> {
        guard let body else { return .bytes(try form.nothing(isForeign: false)) }
        var filter =
            principal.policy.attribute.map {
                ResourceSpansFilter(
                    attribute: $0, values: principal.selected.map(\.name), as: form.form, in: form.envelope,
                    maximumBytes: maximumBytes)
            } ?? ResourceSpansFilter(keepingAllWithin: maximumBytes, as: form.form, in: form.envelope)
        do {
            while let piece = try await body.next() { try filter.append(piece) }
            let trace = try filter.finish()
            guard !trace.isEmpty else { return .bytes(try form.nothing(isForeign: trace.hadResourceSpans)) }
            return .stream(PieceStream(trace.pieces, length: trace.byteCount))
        } catch {
            throw usable(error, body)
        }
    }
}

/// A trace in Protobuf as Tempo gives it, on its way in.
struct ProtobufTraceAnswer: Ownable {
    /// Tempo's answer; `nil` if it has no such trace.
    let body: (any ByteStream)?
    let form: TraceForm
    /// The most bytes of the principal's own that are kept.
    let maximumBytes: Int

    /// The resource spans that carry the principal's tenant.
    ///
    /// - Throws: ``TraceDenied`` if there are none; ``UpstreamFailure`` for an answer that is not usable.
    consuming func part(of principal: Principal) async throws -> ByteContent {
        guard let body else { return .bytes(try form.nothing(isForeign: false)) }
        var filter =
            principal.policy.attribute.map {
                ProtobufResourceSpansFilter(
                    attribute: $0, values: principal.selected.map(\.name), in: form.envelope,
                    maximumBytes: maximumBytes)
            } ?? ProtobufResourceSpansFilter(keepingAllWithin: maximumBytes, in: form.envelope)
        do {
            while let piece = try await body.next() { try filter.append(piece) }
            let trace = try filter.finish()
            guard !trace.isEmpty else { return .bytes(try form.nothing(isForeign: trace.hadResourceSpans)) }
            return .stream(PieceStream(trace.pieces, length: trace.byteCount))
        } catch {
            throw usable(error, body)
        }
    }
}

/// The failure that an error in reading a trace amounts to; what is left of the trace is let go.
private func usable(_ error: any Error, _ body: any ByteStream) -> any Error {
    switch error {
    case let error as HTTPClientError: return UpstreamFailure(error)
    case let error as ResourceSpansFilterError:
        body.cancel()
        if case .tooLarge(let limit) = error { return UpstreamFailure.tooLarge(limit: limit) }
        return UpstreamFailure.unreadable("\(error)")
    default: return error
    }
}
