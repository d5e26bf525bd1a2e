import APIRuntime
import GeneratedAPI

/// A case of an enumeration as a place in a table.
protocol Ordinal {
    /// From 0, each once.
    var ordinal: Int { get }
    /// All cases in the order of their places.
    static var inOrder: [Self] { get }
}

/// A value for each case of an enumeration that has one: what is counted for every request must not cost a hash.
struct CaseTable<Key: Ordinal & Sendable, Value: Sendable>: Sendable {
    private var values: [Value?] = []

    /// The cases that have a value.
    var all: [(key: Key, value: Value)] {
        zip(Key.inOrder, values).compactMap { key, value in value.map { (key, $0) } }
    }

    /// The value of a case; `nil` if it has none.
    subscript(key: Key) -> Value? { key.ordinal < values.count ? values[key.ordinal] : nil }

    /// The value of a case, to be changed in its place.
    subscript(key: Key, else initial: @autoclosure () -> Value) -> Value {
        get { self[key] ?? initial() }
        _modify {
            let place = key.ordinal
            while values.count <= place { values.append(nil) }
            var value = values[place].take() ?? initial()
            defer { values[place] = value }
            yield &value
        }
    }
}

extension OperationID: Ordinal {
    static var inOrder: [OperationID] { allCases }
}

extension Optional: Ordinal where Wrapped: Ordinal {
    /// `nil` comes first.
    var ordinal: Int { map { $0.ordinal + 1 } ?? 0 }
    static var inOrder: [Wrapped?] { [nil] + Wrapped.inOrder }
}

extension Upstream: Ordinal {
    var ordinal: Int { rawValue }
    static var inOrder: [Upstream] { allCases }
}

extension TokenOutcome: Ordinal {
    var ordinal: Int {
        switch self {
        case .accepted: 0
        case .missing: 1
        case .refused: 2
        case .forbidden: 3
        }
    }
    static var inOrder: [TokenOutcome] { allCases }
}

extension ResponseEnd.Outcome: Ordinal {
    var ordinal: Int {
        switch self {
        case .complete: 0
        case .bodyFailed: 1
        case .clientLeft: 2
        }
    }
    static var inOrder: [ResponseEnd.Outcome] { [.complete, .bodyFailed, .clientLeft] }
}
