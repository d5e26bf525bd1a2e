/// Writes JSON text into one array of bytes, without white space. It sets the commas; that names and values alternate
/// in objects, and that what is begun is ended, is up to the caller.
public struct JSONWriter: Sendable {
    /// What is written so far.
    public private(set) var bytes: [UInt8]

    private var needsComma = false

    /// A writer that starts with nothing written.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(max(0, capacity))
    }

    /// Hands over what is written and goes on with an empty array: for texts sent in pieces.
    public mutating func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }

    /// `{`
    public mutating func beginObject() {
        separate()
        bytes.append(ASCII.leftBrace)
        needsComma = false
    }

    /// `}`
    public mutating func endObject() {
        bytes.append(ASCII.rightBrace)
        needsComma = true
    }

    /// `[`
    public mutating func beginArray() {
        separate()
        bytes.append(ASCII.leftBracket)
        needsComma = false
    }

    /// `]`
    public mutating func endArray() {
        bytes.append(ASCII.rightBracket)
        needsComma = true
    }

    /// The name of an object's next member, which its value has to follow.
    public mutating func name(_ name: String) {
        separate()
        appendQuoted(name)
        bytes.append(ASCII.colon)
        needsComma = false
    }

    /// The name of an object's next member, given as JSON: with quotation marks and escapes.
    public mutating func name(raw json: ArraySlice<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        bytes.append(ASCII.colon)
        needsComma = false
    }

    /// A string.
    public mutating func string(_ value: String) {
        separate()
        appendQuoted(value)
    }

    /// An integer.
    public mutating func integer(_ value: Int) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// An integer.
    public mutating func integer(_ value: Int64) {
        integer(Int(value))
    }

    /// An integer.
    public mutating func integer(_ value: UInt64) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// The shortest number that reads back as `value`. JSON has no infinities and no NaN: they become `null`, as
    /// [ECMAScript's JSON.stringify](https://tc39.es/ecma262/#sec-serializejsonproperty) writes them.
    public mutating func double(_ value: Double) {
        separate()
        bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    }

    /// A number as it was read.
    public mutating func number(_ value: JSONNumber) {
        separate()
        bytes.append(contentsOf: value.text.utf8)
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// `null`
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// A value that is JSON already.
    public mutating func raw(_ json: [UInt8]) {
        raw(json[...])
    }

    /// A value that is JSON already, such as the bytes of a token.
    public mutating func raw(_ json: ArraySlice<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// A value with all that is in it.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object): self.object(object)
        }
    }

    /// An object with all that is in it.
    public mutating func object(_ object: JSONObject) {
        beginObject()
        for member in object.members {
            name(member.name)
            value(member.value)
        }
        endObject()
    }

    private mutating func separate() {
        if needsComma { bytes.append(ASCII.comma) }
        needsComma = true
    }

    private mutating func appendQuoted(_ text: String) {
        bytes.append(ASCII.quotationMark)
        let isAppended: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0.span) }
        if isAppended == nil { appendEscaped(Array(text.utf8).span) }
        bytes.append(ASCII.quotationMark)
    }

    private mutating func appendEscaped(_ text: Span<UInt8>) {
        var index = 0
        while index < text.count {
            let next = JSONStringGrammar.endOfPlain(in: text, from: index, to: text.count)
            text.extracting(index..<next).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
            guard next < text.count else { return }
            appendEscape(text[next])
            index = next + 1
        }
    }

    /// Escapes what [RFC 8259, section 7](https://www.rfc-editor.org/rfc/rfc8259#section-7) demands and nothing else.
    private mutating func appendEscape(_ byte: UInt8) {
        let letter: UInt8
        switch byte {
        case ASCII.quotationMark, ASCII.backslash: letter = byte
        case 0x08: letter = 0x62
        case 0x0C: letter = 0x66
        case ASCII.lineFeed: letter = 0x6E
        case ASCII.carriageReturn: letter = 0x72
        case ASCII.tab: letter = 0x74
        case 0..<ASCII.space:
            bytes.append(contentsOf: [ASCII.backslash, ASCII.smallU, ASCII.zero, ASCII.zero])
            bytes.append(ASCII.zero + byte >> 4)
            bytes.append(byte & 0xF < 10 ? ASCII.zero + byte & 0xF : 0x61 + byte & 0xF - 10)
            return
        default:
            bytes.append(byte)
            return
        }
        bytes.append(ASCII.backslash)
        bytes.append(letter)
    }
}

extension JSONValue {
    /// The value as JSON text without white space.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}

extension JSONObject {
    /// The object as JSON text without white space.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.object(self)
        return writer.bytes
    }
}
