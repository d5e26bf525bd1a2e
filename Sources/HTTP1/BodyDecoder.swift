/// Finds the pieces and the end of a body ([RFC 9112 §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).
struct BodyDecoder: Sendable {
    private enum State: Sendable {
        case remaining(Int)
        case chunkSize
        case chunkData(Int)
        case chunkEnd
        case trailers
        case untilClose
    }

    /// What one look at the input gave. Offsets count from the input's first byte.
    enum Step {
        case body(Range<Int>)
        case end(at: Int)
        case needsMore(at: Int)
    }

    private var state: State
    private var scanner = LineScanner()
    private var trailerBytes = 0
    private var trailerCount = 0

    /// A decoder for a body that ends as the framing says.
    init(_ framing: HTTP1Framing) {
        switch framing {
        case .none: state = .remaining(0)
        case .length(let length): state = .remaining(length)
        case .chunked: state = .chunkSize
        case .untilClose: state = .untilClose
        }
    }

    /// Whether a close of the connection is this body's proper end.
    var endsWithConnection: Bool {
        switch state {
        case .untilClose, .remaining(0): true
        default: false
        }
    }

    /// The next piece of the body, its end, or the need for more input.
    ///
    /// - Throws: 400 for malformed chunks and trailers, 431 for too many or too long trailers.
    mutating func next(
        in input: UnsafeRawBufferPointer, from start: Int, limits: HTTP1Limits
    ) throws(HTTP1Error) -> Step {
        var position = start
        while true {
            let available = input.count - position
            switch state {
            case .remaining(let remaining):
                if remaining == 0 { return .end(at: position) }
                if available == 0 { return .needsMore(at: position) }
                let length = min(available, remaining)
                state = .remaining(remaining - length)
                return .body(position..<position + length)
            case .untilClose:
                return available == 0 ? .needsMore(at: position) : .body(position..<input.count)
            case .chunkSize:
                guard let line = try Self.chunkSize(input.slice(position..<input.count), limits: limits) else {
                    return .needsMore(at: position)
                }
                position += line.length
                state = line.size == 0 ? .trailers : .chunkData(line.size)
            case .chunkData(let remaining):
                if available == 0 { return .needsMore(at: position) }
                let length = min(available, remaining)
                state = length == remaining ? .chunkEnd : .chunkData(remaining - length)
                return .body(position..<position + length)
            case .chunkEnd:
                guard available > 0 else { return .needsMore(at: position) }
                guard input[position] == Byte.carriageReturn else {
                    throw .badRequest("A chunk does not end where its size says.")
                }
                guard available > 1 else { return .needsMore(at: position) }
                guard input[position + 1] == Byte.lineFeed else {
                    throw .badRequest("A chunk does not end where its size says.")
                }
                position += 2
                state = .chunkSize
            case .trailers:
                guard
                    let line = try scanner.next(
                        in: input, from: position, limit: limits.maximumTrailerBytes - trailerBytes - 2,
                        tooLong: HTTP1Error(status: 431, detail: "The trailers are too long."))
                else { return .needsMore(at: position) }
                let bytes = input.slice(position..<position + line.length)
                position += line.length + 2
                trailerBytes += line.length + 2
                if line.length == 0 { return .end(at: position) }
                try checkTrailer(bytes, hasHighBytes: line.hasHighBytes, limits: limits)
            }
        }
    }

    /// A chunk's size of 1–16 hexadecimal digits and the length of its line, or `nil` if the line is not whole.
    private static func chunkSize(
        _ bytes: UnsafeRawBufferPointer, limits: HTTP1Limits
    ) throws(HTTP1Error) -> (size: Int, length: Int)? {
        var size: UInt64 = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Byte.carriageReturn {
                guard index > 0 else { throw .badRequest("A chunk has no size.") }
                guard let size = Int(exactly: size) else { throw .badRequest("A chunk's size is too large.") }
                guard index + 1 < bytes.count else { return nil }
                guard bytes[index + 1] == Byte.lineFeed else {
                    throw .badRequest("A carriage return stands without a line feed.")
                }
                return (size, index + 2)
            }
            guard let digit = Byte.hexValue(byte) else {
                throw byte == UInt8(ascii: ";")
                    ? .badRequest("Chunk extensions are not accepted.")
                    : .badRequest("A chunk's size is not a hexadecimal number.")
            }
            guard index < 16, index < limits.maximumChunkLineBytes else {
                throw .badRequest("A chunk's size has too many digits.")
            }
            size = size << 4 | UInt64(digit)
            index += 1
        }
        return nil
    }

    /// Trailers are held to the rules of the head and then dropped.
    private mutating func checkTrailer(
        _ line: UnsafeRawBufferPointer, hasHighBytes: Bool, limits: HTTP1Limits
    ) throws(HTTP1Error) {
        trailerCount += 1
        guard trailerCount <= limits.maximumHeaderCount else {
            throw HTTP1Error(status: 431, detail: "There are too many trailers.")
        }
        let field = try FieldLine(line, hasHighBytes: hasHighBytes)
        if let known = field.known, known.isForbiddenInTrailers {
            throw .badRequest("A field stands in the trailers that belongs into the head.")
        }
        _ = try field.valueString()
    }
}
