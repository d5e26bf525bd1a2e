/// What stands around the resource spans of a trace.
public enum TraceEnvelope: Sendable, CaseIterable {
    /// `TracesData` of OTLP: `{"resourceSpans":[…]}`. In Protobuf also `Trace`, what version 1 of Tempo's trace-by-id API
    /// answers with.
    case tracesData
    /// Version 1 of Tempo's trace-by-id API in JSON: `{"batches":[…]}`; in Protobuf the same as ``tracesData``.
    case batches
    /// Version 2, `TraceByIDResponse`: `{"trace":{"resourceSpans":[…]},"metrics":{}}`.
    case traceByIDResponse
}
