// The syntax tree: one array of small nodes that refer to each other by index, with what is of varying length beside
// it. There is nothing to recurse on and nothing to free but a few arrays.

/// A place in the query or in what was decoded from it.
struct TextRange: Equatable {
    /// Below the query's length: in the query; from there on: in the decoded bytes.
    var offset: Int32
    var count: Int32
}

enum NodeKind: UInt8 {
    // Field expressions
    case integer, float, string, boolean, duration, status, kind, attribute, intrinsic, unary, binary
    // Spansets and pipelines
    case filter, spansetOperation, pipeline, group, select, coalesce, scalarFilter, aggregate
    // Metrics
    case metricsQuery, metricsFunction, arguments, rank, threshold, metricsScalar, metricsOperation
    /// What Tempo parses and then refuses: arithmetic of aggregates, pipelines that end in a number.
    case unsupported
}

struct NodeFlags: OptionSet {
    let rawValue: UInt8
    /// Something in it depends on the span.
    static let referencesSpan = NodeFlags(rawValue: 1)
    /// Something in it was refused: it is not folded.
    static let isInvalid = NodeFlags(rawValue: 2)
    /// An attribute of the parent span.
    static let isParent = NodeFlags(rawValue: 4)
}

/// What the fields mean depends on the kind:
///
/// | kind | first | second | bits |
/// |---|---|---|---|
/// | integer, float, duration, boolean | – | – | the value |
/// | status, kind | – | – | – (the word is the operation) |
/// | string, attribute | the text's offset | its count | an attribute's scope |
/// | intrinsic | – | – | its place in the table |
/// | unary | the operand | – | – |
/// | binary, spansetOperation, metricsOperation | left | right | – |
/// | filter, group | the expression | – | – |
/// | pipeline, select, arguments | – | – | the list |
/// | aggregate | the expression, none for count | – | – |
/// | scalarFilter | the aggregate | the number | – |
/// | metricsQuery | the pipeline | the function | the list of second stages |
/// | metricsFunction | the attribute, compare's filter | the arguments | the list of `by` |
/// | rank | – | – | how many |
/// | threshold, metricsScalar | – | – | a float |
struct Node {
    static let none: Int32 = -1

    var kind: NodeKind
    /// The operator, function or word.
    var operation: TokenKind = .end
    var type: FieldType = .attribute
    var flags: NodeFlags = []
    var start: Int32
    var first: Int32 = none
    var second: Int32 = none
    var bits: UInt64 = 0

    init(_ kind: NodeKind, at start: Int) {
        self.kind = kind
        self.start = Int32(truncatingIfNeeded: start)
    }

    var text: TextRange {
        get { TextRange(offset: first, count: second) }
        set { (first, second) = (newValue.offset, newValue.count) }
    }
    var integer: Int64 {
        get { Int64(bitPattern: bits) }
        set { bits = UInt64(bitPattern: newValue) }
    }
    var float: Double {
        get { Double(bitPattern: bits) }
        set { bits = newValue.bitPattern }
    }
    var list: Range<Int> {
        get {
            let start = Int(bits >> 32)
            return start..<start + Int(bits & 0xFFFF_FFFF)
        }
        set { bits = UInt64(newValue.lowerBound) << 32 | UInt64(newValue.count) }
    }
    var scope: TraceQLScope {
        get { TraceQLScope(rawValue: UInt8(truncatingIfNeeded: bits)) ?? .none }
        set { bits = UInt64(newValue.rawValue) }
    }

    var isLiteral: Bool { kind.rawValue <= NodeKind.kind.rawValue }
}

struct Hint {
    var name: TextRange
    /// A literal.
    var value: Int32
    var start: Int32
}

struct Tree {
    var source: [UInt8]
    /// Strings and names that had escapes, and what was injected.
    var decoded: [UInt8] = []
    var nodes: [Node] = []
    var lists: [Int32] = []
    /// A pipeline, a spanset operation of pipelines, a metrics query or an operation of them.
    var root = Node.none
    /// What is done with the outcome of an operation of metrics queries.
    var secondStages = 0..<0
    /// Of the last `with`: only that one counts.
    var hints: [Hint] = []

    init(source: [UInt8]) {
        self.source = source
    }

    @inline(__always)
    func node(_ index: Int32) -> Node { nodes[Int(index)] }

    func bytes(_ range: TextRange) -> [UInt8] {
        withBytes(range) { Array($0) }
    }

    @inline(__always)
    func withBytes<Result>(_ range: TextRange, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let offset = Int(range.offset)
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

    /// Whether a text has these bytes.
    func equals(_ range: TextRange, _ other: [UInt8]) -> Bool {
        guard Int(range.count) == other.count else { return false }
        return withBytes(range) { bytes in bytes.elementsEqual(other) }
    }

    /// Keeps bytes that are not in the query.
    mutating func append(_ bytes: [UInt8]) -> TextRange {
        let start = source.count + decoded.count
        decoded.append(contentsOf: bytes)
        return TextRange(offset: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: bytes.count))
    }

    mutating func append(_ node: Node) -> Int32 {
        nodes.append(node)
        return Int32(truncatingIfNeeded: nodes.count - 1)
    }
}
