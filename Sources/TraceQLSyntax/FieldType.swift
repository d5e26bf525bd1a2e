/// What a field expression is, as far as it is known before it meets a span.
enum FieldType: UInt8 {
    case nilType, attribute, integer, float, string, boolean, duration, status, kind

    var isNumeric: Bool { self == .integer || self == .float || self == .duration }

    /// Whether the two may stand on the sides of any operator.
    func matches(_ other: FieldType) -> Bool {
        self == other || self == .attribute || other == .attribute || isNumeric && other.isNumeric
            || self == .nilType || other == .nilType
    }

    /// Whether an operator with two sides takes a side of this type.
    func allows(_ operation: TokenKind) -> Bool {
        switch self {
        case .attribute: true
        case .boolean:
            operation == .and || operation == .or || operation == .equal || operation == .notEqual
        case .integer, .float, .duration: operation.isArithmetic || operation.isComparison
        case .string: operation.isComparison || operation == .matches || operation == .matchesNot
        case .nilType, .status, .kind: operation == .equal || operation == .notEqual
        }
    }

    /// Whether an operator with one side takes this type.
    func allowsPrefix(_ operation: TokenKind) -> Bool {
        switch operation {
        case .subtract: self == .attribute || isNumeric
        case .not: self == .attribute || self == .boolean
        default: true
        }
    }
}
