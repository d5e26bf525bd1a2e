import Foundation

/// A client of a few lines with blocking calls, kept apart from all codecs of the project.
final class BlockingClient {
    enum Outcome {
        case answer(status: Int, body: [UInt8])
        /// The answer did not end as its head said, or there was none.
        case broken
    }

    private let port: UInt16
    private var connection: Int32?
    private var buffered: [UInt8] = []

    init(_ port: UInt16) { self.port = port }

    deinit { hangUp() }

    func hangUp() {
        if let connection { close(connection) }
        connection = nil
        buffered = []
    }

    /// Sends a request over the connection that is there, or a new one, and reads its answer.
    func exchange(_ request: String) -> Outcome {
        if connection == nil {
            guard let new = connectLocally(port) else { return .broken }
            var limit = timeval(tv_sec: 1, tv_usec: 0)
            setsockopt(new, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            connection = new
        }
        guard let connection, sendWhole(Array(request.utf8), to: connection), let answer = read(connection) else {
            hangUp()
            return .broken
        }
        return answer
    }

    private func fill(_ connection: Int32) -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &piece, piece.count, 0)
        if count > 0 { buffered += piece[..<count] }
        return count > 0
    }

    private func take(_ count: Int, _ connection: Int32) -> [UInt8]? {
        while buffered.count < count { if !fill(connection) { return nil } }
        let taken = Array(buffered[..<count])
        buffered.removeFirst(count)
        return taken
    }

    private func line(_ connection: Int32) -> String? {
        while true {
            if let end = buffered.firstIndex(of: 10) {
                let line = String(decoding: buffered[..<end], as: UTF8.self)
                buffered.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            if !fill(connection) { return nil }
        }
    }

    private func read(_ connection: Int32) -> Outcome? {
        guard let status = line(connection).flatMap({ Int($0.dropFirst(9).prefix(3)) }) else { return nil }
        var length: Int?
        var (isChunked, closes) = (false, false)
        while let field = line(connection)?.lowercased() {
            if field.isEmpty { break }
            if field.hasPrefix("content-length: ") { length = Int(field.dropFirst(16)) }
            if field == "transfer-encoding: chunked" { isChunked = true }
            if field == "connection: close" { closes = true }
        }
        var body: [UInt8] = []
        if isChunked {
            while true {
                guard let size = line(connection).flatMap({ Int($0, radix: 16) }) else { return nil }
                guard let piece = take(size + 2, connection) else { return nil }
                if size == 0 { break }
                body += piece.dropLast(2)
            }
        } else {
            guard let length, let whole = take(length, connection) else { return nil }
            body = whole
        }
        if closes { hangUp() }
        return .answer(status: status, body: body)
    }
}
