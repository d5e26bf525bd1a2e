// The syntax tree: one array of small nodes that refer to each other by index, children before parents, with what is
// of varying length beside it. There is nothing to recurse on and nothing to free but a few arrays.

/// A place in the query or in what was decoded from it.
struct TextRange: Equatable {
    /// Below the query's length: in the query; from there on: in the decoded bytes. `metricName` is neither.
    var offset: Int32
    var count: Int32

    /// The label of a bare string in braces and of an outer name.
    static let metricName = TextRange(offset: -1, count: 8)
    static let empty = TextRange(offset: 0, count: 0)
}

enum NodeKind: UInt8 {
    case number, string, vectorSelector, matrixSelector, subquery, aggregation, binary, call, parenthesized, sign
}

/// What the fields mean depends on the kind; the named accessors say how.
struct Node {
    static let none: Int32 = -1

    var kind: NodeKind
    /// Aggregation, binary operator or sign.
    var operation: TokenKind = .end
    var flags: NodeFlags = []
    var type: PromQLType
    /// Where it starts and ends, as Prometheus counts it: modifiers do not always extend a selector.
    var start: Int32
    var end: Int32
    var first: Int32 = none
    var second: Int32 = none
    var third: Int32 = none
    var fourth: Int32 = none
    /// A number's bits, or a range in nanoseconds.
    var bits: UInt64 = 0

    init(_ kind: NodeKind, _ type: PromQLType, start: Int, end: Int) {
        self.kind = kind
        self.type = type
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// A number's value, in seconds if it was written as a duration.
    var number: Double {
        get { Double(bitPattern: bits) }
        set { bits = newValue.bitPattern }
    }
    /// A matrix selector's or subquery's range in nanoseconds, if it is no expression.
    var range: Int64 {
        get { Int64(bitPattern: bits) }
        set { bits = UInt64(bitPattern: newValue) }
    }
    /// A string's text or a selector's name outside the braces.
    var text: TextRange {
        get { TextRange(offset: first, count: second) }
        set { (first, second) = (newValue.offset, newValue.count) }
    }
    /// A vector selector's matchers, an aggregation's labels, a call's arguments.
    var list: Range<Int> {
        get { Int(third)..<Int(third) + Int(fourth) }
        set {
            (third, fourth) = (
                Int32(truncatingIfNeeded: newValue.lowerBound), Int32(truncatingIfNeeded: newValue.count)
            )
        }
    }
    /// A vector selector's modifiers.
    var selectorModifiers: Int32 {
        get { Int32(truncatingIfNeeded: Int64(bitPattern: bits)) }
        set { bits = UInt64(bitPattern: Int64(newValue)) }
    }
}

struct NodeFlags: OptionSet {
    let rawValue: UInt8
    /// A number that was written as a duration.
    static let isDuration = NodeFlags(rawValue: 1)
    static let anchored = NodeFlags(rawValue: 2)
    static let smoothed = NodeFlags(rawValue: 4)
    /// The second argument of `info`, which may be empty.
    static let mayBeEmpty = NodeFlags(rawValue: 8)
    static let without = NodeFlags(rawValue: 16)
    static let returnsBool = NodeFlags(rawValue: 32)
}

struct Matcher {
    var label: TextRange
    var value: TextRange
    /// `equal`, `notEqual`, `matches` or `matchesNot`.
    var operation: TokenKind
    /// Whether series without the label pass.
    var matchesEmpty: Bool
    var position: Int32
}

/// `offset`, `@` and a subquery's step.
struct Modifiers {
    enum At: UInt8 { case none, timestamp, start, end }

    /// Nanoseconds.
    var offset: Int64 = 0
    var offsetExpression = Node.none
    /// Whether an arithmetic operator follows, which the offset's expression must not take in.
    var isBeforeArithmetic = false
    /// Milliseconds since 1970.
    var timestamp: Int64 = 0
    var at = At.none
    /// Nanoseconds; 0 is the default step.
    var step: Int64 = 0
    var stepExpression = Node.none
}

/// How the two sides of a binary expression find each other.
struct Matching {
    enum Cardinality: UInt8 { case oneToOne, manyToOne, oneToMany }
    enum Fill: UInt8 { case none, both, left, right, leftAndRight }

    var isOn = false
    var cardinality = Cardinality.oneToOne
    var fill = Fill.none
    /// Ranges in the tree's labels.
    var labels = 0..<0
    var included = 0..<0
    var fillLeft = 0.0
    var fillRight = 0.0

    /// Nothing that would be printed.
    var isDefault: Bool { !isOn && cardinality == .oneToOne && fill == .none && labels.isEmpty }
}

enum DurationKind: UInt8 {
    case literal, negation, wrappedLiteral, add, subtract, multiply, divide, modulo, power, step, range, minimum
    case maximum
}

/// A node of a duration expression.
struct DurationNode {
    var kind: DurationKind
    var isDuration = false
    /// In parentheses. They are a property here, as in Prometheus: doubled ones are not kept.
    var isWrapped = false
    var first = Node.none
    var second = Node.none
    /// Seconds.
    var value = 0.0
}

struct Tree {
    var source: [UInt8]
    /// Strings that had escapes, and what was injected.
    var decoded: [UInt8] = []
    var nodes: [Node] = []
    var matchers: [Matcher] = []
    var labels: [TextRange] = []
    var arguments: [Int32] = []
    var modifiers: [Modifiers] = []
    var matchings: [Matching] = []
    var durations: [DurationNode] = []
    var root = Node.none

    static let metricNameBytes: StaticString = "__name__"

    func bytes(_ range: TextRange) -> [UInt8] {
        withBytes(range) { Array($0) }
    }

    @inline(__always)
    func withBytes<Result>(_ range: TextRange, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let offset = Int(range.offset)
        if offset < 0 {
            let name = Self.metricNameBytes
            return body(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        }
        if offset >= source.count {
            let start = offset - source.count
            return decoded.withUnsafeBufferPointer {
                body(UnsafeBufferPointer(rebasing: $0[start..<start + Int(range.count)]))
            }
        }
        return source.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[offset..<offset + Int(range.count)]))
        }
    }

    /// The number of children of a node.
    func childCount(_ node: Node) -> Int {
        switch node.kind {
        case .number, .string, .vectorSelector: 0
        case .matrixSelector, .subquery, .parenthesized, .sign: 1
        case .aggregation: node.second == Node.none ? 1 : 2
        case .binary: 2
        case .call: node.list.count
        }
    }

    /// A child of a node: an aggregation's expression comes before its parameter.
    func child(_ node: Node, _ index: Int) -> Int32 {
        switch node.kind {
        case .number, .string, .vectorSelector: Node.none
        case .matrixSelector, .subquery, .parenthesized, .sign: node.first
        case .aggregation, .binary: index == 0 ? node.first : node.second
        case .call: arguments[node.list.lowerBound + index]
        }
    }
}
