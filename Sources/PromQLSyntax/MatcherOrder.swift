extension Tree {
    /// Whether a matcher's printed text comes before another's; that is the order in which they are printed.
    func precedes(_ matcher: Matcher, _ other: Matcher) -> Bool {
        // Plain labels decide at their first difference, unless one is the start of the other.
        let decision = withBytes(matcher.label) { label in
            withBytes(other.label) { otherLabel -> Bool? in
                guard isPlainLabel(label), isPlainLabel(otherLabel) else { return nil }
                for index in 0..<min(label.count, otherLabel.count) where label[index] != otherLabel[index] {
                    return label[index] < otherLabel[index]
                }
                return nil
            }
        }
        if let decision { return decision }
        return text(of: matcher).lexicographicallyPrecedes(text(of: other))
    }

    private func text(of matcher: Matcher) -> [UInt8] {
        var text: [UInt8] = []
        append(matcher, style: .exact, to: &text)
        return text
    }

    /// Appends a matcher, its label in quotes where it is no plain name.
    func append(_ matcher: Matcher, style: PrintStyle, to output: inout [UInt8]) {
        withBytes(matcher.label) { bytes in
            if isPlainLabel(bytes) {
                output.append(contentsOf: bytes)
            } else {
                output.appendQuoted(bytes, style: style)
            }
        }
        output.append(matcher.operation.text)
        withBytes(matcher.value) { output.appendQuoted($0, style: style) }
    }
}
