/// Reads requests as a server gets them ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)); anything ambiguous is
/// refused.
///
/// The caller gives what it has read and not yet consumed, calls again with the rest while there are events, and when
/// there is none keeps the unconsumed rest in front of what comes next. `end` may come from an empty input. After
/// `end` the next call begins the next message (pipelining). After an error every call throws that error again.
/// What is found depends on the bytes alone, not on how they are cut into pieces.
public struct HTTP1RequestParser: Sendable {
    private enum State: Sendable {
        case startLine, fields, body
    }

    private let limits: HTTP1Limits
    private var state = State.startLine
    private var skippedEmptyLine = false
    private var scanner = LineScanner()
    private var line: RequestLine?
    private var section = FieldSection()
    private var headBytes = 0
    private var body = BodyDecoder(.none)
    private var failure: HTTP1Error?

    /// A parser that expects the first request.
    public init(limits: HTTP1Limits = .init()) {
        self.limits = limits
    }

    /// Whether nothing of a message has been consumed: a connection can be closed here without cutting one short.
    public var isBetweenMessages: Bool {
        state == .startLine && failure == nil
    }

    /// The next event within the input, if it is there.
    ///
    /// - Throws: 400 for anything malformed or ambiguous, 414, 417, 431, 501 or 505.
    public mutating func next(
        _ input: UnsafeRawBufferPointer
    ) throws(HTTP1Error) -> HTTP1Progress<HTTP1RequestHead> {
        if let failure { throw failure }
        do throws(HTTP1Error) {
            return try advance(input)
        } catch {
            failure = error
            throw error
        }
    }

    @inline(__always)
    private mutating func advance(
        _ input: UnsafeRawBufferPointer
    ) throws(HTTP1Error) -> HTTP1Progress<HTTP1RequestHead> {
        var position = 0
        while true {
            switch state {
            case .startLine:
                guard
                    let found = try scanner.next(
                        in: input, from: position, limit: min(limits.maximumLineBytes, limits.maximumHeaderBytes - 2),
                        tooLong: HTTP1Error(status: 414, detail: "The request line is too long."))
                else { return HTTP1Progress(consumed: position, event: nil) }
                let bytes = input.slice(position..<position + found.length)
                position += found.length + 2
                if found.length == 0 {
                    // Some clients end a body with a line end too many (RFC 9112 §2.2); more than one is noise.
                    guard !skippedEmptyLine else { throw .badRequest("Empty lines stand before the request line.") }
                    skippedEmptyLine = true
                    continue
                }
                line = try RequestLine(bytes)
                headBytes = found.length + 2
                state = .fields
            case .fields:
                guard
                    let found = try scanner.next(
                        in: input, from: position, limit: limits.maximumHeaderBytes - headBytes - 2,
                        tooLong: HTTP1Error(status: 431, detail: "The head is too long."))
                else { return HTTP1Progress(consumed: position, event: nil) }
                let bytes = input.slice(position..<position + found.length)
                position += found.length + 2
                headBytes += found.length + 2
                if found.length == 0 {
                    return HTTP1Progress(consumed: position, event: .head(try finishHead()))
                }
                guard section.fields.count < limits.maximumHeaderCount else {
                    throw HTTP1Error(status: 431, detail: "There are too many header fields.")
                }
                try section.add(bytes, hasHighBytes: found.hasHighBytes)
            case .body:
                switch try body.next(in: input, from: position, limits: limits) {
                case .body(let range):
                    return HTTP1Progress(consumed: range.upperBound, event: .body(range))
                case .needsMore(let end):
                    return HTTP1Progress(consumed: end, event: nil)
                case .end(let end):
                    state = .startLine
                    skippedEmptyLine = false
                    return HTTP1Progress(consumed: end, event: .end)
                }
            }
        }
    }

    private mutating func finishHead() throws(HTTP1Error) -> HTTP1RequestHead {
        guard let line = line.take() else { throw .badRequest("The request has no request line.") }
        let minorVersion = line.minorVersion
        guard section.hasHost || minorVersion == 0 else { throw .badRequest("Host is missing.") }
        let framing = try section.framing(minorVersion: minorVersion)
        guard section.expectation != .unsupported else {
            throw HTTP1Error(status: 417, detail: "The only expectation that is understood is 100-continue.")
        }
        let head = HTTP1RequestHead(
            method: line.method, path: line.path, query: line.query, minorVersion: minorVersion,
            fields: section.fields, framing: framing, keepAlive: section.outlives(minorVersion: minorVersion),
            // HTTP/1.0 has no interim answers, and a client without a body waits for nothing (RFC 9110 §10.1.1).
            expectsContinue: section.expectation == .continuation && minorVersion > 0 && framing.announcesBody)
        section = FieldSection()
        body = BodyDecoder(framing)
        state = .body
        return head
    }
}

extension HTTP1Framing {
    fileprivate var announcesBody: Bool {
        self != .none && self != .length(0)
    }
}
