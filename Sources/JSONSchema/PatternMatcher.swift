/// Follows every way through a pattern at once.
struct PatternMatcher {
    private let program: [Pattern.Instruction]
    private var current: [Int] = []
    private var following: [Int] = []
    /// In which round a step was last reached, so that none is followed twice at one place.
    private var reached: [Int]
    private var round = 0
    private var work: [Int] = []

    init(_ program: [Pattern.Instruction]) {
        self.program = program
        reached = Array(repeating: 0, count: program.count)
    }

    /// Whether the pattern is found somewhere in the text.
    mutating func matches(_ text: String) -> Bool {
        var previous: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        // `reached` tells the threads of this place apart from those of the one before.
        round += 1
        while true {
            if follow(0, previous: previous, next: next) { return true }
            guard let scalar = next else { return false }
            let afterNext = scalars.next()
            round += 1
            swap(&current, &following)
            following.removeAll(keepingCapacity: true)
            for step in current {
                guard case .scalar(let set) = program[step], set.contains(scalar) else { continue }
                if follow(step + 1, previous: scalar, next: afterNext) { return true }
            }
            previous = scalar
            next = afterNext
        }
    }

    /// Adds to the following steps what can be reached from a step without reading anything; true if that is the end of
    /// the pattern.
    private mutating func follow(_ start: Int, previous: Unicode.Scalar?, next: Unicode.Scalar?) -> Bool {
        work.removeAll(keepingCapacity: true)
        work.append(start)
        while let step = work.popLast() {
            guard reached[step] != round else { continue }
            reached[step] = round
            switch program[step] {
            case .match: return true
            case .scalar: following.append(step)
            case .jump(let target): work.append(target)
            case .split(let first, let second):
                work.append(second)
                work.append(first)
            case .start: if previous == nil { work.append(step + 1) }
            case .end: if next == nil { work.append(step + 1) }
            case .wordBoundary(let isWanted):
                let isBoundary = (previous.map(Self.isWord) ?? false) != (next.map(Self.isWord) ?? false)
                if isBoundary == isWanted { work.append(step + 1) }
            // The compiler makes these for the other matcher only.
            case .set, .clear, .progress, .backreference, .look: break
            }
        }
        return false
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool { ScalarSet.word.contains(scalar) }
}
