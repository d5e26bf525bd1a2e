/// Bytes in pieces: appending to many never copies what is there already, and drops what is no longer wanted at once.
struct ByteRope: Sendable {
    private(set) var pieces: [[UInt8]] = []
    private(set) var count = 0
    private var tail: [UInt8] = []

    /// Pieces below this size are joined.
    static let pieceBytes = 240 << 10

    mutating func append(_ bytes: [UInt8]) {
        append(bytes[...])
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        count += bytes.count
        if tail.count + bytes.count > Self.pieceBytes { seal() }
        if bytes.count > Self.pieceBytes {
            pieces.append(Array(bytes))
        } else {
            tail += bytes
        }
    }

    mutating func append(_ rope: consuming ByteRope) {
        if !rope.pieces.isEmpty {
            seal()
            pieces += rope.pieces
            count += rope.count - rope.tail.count
        }
        append(rope.tail)
    }

    /// Ends the last piece, so that ``pieces`` holds all bytes.
    mutating func seal() {
        guard !tail.isEmpty else { return }
        // A copy of the exact size: an array that has grown may be twice as large as what is in it.
        pieces.append(Array(tail[...]))
        tail.removeAll(keepingCapacity: true)
    }
}
