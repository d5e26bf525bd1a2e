/// Reads answers as a client gets them ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)); an answer whose framing
/// is ambiguous is not trusted.
///
/// It is driven like the parser of requests, with `expect` before each answer and `finish` when the peer has closed.
/// Interim answers (1xx) are skipped. Errors have the status 502.
public struct HTTP1ResponseParser: Sendable {
    private enum State: Sendable {
        case startLine, fields, body
    }

    private enum Expectation: Sendable {
        case nothing, answer, answerWithoutBody
    }

    /// A peer that sends interim answers without end is cut off.
    private static let maximumInterimAnswers = 16

    private let limits: HTTP1Limits
    private var state = State.startLine
    private var expectation = Expectation.nothing
    private var hasPartialLine = false
    private var interimAnswers = 0
    private var scanner = LineScanner()
    private var line: StatusLine?
    private var section = FieldSection()
    private var headBytes = 0
    private var body = BodyDecoder(.none)
    private var failure: HTTP1Error?

    /// A parser that has no answer to expect yet.
    public init(limits: HTTP1Limits = .init()) {
        self.limits = limits
    }

    /// Says that a request was sent and with which method. Called before each answer's first byte is parsed.
    public mutating func expect(responseTo method: String) {
        expectation = method.utf8.elementsEqual("HEAD".utf8) ? .answerWithoutBody : .answer
    }

    /// Whether nothing of an answer has been consumed or seen: the connection may be closed or used again.
    public var isBetweenMessages: Bool {
        state == .startLine && !hasPartialLine && interimAnswers == 0 && failure == nil
    }

    /// The next event within the input, if it is there.
    ///
    /// - Throws: 502 for anything malformed or ambiguous, too long a head, and bytes that no request asked for.
    public mutating func next(
        _ input: UnsafeRawBufferPointer
    ) throws(HTTP1Error) -> HTTP1Progress<HTTP1ResponseHead> {
        if let failure { throw failure }
        do throws(HTTP1Error) {
            return try advance(input)
        } catch {
            throw fail(error.detail)
        }
    }

    /// What the close of the connection by the peer means: `end` for a body that ends so, `nil` between answers.
    ///
    /// - Throws: 502 if the answer was cut.
    public mutating func finish() throws(HTTP1Error) -> HTTP1Event<HTTP1ResponseHead>? {
        if let failure { throw failure }
        if isBetweenMessages { return nil }
        guard state == .body, body.endsWithConnection else {
            throw fail("The connection was closed within the answer.")
        }
        reset()
        return .end
    }

    private mutating func fail(_ detail: String) -> HTTP1Error {
        let error = HTTP1Error.badAnswer(detail)
        failure = error
        return error
    }

    private mutating func reset() {
        state = .startLine
        expectation = .nothing
        interimAnswers = 0
    }

    @inline(__always)
    private mutating func advance(
        _ input: UnsafeRawBufferPointer
    ) throws(HTTP1Error) -> HTTP1Progress<HTTP1ResponseHead> {
        var position = 0
        while true {
            switch state {
            case .startLine:
                guard expectation != .nothing || input.count == position else {
                    throw .badAnswer("Bytes came that no request asked for.")
                }
                guard
                    let found = try scanner.next(
                        in: input, from: position, limit: min(limits.maximumLineBytes, limits.maximumHeaderBytes - 2),
                        tooLong: .badAnswer("The status line is too long."))
                else {
                    hasPartialLine = input.count > position
                    return HTTP1Progress(consumed: position, event: nil)
                }
                hasPartialLine = false
                line = try StatusLine(input.slice(position..<position + found.length))
                position += found.length + 2
                headBytes = found.length + 2
                state = .fields
            case .fields:
                guard
                    let found = try scanner.next(
                        in: input, from: position, limit: limits.maximumHeaderBytes - headBytes - 2,
                        tooLong: .badAnswer("The answer's head is too long."))
                else { return HTTP1Progress(consumed: position, event: nil) }
                let bytes = input.slice(position..<position + found.length)
                position += found.length + 2
                headBytes += found.length + 2
                if found.length == 0 {
                    guard let head = try finishHead() else { continue }
                    return HTTP1Progress(consumed: position, event: .head(head))
                }
                guard section.fields.count < limits.maximumHeaderCount else {
                    throw .badAnswer("The answer has too many header fields.")
                }
                try section.add(bytes, hasHighBytes: found.hasHighBytes)
            case .body:
                switch try body.next(in: input, from: position, limits: limits) {
                case .body(let range):
                    return HTTP1Progress(consumed: range.upperBound, event: .body(range))
                case .needsMore(let end):
                    return HTTP1Progress(consumed: end, event: nil)
                case .end(let end):
                    reset()
                    return HTTP1Progress(consumed: end, event: .end)
                }
            }
        }
    }

    /// The head, or `nil` after an interim answer.
    private mutating func finishHead() throws(HTTP1Error) -> HTTP1ResponseHead? {
        guard let line else { throw .badAnswer("The answer has no status line.") }
        defer {
            self.line = nil
            section = FieldSection()
        }
        if line.status < 200 {
            guard line.status != 101 else { throw .badAnswer("The peer switched protocols unasked.") }
            interimAnswers += 1
            guard interimAnswers <= Self.maximumInterimAnswers else {
                throw .badAnswer("The peer sent too many interim answers.")
            }
            state = .startLine
            return nil
        }
        var framing = try section.framing(minorVersion: line.minorVersion)
        if line.status == 204 || line.status == 304 || expectation == .answerWithoutBody {
            framing = .none
        } else if framing == .none {
            framing = .untilClose
        }
        body = BodyDecoder(framing)
        state = .body
        return HTTP1ResponseHead(
            status: line.status, minorVersion: line.minorVersion, fields: section.fields, framing: framing,
            keepAlive: framing != .untilClose && section.outlives(minorVersion: line.minorVersion))
    }
}
