// Filters and the other stages of pipelines.

extension Parser {
    /// `{ }` or `{ expression }`.
    mutating func parseFilter() throws(TraceQLError) -> Int32 {
        let brace = take()
        try countOperand(at: brace.start)
        var node = Node(.filter, at: brace.start)
        if try peek() == .rightBrace {
            var always = Node(.boolean, at: brace.start)
            always.type = .boolean
            always.bits = 1
            node.first = push(always)
        } else {
            node.first = try parseField(until: .rightBrace)
            let expression = tree.node(node.first)
            if !expression.flags.contains(.isInvalid), expression.type != .attribute, expression.type != .boolean {
                refuse(
                    "span filter field expressions must resolve to a boolean: { \(described(node.first)) }",
                    at: Int(expression.start))
            }
        }
        _ = try expect(.rightBrace)
        return push(node)
    }

    /// `count()`, or `max`, `min`, `avg` or `sum` of an expression.
    mutating func parseAggregate() throws(TraceQLError) -> Int32 {
        let word = take()
        try countOperand(at: word.start)
        var node = Node(.aggregate, at: word.start)
        node.operation = word.kind
        _ = try expect(.leftParenthesis)
        if word.kind != .count {
            node.first = try parseField(until: .rightParenthesis)
            let expression = tree.node(node.first)
            if !expression.flags.contains(.isInvalid) {
                let text = "\(word.kind.text)(\(described(node.first)))"
                if expression.type != .attribute, !expression.type.isNumeric {
                    refuse(
                        "aggregate field expressions must resolve to a number type: \(text)",
                        at: Int(expression.start))
                } else if !expression.flags.contains(.referencesSpan) {
                    refuse("aggregate field expressions must reference the span: \(text)", at: Int(expression.start))
                }
            }
        }
        _ = try expect(.rightParenthesis)
        return push(node)
    }

    /// `by(expression)`.
    mutating func parseGroup() throws(TraceQLError) -> Int32 {
        let word = take()
        _ = try expect(.leftParenthesis)
        var node = Node(.group, at: word.start)
        node.first = try parseField(until: .rightParenthesis)
        if !tree.node(node.first).flags.contains(.referencesSpan) {
            refuse(
                "grouping field expressions must reference the span: by(\(described(node.first)))",
                at: Int(tree.node(node.first).start))
        }
        _ = try expect(.rightParenthesis)
        return push(node)
    }

    /// `select(attribute, …)`.
    mutating func parseSelect() throws(TraceQLError) -> Int32 {
        let word = take()
        _ = try expect(.leftParenthesis)
        var node = Node(.select, at: word.start)
        node.list = try parseAttributes(areChecked: true)
        _ = try expect(.rightParenthesis)
        return push(node)
    }

    /// Attributes between commas. Tempo does not check those of metrics.
    mutating func parseAttributes(areChecked: Bool) throws(TraceQLError) -> Range<Int> {
        var attributes = [try parseAttribute(isChecked: areChecked)]
        while try peek() == .comma {
            _ = take()
            attributes.append(try parseAttribute(isChecked: areChecked))
        }
        let start = tree.lists.count
        tree.lists.append(contentsOf: attributes)
        return start..<tree.lists.count
    }

    mutating func parseAttribute(isChecked: Bool) throws(TraceQLError) -> Int32 {
        let kind = try peek()
        if kind == .attribute { return try attribute(take(), isChecked: isChecked) }
        guard let intrinsic = try parseIntrinsic(kind) else {
            throw kind == .identifier ? unknownIdentifier() : unexpected()
        }
        return try self.intrinsic(intrinsic.value, at: intrinsic.start, isChecked: isChecked)
    }

    /// The node of an attribute.
    mutating func attribute(_ token: Token, isChecked: Bool) throws(TraceQLError) -> Int32 {
        try countOperand(at: token.start)
        var node = Node(.attribute, at: token.start)
        node.flags = token.isParent ? [.referencesSpan, .isParent] : .referencesSpan
        node.scope = token.scope
        let range = token.nameStart..<token.end
        if token.needsDecoding {
            let start = tree.source.count + tree.decoded.count
            tree.decoded.appendUnquotedName(UnsafeBufferPointer(rebasing: lexer.source[range]))
            let count = tree.source.count + tree.decoded.count - start
            node.text = TextRange(offset: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: count))
        } else {
            node.text = TextRange(
                offset: Int32(truncatingIfNeeded: range.lowerBound), count: Int32(truncatingIfNeeded: range.count))
        }
        if token.isParent, isChecked {
            refuse("parent not yet supported", at: token.start)
            node.flags.insert(.isInvalid)
        }
        return push(node)
    }

    /// The node of an intrinsic.
    mutating func intrinsic(
        _ intrinsic: TraceQLIntrinsic, at offset: Int, isChecked: Bool
    ) throws(TraceQLError) -> Int32 {
        try countOperand(at: offset)
        var node = Node(.intrinsic, at: offset)
        node.flags = .referencesSpan
        node.bits = UInt64(intrinsic.index)
        node.type = TraceQLIntrinsic.table[intrinsic.index].type
        if intrinsic == .parent, isChecked {
            refuse("intrinsic (parent) not yet supported", at: offset)
            node.flags.insert(.isInvalid)
        }
        return push(node)
    }

    /// An intrinsic with or without its scope, if one stands here; what follows a scope must be one.
    mutating func parseIntrinsic(
        _ kind: TokenKind
    ) throws(TraceQLError) -> (value: TraceQLIntrinsic, start: Int)? {
        let start = token.start
        if let intrinsic = TraceQLIntrinsic(unscoped: kind) {
            _ = take()
            return (intrinsic, start)
        }
        switch kind {
        case .traceColon, .spanColon, .eventColon, .linkColon, .instrumentationColon: break
        default: return nil
        }
        _ = take()
        guard let intrinsic = TraceQLIntrinsic(scope: kind, word: try peek()) else {
            throw unexpected(expecting: TraceQLIntrinsic.expectation(after: kind))
        }
        _ = take()
        return (intrinsic, start)
    }
}

extension TraceQLIntrinsic {
    fileprivate init?(unscoped kind: TokenKind) {
        switch kind {
        case .durationWord: self = .duration
        case .name: self = .name
        case .status: self = .status
        case .statusMessage: self = .statusMessage
        case .kind: self = .kind
        case .parent: self = .parent
        case .rootName: self = .rootName
        case .rootServiceName: self = .rootServiceName
        case .traceDuration: self = .traceDuration
        case .nestedSetLeft: self = .nestedSetLeft
        case .nestedSetRight: self = .nestedSetRight
        case .nestedSetParent: self = .nestedSetParent
        default: return nil
        }
    }

    fileprivate init?(scope: TokenKind, word: TokenKind) {
        switch (scope, word) {
        case (.traceColon, .durationWord): self = .traceDuration
        case (.traceColon, .rootName): self = .rootName
        case (.traceColon, .rootService): self = .rootServiceName
        case (.traceColon, .id): self = .traceID
        case (.spanColon, .durationWord): self = .duration
        case (.spanColon, .name): self = .name
        case (.spanColon, .kind): self = .kind
        case (.spanColon, .status): self = .status
        case (.spanColon, .statusMessage): self = .statusMessage
        case (.spanColon, .id): self = .spanID
        case (.spanColon, .parentID): self = .parentID
        case (.spanColon, .childCount): self = .childCount
        case (.eventColon, .name): self = .eventName
        case (.eventColon, .timeSinceStart): self = .eventTimeSinceStart
        case (.linkColon, .traceID): self = .linkTraceID
        case (.linkColon, .spanID): self = .linkSpanID
        case (.instrumentationColon, .name): self = .instrumentationName
        case (.instrumentationColon, .version): self = .instrumentationVersion
        default: return nil
        }
    }

    fileprivate static func expectation(after scope: TokenKind) -> String? {
        switch scope {
        case .traceColon: "duration or rootName or rootService or id"
        case .eventColon: "name or timeSinceStart"
        case .linkColon: "traceID or spanID"
        case .instrumentationColon: "name or version"
        default: nil
        }
    }
}
