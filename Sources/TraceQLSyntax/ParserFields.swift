// Field expressions: what stands in braces and in the arguments of by, max and so on.

extension Parser {
    /// Reads an expression up to the closing token, which is left there.
    mutating func parseField(until closing: TokenKind) throws(TraceQLError) -> Int32 {
        fieldOperands.removeAll(keepingCapacity: true)
        fieldFrames.removeAll(keepingCapacity: true)
        while true {
            guard try parseFieldOperand() else { continue }
            if try parseAfterFieldOperand(closing) { return fieldOperands.removeLast() }
        }
    }

    /// An operand, or what stands before one. False if only something was opened.
    private mutating func parseFieldOperand() throws(TraceQLError) -> Bool {
        let kind = try peek()
        switch kind {
        case .attribute:
            fieldOperands.append(try attribute(take(), isChecked: true))
        case .leftParenthesis:
            let start = take().start
            try countLevel(at: start)
            fieldFrames.append(Frame(kind: .parenthesis, start: start))
            return false
        case .subtract, .not:
            let start = take().start
            try countLevel(at: start)
            let precedence = kind == .not ? TokenKind.notPrecedence : TokenKind.negationPrecedence
            fieldFrames.append(Frame(kind: .prefix, operation: kind, precedence: precedence, start: start))
            return false
        case .nilWord:
            return try parseLeadingNil()
        default:
            if let literal = try parseStatic() {
                fieldOperands.append(literal)
            } else if let intrinsic = try parseIntrinsic(kind) {
                fieldOperands.append(try self.intrinsic(intrinsic.value, at: intrinsic.start, isChecked: true))
            } else {
                throw unexpected()
            }
        }
        return true
    }

    /// `nil = x` and `nil != x`; nil stands nowhere else on the left. Between two, both are false.
    private mutating func parseLeadingNil() throws(TraceQLError) -> Bool {
        let word = take()
        guard try peek() == .equal || token.kind == .notEqual else { throw unexpected(expecting: "= or !=") }
        let operation: TokenKind = take().kind == .equal ? .isAbsent : .exists
        if try peek() == .nilWord {
            _ = take()
            try countOperand(at: word.start)
            fieldOperands.append(push(boolean(false, at: word.start)))
            return true
        }
        try countLevel(at: word.start)
        fieldFrames.append(
            Frame(
                kind: .isAbsent, operation: operation, precedence: TokenKind.comparisonPrecedence, start: word.start))
        return false
    }

    /// What follows an operand. True at the end of the expression, false where another operand must follow.
    private mutating func parseAfterFieldOperand(_ closing: TokenKind) throws(TraceQLError) -> Bool {
        while true {
            let kind = try peek()
            let precedence = kind.precedence
            if precedence > 0, isFieldOperator(kind) {
                reduceFields(before: kind, precedence)
                let operation = take()
                if kind == .equal || kind == .notEqual, try peek() == .nilWord {
                    _ = take()
                    let operand = fieldOperands.removeLast()
                    fieldOperands.append(
                        makeUnary(kind == .equal ? .isAbsent : .exists, operand, at: Int(tree.node(operand).start)))
                    continue
                }
                if kind == .power { try countLevel(at: operation.start) }
                fieldFrames.append(
                    Frame(kind: .binary, operation: kind, precedence: precedence, start: operation.start))
                return false
            }
            while let frame = fieldFrames.last, frame.kind != .parenthesis { reduceLastField(frame) }
            if kind == .rightParenthesis, !fieldFrames.isEmpty {
                _ = take()
                fieldFrames.removeLast()
                depth -= 1
                continue
            }
            guard kind == closing, fieldFrames.isEmpty else { throw unexpected() }
            return true
        }
    }

    private func isFieldOperator(_ kind: TokenKind) -> Bool {
        kind.isArithmetic || kind.isComparison || kind == .and || kind == .or || kind == .matches
            || kind == .matchesNot
    }

    private mutating func reduceFields(before kind: TokenKind, _ precedence: UInt8) {
        while let frame = fieldFrames.last, frame.kind != .parenthesis,
            frame.precedence > precedence || frame.precedence == precedence && kind != .power
        {
            reduceLastField(frame)
        }
    }

    private mutating func reduceLastField(_ frame: Frame) {
        fieldFrames.removeLast()
        let right = fieldOperands.removeLast()
        switch frame.kind {
        case .prefix, .isAbsent:
            depth -= 1
            fieldOperands.append(makeUnary(frame.operation, right, at: frame.start))
        case .binary, .parenthesis:
            if frame.operation == .power { depth -= 1 }
            let left = fieldOperands.removeLast()
            fieldOperands.append(makeBinary(frame.operation, left, right, at: frame.start))
        }
    }

    /// A literal without a sign, if one stands here.
    mutating func parseStatic() throws(TraceQLError) -> Int32? {
        var node: Node
        switch try peek() {
        case .integer, .float, .duration:
            return try literal(take())
        case .string:
            node = Node(.string, at: token.start)
            node.type = .string
            node.text = textOfString(token)
        case .trueWord: node = boolean(true, at: token.start)
        case .falseWord: node = boolean(false, at: token.start)
        case .ok, .error, .unset:
            node = Node(.status, at: token.start)
            node.type = .status
            node.operation = token.kind
        case .unspecified, .internal, .server, .client, .producer, .consumer:
            node = Node(.kind, at: token.start)
            node.type = .kind
            node.operation = token.kind
        case .identifier:
            let text = UnsafeBufferPointer(rebasing: lexer.source[token.start..<token.end])
            node = Node(.integer, at: token.start)
            node.type = .integer
            if isWord(text, "minInt") {
                node.integer = .min
            } else if isWord(text, "maxInt") {
                node.integer = .max
            } else {
                throw unknownIdentifier()
            }
        default:
            return nil
        }
        try countOperand(at: take().start)
        return push(node)
    }

    /// A string's text without quotes and escapes.
    private mutating func textOfString(_ token: Token) -> TextRange {
        let range = token.start + 1..<token.end - 1
        guard token.needsDecoding else {
            return TextRange(
                offset: Int32(truncatingIfNeeded: range.lowerBound), count: Int32(truncatingIfNeeded: range.count))
        }
        let start = tree.source.count + tree.decoded.count
        let inside = UnsafeBufferPointer(rebasing: lexer.source[range])
        if lexer.source[token.start] == UInt8(ascii: "`") {
            for byte in inside where byte != UInt8(ascii: "\r") { tree.decoded.append(byte) }
        } else {
            tree.decoded.appendUnescaped(inside)
        }
        let count = tree.source.count + tree.decoded.count - start
        return TextRange(offset: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: count))
    }

    func boolean(_ value: Bool, at offset: Int) -> Node {
        var node = Node(.boolean, at: offset)
        node.type = .boolean
        node.bits = value ? 1 : 0
        return node
    }
}
