/// Lines of a stream of bytes.
final class LineReader {
    private let stream: any ByteStream
    /// The most bytes of a line.
    let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var searched = 0
    private var isAtEnd = false
    private var skipsLineFeed = false
    /// Whether a carriage return ends a line, too.
    private let acceptsCarriageReturns: Bool
    /// The number of the line that was read last, counted from 1.
    private(set) var number = 0

    init(_ stream: any ByteStream, limit: Int, acceptsCarriageReturns: Bool) {
        self.stream = stream
        self.limit = limit
        self.acceptsCarriageReturns = acceptsCarriageReturns
    }

    func cancel() { stream.cancel() }

    /// The next line without its end, and whether it has one: the last line may have none.
    ///
    /// - Throws: ``ItemTooLarge`` or what the stream throws.
    nonisolated(nonsending) func next() async throws -> (line: ArraySlice<UInt8>, isWhole: Bool)? {
        while true {
            if skipsLineFeed, position < buffer.count {
                if buffer[position] == 0x0A { position += 1 }
                skipsLineFeed = false
            }
            searched = max(searched, position)
            while searched < buffer.count {
                let byte = buffer[searched]
                if byte == 0x0A || acceptsCarriageReturns && byte == 0x0D {
                    let line = buffer[position..<searched]
                    position = searched + 1
                    skipsLineFeed = byte == 0x0D
                    number += 1
                    return (line, true)
                }
                searched += 1
            }
            guard buffer.count - position <= limit else { throw tooLarge() }
            if isAtEnd {
                guard position < buffer.count else { return nil }
                let line = buffer[position...]
                position = buffer.count
                number += 1
                return (line, false)
            }
            try await fill()
        }
    }

    /// Gives the stream up.
    func tooLarge() -> ItemTooLarge {
        stream.cancel()
        return ItemTooLarge(limit: limit)
    }

    private nonisolated(nonsending) func fill() async throws {
        guard let piece = try await stream.next() else {
            isAtEnd = true
            return
        }
        buffer.removeFirst(position)
        searched -= position
        position = 0
        buffer += piece
    }
}
