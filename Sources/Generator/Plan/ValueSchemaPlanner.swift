import JSONSchema

/// Schemas of inputs that arrive as text: parameters and the fields of forms.
extension Planner {
    /// The schema behind a use, with its references followed.
    func resolved(_ use: SchemaUse) -> Schema? {
        var use = use
        var visited: Set<JSONPointer> = []
        var isNullable = false
        while true {
            switch use {
            case .inline(var schema):
                isNullable = isNullable || schema.isNullable
                if let part = onlyPart(of: schema), visited.insert(schema.pointer).inserted {
                    use = part
                    continue
                }
                schema.isNullable = isNullable
                return schema
            case .reference(let reference):
                guard visited.insert(reference.target).inserted, let next = document.schemas[reference.target] else {
                    return nil
                }
                use = next
            }
        }
    }

    /// How the text of an input becomes a value: what is plain is decoded at once, everything else by the schema itself.
    func valueSchema(
        of use: SchemaUse, named name: String, in host: Host, what: String, _ serialization: ValueSchema.Serialization,
        place: InputField.Place
    ) -> ValueSchema? {
        guard let schema = resolved(use) else { return nil }
        let isUsual = !serialization.isJSON && !serialization.allowsEmpty
        if isUsual, schema.type == .array, isPlain(schema), serialization.style == .form, serialization.isExploded,
            place == .query || place == .body, !(schema.constraints.uniqueItems?.value ?? false),
            let items = schema.items, let element = resolved(items), element.type != .array, isPlain(element),
            isPlainScalar(element)
        {
            let constraints = schema.constraints
            checkOrder(constraints.minimumItems, constraints.maximumItems, "minItems", "maxItems")
            return scalarSchema(items, element, named: name, in: host).map {
                .array($0, minimumCount: constraints.minimumItems?.value, maximumCount: constraints.maximumItems?.value)
            }
        }
        if isUsual, serialization.style == .form || serialization.style == .simple, isPlain(schema),
            isPlainScalar(schema)
        {
            return scalarSchema(use, schema, named: name, in: host)
        }
        return type(of: use, named: name, in: host).map {
            .decoded($0, schema: table.entry(use), serialization)
        }
    }

    private func isPlain(_ schema: Schema) -> Bool {
        !schema.isNullable && !schema.hasConditions && schema.alternatives.isEmpty && schema.allOf.isEmpty
    }

    /// Whether one of the runtime's own schemas holds the value to everything that this one says.
    private func isPlainScalar(_ schema: Schema) -> Bool {
        let constraints = schema.constraints
        if isEnumeration(schema) { return constraints.all.isEmpty }
        guard schema.constant == nil, schema.enumeration == nil, schema.content == nil, openValues(schema) == nil
        else { return false }
        let format = schema.format?.value ?? ""
        switch schema.type {
        case .string: return constraints.pattern == nil && Format(rawValue: format) == nil
        case .integer:
            return format == "int32" || format == "int64" || !SchemaSet.ranges.contains { $0.format == format }
        case .number: return constraints.multipleOf == nil
        case .boolean: return true
        case .object, .array, .any: return false
        }
    }

    private func scalarSchema(
        _ use: SchemaUse, _ schema: Schema, named name: String, in host: Host
    ) -> ValueSchema? {
        if isEnumeration(schema) { return type(of: use, named: name, in: host).map { .enumeration($0, cases(schema)) } }
        let constraints = schema.constraints
        switch schema.type {
        case .string:
            checkOrder(constraints.minimumLength, constraints.maximumLength, "minLength", "maxLength")
            return .string(
                minimumLength: constraints.minimumLength?.value, maximumLength: constraints.maximumLength?.value)
        case .integer:
            return integerType(schema).flatMap { integerSchema($0, constraints) }
        case .number:
            return .number(
                minimum: double(constraints.minimum), maximum: double(constraints.maximum),
                exclusiveMinimum: double(constraints.exclusiveMinimum),
                exclusiveMaximum: double(constraints.exclusiveMaximum))
        case .boolean, .object, .array, .any:
            return .boolean
        }
    }

    private func checkOrder(_ low: Located<Int>?, _ high: Located<Int>?, _ lowName: String, _ highName: String) {
        guard let low, let high, low.value > high.value else { return }
        diagnostics.report(
            .contradictoryConstraint, at: high.location,
            "no value fits: `\(lowName)` is \(low.value) and `\(highName)` is \(high.value)")
    }

    // MARK: Numbers

    /// Exclusive bounds become the nearest inclusive ones; bounds beyond the type's own are left out.
    private func integerSchema(_ type: TypeReference.IntegerType, _ constraints: Constraints) -> ValueSchema? {
        let range = type == .int32 ? Int64(Int32.min)...Int64(Int32.max) : Int64.min...Int64.max
        var minimum: Int64?
        var maximum: Int64?
        for (bound, isExclusive) in [(constraints.minimum, false), (constraints.exclusiveMinimum, true)] {
            guard let bound, let value = lowerBound(bound, isExclusive: isExclusive, in: range) else { continue }
            minimum = max(minimum ?? value, value)
        }
        for (bound, isExclusive) in [(constraints.maximum, false), (constraints.exclusiveMaximum, true)] {
            guard let bound, let value = upperBound(bound, isExclusive: isExclusive, in: range) else { continue }
            maximum = min(maximum ?? value, value)
        }
        if let minimum, let maximum, minimum > maximum,
            let location = (constraints.maximum ?? constraints.exclusiveMaximum)?.location
        {
            diagnostics.report(.contradictoryConstraint, at: location, "no value lies between the two bounds")
        }
        var multiple: Int64?
        if let divisor = constraints.multipleOf {
            multiple = Int64(divisor.value.text)
            if multiple.map({ $0 <= 0 || !range.contains($0) }) ?? true {
                diagnostics.report(
                    .unsupportedValue, at: divisor.location, "`multipleOf` of an integer has to be a positive integer")
            }
        }
        return .integer(type, minimum: minimum, maximum: maximum, multipleOf: multiple)
    }

    /// The smallest integer that fits, or nil where every integer of the type does.
    private func lowerBound(_ bound: Located<Scalar>, isExclusive: Bool, in range: ClosedRange<Int64>) -> Int64? {
        var value = Int64(bound.value.text)
        var isExclusive = isExclusive
        if value == nil {
            guard let number = double(bound), number >= -0x1p63 else { return nil }
            isExclusive = isExclusive && number == number.rounded(.up)
            value = number < 0x1p63 ? Int64(number.rounded(.up)) : nil
        }
        let (next, isBeyond) = (value ?? .max).addingReportingOverflow(isExclusive ? 1 : 0)
        if value == nil || isBeyond || next > range.upperBound {
            diagnostics.report(.contradictoryConstraint, at: bound.location, "no value of the type is as great as this")
            return nil
        }
        return next > range.lowerBound ? next : nil
    }

    /// The greatest integer that fits, or nil where every integer of the type does.
    private func upperBound(_ bound: Located<Scalar>, isExclusive: Bool, in range: ClosedRange<Int64>) -> Int64? {
        var value = Int64(bound.value.text)
        var isExclusive = isExclusive
        if value == nil {
            guard let number = double(bound), number < 0x1p63 else { return nil }
            isExclusive = isExclusive && number == number.rounded(.down)
            value = number >= -0x1p63 ? Int64(number.rounded(.down)) : nil
        }
        let (next, isBeyond) = (value ?? .min).subtractingReportingOverflow(isExclusive ? 1 : 0)
        if value == nil || isBeyond || next < range.lowerBound {
            diagnostics.report(.contradictoryConstraint, at: bound.location, "no value of the type is as small as this")
            return nil
        }
        return next < range.upperBound ? next : nil
    }

    private func double(_ bound: Located<Scalar>?) -> Double? {
        guard let bound else { return nil }
        if let value = Double(bound.value.text), value.isFinite { return value }
        diagnostics.report(.unsupportedValue, at: bound.location, "`\(bound.value.text)` is not a number of 64 bits")
        return nil
    }
}
