import JSON

/// Strings and numbers.
extension SchemaChecker {
    mutating func check(_ text: String, _ node: SchemaNode) {
        if node.minimumLength != nil || node.maximumLength != nil {
            let count = text.unicodeScalars.count
            if let minimum = node.minimumLength, count < minimum {
                report("minLength", "must have at least \(minimum) \(minimum == 1 ? "character" : "characters")")
            }
            if let maximum = node.maximumLength, count > maximum {
                report("maxLength", "must have at most \(maximum) \(maximum == 1 ? "character" : "characters")")
                // What is too long is not worth any further look.
                return
            }
        }
        if let pattern = node.pattern {
            if !matches(text, pattern) { report("pattern", "must match \(pattern.text)") }
        }
        if let format = node.format, !format.accepts(text) {
            report("format", "must be of the format \(format.rawValue)")
        }
        if let content = node.content { checkContent(text, content) }
    }

    /// What a text is as JSON. Pointers lead into it as if it stood in the text's place.
    private mutating func checkContent(_ text: String, _ schema: Int) {
        budget -= text.utf8.count / 16
        do throws(JSONError) {
            var value = try JSONParser.parse(Array(text.utf8))
            check(&value, against: schema)
        } catch {
            report("contentMediaType", "must be JSON: \(error.message)")
        }
    }

    mutating func check(_ number: JSONNumber, _ node: SchemaNode) {
        if let minimum = node.minimum, number.isLess(than: minimum) { report("minimum", "must be at least \(minimum)") }
        if let maximum = node.maximum, maximum.isLess(than: number) { report("maximum", "must be at most \(maximum)") }
        if let bound = node.exclusiveMinimum, !bound.isLess(than: number) {
            report("exclusiveMinimum", "must be greater than \(bound)")
        }
        if let bound = node.exclusiveMaximum, !number.isLess(than: bound) {
            report("exclusiveMaximum", "must be less than \(bound)")
        }
        if let divisor = node.multipleOf, !number.isMultiple(of: divisor) {
            report("multipleOf", "must be a multiple of \(divisor)")
        }
        if let range = node.range, !(number.integer.map { range.contains($0) } ?? false) {
            report("format", "must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
    }

    /// Whether a pattern is found. What takes too many steps is not, and neither is anything else: a schema that demands
    /// the contrary must not be fulfilled by that.
    mutating func matches(_ text: String, _ pattern: Pattern) -> Bool {
        budget -= text.utf8.count / 16
        let (outcome, steps) = pattern.attempt(text)
        budget -= steps / 50
        if outcome == .exhausted { isExhausted = true }
        return outcome == .match
    }
}
