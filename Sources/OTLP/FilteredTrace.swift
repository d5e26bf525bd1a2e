/// What a filter has kept of a trace, with the envelope around it: a document in JSON
/// ([OTLP's](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding) or Tempo's) of a ``ResourceSpansFilter``, a
/// message in Protobuf of a ``ProtobufResourceSpansFilter``.
public struct FilteredTrace: Sendable {
    /// The document in pieces, none empty: for answers that are sent without copying them once more.
    public let pieces: [[UInt8]]

    /// The document's size in bytes.
    public let byteCount: Int

    /// How many resource spans are in it.
    public let keptResourceSpans: Int

    /// How many resource spans were left out. For logs only: it is a function of everybody's data.
    public let droppedResourceSpans: Int

    init(
        json kept: consuming ByteRope, in envelope: TraceEnvelope, keptResourceSpans: Int, droppedResourceSpans: Int
    ) {
        let (start, end) =
            switch envelope {
            case .tracesData: (#"{"resourceSpans":["#, "]}")
            case .batches: (#"{"batches":["#, "]}")
            case .traceByIDResponse: (#"{"trace":{"resourceSpans":["#, #"]},"metrics":{}}"#)
            }
        self.init(Array(start.utf8), kept, Array(end.utf8), keptResourceSpans, droppedResourceSpans)
    }

    init(
        protobuf kept: consuming ByteRope, in envelope: TraceEnvelope, keptResourceSpans: Int,
        droppedResourceSpans: Int
    ) {
        let start =
            envelope == .traceByIDResponse ? ProtobufWriter.prefix(1, byteCount: kept.count) : []
        self.init(start, kept, [], keptResourceSpans, droppedResourceSpans)
    }

    private init(
        _ start: [UInt8], _ kept: consuming ByteRope, _ end: [UInt8], _ keptResourceSpans: Int,
        _ droppedResourceSpans: Int
    ) {
        var document = ByteRope()
        document.append(start)
        document.append(kept)
        document.append(end)
        document.seal()
        pieces = document.pieces
        byteCount = document.count
        self.keptResourceSpans = keptResourceSpans
        self.droppedResourceSpans = droppedResourceSpans
    }

    /// Whether nothing was kept.
    public var isEmpty: Bool { keptResourceSpans == 0 }

    /// Whether there were resource spans at all, kept or not.
    public var hadResourceSpans: Bool { keptResourceSpans + droppedResourceSpans > 0 }

    /// The document in one piece.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        for piece in pieces { bytes += piece }
        return bytes
    }
}
