public import APIRuntime

extension TraceContext {
    /// The context that a caller sends: W3C's, or else B3. What is malformed counts as absent; `baggage` is never read.
    ///
    /// Where `traceparent` is malformed, `tracestate` says nothing either.
    public init?(_ headers: HeaderFields) {
        if headers.count("traceparent") == 1, let parent = headers["traceparent"].flatMap(TraceParent.parse) {
            self.init(
                traceID: parent.traceID, spanID: parent.spanID, isSampled: parent.isSampled,
                state: TraceState.parse(headers.values("tracestate")))
        } else if let context = B3.parse(headers) {
            self = context
        } else {
            return nil
        }
    }
}
