extension Parser {
    /// A selector whose name, if it has one outside the braces, was just read.
    mutating func parseVectorSelector(name: Token?) throws(PromQLError) {
        var node: Node
        if let name {
            try countOperand(at: name.start)
            node = Node(.vectorSelector, .vector, start: name.start, end: name.end)
            node.text = TextRange(
                offset: Int32(truncatingIfNeeded: name.start), count: Int32(truncatingIfNeeded: name.end - name.start))
        } else {
            node = Node(.vectorSelector, .vector, start: token.start, end: token.end)
            node.text = .empty
            try countOperand(at: token.start)
        }
        let firstMatcher = tree.matchers.count
        if try peek() == .leftBrace {
            _ = take()
            node.end = Int32(truncatingIfNeeded: try parseMatchers())
        }
        node.list = firstMatcher..<tree.matchers.count
        node.selectorModifiers = Node.none
        push(node)
    }

    /// Matchers up to the closing brace, whose end is returned.
    private mutating func parseMatchers() throws(PromQLError) -> Int {
        while true {
            switch try peek() {
            case .identifier:
                let label = take()
                let range = TextRange(
                    offset: Int32(truncatingIfNeeded: label.start),
                    count: Int32(truncatingIfNeeded: label.end - label.start))
                guard try peek().isMatchOperator else { throw unexpected(.matcherOperator) }
                try parseMatcherValue(range, at: label.start)
            case .string:
                let text = take()
                let range = textOfString(text)
                if try peek().isMatchOperator {
                    try parseMatcherValue(range, at: text.start)
                } else {
                    tree.matchers.append(
                        Matcher(
                            label: .metricName, value: range, operation: .equal, matchesEmpty: range.count == 0,
                            position: Int32(truncatingIfNeeded: text.start)))
                }
            case .rightBrace:
                return take().end
            default:
                throw unexpected(.matcher)
            }
            switch try peek() {
            case .comma: _ = take()
            case .rightBrace: return take().end
            default: throw unexpected(.matcherEnd)
            }
        }
    }

    private mutating func parseMatcherValue(_ label: TextRange, at position: Int) throws(PromQLError) {
        let operation = take().kind
        guard try peek() == .string else { throw unexpected(.matcherValue) }
        let value = textOfString(take())
        let matchesEmpty: Bool
        switch operation {
        case .equal: matchesEmpty = value.count == 0
        case .notEqual: matchesEmpty = value.count != 0
        default:
            let matches = try regularExpressionMatchesEmpty(value, at: position)
            matchesEmpty = operation == .matches ? matches : !matches
        }
        tree.matchers.append(
            Matcher(
                label: label, value: value, operation: operation, matchesEmpty: matchesEmpty,
                position: Int32(truncatingIfNeeded: position)))
    }

    private func regularExpressionMatchesEmpty(_ value: TextRange, at position: Int) throws(PromQLError) -> Bool {
        let outcome = tree.withBytes(value) { bytes -> Result<Bool, RegularExpressionFailure> in
            Result { () throws(RegularExpressionFailure) in try matchesEmptyString(regularExpression: bytes) }
        }
        switch outcome {
        case .success(let matches): return matches
        case .failure(let failure): throw lexer.failure(failure.message, at: position)
        }
    }

    /// Where the text of a string token is; escapes are decoded.
    mutating func textOfString(_ token: Token) -> TextRange {
        let inside = token.start + 1..<token.end - 1
        if !token.hasEscapes {
            return TextRange(
                offset: Int32(truncatingIfNeeded: inside.lowerBound), count: Int32(truncatingIfNeeded: inside.count))
        }
        let start = tree.decoded.count
        tree.decoded.appendUnescaped(UnsafeBufferPointer(rebasing: lexer.source[inside]))
        return TextRange(
            offset: Int32(truncatingIfNeeded: lexer.source.count + start),
            count: Int32(truncatingIfNeeded: tree.decoded.count - start))
    }
}

extension TokenKind {
    fileprivate var isMatchOperator: Bool {
        switch self {
        case .equal, .notEqual, .matches, .matchesNot: true
        default: false
        }
    }
}
