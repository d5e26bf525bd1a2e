import JSONSchema

/// Numbers and strings.
extension ExampleValidator {
    mutating func checkScalar(_ scalar: Scalar, _ instance: Node, _ schema: Mapping) -> [Violation] {
        var violations: [Violation] = []
        func report(_ message: String) {
            violations.append(Violation(location: instance.location, message: message))
        }
        if scalar.isNumber, let value = Double(scalar.text) {
            func bound(_ key: Name) -> Double? {
                schema[key]?.value.scalar.flatMap { $0.isNumber ? Double($0.text) : nil }
            }
            func isExclusive(_ key: Name) -> Bool { schema[key]?.value.boolean ?? false }
            if let minimum = bound("minimum"), isExclusive("exclusiveMinimum") ? value <= minimum : value < minimum {
                report("it is below the minimum \(schema["minimum"]?.value.scalar?.text ?? "")")
            }
            if let maximum = bound("maximum"), isExclusive("exclusiveMaximum") ? value >= maximum : value > maximum {
                report("it is above the maximum \(schema["maximum"]?.value.scalar?.text ?? "")")
            }
            if let minimum = bound("exclusiveMinimum"), value <= minimum { report("it has to be more than \(minimum)") }
            if let maximum = bound("exclusiveMaximum"), value >= maximum { report("it has to be less than \(maximum)") }
            if let step = bound("multipleOf"), step > 0 {
                let quotient = value / step
                if abs(quotient - quotient.rounded()) > 1e-9 * max(1, abs(quotient)) {
                    report("it is no multiple of \(schema["multipleOf"]?.value.scalar?.text ?? "")")
                }
            }
        }
        if case .string = scalar.kind {
            let length = scalar.text.unicodeScalars.count
            if let least = count("minLength", schema), length < least { report("it has less than \(least) characters") }
            if let most = count("maxLength", schema), length > most { report("it has more than \(most) characters") }
            if let text = schema["pattern"]?.value.string, let pattern = pattern(text), !pattern.matches(scalar.text) {
                report("it does not match `\(text)`")
            }
            if let text = schema["format"]?.value.string, let format = Format(rawValue: text),
                !format.rawValue.hasPrefix("int"), !format.rawValue.hasPrefix("uint"), !format.accepts(scalar.text)
            {
                report("it is not of the format `\(text)`")
            }
        }
        return violations
    }

    /// Nil for what is no pattern in linear time; the generator reports it.
    mutating func pattern(_ text: String) -> Pattern? {
        if let known = patterns[Name(text)] { return known }
        let pattern = try? Pattern(text)
        patterns[Name(text)] = pattern
        return pattern
    }
}
