/// A metric with its samples, as it is exposed to a scraper.
public struct MetricFamily: Sendable {
    /// What kind of figure it is.
    public enum Kind: String, Sendable {
        /// It only grows. Its samples' name ends in `_total`, the family's does not.
        case counter
        /// It goes up and down.
        case gauge
        /// Counts by bucket.
        case histogram
    }

    /// Names and values that tell samples of one metric apart.
    public typealias Labels = [(name: String, value: String)]

    /// A figure.
    public enum Value: Sendable {
        /// A whole number.
        case integer(Int)
        /// Any number.
        case double(Double)
        /// A distribution of durations.
        case histogram(Histogram)
    }

    let name: String
    let kind: Kind
    let help: String
    let samples: [(labels: Labels, value: Value)]

    /// A family from its parts.
    ///
    /// - Parameters:
    ///   - name: without `_total`.
    ///   - help: one sentence.
    public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: Labels, value: Value)]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A family of one sample without labels.
    public init(_ name: String, _ kind: Kind, _ help: String, _ value: Value) {
        self.init(name, kind, help, [([], value)])
    }
}
