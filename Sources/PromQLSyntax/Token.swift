/// What a token is. The order groups the kinds as Prometheus' messages do.
enum TokenKind: UInt8 {
    case end, comma, leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket, colon, equal
    case identifier, metricIdentifier, string, number, duration

    // Operators
    case add, subtract, multiply, divide, modulo, power, atan2
    case equalTo, notEqual, lessOrEqual, less, greaterOrEqual, greater, trimUpper, trimLower
    case and, or, unless
    case at, matches, matchesNot

    // Aggregations
    case sum, average, count, minimum, maximum, group, standardDeviation, standardVariance, topK, bottomK, countValues
    case quantile, limitK, limitRatio

    // Keywords
    case offset, smoothed, anchored, by, without, on, ignoring, groupLeft, groupRight, fill, fillLeft, fillRight, bool

    // Words of time and of duration expressions
    case startWord, endWord, stepWord, rangeWord, maximumOf, minimumOf

    /// How Prometheus' messages group the kinds.
    enum Group { case punctuation, identifier, literal, operation, aggregation, keyword, preprocessor }

    var group: Group {
        switch self {
        case .end, .comma, .leftParenthesis, .rightParenthesis, .leftBrace, .rightBrace, .leftBracket, .rightBracket,
            .colon, .equal:
            .punctuation
        case .identifier, .metricIdentifier:
            .identifier
        case .string, .number, .duration:
            .literal
        case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2, .equalTo, .notEqual, .lessOrEqual, .less,
            .greaterOrEqual, .greater, .trimUpper, .trimLower, .and, .or, .unless, .at, .matches, .matchesNot:
            .operation
        case .sum, .average, .count, .minimum, .maximum, .group, .standardDeviation, .standardVariance, .topK,
            .bottomK, .countValues, .quantile, .limitK, .limitRatio:
            .aggregation
        case .offset, .smoothed, .anchored, .by, .without, .on, .ignoring, .groupLeft, .groupRight, .fill, .fillLeft,
            .fillRight, .bool:
            .keyword
        case .startWord, .endWord, .stepWord, .rangeWord, .maximumOf, .minimumOf:
            .preprocessor
        }
    }

    /// How a token of this kind is printed; for kinds with a text of their own it is empty.
    var text: StaticString {
        switch self {
        case .end, .identifier, .metricIdentifier, .string, .number, .duration: ""
        case .comma: ","
        case .leftParenthesis: "("
        case .rightParenthesis: ")"
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .leftBracket: "["
        case .rightBracket: "]"
        case .colon: ":"
        case .equal: "="
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .modulo: "%"
        case .power: "^"
        case .atan2: "atan2"
        case .equalTo: "=="
        case .notEqual: "!="
        case .lessOrEqual: "<="
        case .less: "<"
        case .greaterOrEqual: ">="
        case .greater: ">"
        case .trimUpper: "</"
        case .trimLower: ">/"
        case .and: "and"
        case .or: "or"
        case .unless: "unless"
        case .at: "@"
        case .matches: "=~"
        case .matchesNot: "!~"
        case .sum: "sum"
        case .average: "avg"
        case .count: "count"
        case .minimum: "min"
        case .maximum: "max"
        case .group: "group"
        case .standardDeviation: "stddev"
        case .standardVariance: "stdvar"
        case .topK: "topk"
        case .bottomK: "bottomk"
        case .countValues: "count_values"
        case .quantile: "quantile"
        case .limitK: "limitk"
        case .limitRatio: "limit_ratio"
        case .offset: "offset"
        case .smoothed: "smoothed"
        case .anchored: "anchored"
        case .by: "by"
        case .without: "without"
        case .on: "on"
        case .ignoring: "ignoring"
        case .groupLeft: "group_left"
        case .groupRight: "group_right"
        case .fill: "fill"
        case .fillLeft: "fill_left"
        case .fillRight: "fill_right"
        case .bool: "bool"
        case .startWord: "start"
        case .endWord: "end"
        case .stepWord: "step"
        case .rangeWord: "range"
        case .maximumOf: "max_of"
        case .minimumOf: "min_of"
        }
    }

    /// Aggregations whose first argument is a parameter.
    var takesParameter: Bool {
        switch self {
        case .topK, .bottomK, .countValues, .quantile, .limitK, .limitRatio: true
        default: false
        }
    }

    /// `==` and its kin; trimming operators are not comparisons.
    var isComparison: Bool {
        switch self {
        case .equalTo, .notEqual, .lessOrEqual, .less, .greaterOrEqual, .greater: true
        default: false
        }
    }

    /// `and`, `or`, `unless`.
    var isSetOperator: Bool {
        switch self {
        case .and, .or, .unless: true
        default: false
        }
    }

    /// How tightly a binary operator binds, from 1; 0 for every other token.
    var precedence: UInt8 {
        switch self {
        case .or: 1
        case .and, .unless: 2
        case .equalTo, .notEqual, .lessOrEqual, .less, .greaterOrEqual, .greater, .trimUpper, .trimLower: 3
        case .add, .subtract: 4
        case .multiply, .divide, .modulo, .atan2: 5
        case .power: 6
        default: 0
        }
    }

    /// A sign binds like `*`.
    static let signPrecedence: UInt8 = 5
}

/// A token: its kind and where it stands.
struct Token {
    var kind: TokenKind = .end
    /// Strings only: whether there is a backslash in it.
    var hasEscapes = false
    var start = 0
    var end = 0

    /// The token as it is called in Prometheus' messages.
    func described(in source: UnsafeBufferPointer<UInt8>) -> String {
        let bytes = UnsafeBufferPointer(rebasing: source[start..<end])
        let text = String(decoding: bytes, as: UTF8.self)
        switch kind.group {
        case .operation: return "<op:\(text)>"
        case .aggregation: return "<aggr:\(text)>"
        case .keyword: return "<\(text)>"
        case .punctuation: return kind == .end ? "end of input" : quoted(bytes)
        case .preprocessor: return quoted(bytes)
        case .identifier:
            return (kind == .identifier ? "identifier " : "metric identifier ") + quoted(bytes)
        case .literal:
            let name =
                switch kind {
                case .string: "string "
                case .number: "number "
                default: "duration "
                }
            return name + (bytes.count > 10 ? quoted(bytes, limit: 10) + "..." : quoted(bytes))
        }
    }
}
