/// An instant as Prometheus takes it, to the millisecond.
struct PrometheusTime: Sendable, Equatable {
    /// Milliseconds since 1970 (UTC).
    let milliseconds: Int64

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Unix seconds, fractions allowed, or RFC 3339
    /// ([Prometheus HTTP API](https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview)).
    init?(_ text: String) {
        if let seconds = decimalSeconds(text) {
            // Prometheus keeps milliseconds in 64 bits.
            guard abs(seconds) < 9e15 else { return nil }
            milliseconds = Int64((seconds * 1_000).rounded())
        } else if let instant = RFC3339.milliseconds(text) {
            milliseconds = instant
        } else {
            return nil
        }
    }

    /// Unix seconds for the upstream.
    var parameter: String { secondsText(milliseconds) }
}

/// A length of time as Prometheus takes it, to the millisecond.
struct PrometheusDuration: Sendable, Equatable {
    /// Always positive.
    let milliseconds: Int64

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Seconds, fractions allowed, or Prometheus' own form such as `1h30m`.
    init?(_ text: String) {
        if let seconds = decimalSeconds(text) {
            guard seconds > 0, seconds < 9e12 else { return nil }
            milliseconds = Int64((seconds * 1_000).rounded(.up))
            return
        }
        let units: [(name: String, milliseconds: Int64)] = [
            ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
            ("s", 1_000), ("ms", 1),
        ]
        var total: Int64 = 0
        var rest = text.utf8[...]
        var remaining = units[...]
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            let letters = rest.dropFirst(digits.count).prefix { !(0x30...0x39).contains($0) }
            // Each unit once, largest first.
            guard let count = Int64(Substring(digits)),
                let unit = remaining.firstIndex(where: { $0.name.utf8.elementsEqual(letters) })
            else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, sumOverflow) = total.addingReportingOverflow(product)
            guard !overflow, !sumOverflow else { return nil }
            total = sum
            remaining = units[(unit + 1)...]
            rest = rest.dropFirst(digits.count + letters.count)
        }
        guard total > 0 else { return nil }
        milliseconds = total
    }

    /// Seconds for the upstream.
    var parameter: String { secondsText(milliseconds) }
}

private func decimalSeconds(_ text: String) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"),
            UInt8(ascii: "E"):
            true
        default: false
        }
    }
    guard isDecimal, let seconds = Double(text), seconds.isFinite else { return nil }
    return seconds
}

private func secondsText(_ milliseconds: Int64) -> String {
    let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1_000)
    let sign = milliseconds < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(seconds)" }
    let digits = String(rest)
    return "\(sign)\(seconds)." + String(repeating: "0", count: 3 - digits.utf8.count) + digits
}
