internal import Glibc
public import OTLP

/// Writes spans for people to read, a trace's spans one below the other.
public struct ConsoleExporter: SpanExporter {
    private let descriptor: Int32

    /// An exporter that writes to a file descriptor, by default the standard output.
    public init(descriptor: Int32 = 1) {
        self.descriptor = descriptor
    }

    /// Writes a batch.
    nonisolated(nonsending) public func export(
        _ spans: EncodedSpans, within timeout: Duration
    ) async -> ExportResult {
        guard let spans = try? spans.spans() else { return .unreadable }
        let bytes = Array(Self.text(spans).utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                return .failed(reason: "write: \(String(cString: strerror(errno)))")
            }
        }
        return .taken()
    }

    /// There is nothing to let go of.
    public func close() async {}

    /// One line a span: the spans of a trace stay together, those below another are indented.
    static func text(_ spans: [TraceSpan]) -> String {
        var text = ""
        var traces: [TraceID] = []
        var byTrace: [TraceID: [TraceSpan]] = [:]
        for span in spans {
            if byTrace[span.traceID] == nil { traces.append(span.traceID) }
            byTrace[span.traceID, default: []].append(span)
        }
        for trace in traces {
            let spans = (byTrace[trace] ?? []).sorted { $0.startTimeUnixNano < $1.startTimeUnixNano }
            let ids = Set(spans.map(\.spanID))
            text += "trace \(trace.hexadecimal)\n"
            for span in spans where span.parentSpanID.map({ !ids.contains($0) }) ?? true {
                line(span, depth: 1, spans, &text)
            }
        }
        return text
    }

    private static func line(_ span: TraceSpan, depth: Int, _ spans: [TraceSpan], _ text: inout String) {
        text += String(repeating: "  ", count: depth) + printable(span.name) + " "
        let nanoseconds = span.endTimeUnixNano - min(span.startTimeUnixNano, span.endTimeUnixNano)
        text += "\(Double(nanoseconds / 1_000) / 1_000) ms"
        for attribute in span.attributes { text += " \(attribute.key)=\(printable(attribute.value.text))" }
        if let status = span.status, status.code == 2 { text += " ERROR \(printable(status.message))" }
        text += "\n"
        for child in spans where child.parentSpanID == span.spanID && depth < 64 {
            line(child, depth: depth + 1, spans, &text)
        }
    }

    /// A caller's text must not move the cursor or begin a line.
    private static func printable(_ text: String) -> String {
        var printable = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
            printable.unicodeScalars.append(isControl ? "?" : scalar)
        }
        return printable
    }
}
