/// Enumerations of values that are not all of one type: `enum: [auto, 1, true]`.
extension Planner {
    /// A listed value with what tells it from the others.
    enum ListedScalar: Hashable {
        case string(Name)
        case integer(Int)
        case number(Double)
        case boolean(Bool)

        init?(_ node: Node) {
            guard let scalar = node.scalar else { return nil }
            switch scalar.kind {
            case .string: self = .string(Name(scalar.text))
            case .boolean(let value): self = .boolean(value)
            case .integer, .float:
                guard let number = Double(scalar.text), number.isFinite else { return nil }
                guard let integer = Int(scalar.text) ?? Int(exactly: number) else {
                    // A number that neither type of Swift holds is no case.
                    guard case .float = scalar.kind else { return nil }
                    self = .number(number)
                    return
                }
                self = .integer(integer)
            case .null: return nil
            }
        }

        /// As the runtime's `ListedScalar`.
        var text: String {
            switch self {
            case .string(let name): ".string(\(StringLiteral.quoted(name.text)))"
            case .integer(let number): ".integer(\(number))"
            case .number(let number): ".number(\(number))"
            case .boolean(let value): ".boolean(\(value))"
            }
        }

        /// What its case is named after.
        var label: String {
            switch self {
            case .string(let name): name.text
            case .integer(let number): "\(number)"
            case .number(let number): "\(number)".split(separator: ".").joined(separator: " point ")
            case .boolean(let value): "\(value)"
            }
        }

        fileprivate var kind: Int {
            switch self {
            case .string: 0
            case .integer, .number: 1
            case .boolean: 2
            }
        }
    }

    /// The values of a schema that lists strings, numbers and booleans side by side; nil for every other, and for
    /// values that cannot be told apart.
    func mixedValues(_ schema: Schema) -> [(node: Node, scalar: ListedScalar)]? {
        guard schema.constant == nil, let nodes = schema.enumeration?.value else { return nil }
        let values = nodes.compactMap { node in ListedScalar(node).map { (node: node, scalar: $0) } }
        guard values.count == nodes.count, Set(values.map(\.scalar)).count == values.count,
            Set(values.map(\.scalar.kind)).count > 1
        else { return nil }
        return values
    }

    /// The cases of such an enumeration, in the order of the document.
    func mixedCases(_ schema: Schema, _ values: [(node: Node, scalar: ListedScalar)]) -> [Model.Case] {
        let labels = schema.extensions.first { $0.key == "x-enum-varnames" }?.value.sequence?.compactMap(\.string)
        let names = NameScope(taken: NameScope.reservedCases.union(["description"]))
        return values.enumerated().map { index, value in
            let label = labels.flatMap { $0.count == values.count ? $0[index] : nil } ?? value.scalar.label
            return Model.Case(
                wireName: Name(String(decoding: JSONText.text(of: value.node), as: UTF8.self)),
                name: overrides.name(at: value.node.location).map { claimed($0, in: names) }
                    ?? names.claim(
                        SwiftName.member(label), suffix: "Value", fallback: label.isEmpty ? "empty" : "value"),
                value: value.scalar.text)
        }
    }
}
