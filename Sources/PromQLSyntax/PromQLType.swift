/// What an expression evaluates to. The raw value is Prometheus' `resultType`.
public enum PromQLType: String, Sendable, Equatable {
    /// One number.
    case scalar
    /// One string.
    case string
    /// An instant vector: series with one sample each.
    case vector
    /// A range vector: series with samples over a time.
    case matrix

    /// The type's name in Prometheus' documentation and messages.
    var documentedName: String {
        switch self {
        case .scalar: "scalar"
        case .string: "string"
        case .vector: "instant vector"
        case .matrix: "range vector"
        }
    }
}
