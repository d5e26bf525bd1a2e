/// What a token is. One list serves tokens and operators, so that nothing has to be translated.
enum TokenKind: UInt8 {
    case end, identifier, string, integer, float, duration, attribute
    case comma, leftBrace, rightBrace, leftParenthesis, rightParenthesis, pipe
    // Operators
    case and, or
    case equal, notEqual, matches, matchesNot, less, lessOrEqual, greater, greaterOrEqual
    case descendant, ancestor, sibling, notChild, notParent, notDescendant, notAncestor
    case unionChild, unionParent, unionDescendant, unionAncestor, unionSibling
    case add, subtract, not, multiply, divide, modulo, power
    /// `x != nil` and `x = nil`: no tokens, but operators of the tree.
    case exists, isAbsent
    // Statics
    case nilWord, trueWord, falseWord
    case ok, error, unset
    case unspecified, `internal`, server, client, producer, consumer
    // Intrinsics
    case durationWord, childCount, name, status, statusMessage, parent, kind, rootName, rootServiceName, rootService
    case traceDuration, nestedSetLeft, nestedSetRight, nestedSetParent, id, traceID, spanID, parentID, timeSinceStart
    case version
    case traceColon, spanColon, eventColon, linkColon, instrumentationColon
    // Pipelines and metrics
    case count, average, maximum, minimum, sum, by, coalesce, select
    case rate, countOverTime, minimumOverTime, maximumOverTime, averageOverTime, sumOverTime, quantileOverTime
    case histogramOverTime, compare, topK, bottomK, with

    /// How it stands in a query, or how Tempo's messages call it.
    var text: StaticString {
        switch self {
        case .end: "$end"
        case .identifier: "IDENTIFIER"
        case .string: "STRING"
        case .integer: "INTEGER"
        case .float: "FLOAT"
        case .duration: "DURATION"
        case .attribute: "."
        case .comma: ","
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .leftParenthesis: "("
        case .rightParenthesis: ")"
        case .pipe: "|"
        case .and: "&&"
        case .or: "||"
        case .equal: "="
        case .notEqual: "!="
        case .matches: "=~"
        case .matchesNot: "!~"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .descendant: ">>"
        case .ancestor: "<<"
        case .sibling: "~"
        case .notChild: "!>"
        case .notParent: "!<"
        case .notDescendant: "!>>"
        case .notAncestor: "!<<"
        case .unionChild: "&>"
        case .unionParent: "&<"
        case .unionDescendant: "&>>"
        case .unionAncestor: "&<<"
        case .unionSibling: "&~"
        case .add: "+"
        case .subtract: "-"
        case .not: "!"
        case .multiply: "*"
        case .divide: "/"
        case .modulo: "%"
        case .power: "^"
        case .exists: "!= nil"
        case .isAbsent: "= nil"
        case .nilWord: "nil"
        case .trueWord: "true"
        case .falseWord: "false"
        case .ok: "ok"
        case .error: "error"
        case .unset: "unset"
        case .unspecified: "unspecified"
        case .internal: "internal"
        case .server: "server"
        case .client: "client"
        case .producer: "producer"
        case .consumer: "consumer"
        case .durationWord: "duration"
        case .childCount: "childCount"
        case .name: "name"
        case .status: "status"
        case .statusMessage: "statusMessage"
        case .parent: "parent"
        case .kind: "kind"
        case .rootName: "rootName"
        case .rootServiceName: "rootServiceName"
        case .rootService: "rootService"
        case .traceDuration: "traceDuration"
        case .nestedSetLeft: "nestedSetLeft"
        case .nestedSetRight: "nestedSetRight"
        case .nestedSetParent: "nestedSetParent"
        case .id: "id"
        case .traceID: "traceID"
        case .spanID: "spanID"
        case .parentID: "parentID"
        case .timeSinceStart: "timeSinceStart"
        case .version: "version"
        case .traceColon: "trace:"
        case .spanColon: "span:"
        case .eventColon: "event:"
        case .linkColon: "link:"
        case .instrumentationColon: "instrumentation:"
        case .count: "count"
        case .average: "avg"
        case .maximum: "max"
        case .minimum: "min"
        case .sum: "sum"
        case .by: "by"
        case .coalesce: "coalesce"
        case .select: "select"
        case .rate: "rate"
        case .countOverTime: "count_over_time"
        case .minimumOverTime: "min_over_time"
        case .maximumOverTime: "max_over_time"
        case .averageOverTime: "avg_over_time"
        case .sumOverTime: "sum_over_time"
        case .quantileOverTime: "quantile_over_time"
        case .histogramOverTime: "histogram_over_time"
        case .compare: "compare"
        case .topK: "topk"
        case .bottomK: "bottomk"
        case .with: "with"
        }
    }

    /// How tightly it binds its sides; 0 for what is no operator with two sides. `&&` and `||` bind alike, and so do
    /// comparisons and structural operators.
    var precedence: UInt8 {
        switch self {
        case .and, .or: 1
        case .equal, .notEqual, .matches, .matchesNot, .less, .lessOrEqual, .greater, .greaterOrEqual, .descendant,
            .ancestor, .sibling, .notChild, .notParent, .notDescendant, .notAncestor, .unionChild, .unionParent,
            .unionDescendant, .unionAncestor, .unionSibling:
            2
        case .add, .subtract: 3
        case .multiply, .divide, .modulo: 5
        case .power: 6
        default: 0
        }
    }

    /// `-` before an operand binds as `-` between two does, `!` a little tighter.
    static let negationPrecedence: UInt8 = 3
    static let notPrecedence: UInt8 = 4
    static let comparisonPrecedence: UInt8 = 2

    var isArithmetic: Bool { precedence == 3 || precedence >= 5 }

    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }

    /// Operators between sets of spans.
    var isSpansetOperator: Bool {
        switch self {
        case .and, .or, .greater, .less, .descendant, .ancestor, .sibling, .notChild, .notParent, .matchesNot,
            .notDescendant, .notAncestor, .unionChild, .unionParent, .unionDescendant, .unionAncestor, .unionSibling:
            true
        default: false
        }
    }
}

struct Token {
    var kind = TokenKind.end
    /// Attributes: the scope.
    var scope = TraceQLScope.none
    /// Attributes: whether it is the parent span's.
    var isParent = false
    /// Strings: whether it is to be unescaped. Attributes: whether the name has quotes.
    var needsDecoding = false
    var start = 0
    var end = 0
    /// Attributes: where the name starts.
    var nameStart = 0
    /// An integer's or a duration's value, a float's bits.
    var bits: UInt64 = 0
}
