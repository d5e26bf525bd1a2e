import APIRuntime
import JSON

/// A body in pieces, as it would come from a socket.
final class PieceStream: ByteStream {
    let length: Int?
    private var pieces: [[UInt8]]
    private(set) var isCancelled = false

    init(_ pieces: [String], length: Int? = nil) {
        self.pieces = pieces.map { Array($0.utf8) }
        self.length = length
    }

    func next() async throws -> [UInt8]? {
        pieces.isEmpty ? nil : pieces.removeFirst()
    }

    func cancel() { isCancelled = true }
}

extension Response {
    var text: String {
        if case .bytes(let bytes) = body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }

    func json() throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }
}
