internal import APIRuntime
internal import OTLP

/// Zipkin's fields for a trace context ([B3](https://github.com/openzipkin/b3-propagation)), in one field or in several.
enum B3 {
    /// The context that the fields hold; `nil` for none and for one that is malformed. A decision about sampling alone,
    /// without identifiers, is no context.
    static func parse(_ headers: HeaderFields) -> TraceContext? {
        switch headers.count("b3") {
        case 0: multiple(headers)
        case 1: headers["b3"].flatMap(single)
        default: nil
        }
    }

    /// `{trace}-{span}`, and behind them perhaps `-{sampling}` and `-{parent}`.
    private static func single(_ text: String) -> TraceContext? {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (2...4).contains(parts.count), let trace = traceID(parts[0]), let span = spanID(parts[1]) else {
            return nil
        }
        var isSampled = false
        if parts.count > 2 {
            switch String(Substring(parts[2])) {
            case "1", "d": isSampled = true
            case "0": break
            default: return nil
            }
        }
        guard parts.count < 4 || spanID(parts[3]) != nil else { return nil }
        return TraceContext(traceID: trace, spanID: span, isSampled: isSampled)
    }

    private static func multiple(_ headers: HeaderFields) -> TraceContext? {
        guard let trace = only("x-b3-traceid", headers).flatMap({ traceID($0.utf8) }),
            let span = only("x-b3-spanid", headers).flatMap({ spanID($0.utf8) })
        else { return nil }
        let sampled = only("x-b3-sampled", headers)
        // Older senders write the words.
        let isSampled = sampled == "1" || sampled == "true" || only("x-b3-flags", headers) == "1"
        return TraceContext(traceID: trace, spanID: span, isSampled: isSampled)
    }

    private static func only(_ name: String, _ headers: HeaderFields) -> String? {
        headers.count(name) == 1 ? headers[name] : nil
    }

    private static func traceID(_ digits: some Collection<UInt8>) -> TraceID? {
        guard digits.count == 16 || digits.count == 32, let value = lowerCaseHexadecimal(digits), value != 0 else {
            return nil
        }
        return TraceID(value)
    }

    private static func spanID(_ digits: some Collection<UInt8>) -> SpanID? {
        guard digits.count == 16, let value = lowerCaseHexadecimal(digits), value != 0 else { return nil }
        return SpanID(UInt64(truncatingIfNeeded: value))
    }
}
