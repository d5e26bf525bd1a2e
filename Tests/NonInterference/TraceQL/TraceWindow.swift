/// The time that a request looks at.
///
/// docs/isolation.md says what a query over a Tempo that many share tells all the same. Its traces stand in slots of their
/// own, and what would tell keeps away from these:
///
/// - The first slot has resources whose attribute is an array with the tenant in it, or stands there twice. Tempo's filter
///   takes those for the tenant's. Search answers are rebuilt, so that searches go there; numbers, names and values are
///   not to be rebuilt. No trace has both such resources and own ones, as aggregates count both.
/// - Tempo looks at a trace for the time of all its spans, stops at the limit, and fails where the query fails on a span
///   of it. Which traces a limit leaves, and that a query fails, tells of times of others' spans. Within whole slots it does
///   not; any other time is asked for without a limit that matters, and with what does not fail.
/// - The second has own spans below others' spans that are themselves below own ones, and own children of others' spans.
///   How own spans stand to each other is told through others' there, by structural operators alone.
struct TraceWindow: Sendable {
    let start: Int
    let end: Int

    /// The first slot for numbers, names and values.
    static let firstUnambiguousSlot = 1
    /// The first slot for structural operators.
    static let firstPlainSlot = 2

    /// Slots as they are: what no trace reaches out of.
    static func ofSlots(
        from first: Int, _ data: TraceData, _ dice: inout some Dice
    ) -> TraceWindow {
        let start = dice.number(in: first...TraceData.slots - 1)
        let end = dice.number(in: start + 1...TraceData.slots)
        return TraceWindow(start: data.start(ofSlot: start), end: data.start(ofSlot: end))
    }

    /// Any seconds: traces, own parts of them and spans lie across its ends.
    static func anywhere(from first: Int, _ data: TraceData, _ dice: inout some Dice) -> TraceWindow {
        let beginning = data.start(ofSlot: first)
        let start = dice.number(in: beginning...data.end - 60)
        return TraceWindow(
            start: start, end: min(data.end, start + dice.pick([20, 240, 900, 1_800, 3_600, 3_600])))
    }
}
