/// The steps of a metrics query. A step holds the spans that began after its start and not after its end, and its values
/// stand at its end.
struct TimeWindow: Equatable {
    /// In nanoseconds since 1970.
    let start: UInt64
    let end: UInt64
    let step: UInt64

    /// More points are refused.
    static let mostSteps = 11_000

    /// A window of which each step is a whole multiple of the step's length away from 1970.
    ///
    /// - Throws: if the times are no window, or if it would have too many steps.
    init(aligning start: UInt64, _ end: UInt64, step: UInt64) throws(Refusal) {
        guard step > 0 else { throw Refusal("step required") }
        guard start < end else { throw Refusal("end must be greater than start") }
        self.step = step
        self.start = start - start % step
        let (above, overflow) = end.addingReportingOverflow((step - end % step) % step)
        self.end = overflow ? end - end % step : above
        guard (self.end - self.start) / step <= UInt64(Self.mostSteps) else {
            throw Refusal("the step is too small: more than \(Self.mostSteps) points")
        }
    }

    /// A window of one step.
    ///
    /// - Throws: if the times are no window.
    init(instant start: UInt64, _ end: UInt64) throws(Refusal) {
        guard start < end else { throw Refusal("end must be greater than start") }
        (self.start, self.end, step) = (start, end, end - start)
    }

    /// How many steps there are.
    var count: Int { Int((end - start) / step) }

    /// The step that a time falls into.
    func index(of time: UInt64) -> Int? {
        guard time > start, time <= end else { return nil }
        return Int((time - start - 1) / step)
    }

    /// When a step's values stand, in milliseconds since 1970.
    func milliseconds(_ index: Int) -> UInt64 {
        (start + UInt64(index + 1) * step) / 1_000_000
    }

    /// About 240 steps of whole seconds, of five if that is not less than five.
    static func defaultStep(_ start: UInt64, _ end: UInt64) -> UInt64 {
        let second: UInt64 = 1_000_000_000
        let wanted = (end > start ? end - start : 0) / 240
        let unit = wanted >= 5 * second ? 5 * second : second
        return max(second, wanted / unit * unit)
    }
}
