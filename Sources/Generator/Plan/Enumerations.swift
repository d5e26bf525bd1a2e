/// Enumerations beside those of listed strings: open ones, which may get further values, and those of integers.
extension Planner {
    /// Strings that are listed where others are allowed, too: by `x-extensible-enum`, or by `anyOf` of listed strings and
    /// any string.
    func openValues(_ schema: Schema) -> [Node]? {
        guard schema.properties.isEmpty, schema.constant == nil, schema.enumeration == nil else { return nil }
        if schema.alternatives.isEmpty {
            guard schema.type == .string, schema.allOf.isEmpty,
                let values = schema.extensions.first(where: { $0.key == "x-extensible-enum" })?.value.sequence,
                !values.isEmpty, values.allSatisfy({ $0.string != nil })
            else { return nil }
            return values
        }
        // With `oneOf` no listed string would fit, for it would fit both.
        guard schema.node?.mapping?["anyOf"] != nil, schema.node?.mapping?["oneOf"] == nil else { return nil }
        let alternatives = schema.alternatives.compactMap { resolved($0) }.filter { !$0.isNull }
        guard alternatives.count == 2, schema.alternatives.count - alternatives.count <= 1,
            let listed = alternatives.first(where: { isEnumeration($0) && $0.enumeration != nil }),
            let free = alternatives.first(where: { $0.enumeration == nil }), free.type == .string, free.format == nil,
            free.constant == nil, free.constraints.all.isEmpty, free.alternatives.isEmpty, free.allOf.isEmpty
        else { return nil }
        return listed.enumeration?.value
    }

    /// Whether a schema is made of integers that are listed one by one.
    func isIntegerEnumeration(_ schema: Schema) -> Bool {
        guard schema.type == .integer || schema.type == .any && schema.types.isEmpty, schema.constant == nil,
            let values = schema.enumeration?.value, !values.isEmpty, let type = integerType(schema)
        else { return false }
        let numbers = values.compactMap { node -> Int? in
            guard let scalar = node.scalar, case .integer = scalar.kind, let value = Int(scalar.text) else {
                return nil
            }
            return type != .int32 || Int32(exactly: value) != nil ? value : nil
        }
        return numbers.count == values.count && Set(numbers).count == numbers.count
    }

    /// Whether the schema becomes an enumeration of Swift without alternatives.
    func isAnyEnumeration(_ schema: Schema) -> Bool {
        isEnumeration(schema) || isIntegerEnumeration(schema) || openValues(schema) != nil
            || mixedValues(schema) != nil
    }

    /// What kind of enumeration the schema becomes.
    func enumerationKind(_ schema: Schema) -> Model.EnumerationKind {
        if isEnumeration(schema) { return .strings }
        if isIntegerEnumeration(schema), let type = integerType(schema) { return .integers(type) }
        return mixedValues(schema) == nil ? .openStrings : .mixed
    }

    /// The cases of an enumeration of any kind. Integers are named by `x-enum-varnames` where it names all of them.
    func anyCases(_ schema: Schema) -> [Model.Case] {
        if isEnumeration(schema) { return cases(schema) }
        if let values = mixedValues(schema) { return mixedCases(schema, values) }
        if let values = openValues(schema) {
            var listed = schema
            listed.enumeration = Located(values, at: schema.location)
            return cases(listed, reserved: ["other"])
        }
        let values = schema.enumeration?.value.compactMap { $0.scalar.flatMap { Int($0.text) } } ?? []
        let labels = schema.extensions.first { $0.key == "x-enum-varnames" }?.value.sequence?.compactMap(\.string)
        let names = NameScope(taken: NameScope.reservedCases)
        return values.enumerated().map { index, value in
            let label = labels.flatMap { $0.count == values.count ? $0[index] : nil } ?? "\(value)"
            return Model.Case(
                wireName: Name("\(value)"), name: names.claim(SwiftName.member(label), suffix: "Value"))
        }
    }
}
