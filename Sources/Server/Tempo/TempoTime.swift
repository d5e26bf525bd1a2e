/// An instant as Tempo's metrics API takes it, to the nanosecond
/// ([parameters](https://grafana.com/docs/tempo/latest/api_docs/#traceql-metrics)).
struct TempoTime: Sendable, Equatable {
    /// Nanoseconds since 1970 (UTC); at least ten seconds' worth, as fewer digits mean seconds.
    let nanoseconds: Int64

    /// - Returns: `nil` for an instant that Tempo would read as another.
    init?(nanoseconds: Int64) {
        guard nanoseconds >= 10_000_000_000 else { return nil }
        self.nanoseconds = nanoseconds
    }

    /// Unix seconds (up to ten digits), Unix nanoseconds (more digits), seconds with a fraction, or RFC 3339.
    init?(_ text: String) {
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let number = Int64(text) else { return nil }
            if text.utf8.count > 10 {
                self.init(nanoseconds: number)
            } else {
                self.init(nanoseconds: number * 1_000_000_000)
            }
        } else if let time = PrometheusTime(text) {
            let (product, overflow) = time.milliseconds.multipliedReportingOverflow(by: 1_000_000)
            guard !overflow else { return nil }
            self.init(nanoseconds: product)
        } else {
            return nil
        }
    }

    /// For the upstream: seconds where they are whole, else nanoseconds.
    var parameter: String {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return rest == 0 && seconds <= 9_999_999_999 ? String(seconds) : String(nanoseconds)
    }
}

/// A length of time as Tempo takes it, to the nanosecond; not negative.
struct TempoDuration: Sendable, Equatable {
    /// Nanoseconds.
    let nanoseconds: Int64

    init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// [Go's form](https://pkg.go.dev/time#ParseDuration) such as `1h30m` or `1.5s`; `d` for days besides.
    init?(_ text: String) {
        let units: [(name: String, nanoseconds: Double)] = [
            ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12),
            ("d", 8.64e13),
        ]
        var rest = text.utf8[...]
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let isOfNumber = { (byte: UInt8) in (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") }
            let digits = rest.prefix(while: isOfNumber)
            let letters = rest.dropFirst(digits.count).prefix { !isOfNumber($0) }
            guard digits.contains(where: { $0 != UInt8(ascii: ".") }), let count = Double(String(Substring(digits))),
                let unit = units.first(where: { $0.name.utf8.elementsEqual(letters) })
            else { return nil }
            total += count * unit.nanoseconds
            rest = rest.dropFirst(digits.count + letters.count)
        }
        // A century.
        guard total <= 3.2e18 else { return nil }
        nanoseconds = Int64(total.rounded())
    }

    /// Seconds, fractions allowed, or a duration; above zero.
    init?(step text: String) {
        if let seconds = PrometheusDuration(text), seconds.milliseconds <= 3_200_000_000_000 {
            nanoseconds = seconds.milliseconds * 1_000_000
        } else if let duration = TempoDuration(text), duration.nanoseconds > 0 {
            self = duration
        } else {
            return nil
        }
    }

    /// In Go's form, and TraceQL's.
    var parameter: String {
        for (name, unit) in [("s", 1_000_000_000), ("ms", 1_000_000)] as [(String, Int64)]
        where nanoseconds.isMultiple(of: unit) {
            return "\(nanoseconds / unit)\(name)"
        }
        return "\(nanoseconds)ns"
    }
}
