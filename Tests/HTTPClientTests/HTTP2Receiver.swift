import Foundation

// For its lock, which sanitizers understand.
@testable import EventLoop

/// A server of HTTP/2 with prior knowledge that reads whole requests and answers each with the frames that the test says
/// ([RFC 9113](https://www.rfc-editor.org/rfc/rfc9113)). It reads no fields: their coding needs more than a test should have.
final class HTTP2Receiver: Sendable {
    enum Frame: Sendable {
        /// Fields of the head or of the trailers; `isLast` ends the answer.
        case fields([(String, String)], isLast: Bool)
        case data([UInt8])
        /// Ends the stream with an error code.
        case reset(UInt32)
        /// Closes the connection.
        case close
    }

    let port: UInt16
    private let listener: Int32
    private let answer: [Frame]
    private let bodies = Lock<[[UInt8]]>([])
    private let hungUp = Lock(0)

    /// - Parameter answer: what follows a request; nothing is closed unless it says so.
    init(_ answer: [Frame]) throws {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 16) == 0
                    ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                Thread.detachNewThread { [self] in
                    serve(connection)
                    close(connection)
                    hungUp.withLock { $0 += 1 }
                }
            }
        }
    }

    /// The bodies of the requests so far.
    var received: [[UInt8]] { bodies.withLock { $0 } }

    /// How many connections have ended.
    var ended: Int { hungUp.withLock { $0 } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32) {
        guard read(connection, 24) == Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) else { return }
        // A stream's window of a megabyte, and the connection's.
        write(connection, type: 4, stream: 0, [0, 4, 0, 16, 0, 0])
        write(connection, type: 8, stream: 0, [0, 16, 0, 0])
        var body: [UInt8] = []
        while let head = read(connection, 9) {
            let count = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            guard let payload = read(connection, count) else { return }
            let isLast = head[4] & 1 == 1
            switch head[3] {
            case 0:
                body += payload
                guard isLast else { continue }
                bodies.withLock { $0.append(body) }
                guard send(to: connection) else { return }
            case 4 where !isLast: write(connection, type: 4, flags: 1, stream: 0, [])
            default: continue
            }
        }
    }

    private func send(to connection: Int32) -> Bool {
        for frame in answer {
            switch frame {
            case .fields(let fields, let isLast):
                // Each a literal that is not indexed, its texts without Huffman's code.
                var block: [UInt8] = []
                for (name, value) in fields {
                    block += [0, UInt8(name.utf8.count)] + Array(name.utf8)
                    block += [UInt8(value.utf8.count)] + Array(value.utf8)
                }
                write(connection, type: 1, flags: isLast ? 5 : 4, stream: 1, block)
            case .data(let bytes):
                for start in stride(from: 0, to: bytes.count, by: 16_384) {
                    write(connection, type: 0, stream: 1, Array(bytes[start..<min(start + 16_384, bytes.count)]))
                }
            case .reset(let code):
                write(connection, type: 3, stream: 1, withUnsafeBytes(of: code.bigEndian, Array.init))
            case .close: return false
            }
        }
        return true
    }

    private func write(_ connection: Int32, type: UInt8, flags: UInt8 = 0, stream: UInt8, _ payload: [UInt8]) {
        let count = payload.count
        let head = [UInt8(count >> 16), UInt8(count >> 8 & 255), UInt8(count & 255), type, flags, 0, 0, 0, stream]
        var rest = (head + payload)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private func read(_ connection: Int32, _ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let received = recv(connection, &piece, min(piece.count, count - bytes.count), 0)
            guard received > 0 else { return nil }
            bytes += piece[..<received]
        }
        return bytes
    }
}
