/// Turns a JSON text into tokens while it arrives. Chunks may cut it anywhere, within an escape or a UTF-8 sequence
/// too; the tokens are the same however it is cut.
///
/// ```swift
/// var tokenizer = JSONTokenizer()
/// for chunk in chunks {
///     tokenizer.append(chunk)
///     while let token = try tokenizer.next() { … }
/// }
/// tokenizer.finish()
/// while let token = try tokenizer.next() { … }
/// ```
///
/// It holds the last chunk and the cut token before it, nothing else. It checks everything that RFC 8259 asks of a
/// text; that names are unique within an object only ``JSONParser`` checks, as that takes all names in memory.
public struct JSONTokenizer: Sendable {
    private let limits: JSONLimits
    private var scanner: JSONScanner
    private var window: [UInt8] = []
    private var isFinished = false
    private var exceedsLimit = false
    private var failure: JSONError?

    /// Makes a tokenizer for one text.
    public init(limits: JSONLimits = JSONLimits()) {
        self.limits = limits
        scanner = JSONScanner(limits: limits)
    }

    /// How many objects and arrays are open after the last token.
    public var depth: Int { scanner.depth }

    /// Whether the text's value has ended; more than white space after it is still an error.
    public var isComplete: Bool { scanner.hasValue && failure == nil }

    /// How many bytes have been tokenized, white space included: where the next token or the rest of one begins.
    public var offset: Int { scanner.base + scanner.index }

    /// Gives the next bytes of the text. Take all tokens before: bytes of earlier tokens are dropped here.
    public mutating func append(_ chunk: [UInt8]) {
        dropConsumed()
        let room = limits.bytes - scanner.base - window.count
        if chunk.count > room {
            exceedsLimit = true
            window.append(contentsOf: chunk.prefix(max(0, room)))
        } else if window.isEmpty {
            window = chunk
        } else {
            window.append(contentsOf: chunk)
        }
    }

    /// Gives the next bytes of the text, see ``append(_:)-([UInt8])``.
    public mutating func append(_ chunk: UnsafeBufferPointer<UInt8>) {
        dropConsumed()
        let room = limits.bytes - scanner.base - window.count
        exceedsLimit = exceedsLimit || chunk.count > room
        window.append(contentsOf: chunk.prefix(max(0, room)))
    }

    /// Says that the text ends here.
    public mutating func finish() {
        isFinished = true
    }

    /// The next token. Nil: the chunks so far hold no further whole token, or, after ``finish()``, the text is over.
    /// - Throws: a ``JSONError`` with the offending place; the same again on every further call.
    public mutating func next() throws(JSONError) -> JSONToken? {
        if let failure { throw failure }
        do throws(JSONError) {
            // A span of the property itself would count as an access to all of self beside the scanner's.
            let window = window
            if let token = try scanner.next(in: window.span, isLast: isFinished && !exceedsLimit) { return token }
            guard exceedsLimit else { return nil }
            throw JSONError(
                .limit, "a text longer than \(limits.bytes) bytes", at: scanner.position(at: window.count))
        } catch {
            failure = error
            throw error
        }
    }

    /// The bytes of a token as written. Empty when they are gone: a token's bytes stay until the next `append`.
    public func bytes(of token: JSONToken) -> ArraySlice<UInt8> {
        guard let range = windowRange(of: token) else { return [] }
        return window[range]
    }

    /// The content of a name or string, escapes resolved; the text of any other token.
    public func string(of token: JSONToken) -> String {
        guard let range = contentRange(of: token) else { return "" }
        let content = window.span.extracting(range)
        guard token.hasEscapes else {
            return content.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        JSONStringGrammar.decode(content, into: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Whether the content of a name or string, escapes resolved, has the very bytes of `text`.
    public func content(of token: JSONToken, equals text: String) -> Bool {
        guard let range = contentRange(of: token) else { return false }
        guard token.hasEscapes else { return window[range].elementsEqual(text.utf8) }
        return string(of: token).utf8.elementsEqual(text.utf8)
    }

    private mutating func dropConsumed() {
        guard scanner.index > 0 else { return }
        if scanner.index == window.count {
            window.removeAll(keepingCapacity: true)
        } else {
            window.removeFirst(scanner.index)
        }
        scanner.dropConsumed()
    }

    private func windowRange(of token: JSONToken) -> Range<Int>? {
        let start = token.position.offset - scanner.base
        guard start >= 0, start + token.length <= window.count else { return nil }
        return start..<start + token.length
    }

    private func contentRange(of token: JSONToken) -> Range<Int>? {
        guard let range = windowRange(of: token) else { return nil }
        guard token.kind == .name || token.kind == .string else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }
}
