/// Matches patterns with lookaround and backreferences by trying one way after another, as ECMA-262 describes it.
///
/// Such patterns may take exponential time, and the text comes from a caller: so only so many steps are taken. A text that
/// uses them up is refused.
struct BacktrackingMatcher {
    /// What a match came to.
    enum Outcome: Equatable {
        case match, noMatch
        /// The steps were used up.
        case exhausted
    }

    /// A way that has not been tried.
    private struct Choice {
        let step: Int
        let position: Int
        /// How many changes of registers had been made.
        let changes: Int
    }

    private struct Exhausted: Error {}

    private let program: [Pattern.Instruction]
    private let text: [Unicode.Scalar]
    /// Where groups begin and end, and where rounds of repetitions began; -1 for nowhere.
    private var registers: [Int]
    /// What registers held before they were changed.
    private var changes: [(register: Int, value: Int)] = []
    private(set) var steps = 0
    private let maximumSteps: Int

    init(_ program: [Pattern.Instruction], registers: Int, text: String, maximumSteps: Int) {
        self.program = program
        self.text = Array(text.unicodeScalars)
        self.registers = Array(repeating: -1, count: registers)
        self.maximumSteps = maximumSteps
    }

    /// Whether the pattern is found somewhere in the text.
    mutating func matches() -> Outcome {
        do throws(Exhausted) {
            for start in 0...text.count where try run(from: 0, at: start, endingAt: nil) { return .match }
            return .noMatch
        } catch {
            return .exhausted
        }
    }

    /// Follows the program up to its next `match`; what groups hold stays as it is then.
    private mutating func run(from start: Int, at beginning: Int, endingAt end: Int?) throws(Exhausted) -> Bool {
        let before = changes.count
        var choices = [Choice(step: start, position: beginning, changes: before)]
        while let choice = choices.popLast() {
            undo(to: choice.changes)
            var step = choice.step
            var position = choice.position
            var isAlive = true
            while isAlive {
                steps += 1
                guard steps <= maximumSteps else { throw Exhausted() }
                switch program[step] {
                case .match:
                    if end == nil || end == position { return true }
                    isAlive = false
                case .scalar(let set):
                    isAlive = position < text.count && set.contains(text[position])
                    position += 1
                    step += 1
                case .jump(let target): step = target
                case .split(let first, let second):
                    choices.append(Choice(step: second, position: position, changes: changes.count))
                    step = first
                case .start:
                    isAlive = position == 0
                    step += 1
                case .end:
                    isAlive = position == text.count
                    step += 1
                case .wordBoundary(let isWanted):
                    isAlive = (isWord(position - 1) != isWord(position)) == isWanted
                    step += 1
                case .set(let register):
                    change(register, to: position)
                    step += 1
                case .clear(let range):
                    for register in range where registers[register] >= 0 { change(register, to: -1) }
                    steps += range.count
                    step += 1
                case .progress(let register):
                    isAlive = registers[register] != position
                    step += 1
                case .backreference(let groups):
                    let length = repeated(groups, at: position)
                    isAlive = length != nil
                    position += length ?? 0
                    step += 1
                case .look(let isAhead, let isWanted, let next):
                    let mark = changes.count
                    let isFound = try look(isAhead, from: step + 1, at: position)
                    // What groups within hold counts only where it is found and wanted.
                    if !isFound || !isWanted { undo(to: mark) }
                    isAlive = isFound == isWanted
                    step = next
                }
            }
        }
        undo(to: before)
        return false
    }

    private mutating func look(_ isAhead: Bool, from step: Int, at position: Int) throws(Exhausted) -> Bool {
        if isAhead { return try run(from: step, at: position, endingAt: nil) }
        for start in (0...position).reversed() where try run(from: step, at: start, endingAt: position) { return true }
        return false
    }

    private mutating func change(_ register: Int, to value: Int) {
        changes.append((register, registers[register]))
        registers[register] = value
    }

    private mutating func undo(to count: Int) {
        while changes.count > count, let last = changes.popLast() { registers[last.register] = last.value }
    }

    /// How long the text of a group is if it stands here again; a group that took no part is repeated by nothing.
    private mutating func repeated(_ groups: [Int], at position: Int) -> Int? {
        for group in groups {
            let (start, end) = (registers[2 * group], registers[2 * group + 1])
            guard start >= 0, end >= start else { continue }
            let length = end - start
            steps += length
            guard position + length <= text.count, text[start..<end] == text[position..<position + length] else {
                return nil
            }
            return length
        }
        return 0
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && ScalarSet.word.contains(text[position])
    }
}
