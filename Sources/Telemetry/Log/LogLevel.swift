/// How much a log line matters.
public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    /// For whoever looks for a fault in the gateway itself.
    case debug
    /// The normal course: starts, stops, requests.
    case info
    /// Something an operator should look at.
    case warning
    /// Something failed.
    case error

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    /// By importance.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }
}

/// How log lines are written.
public enum LogFormat: String, CaseIterable, Sendable {
    /// One JSON object a line.
    case json
    /// For people: `name=value` pairs.
    case text
}
