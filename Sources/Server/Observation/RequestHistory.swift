import Telemetry
import Tenancy

/// How many requests there were in each step of the last quarter of an hour, and how long they took: of all, and of each
/// tenant. A tenant's steps are made of its own requests alone; steps begin at fixed times, whoever asks.
struct RequestHistory {
    /// How long a step is.
    static let stepSeconds = 15
    /// How many are kept.
    static let stepCount = 60
    private static let windowSeconds = stepSeconds * stepCount

    /// The requests of one step.
    struct Step {
        /// Which one, counted from 1970.
        let index: Int
        private(set) var count: UInt32 = 0
        /// Answered with a 4xx.
        private(set) var refused: UInt32 = 0
        /// Answered with a 5xx.
        private(set) var failed: UInt32 = 0
        /// By the buckets of ``Histogram``; there are many steps, so they are small.
        private var durations = InlineArray<15, UInt32>(repeating: 0)

        init(index: Int) { self.index = index }

        mutating func add(_ request: FinishedRequest) {
            count &+= 1
            switch request.status / 100 {
            case 4: refused &+= 1
            case 5: failed &+= 1
            default: break
            }
            durations[min(Histogram.bucket(of: request.nanoseconds), durations.count - 1)] &+= 1
        }

        mutating func add(_ other: Step) {
            count &+= other.count
            refused &+= other.refused
            failed &+= other.failed
            for bucket in durations.indices { durations[bucket] &+= other.durations[bucket] }
        }

        /// The duration in seconds below which that share of all lie; `nil` if there are none.
        func quantile(_ share: Double) -> Double? {
            Histogram.quantile(share, of: durations.indices.map { Int(durations[$0]) })
        }
    }

    /// A step with its place in time.
    struct Span {
        /// In seconds since 1970.
        let start: Double
        /// How much of it there has been.
        let seconds: Double
        let step: Step
    }

    /// Steps in the order of time; those without requests are not there.
    struct Track {
        private(set) var steps: [Step] = []

        var lastIndex: Int { steps.last?.index ?? .min }

        mutating func add(_ request: FinishedRequest, at index: Int) {
            // A clock that was set back takes what is in its future with it.
            while let last = steps.last, last.index > index { steps.removeLast() }
            if steps.last?.index != index {
                steps.append(Step(index: index))
                let kept = steps.firstIndex { $0.index > index - stepCount } ?? 0
                steps.removeFirst(kept)
            }
            steps[steps.count - 1].add(request)
        }

        /// Adds another one's steps.
        mutating func add(_ other: Track) {
            for step in other.steps {
                let place = steps.firstIndex { $0.index >= step.index } ?? steps.count
                if place < steps.count, steps[place].index == step.index {
                    steps[place].add(step)
                } else {
                    steps.insert(step, at: place)
                }
            }
        }

        /// Every step between two instants that is not too old, with requests or without; in seconds since 1970.
        func spans(from start: Double, to now: Double) -> [Span] {
            let current = RequestHistory.index(of: now)
            let first = max(RequestHistory.index(of: start), current - stepCount + 1)
            guard first <= current else { return [] }
            let known = Dictionary(steps.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
            return (first...current).map { index in
                let begin = Double(index * stepSeconds)
                let seconds = min(begin + Double(stepSeconds), now) - max(begin, start)
                return Span(start: begin, seconds: max(0, seconds), step: known[index] ?? Step(index: index))
            }
        }
    }

    private var all = Track()
    private var tenants: [Tenant: Track] = [:]
    private var sweptAt = 0

    mutating func add(_ request: FinishedRequest, now: Double) {
        let index = Self.index(of: now)
        all.add(request, at: index)
        if index >= sweptAt + Self.stepCount || index < sweptAt { sweep(index) }
        for tenant in request.tenants where tenants[tenant] != nil || tenants.count < Figures.mostTenants {
            tenants[tenant, default: Track()].add(request, at: index)
        }
    }

    /// Those of some tenants added up, or of all requests.
    func track(of tenants: [Tenant]?) -> Track {
        guard let tenants else { return all }
        return tenants.reduce(into: Track()) { sum, tenant in
            if let own = self.tenants[tenant] { sum.add(own) }
        }
    }

    /// Forgets tenants that have asked nothing for as long as steps are kept.
    private mutating func sweep(_ index: Int) {
        sweptAt = index
        tenants = tenants.filter { $0.value.lastIndex > index - Self.stepCount }
    }

    private static func index(of seconds: Double) -> Int { Int(seconds) / stepSeconds }
}
