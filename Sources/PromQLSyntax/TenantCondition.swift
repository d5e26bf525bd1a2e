/// Why a tenant condition cannot be made.
public struct InvalidTenantCondition: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong with the label or the values.
    public let reason: String

    /// The reason.
    public var description: String { reason }
}

/// The tenant label with one or several values, to be ANDed into every selector: `label="v"`, or `label=~"v1|v2"`
/// made of quoted values.
public struct TenantCondition: Sendable, Equatable, CustomStringConvertible {
    /// What a caller's own matcher for another tenant does.
    public enum Conflict: Sendable, Equatable {
        /// It is ANDed with the condition: nothing is selected.
        case and
        /// An equality matcher that names another tenant refuses the query.
        case error
    }

    /// The label's name.
    public let label: String
    /// The values, each once.
    public let values: [String]
    /// What an equality matcher for another value does.
    public let conflict: Conflict

    /// The matcher as it is injected, `tenant_id="a"`.
    public let description: String

    let operation: TokenKind
    let labelBytes: [UInt8]
    /// The value, or the regular expression of the values.
    let valueBytes: [UInt8]

    /// A condition on `label`.
    ///
    /// - Throws: if there is no value, if one is empty (it would select series without the label), or if `label` is
    ///   `__name__` or does not match `[A-Za-z_][A-Za-z0-9_]*`.
    public init(label: String, values: [String], conflict: Conflict = .and) throws(InvalidTenantCondition) {
        let labelBytes = Array(label.utf8)
        guard labelBytes.withUnsafeBufferPointer(isPlainLabel) else {
            throw InvalidTenantCondition(reason: "the tenant label must match [A-Za-z_][A-Za-z0-9_]*")
        }
        if labelBytes == Array("__name__".utf8) {
            throw InvalidTenantCondition(reason: "the tenant label must not be __name__")
        }
        var distinct: [String] = []
        for value in values {
            if value.utf8.isEmpty {
                throw InvalidTenantCondition(reason: "an empty tenant value would select series of no tenant")
            }
            if !distinct.contains(where: { $0.utf8.elementsEqual(value.utf8) }) { distinct.append(value) }
        }
        guard let first = distinct.first else {
            throw InvalidTenantCondition(reason: "a tenant condition needs at least one value")
        }
        self.label = label
        self.values = distinct
        self.conflict = conflict
        self.labelBytes = labelBytes
        if distinct.count == 1 {
            operation = .equal
            valueBytes = Array(first.utf8)
        } else {
            operation = .matches
            var expression: [UInt8] = []
            for (index, value) in distinct.enumerated() {
                if index > 0 { expression.append(UInt8(ascii: "|")) }
                for byte in value.utf8 {
                    if Self.isSpecial(byte) { expression.append(UInt8(ascii: "\\")) }
                    expression.append(byte)
                }
            }
            valueBytes = expression
        }
        var text = labelBytes
        text.append(operation.text)
        valueBytes.withUnsafeBufferPointer { text.appendQuoted($0, style: .exact) }
        description = String(decoding: text, as: UTF8.self)
    }

    /// The characters that RE2 gives a meaning.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "?"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    /// Whether two conditions have the same label, values and handling of conflicts, compared as bytes.
    public static func == (left: TenantCondition, right: TenantCondition) -> Bool {
        left.labelBytes == right.labelBytes && left.valueBytes == right.valueBytes
            && left.operation == right.operation && left.conflict == right.conflict
    }
}
