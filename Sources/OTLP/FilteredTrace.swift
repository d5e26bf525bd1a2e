/// What a ``ResourceSpansFilter`` has kept of a trace: a document in
/// [OTLP/JSON](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), `{"resourceSpans":[…]}`.
public struct FilteredTrace: Sendable {
    /// The document in pieces, none empty: for answers that are sent without copying them once more.
    public let pieces: [[UInt8]]

    /// The document's size in bytes.
    public let byteCount: Int

    /// How many resource spans are in it.
    public let keptResourceSpans: Int

    /// How many resource spans were left out. For logs only: it is a function of everybody's data.
    public let droppedResourceSpans: Int

    init(kept: consuming ByteRope, keptResourceSpans: Int, droppedResourceSpans: Int) {
        var document = ByteRope()
        document.append(Array(#"{"resourceSpans":["#.utf8))
        document.append(kept)
        document.append(Array("]}".utf8))
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
