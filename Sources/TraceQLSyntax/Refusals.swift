// What is refused because no condition on spans confines it: see docs/isolation.md.

extension Tree {
    /// The first part of the query that would read other tenants' spans.
    func unsafePart() -> TraceQLError? {
        var first: (offset: Int32, message: String)?
        func note(_ offset: Int32, _ message: @autoclosure () -> String) {
            if let first, first.offset <= offset { return }
            first = (offset, message())
        }
        for node in nodes {
            switch node.kind {
            case .attribute:
                if node.flags.contains(.isParent) {
                    note(node.start, "parent. reads the parent span, which may be another tenant's")
                }
            case .intrinsic:
                if let reason = TraceQLIntrinsic.table[Int(node.bits)].intrinsic.foreignReason {
                    let name = TraceQLIntrinsic.table[Int(node.bits)].text
                    note(node.start, "\(name) reads \(reason), which may be another tenant's")
                }
            case .metricsFunction:
                if node.operation == .compare {
                    note(node.start, "compare() reports every attribute of whole traces; use rate() by (…) instead")
                }
            case .unsupported:
                note(node.start, "this is not supported")
            case .integer, .float, .string, .boolean, .duration, .status, .kind, .unary, .binary, .filter,
                .spansetOperation, .pipeline, .group, .select, .coalesce, .scalarFilter, .aggregate, .metricsQuery,
                .arguments, .rank, .threshold, .metricsScalar, .metricsOperation:
                continue
            }
        }
        if let first { return error(first.message, at: first.offset) }
        return unsafeHint()
    }

    /// The first part that no Tempo supports, whosever spans it reads.
    func unsupportedPart() -> TraceQLError? {
        for node in nodes {
            if node.kind == .unsupported { return error("this is not supported", at: node.start) }
            let isParent = node.kind == .attribute && node.flags.contains(.isParent)
            if isParent || node.kind == .intrinsic && TraceQLIntrinsic.table[Int(node.bits)].intrinsic == .parent {
                return error("parent is not supported", at: node.start)
            }
        }
        return nil
    }

    /// Hints that change only sampling, order and exemplars may stay, with values of their types.
    func unsafeHint() -> TraceQLError? {
        for hint in hints {
            guard let values = withBytes(hint.name, allowedValues) else {
                let name = String(decoding: bytes(hint.name), as: UTF8.self)
                let known = "most_recent, exemplars, sample, trace_sample, span_sample"
                return error("hint \(name) is not allowed; allowed are \(known)", at: hint.start)
            }
            if !values.contains(node(hint.value).kind) {
                let name = String(decoding: bytes(hint.name), as: UTF8.self)
                return error("hint \(name) cannot have a value of this type", at: hint.start)
            }
        }
        return nil
    }
}

extension TraceQLIntrinsic {
    /// Whose data it reads, if not the span's own; nil if it is safe.
    ///
    /// `trace:id` is a field of the span itself, and ids of traces are no secret among those who take part in them.
    var foreignReason: StaticString? {
        switch self {
        case .parent, .parentID: "the parent span"
        case .rootName, .rootServiceName: "the trace's root span"
        case .traceDuration: "all spans of the trace"
        case .nestedSetLeft, .nestedSetRight, .nestedSetParent: "the position among all spans of the trace"
        case .childCount: "the child spans"
        case .duration, .name, .status, .statusMessage, .kind, .traceID, .spanID, .eventName, .eventTimeSinceStart,
            .linkTraceID, .linkSpanID, .instrumentationName, .instrumentationVersion:
            nil
        }
    }
}

/// The types of values that a hint may have; nil for a hint that is not allowed.
private func allowedValues(_ name: UnsafeBufferPointer<UInt8>) -> [NodeKind]? {
    if isWord(name, "most_recent") { return [.boolean] }
    if isWord(name, "exemplars") { return [.boolean, .integer] }
    if isWord(name, "sample") || isWord(name, "trace_sample") || isWord(name, "span_sample") {
        return [.boolean, .integer, .float]
    }
    return nil
}
