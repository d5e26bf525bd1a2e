/// Why a tenant condition cannot be made.
public struct InvalidTenantCondition: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong with the attribute or the values.
    public let reason: String

    /// The reason.
    public var description: String { reason }
}

/// A resource attribute with one or several values, to be demanded of every span: `resource.name = "v"`, or several of
/// these joined by `||`. Never a regular expression.
public struct TenantCondition: Sendable, Equatable, CustomStringConvertible {
    /// What a caller's own condition on another tenant does.
    public enum Conflict: Sendable, Equatable {
        /// It is ANDed with the condition: nothing is found.
        case and
        /// An equality that names another tenant refuses the query.
        case error
    }

    /// The attribute's name, without its scope.
    public let attribute: String
    /// The values, each once.
    public let values: [String]
    /// What an equality with another value does.
    public let conflict: Conflict

    /// The condition as it is injected, `resource.tenant_id = "a"`.
    public let description: String

    let attributeBytes: [UInt8]
    let valueBytes: [[UInt8]]

    /// A condition on the resource attribute `attribute`.
    ///
    /// - Throws: if there is no value, if a value or the name is empty, or if either holds a NUL.
    public init(attribute: String, values: [String], conflict: Conflict = .and) throws(InvalidTenantCondition) {
        let name = Array(attribute.utf8)
        if name.isEmpty || name.contains(0) {
            throw InvalidTenantCondition(reason: "the tenant attribute must not be empty or hold a NUL")
        }
        var distinct: [String] = []
        for value in values {
            if value.utf8.isEmpty || value.utf8.contains(0) {
                throw InvalidTenantCondition(reason: "a tenant value must not be empty or hold a NUL")
            }
            if !distinct.contains(where: { $0.utf8.elementsEqual(value.utf8) }) { distinct.append(value) }
        }
        if distinct.isEmpty { throw InvalidTenantCondition(reason: "a tenant condition needs at least one value") }
        self.attribute = attribute
        self.values = distinct
        self.conflict = conflict
        attributeBytes = name
        valueBytes = distinct.map { Array($0.utf8) }
        var tree = Tree(source: [])
        let root = tree.appendCondition(attributeBytes, valueBytes)
        description = String(decoding: Printer.print(tree, from: root, style: .safe), as: UTF8.self)
    }

    /// Whether two conditions have the same attribute, values and handling of conflicts, compared as bytes.
    public static func == (left: TenantCondition, right: TenantCondition) -> Bool {
        left.attributeBytes == right.attributeBytes && left.valueBytes == right.valueBytes
            && left.conflict == right.conflict
    }
}

extension Tree {
    /// Adds the expression of a condition and returns where it is.
    mutating func appendCondition(_ attribute: [UInt8], _ values: [[UInt8]]) -> Int32 {
        let name = append(attribute)
        var whole = Node.none
        for value in values {
            var left = Node(.attribute, at: 0)
            left.flags = .referencesSpan
            left.scope = .resource
            left.text = name
            var right = Node(.string, at: 0)
            right.type = .string
            right.text = append(value)
            let comparison = appendBinary(.equal, append(left), append(right))
            whole = whole == Node.none ? comparison : appendBinary(.or, whole, comparison)
        }
        return whole
    }

    /// Adds a comparison, conjunction or disjunction that depends on the span.
    mutating func appendBinary(_ operation: TokenKind, _ left: Int32, _ right: Int32) -> Int32 {
        var node = Node(.binary, at: 0)
        node.operation = operation
        node.type = .boolean
        node.flags = .referencesSpan
        node.first = left
        node.second = right
        return append(node)
    }
}
