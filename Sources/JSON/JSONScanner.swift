/// Finds tokens in a window of a JSON text and checks their order, [RFC 8259, section
/// 2](https://www.rfc-editor.org/rfc/rfc8259#section-2). It survives the end of the window anywhere: a token that is
/// cut is resumed, not scanned again, when the window has grown.
struct JSONScanner: Sendable {
    private enum Expectation {
        case value, firstElementOrEnd, firstNameOrEnd, name, colon, commaOrEnd, end
    }

    private enum Container {
        case object, array
    }

    /// What is known of a token whose end is not in the window yet.
    private struct Partial {
        var scanned = 0
        var hasEscapes = false
        var continuationBytes = 0
        var number = JSONNumberGrammar()
    }

    /// The index in the window of the first byte that belongs to no reported token.
    private(set) var index = 0

    /// The offset of the window in the whole text.
    private(set) var base = 0

    private let limits: JSONLimits
    private var line = 1
    private var lineStart = 0
    /// Bytes of the line that begin no scalar, so that columns count scalars.
    private var continuationBytes = 0
    private var expectation = Expectation.value
    private var containers: [Container] = []
    private var members = 0
    private var partial = Partial()

    init(limits: JSONLimits) {
        self.limits = limits
    }

    /// Objects and arrays that are open.
    var depth: Int { containers.count }

    /// Whether the one value of the text has ended.
    var hasValue: Bool { expectation == .end }

    /// Says that the window's bytes before ``index`` are gone.
    mutating func dropConsumed() {
        base += index
        index = 0
    }

    /// The next token, or nil where the window ends before it does. `isLast`: nothing comes after the window.
    mutating func next(in window: Span<UInt8>, isLast: Bool) throws(JSONError) -> JSONToken? {
        while true {
            skipWhitespace(in: window)
            guard index < window.count else {
                if isLast, expectation != .end { throw unexpectedEnd(in: window) }
                return nil
            }
            let byte = window[index]
            switch expectation {
            case .value:
                return try value(in: window, isLast: isLast)
            case .firstElementOrEnd:
                if byte == ASCII.rightBracket { return close() }
                try countMember()
                expectation = .value
            case .firstNameOrEnd:
                if byte == ASCII.rightBrace { return close() }
                try countMember()
                expectation = .name
            case .name:
                guard byte == ASCII.quotationMark else { throw unexpected(byte) }
                return try string(.name, in: window, isLast: isLast)
            case .colon:
                guard byte == ASCII.colon else { throw unexpected(byte) }
                index += 1
                expectation = .value
            case .commaOrEnd:
                let container = containers.last
                if byte == (container == .object ? ASCII.rightBrace : ASCII.rightBracket) { return close() }
                guard byte == ASCII.comma else { throw unexpected(byte) }
                index += 1
                try countMember()
                expectation = container == .object ? .name : .value
            case .end:
                throw unexpected(byte)
            }
        }
    }

    /// Where the byte at `index` of the window stands.
    func position(at index: Int, continuationBytes extra: Int = 0) -> JSONPosition {
        let offset = base + index
        return JSONPosition(
            offset: offset, line: line, column: max(1, offset - lineStart - continuationBytes - extra + 1))
    }

    // MARK: Values

    private mutating func value(in window: Span<UInt8>, isLast: Bool) throws(JSONError) -> JSONToken? {
        let byte = window[index]
        switch byte {
        case ASCII.leftBrace: return try open(.object, .beginObject, then: .firstNameOrEnd)
        case ASCII.leftBracket: return try open(.array, .beginArray, then: .firstElementOrEnd)
        case ASCII.quotationMark: return try string(.string, in: window, isLast: isLast)
        case ASCII.minus, ASCII.zero...ASCII.nine: return try number(in: window, isLast: isLast)
        case ASCII.smallT: return try literal("true", .true, in: window, isLast: isLast)
        case ASCII.smallF: return try literal("false", .false, in: window, isLast: isLast)
        case ASCII.smallN: return try literal("null", .null, in: window, isLast: isLast)
        default: throw unexpected(byte)
        }
    }

    private mutating func open(
        _ container: Container, _ kind: JSONToken.Kind, then next: Expectation
    ) throws(JSONError) -> JSONToken {
        guard containers.count < limits.depth else {
            throw JSONError(.limit, "nested deeper than \(limits.depth) levels", at: position(at: index))
        }
        let token = JSONToken(kind, at: position(at: index), length: 1)
        containers.append(container)
        index += 1
        expectation = next
        return token
    }

    private mutating func close() -> JSONToken {
        let kind: JSONToken.Kind = containers.popLast() == .object ? .endObject : .endArray
        let token = JSONToken(kind, at: position(at: index), length: 1)
        index += 1
        expectation = containers.isEmpty ? .end : .commaOrEnd
        return token
    }

    private mutating func finish(_ kind: JSONToken.Kind, length: Int, hasEscapes: Bool = false) -> JSONToken {
        let token = JSONToken(kind, at: position(at: index), length: length, hasEscapes: hasEscapes)
        index += length
        partial = Partial()
        if kind == .name {
            expectation = .colon
        } else {
            expectation = containers.isEmpty ? .end : .commaOrEnd
        }
        return token
    }

    private mutating func literal(
        _ text: StaticString, _ kind: JSONToken.Kind, in window: Span<UInt8>, isLast: Bool
    ) throws(JSONError) -> JSONToken? {
        for offset in 0..<text.utf8CodeUnitCount {
            guard index + offset < window.count else {
                if isLast { throw unexpectedEnd(in: window) }
                return nil
            }
            guard window[index + offset] == text.utf8Start[offset] else {
                throw JSONError(.syntax, "expected '\(text)'", at: position(at: index))
            }
        }
        return finish(kind, length: text.utf8CodeUnitCount)
    }

    private mutating func number(in window: Span<UInt8>, isLast: Bool) throws(JSONError) -> JSONToken? {
        var length = partial.scanned
        while index + length < window.count {
            let byte = window[index + length]
            guard partial.number.accept(byte) else {
                guard partial.number.isComplete else {
                    throw JSONError(
                        .syntax, "expected a digit, found \(ASCII.describe(byte))", at: position(at: index + length))
                }
                return finish(.number, length: length)
            }
            length += 1
            guard length <= limits.tokenBytes else { throw tooLong() }
        }
        guard isLast else {
            partial.scanned = length
            return nil
        }
        guard partial.number.isComplete else { throw unexpectedEnd(in: window) }
        return finish(.number, length: length)
    }

    private mutating func string(
        _ kind: JSONToken.Kind, in window: Span<UInt8>, isLast: Bool
    ) throws(JSONError) -> JSONToken? {
        // Bytes beyond the limit are not looked at, so that the verdict is the same however the text is cut.
        let end = limits.tokenBytes < window.count - index ? index + limits.tokenBytes : window.count
        var cursor = index + max(1, partial.scanned)
        do throws(JSONStringGrammar.Failure) {
            scan: while true {
                cursor = JSONStringGrammar.endOfPlain(in: window, from: cursor, to: end)
                guard cursor < end else { break }
                let byte = window[cursor]
                switch byte {
                case ASCII.quotationMark:
                    let extra = partial.continuationBytes
                    let token = finish(kind, length: cursor + 1 - index, hasEscapes: partial.hasEscapes)
                    continuationBytes += extra
                    return token
                case ASCII.backslash:
                    guard let next = try JSONStringGrammar.endOfEscape(in: window, from: cursor, to: end) else {
                        break scan
                    }
                    partial.hasEscapes = true
                    cursor = next
                case 0..<ASCII.space:
                    throw JSONStringGrammar.Failure(
                        message: "a control character, \(ASCII.describe(byte)), must be escaped", index: cursor)
                default:
                    guard let next = try JSONStringGrammar.endOfSequence(in: window, from: cursor, to: end) else {
                        break scan
                    }
                    partial.continuationBytes += next - cursor - 1
                    cursor = next
                }
            }
        } catch {
            throw JSONError(
                .syntax, error.message,
                at: position(at: error.index, continuationBytes: partial.continuationBytes))
        }
        if window.count - index >= limits.tokenBytes { throw tooLong() }
        if isLast { throw JSONError(.syntax, "the string is not closed", at: position(at: index)) }
        partial.scanned = cursor - index
        return nil
    }

    // MARK: White space, counts and errors

    private mutating func skipWhitespace(in window: Span<UInt8>) {
        while index < window.count {
            switch window[index] {
            case ASCII.space, ASCII.tab, ASCII.carriageReturn:
                index += 1
            case ASCII.lineFeed:
                index += 1
                line += 1
                lineStart = base + index
                continuationBytes = 0
            default:
                return
            }
        }
    }

    private mutating func countMember() throws(JSONError) {
        members += 1
        guard members <= limits.members else {
            throw JSONError(
                .limit, "more than \(limits.members) members and elements", at: position(at: index))
        }
    }

    private func tooLong() -> JSONError {
        JSONError(.limit, "a value longer than \(limits.tokenBytes) bytes", at: position(at: index))
    }

    private func unexpectedEnd(in window: Span<UInt8>) -> JSONError {
        JSONError(.syntax, "the text ends early, expected \(expected)", at: position(at: window.count))
    }

    private func unexpected(_ byte: UInt8) -> JSONError {
        if base + index == 0, byte == 0xEF {
            return JSONError(.syntax, "JSON begins with no byte order mark", at: position(at: index))
        }
        return JSONError(.syntax, "expected \(expected), found \(ASCII.describe(byte))", at: position(at: index))
    }

    private var expected: String {
        switch expectation {
        case .value: "a value"
        case .firstElementOrEnd: "a value or ']'"
        case .firstNameOrEnd: "a member name or '}'"
        case .name: "a member name"
        case .colon: "':'"
        case .commaOrEnd: containers.last == .object ? "',' or '}'" : "',' or ']'"
        case .end: "the end of the text"
        }
    }
}
