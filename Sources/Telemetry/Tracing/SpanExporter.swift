public import OTLP

/// What an exporter made of a batch.
public enum ExportResult: Sendable, Equatable {
    /// It was taken, but for so many spans; with what the collector says of it, a warning or why it rejected them.
    case taken(rejected: Int = 0, message: String = "")
    /// It may be sent again, not before that time has passed if it is given.
    case retry(after: Duration?, reason: String)
    /// It is lost: sending it again would not help.
    case failed(reason: String)

    /// The spans are not what was recorded.
    static let unreadable = ExportResult.failed(reason: "the spans cannot be read")
}

/// Sends finished spans somewhere. It is called on the exporter's own shard, one batch at a time.
public protocol SpanExporter: Sendable {
    /// Sends a batch; returns when it was taken or refused.
    nonisolated(nonsending) func export(_ spans: EncodedSpans, within timeout: Duration) async -> ExportResult

    /// Lets go of connections.
    func close() async
}
