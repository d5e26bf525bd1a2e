internal import OTLP

/// Writes metrics in
/// [Prometheus' text format](https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format) or in
/// [OpenMetrics](https://prometheus.io/docs/specs/om/open_metrics_spec/), which has exemplars too.
public enum MetricsText {
    /// How they are written.
    public enum Format: Sendable {
        /// `text/plain; version=0.0.4`
        case prometheus
        /// `application/openmetrics-text; version=1.0.0`
        case openMetrics
    }

    /// The families as text.
    public static func text(_ families: [MetricFamily], _ format: Format) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty {
            let isCounter = family.kind == .counter
            let name = isCounter && format == .prometheus ? family.name + "_total" : family.name
            text += "# HELP \(name) \(escaped(family.help, quotes: format == .openMetrics))\n"
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            if format == .openMetrics {
                for unit in ["seconds", "bytes"] where family.name.hasSuffix("_" + unit) {
                    text += "# UNIT \(name) \(unit)\n"
                }
            }
            for sample in family.samples {
                switch sample.value {
                case .integer(let value):
                    line(family.name + (isCounter ? "_total" : ""), sample.labels, String(value), &text)
                case .double(let value):
                    line(family.name + (isCounter ? "_total" : ""), sample.labels, number(value), &text)
                case .histogram(let histogram): write(histogram, family.name, sample.labels, format, &text)
                }
            }
        }
        if format == .openMetrics { text += "# EOF\n" }
        return text
    }

    private static func write(
        _ histogram: Histogram, _ name: String, _ labels: MetricFamily.Labels, _ format: Format, _ text: inout String
    ) {
        var count = 0
        for (bucket, inBucket) in histogram.counts.enumerated() {
            count += inBucket
            let bound = bucket < Histogram.bounds.count ? number(Histogram.bounds[bucket]) : "+Inf"
            var exemplar = ""
            if format == .openMetrics, let example = histogram.exemplars[bucket] {
                exemplar =
                    " # {trace_id=\"\(example.traceID.hexadecimal)\"} \(number(example.value)) \(number(example.seconds))"
            }
            line(name + "_bucket", labels + [("le", bound)], String(count) + exemplar, &text)
        }
        line(name + "_sum", labels, number(histogram.sum), &text)
        line(name + "_count", labels, String(count), &text)
    }

    private static func line(_ name: String, _ labels: MetricFamily.Labels, _ value: String, _ text: inout String) {
        text += name
        if !labels.isEmpty {
            text += "{"
            for (index, label) in labels.enumerated() {
                text += "\(index > 0 ? "," : "")\(label.name)=\"\(escaped(label.value, quotes: true))\""
            }
            text += "}"
        }
        text += " \(value)\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += Array(#"\\"#.utf8)
            case UInt8(ascii: "\n"): bytes += Array(#"\n"#.utf8)
            case UInt8(ascii: "\"") where quotes: bytes += Array(#"\""#.utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
