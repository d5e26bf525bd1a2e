import CYAML

/// The events of libyaml's parser as Swift values. The only place that touches libyaml's structures.
struct YAMLEvents: ~Copyable {
    struct Mark {
        /// 0-based, in Unicode scalars.
        var line: Int
        var column: Int
    }

    enum Kind {
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(text: String, plain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
        case other
    }

    struct Event {
        var kind: Kind
        var mark: Mark
        var anchor: String?
        var tag: String?
    }

    /// What libyaml says about broken input: a mark, or an offset in bytes for characters it cannot read.
    struct SyntaxError: Error {
        var message: String
        var mark: Mark?
        var offset: Int?
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    // libyaml reads from this copy as events are asked for, so it has to stay where it is.
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// Throws when libyaml finds no memory.
    init(_ bytes: ArraySlice<UInt8>) throws(SyntaxError) {
        parser = .allocate(capacity: 1)
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.initialize(from: bytes)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            input.deallocate()
            throw SyntaxError(message: "no memory for the YAML parser")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event. After `streamEnd` or an error there is nothing more to ask for.
    mutating func next() throws(SyntaxError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
        defer { yaml_event_delete(&event) }
        let mark = Mark(line: event.start_mark.line, column: event.start_mark.column)
        switch event.type {
        case YAML_STREAM_END_EVENT: return Event(kind: .streamEnd, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, mark: mark)
        case YAML_ALIAS_EVENT: return Event(kind: .alias(string(event.data.alias.anchor) ?? ""), mark: mark)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return Event(
                kind: .scalar(
                    text: String(decoding: bytes, as: UTF8.self), plain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
                mark: mark, anchor: string(scalar.anchor), tag: string(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Event(kind: .sequenceStart, mark: mark, anchor: string(start.anchor), tag: string(start.tag))
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, mark: mark)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Event(kind: .mappingStart, mark: mark, anchor: string(start.anchor), tag: string(start.tag))
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, mark: mark)
        default: return Event(kind: .other, mark: mark)
        }
    }

    private func string(_ bytes: UnsafePointer<yaml_char_t>?) -> String? {
        bytes.map { String(decodingCString: $0, as: UTF8.self) }
    }

    private func syntaxError() -> SyntaxError {
        var message = parser.pointee.problem.map { String(cString: $0) } ?? "the YAML parser failed"
        if let context = parser.pointee.context { message += " (\(String(cString: context)))" }
        if parser.pointee.error == YAML_READER_ERROR {
            return SyntaxError(message: message, offset: parser.pointee.problem_offset)
        }
        let mark = parser.pointee.problem_mark
        return SyntaxError(message: message, mark: Mark(line: mark.line, column: mark.column))
    }
}
