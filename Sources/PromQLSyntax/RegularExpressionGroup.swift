/// What is known of a part of an expression.
struct RegularExpressionPart {
    var matchesEmpty = true
    var height = 1
    /// Instructions of the compiled program.
    var size = 1
    /// The largest product of nested repeat counts.
    var repeats = 1
}

/// A group that is open, or the whole.
struct RegularExpressionGroup {
    var isCapturing = false
    /// The alternatives before the current one.
    var alternatives: RegularExpressionPart?
    /// The current concatenation without its last part.
    var sequence: RegularExpressionPart?
    /// What a repetition would apply to.
    var last: RegularExpressionPart?

    mutating func append(_ part: RegularExpressionPart) {
        flush()
        last = part
    }

    private mutating func flush() {
        guard let last else { return }
        if var whole = sequence {
            whole.matchesEmpty = whole.matchesEmpty && last.matchesEmpty
            whole.height = max(whole.height, last.height + 1)
            whole.size = min(whole.size + last.size, RegularExpressionParser.maximumSize + 1)
            whole.repeats = max(whole.repeats, last.repeats)
            sequence = whole
        } else {
            sequence = last
        }
        self.last = nil
    }

    mutating func closeAlternative() {
        flush()
        let part = sequence ?? RegularExpressionPart()
        sequence = nil
        if var whole = alternatives {
            whole.matchesEmpty = whole.matchesEmpty || part.matchesEmpty
            whole.height = max(whole.height, part.height + 1)
            whole.size = min(whole.size + part.size + 1, RegularExpressionParser.maximumSize + 1)
            whole.repeats = max(whole.repeats, part.repeats)
            alternatives = whole
        } else {
            alternatives = part
        }
    }

    /// The group as one part.
    mutating func closed() -> RegularExpressionPart {
        closeAlternative()
        var part = alternatives ?? RegularExpressionPart()
        if isCapturing {
            part.height += 1
            part.size += 2
        }
        return part
    }
}
