import TestSupport

/// Copies of a document that somebody's elbow has been on: lines are missing, moved or indented otherwise, and signs that
/// mean something stand where none were. The same for the same seed.
struct BrokenCopies: Sequence, IteratorProtocol {
    private var numbers: SeededGenerator
    private let lines: [String]
    private var rest: Int

    private static let pieces = [
        "- ", ": ", "{", "}", "[", "]", "\"", "&a ", "*a", "|", "$ref: \"#/\"", "{$ref: '#/components'}", "~", "0", "é",
        "\u{1}", "\\ud83d\\ude00",
    ]

    init(of document: String, count: Int, seed: Int) {
        numbers = SeededGenerator(seed: UInt64(seed))
        lines = document.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        rest = count
    }

    mutating func next() -> String? {
        guard rest > 0 else { return nil }
        rest -= 1
        var changed = lines
        for _ in 0..<Int.random(in: 1...4, using: &numbers) {
            let line = Int.random(in: 0..<changed.count, using: &numbers)
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: changed.remove(at: line)
            case 1: changed[line] = String(changed[line].dropFirst(2))
            case 2: changed.swapAt(line, Int.random(in: 0..<changed.count, using: &numbers))
            default:
                let index = changed[line].indices.randomElement(using: &numbers) ?? changed[line].startIndex
                changed[line].insert(contentsOf: Self.pieces.randomElement(using: &numbers) ?? "", at: index)
            }
        }
        return changed.joined(separator: "\n")
    }
}
