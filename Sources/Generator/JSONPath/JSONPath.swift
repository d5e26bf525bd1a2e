import JSONSchema

/// A query that selects values of a document. https://www.rfc-editor.org/rfc/rfc9535
struct JSONPath: Sendable {
    var segments: [Segment]

    struct Segment: Sendable {
        var isDescendant = false
        var selectors: [Selector]
    }

    indirect enum Selector: Sendable {
        case name(Name)
        case wildcard
        case index(Int)
        case slice(start: Int?, end: Int?, step: Int)
        case filter(Logical)
    }

    /// What a filter asks of each value.
    indirect enum Logical: Sendable {
        case or([Logical])
        case and([Logical])
        case not(Logical)
        case compare(Comparable, Operator, Comparable)
        case exists(Query)
        /// `match` of a whole text, or `search` in it.
        case matches(Comparable, Comparable, isWhole: Bool)
    }

    enum Operator: String, Sendable {
        case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    }

    /// A side of a comparison, or an argument of a function.
    indirect enum Comparable: Sendable {
        case literal(Scalar)
        /// A query that selects one value at most.
        case query(Query)
        case length(Comparable)
        case count(Query)
        /// `value`: what a query selects, if that is one value.
        case value(Query)
    }

    /// A query within a filter, from the value that is looked at or from the root.
    struct Query: Sendable {
        var isRelative: Bool
        var path: JSONPath

        /// Whether it can select one value at most.
        var isSingular: Bool {
            path.segments.allSatisfy { segment in
                guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
                switch segment.selectors[0] {
                case .name, .index: return true
                case .wildcard, .slice, .filter: return false
                }
            }
        }
    }

    /// Why a text is no query, and at which of its bytes.
    struct Problem: Error, Equatable {
        var message: String
        var offset: Int
    }
}
