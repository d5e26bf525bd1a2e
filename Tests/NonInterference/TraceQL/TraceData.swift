import JSON
import TestSupport

/// The traces of everybody, from which each store takes its tenants' resource spans. Everything follows from the seed.
///
/// Time is cut into slots of ten minutes, and no trace leaves its slot. The first two slots hold what docs/isolation.md
/// says that no gateway can close over a Tempo that many share; ``Window`` says which requests keep away from them.
struct TraceData: Sendable {
    /// Whose a resource is: a tenant's, nobody's, or one whose attribute can be read in several ways.
    enum Owner: Hashable, Sendable {
        case tenant(String)
        case nobody
        /// No single string: what stands in OTLP's JSON for the attributes of the tenant's name.
        case odd(Oddity)
    }

    /// Attributes that name a tenant, and are not what names one.
    enum Oddity: CaseIterable, Sendable {
        /// Tempo's filter takes these for `a`'s; a gateway that sees the resource does not.
        case array, arrayOfOne, doubled, doubledAlike, doubledForeign
        /// Nobody takes these for `a`'s.
        case foreignArray, number, boolean, empty, otherCase

        static let matching: [Oddity] = [.array, .arrayOfOne, .doubled, .doubledAlike, .doubledForeign]
        static let others: [Oddity] = [.foreignArray, .number, .boolean, .empty, .otherCase]
    }

    struct Span: Sendable {
        let id: String
        let parent: String?
        let owner: Owner
        /// From the start of the trace, in milliseconds.
        let offset: Int
        let duration: Int
    }

    struct Trace: Sendable {
        let id: String
        let slot: Int
        /// In Unix seconds.
        let start: Int
        let spans: [Span]

        func holds(_ tenants: [String]) -> Bool {
            spans.contains { span in
                if case .tenant(let tenant) = span.owner { tenants.contains(tenant) } else { false }
            }
        }
    }

    static let attribute = "tenant_id"
    static let tenants = ["a", "b", "c", "A", "aa", "a.b"]
    static let slotSeconds = 600
    static let slots = 6

    let seed: UInt64
    /// The end of the last slot, in Unix seconds.
    let end: Int
    let traces: [Trace]

    init(seed: UInt64, end: Int) {
        self.seed = seed
        self.end = end - end % Self.slotSeconds
        var maker = TraceMaker(seed: seed)
        var traces: [Trace] = []
        for slot in 0..<Self.slots {
            for shape in TraceMaker.shapes(inSlot: slot) {
                let start = Self.start(ofSlot: slot, end: self.end) + 60 + 25 * (traces.count % 12)
                traces.append(maker.trace(shape, slot: slot, start: start))
            }
        }
        self.traces = traces
    }

    /// When a slot begins, in Unix seconds.
    func start(ofSlot slot: Int) -> Int { Self.start(ofSlot: slot, end: end) }

    private static func start(ofSlot slot: Int, end: Int) -> Int { end - (slots - slot) * slotSeconds }
}

/// Makes traces of each shape: who calls whom.
struct TraceMaker: Dice {
    /// A node of a trace: whose the span is, and what it calls.
    indirect enum Call {
        case call(Whose, [Call])
    }

    enum Whose {
        /// The tenant whom the trace is about.
        case own
        /// Somebody else, the same within a trace.
        case other
        /// Somebody else, who may be among the caller's tenants.
        case partner
        case nobody
        case odd
        case matchingOddity
    }

    var random: SeededGenerator
    private var count = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed ^ 0x7261_6365) }

    /// Own spans are below no others of which an own one is above, and are nobody's two children: how own spans stand to
    /// each other through others' shows. Those traces are in the second slot.
    static func shapes(inSlot slot: Int) -> [Call] {
        let own = Call.call(.own, [])
        let tree = Call.call(.own, [.call(.own, [own, own]), .call(.own, [.call(.own, [])])])
        switch slot {
        case 0:
            return (0..<6).map { _ in .call(.matchingOddity, [.call(.matchingOddity, []), .call(.nobody, [])]) }
                + (0..<4).map { _ in tree }
        case 1:
            return [
                .call(.other, [.call(.own, [own])]), .call(.own, [.call(.other, [own])]), .call(.other, [own, own]),
                .call(.nobody, [.call(.own, [.call(.nobody, [own]), own])]), tree, tree, tree,
            ]
        default:
            return [
                tree, tree, tree, .call(.own, [.call(.partner, []), .call(.own, [.call(.partner, []), own])]),
                .call(.own, [.call(.own, []), .call(.own, [own, own]), own]),
                .call(.own, [.call(.other, [.call(.other, [])]), .call(.own, [own, .call(.nobody, [])])]),
                .call(.other, [.call(.other, [own]), .call(.nobody, [own]), .call(.odd, [])]),
                .call(.nobody, [.call(.odd, [own]), .call(.other, [])]),
                .call(.own, [.call(.odd, []), .call(.nobody, []), own]),
                .call(.other, [.call(.nobody, []), .call(.odd, [.call(.odd, [])])]),
            ]
        }
    }

    mutating func trace(_ shape: Call, slot: Int, start: Int) -> TraceData.Trace {
        count += 1
        let own = pick(["a", "a", "a", "b", "c"])
        // `a` and `c`, who may be asked for together, meet as partners only: what stands between them is their own.
        let other = pick(["b", "A", "aa", "a.b"].filter { $0 != own })
        let partner = own == "a" ? "c" : own == "c" ? "a" : "A"
        var spans: [TraceData.Span] = []
        // Others' spans reach beyond the own ones on both sides.
        let lead = number(in: 5...40) * 1_000
        add(shape, to: &spans, parent: chance(8) ? identifier(16) : nil, depth: 0, (own, other, partner), lead)
        return TraceData.Trace(
            id: (chance(15) ? "0000" : "") + identifier(chance(15) ? 24 : 32), slot: slot, start: start,
            spans: spans
        ).withPaddedID
    }

    private mutating func add(
        _ shape: Call, to spans: inout [TraceData.Span], parent: String?, depth: Int,
        _ tenants: (own: String, other: String, partner: String), _ lead: Int
    ) {
        guard case .call(let whose, let calls) = shape else { return }
        let owner: TraceData.Owner
        switch whose {
        case .own: owner = .tenant(tenants.own)
        case .other: owner = .tenant(tenants.other)
        case .partner: owner = .tenant(tenants.partner)
        case .nobody: owner = .nobody
        case .odd: owner = .odd(pick(TraceData.Oddity.others))
        case .matchingOddity: owner = .odd(pick(TraceData.Oddity.matching))
        }
        let isOwn = owner == .tenant(tenants.own)
        let offset = isOwn ? lead + depth * 20 + number(in: 0...9_999) : number(in: 0...2_000)
        let id = identifier(16)
        spans.append(
            TraceData.Span(
                id: id, parent: parent, owner: owner, offset: offset,
                duration: isOwn ? pick([1, 3, 10, 25, 100, 250, 1_000, 2_500]) : pick([5, 60_000, 100_000, 130_000])))
        for call in calls { add(call, to: &spans, parent: id, depth: depth + 1, tenants, lead) }
    }

    private mutating func identifier(_ digits: Int) -> String {
        var text = ""
        for index in 0..<digits {
            text += index == 0 ? pick(["1", "2", "c", "f"]) : String(number(in: 0...15), radix: 16)
        }
        return text
    }
}

extension TraceData.Trace {
    /// Ids with zeros in front are of the same length.
    fileprivate var withPaddedID: TraceData.Trace {
        TraceData.Trace(
            id: String(repeating: "0", count: max(0, 32 - id.utf8.count)) + id.prefix(32), slot: slot, start: start,
            spans: spans)
    }
}
