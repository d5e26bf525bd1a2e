extension Parser {
    /// A binary operator with what may stand between it and its right side.
    mutating func parseBinaryOperator() throws(PromQLError) {
        let operation = take()
        var frame = Frame(kind: .binary, operation: operation.kind, start: operation.start)
        frame.precedence = operation.kind.precedence
        switch try peek() {
        case .bool, .on, .ignoring, .fill, .fillLeft, .fillRight: try parseMatching(&frame)
        default: break
        }
        if operation.kind == .power { try countLevel(at: operation.start) }
        frames.append(frame)
    }

    private mutating func parseMatching(_ frame: inout Frame) throws(PromQLError) {
        var matching = Matching()
        if try peek() == .bool {
            _ = take()
            frame.flags.insert(.returnsBool)
        }
        switch try peek() {
        case .on, .ignoring:
            matching.isOn = take().kind == .on
            matching.labels = try parseGroupingLabels()
            switch try peek() {
            case .groupLeft, .groupRight:
                matching.cardinality = take().kind == .groupLeft ? .manyToOne : .oneToMany
                let next = try peek()
                if next == .leftParenthesis {
                    matching.included = try parseGroupingLabels()
                } else if !next.startsOperand {
                    throw unexpected(.groupingStart)
                }
            default: break
            }
        default: break
        }
        switch try peek() {
        case .fill:
            _ = take()
            matching.fill = .both
            matching.fillLeft = try parseFillValue()
        case .fillLeft:
            _ = take()
            matching.fill = .left
            matching.fillLeft = try parseFillValue()
            if try peek() == .fillRight {
                _ = take()
                matching.fill = .leftAndRight
                matching.fillRight = try parseFillValue()
            }
        case .fillRight:
            _ = take()
            matching.fill = .right
            matching.fillRight = try parseFillValue()
            if try peek() == .fillLeft {
                _ = take()
                matching.fill = .leftAndRight
                matching.fillLeft = try parseFillValue()
            }
        default: break
        }
        if !matching.isDefault {
            frame.index = tree.matchings.count
            tree.matchings.append(matching)
        }
    }

    private mutating func parseFillValue() throws(PromQLError) -> Double {
        _ = try expect(.leftParenthesis)
        let value = try parseSignedNumber()
        _ = try expect(.rightParenthesis)
        return value
    }

    /// A number or duration with or without a sign.
    private mutating func parseSignedNumber(_ context: ErrorContext? = nil) throws(PromQLError) -> Double {
        var isNegative = false
        switch try peek() {
        case .add, .subtract: isNegative = take().kind == .subtract
        default: break
        }
        switch try peek() {
        case .number, .duration:
            let value = try literalValue(take())
            return isNegative && !value.isNaN ? -value : value
        default:
            throw unexpected(context)
        }
    }

    /// A number's value, or a duration's in seconds.
    func literalValue(_ token: Token) throws(PromQLError) -> Double {
        let text = UnsafeBufferPointer(rebasing: lexer.source[token.start..<token.end])
        if token.kind == .duration {
            do {
                return seconds(ofNanoseconds: try parseDuration(text))
            } catch {
                throw lexer.failure(error.message, at: token.start)
            }
        }
        do {
            return try parseNumber(text)
        } catch {
            let reason = error.rawValue
            throw lexer.failure(
                "error parsing number: strconv.ParseFloat: parsing \(quoted(text)): \(reason)", at: token.start)
        }
    }

    // MARK: Modifiers

    /// The node that carries a selector's modifiers: for a matrix selector the vector selector in it.
    private func modifiedSelector(_ index: Int32) -> Int? {
        let node = tree.nodes[Int(index)]
        switch node.kind {
        case .vectorSelector, .subquery: return Int(index)
        case .matrixSelector: return Int(node.first)
        case .number, .string, .aggregation, .binary, .call, .parenthesized, .sign: return nil
        }
    }

    /// The place of a selector's modifiers, which are made if there are none.
    private mutating func modifiersIndex(_ selector: Int) -> Int {
        let node = tree.nodes[selector]
        if node.kind == .subquery { return Int(node.second) }
        if node.selectorModifiers == Node.none {
            tree.nodes[selector].selectorModifiers = Int32(truncatingIfNeeded: tree.modifiers.count)
            tree.modifiers.append(Modifiers())
        }
        return Int(tree.nodes[selector].selectorModifiers)
    }

    mutating func parseOffset() throws(PromQLError) {
        _ = take()
        let outer = context
        context = .offset
        let offset = try parseOffsetDuration()
        context = outer
        let operand = operands[operands.count - 1]
        let start = Int(tree.nodes[Int(operand)].start)
        var nanoseconds: Int64 = 0
        if offset.node == Node.none {
            guard let value = nanosecondsOf(seconds: offset.value) else {
                throw lexer.failure("duration out of range", at: offset.start)
            }
            nanoseconds = value
        }
        guard let selector = modifiedSelector(operand) else {
            throw lexer.failure(
                "offset modifier must be preceded by an instant vector selector or range vector selector or a "
                    + "subquery", at: start)
        }
        let index = modifiersIndex(selector)
        guard tree.modifiers[index].offset == 0, tree.modifiers[index].offsetExpression == Node.none else {
            throw lexer.failure("offset may not be set multiple times", at: start)
        }
        tree.modifiers[index].offset = nanoseconds
        tree.modifiers[index].offsetExpression = offset.node
        tree.nodes[Int(operand)].end = Int32(truncatingIfNeeded: offset.end)
    }

    mutating func parseAt() throws(PromQLError) {
        _ = take()
        let outer = context
        context = .at
        var at = Modifiers.At.timestamp
        var timestamp: Int64 = 0
        let operand = operands[operands.count - 1]
        let start = Int(tree.nodes[Int(operand)].start)
        switch try peek() {
        case .startWord, .endWord:
            at = take().kind == .startWord ? .start : .end
            _ = try expect(.leftParenthesis)
            _ = try expect(.rightParenthesis)
        default:
            let seconds = try parseSignedNumber()
            guard abs(seconds) < 0x1p63 else {
                let text = fixedPointText(seconds)
                throw lexer.failure("timestamp out of bounds for @ modifier: " + text, at: start)
            }
            // Go's conversion of what does not fit in 64 bits gives the least number there is.
            timestamp = roundedAwayFromZero(seconds * 1000) ?? .min
        }
        context = outer
        let end = token.end
        guard let selector = modifiedSelector(operand) else {
            throw lexer.failure(
                "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery",
                at: start)
        }
        let index = modifiersIndex(selector)
        guard tree.modifiers[index].at == .none else {
            throw lexer.failure("@ <timestamp> may not be set multiple times", at: start)
        }
        tree.modifiers[index].at = at
        tree.modifiers[index].timestamp = timestamp
        tree.nodes[Int(operand)].end = Int32(truncatingIfNeeded: end)
    }

    /// `anchored` or `smoothed`.
    mutating func parseExtension() throws(PromQLError) {
        let word = take()
        let operand = operands[operands.count - 1]
        let node = tree.nodes[Int(operand)]
        let name = word.kind.text
        guard let selector = modifiedSelector(operand) else {
            throw lexer.failure("\(name) modifier not implemented", at: Int(node.start))
        }
        if node.kind == .subquery {
            throw lexer.failure("\(name) modifier is not supported for subqueries", at: Int(node.start))
        }
        tree.nodes[selector].flags.insert(word.kind == .anchored ? .anchored : .smoothed)
        if tree.nodes[selector].flags.isSuperset(of: [.anchored, .smoothed]) {
            throw lexer.failure("anchored and smoothed modifiers cannot be used together", at: Int(node.start))
        }
    }

    /// `[range]` or `[range:step]`.
    mutating func parseRange() throws(PromQLError) {
        let bracket = take()
        let outer = context
        context = .range
        let range = try parsePositiveDuration()
        switch try peek() {
        case .rightBracket:
            let end = take().end
            context = outer
            try finishMatrixSelector(range, bracket: bracket.start, end: end)
        case .colon:
            _ = take()
            var step: DurationOperand?
            if try peek() != .rightBracket {
                context = .step
                step = try parsePositiveDuration()
            }
            let end = try expect(.rightBracket, step == nil ? .step : .stepEnd).end
            context = outer
            try finishSubquery(range, step: step, end: end)
        default:
            throw unexpected(.rangeEnd)
        }
    }

    private mutating func finishMatrixSelector(
        _ range: DurationOperand, bracket: Int, end: Int
    ) throws(PromQLError) {
        let operand = operands.removeLast()
        let selector = tree.nodes[Int(operand)]
        guard selector.kind == .vectorSelector else {
            throw lexer.failure("ranges only allowed for vector selectors", at: bracket)
        }
        if selector.selectorModifiers != Node.none {
            let modifiers = tree.modifiers[Int(selector.selectorModifiers)]
            if modifiers.offset != 0 {
                throw lexer.failure("no offset modifiers allowed before range", at: bracket)
            }
            if modifiers.at == .timestamp {
                throw lexer.failure("no @ modifiers allowed before range", at: bracket)
            }
        }
        var node = Node(.matrixSelector, .matrix, start: Int(selector.start), end: end)
        node.first = operand
        node.third = range.node
        node.range = try nanoseconds(of: range)
        push(node)
    }

    private mutating func finishSubquery(
        _ range: DurationOperand, step: DurationOperand?, end: Int
    ) throws(PromQLError) {
        let operand = operands.removeLast()
        var node = Node(.subquery, .matrix, start: Int(tree.nodes[Int(operand)].start), end: end)
        node.first = operand
        node.second = Int32(truncatingIfNeeded: tree.modifiers.count)
        node.third = range.node
        node.range = try nanoseconds(of: range)
        var modifiers = Modifiers()
        if let step {
            modifiers.stepExpression = step.node
            modifiers.step = try nanoseconds(of: step)
        }
        tree.modifiers.append(modifiers)
        push(node)
    }

    /// A literal's nanoseconds; 0 for an expression.
    private func nanoseconds(of duration: DurationOperand) throws(PromQLError) -> Int64 {
        guard duration.node == Node.none else { return 0 }
        guard let value = nanosecondsOf(seconds: duration.value) else {
            throw lexer.failure("duration out of range", at: duration.start)
        }
        return value
    }
}
