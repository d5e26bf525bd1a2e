import JSON

/// Rewrites one resource-spans element, as Tempo gives it, into
/// [OTLP/JSON](https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), token by token: identifiers become
/// hexadecimal, 64-bit integers strings, enumerations numbers, old names of fields today's. Fields that it does not know
/// stay as they are. Or copies it as it came.
struct ResourceSpansRewriter {
    /// What ended the rewriting early; the element must not be used then.
    enum Failure: Error {
        case unexpectedShape(String, at: JSONPosition)
        case tooLarge
    }

    /// An object, or an array of objects, of known fields that is open.
    private struct Frame {
        let message: TraceMessage
        let isArray: Bool
        /// The bits of the fields that were there.
        var seen: UInt32 = 0
        /// The place of the field whose value comes next; nil for one that is not known.
        var field: Int?
    }

    private var writer = JSONWriter()
    private var rope = ByteRope()
    private var frames: [Frame] = []
    /// Containers that are open within a value that is copied as it is.
    private var copiedDepth = 0
    private let maximumBytes: Int

    private let form: ResourceSpansFilter.Form

    /// A rewriter that gives up when there are more bytes than that.
    init(form: ResourceSpansFilter.Form = .otlp, maximumBytes: Int) {
        self.form = form
        self.maximumBytes = maximumBytes
    }

    /// What has been written; complete once the token that ends the element was taken.
    consuming func written() -> ByteRope {
        rope.append(writer.bytes)
        return rope
    }

    /// Takes the element's next token, the one that begins it first.
    mutating func rewrite(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) throws(Failure) {
        if copiedDepth > 0 || form == .asReceived {
            copy(token, tokenizer)
        } else if let last = frames.indices.last {
            switch token.kind {
            case .name: try name(token, tokenizer, in: last)
            case .endObject:
                writer.endObject()
                frames.removeLast()
            case .endArray:
                writer.endArray()
                frames.removeLast()
            default: try value(token, tokenizer, in: last)
            }
        } else {
            try begin(.resourceSpans, isArray: false, token)
        }
        if writer.bytes.count >= ByteRope.pieceBytes { rope.append(writer.take()) }
        guard rope.count + writer.bytes.count <= maximumBytes else { throw .tooLarge }
    }

    // MARK: Members

    private mutating func name(
        _ token: JSONToken, _ tokenizer: borrowing JSONTokenizer, in last: Int
    ) throws(Failure) {
        let written = tokenizer.bytes(of: token)
        let message = frames[last].message
        let field =
            token.hasEscapes
            ? message.field(named: tokenizer.string(of: token).utf8)
            : message.field(named: written.dropFirst().dropLast())
        frames[last].field = field
        guard let field else { return writer.name(raw: written) }
        let bit = TraceMessage.fields[field].bit
        guard frames[last].seen & bit == 0 else {
            throw .unexpectedShape("the field is there twice", at: token.position)
        }
        frames[last].seen |= bit
    }

    private mutating func value(
        _ token: JSONToken, _ tokenizer: borrowing JSONTokenizer, in last: Int
    ) throws(Failure) {
        let frame = frames[last]
        if frame.isArray { return try begin(frame.message, isArray: false, token) }
        guard let field = frame.field else { return copy(token, tokenizer) }
        // Null stands for a field that is not there: https://protobuf.dev/programming-guides/json/
        if token.kind == .null { return }
        writer.name(raw: TraceMessage.fields[field].writtenName[...])
        switch TraceMessage.fields[field].type {
        case .message(let message): try begin(message, isArray: false, token)
        case .messages(let message): try begin(message, isArray: true, token)
        case .identifier(let byteCount, let mayBeEmpty):
            try identifier(token, tokenizer, byteCount: byteCount, mayBeEmpty: mayBeEmpty)
        case .signed64: try integer(token, tokenizer, as: Int64.self)
        case .fixed64: try integer(token, tokenizer, as: UInt64.self)
        case .enumeration(let type): try enumeration(token, tokenizer, type)
        case .string, .bool, .double, .bytes, .unsigned32, .fixed32: copy(token, tokenizer)
        }
    }

    private mutating func begin(_ message: TraceMessage, isArray: Bool, _ token: JSONToken) throws(Failure) {
        if isArray {
            guard token.kind == .beginArray else {
                throw .unexpectedShape("expected an array of objects", at: token.position)
            }
            writer.beginArray()
        } else {
            guard token.kind == .beginObject else { throw .unexpectedShape("expected an object", at: token.position) }
            writer.beginObject()
        }
        frames.append(Frame(message: message, isArray: isArray))
    }

    private mutating func copy(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) {
        switch token.kind {
        case .beginObject:
            writer.beginObject()
            copiedDepth += 1
        case .beginArray:
            writer.beginArray()
            copiedDepth += 1
        case .endObject:
            writer.endObject()
            copiedDepth -= 1
        case .endArray:
            writer.endArray()
            copiedDepth -= 1
        case .name: writer.name(raw: tokenizer.bytes(of: token))
        case .string, .number, .true, .false, .null: writer.raw(tokenizer.bytes(of: token))
        }
    }

    // MARK: Values that the two forms write differently

    /// A string's content, escapes resolved; a number as it is.
    private func content(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) -> ArraySlice<UInt8> {
        if token.hasEscapes { return Array(tokenizer.string(of: token).utf8)[...] }
        let bytes = tokenizer.bytes(of: token)
        return token.kind == .string ? bytes.dropFirst().dropLast() : bytes
    }

    private mutating func identifier(
        _ token: JSONToken, _ tokenizer: borrowing JSONTokenizer, byteCount: Int, mayBeEmpty: Bool
    ) throws(Failure) {
        guard token.kind == .string else { throw .unexpectedShape("expected an identifier", at: token.position) }
        let text = content(token, tokenizer)
        if text.isEmpty, mayBeEmpty { return writeQuoted([]) }
        guard let identifier = IdentifierText.decode(text, byteCount: byteCount) else {
            throw .unexpectedShape(
                "expected an identifier of \(byteCount) bytes, hexadecimal or base64", at: token.position)
        }
        writeQuoted(IdentifierText.hexadecimal(identifier, byteCount: byteCount)[...])
    }

    private mutating func integer<Integer: FixedWidthInteger>(
        _ token: JSONToken, _ tokenizer: borrowing JSONTokenizer, as type: Integer.Type
    ) throws(Failure) {
        if token.kind == .string || token.kind == .number {
            let text = content(token, tokenizer)
            if Self.isPlainInteger(text) { return writeQuoted(text) }
            if let value = Integer(Substring(decoding: text, as: UTF8.self)) {
                return writeQuoted(Array(String(value).utf8)[...])
            }
        }
        throw .unexpectedShape("expected a 64-bit integer", at: token.position)
    }

    /// Whether these are digits only, not too many for 64 bits, and no zero in front.
    private static func isPlainInteger(_ text: ArraySlice<UInt8>) -> Bool {
        (1...18).contains(text.count) && (text.first != UInt8(ascii: "0") || text.count == 1)
            && text.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private mutating func enumeration(
        _ token: JSONToken, _ tokenizer: borrowing JSONTokenizer, _ type: TraceEnumeration
    ) throws(Failure) {
        // Numbers that came after the names were listed are nobody's mistake.
        let number: Int32? =
            switch token.kind {
            case .number: Int32(tokenizer.string(of: token))
            case .string: type.number(of: content(token, tokenizer))
            default: nil
            }
        guard let number else { throw .unexpectedShape("expected \(type.expectation)", at: token.position) }
        writer.integer(Int(number))
    }

    private mutating func writeQuoted(_ ascii: ArraySlice<UInt8>) {
        var quoted: [UInt8] = []
        quoted.reserveCapacity(ascii.count + 2)
        quoted.append(UInt8(ascii: "\""))
        quoted += ascii
        quoted.append(UInt8(ascii: "\""))
        writer.raw(quoted)
    }
}
