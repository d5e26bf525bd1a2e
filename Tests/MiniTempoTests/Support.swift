import EventLoop
import Glibc
import JSON
import OTLP
import Testing

@testable import MiniTempo

/// Runs a test's body against a server on a port of its own, and ends the server after it.
func withTempo(
    multitenancy: Bool = false, maximumStoredBytes: Int = 1 << 20, _ body: (TempoClient) async throws -> Void
) async throws {
    var configuration = Configuration()
    configuration.port = 0
    configuration.multitenancy = multitenancy
    configuration.maximumStoredBytes = maximumStoredBytes
    let service = try Service(configuration)
    let address = try #require(try await service.start().first)
    do {
        try await body(TempoClient(port: address.port))
    } catch {
        await service.stop()
        throw error
    }
    await service.stop()
}

/// What went wrong at the client's socket.
struct ClientError: Error {
    let operation: String
    let code: Int32
}

/// An answer as it stood on the wire.
struct Answer {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Sends each request on a connection of its own and reads until the server closes.
struct TempoClient {
    let port: UInt16

    func get(_ path: String, _ headers: [String] = []) throws -> Answer {
        try send("GET", path, headers, "")
    }

    func push(_ body: String, _ headers: [String] = ["Content-Type: application/json"]) throws -> Answer {
        try send("POST", "/v1/traces", headers, body)
    }

    /// Pushes in Protobuf.
    func push(_ resourceSpans: [ResourceSpans], _ headers: [String] = []) throws -> Answer {
        var message = ProtobufMessage()
        for element in resourceSpans { message.bytes(1, try element.protobuf()) }
        return try push(bytes: message.bytes, ["Content-Type: application/x-protobuf"] + headers)
    }

    func push(bytes: [UInt8], _ headers: [String]) throws -> Answer {
        let head = ["POST /v1/traces HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        let length = ["Content-Length: \(bytes.count)"]
        return try exchange(Array(((head + length).joined(separator: "\r\n") + "\r\n\r\n").utf8) + bytes)
    }

    /// Sends a query with parameters, which are escaped, and reads a good answer's JSON.
    func query(_ path: String, _ parameters: [(String, String)] = [], _ headers: [String] = []) throws -> JSONValue {
        let answer = try get(Self.target(path, parameters), headers)
        guard answer.status == 200 else { throw Unexpected(status: answer.status, text: answer.text) }
        return try JSONParser.parse(answer.body)
    }

    /// A path with escaped parameters.
    static func target(_ path: String, _ parameters: [(String, String)]) -> String {
        let pairs = parameters.map { "\(escaped($0.0))=\(escaped($0.1))" }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            let hexadecimal = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + hexadecimal
        }.joined()
    }

    /// An answer that is not 200.
    struct Unexpected: Error, Equatable {
        let status: Int
        let text: String
    }

    func send(_ method: String, _ path: String, _ headers: [String], _ body: String) throws -> Answer {
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        let head = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers + length
        return try exchange(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
    }

    private func exchange(_ request: [UInt8]) throws -> Answer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ClientError(operation: "socket", code: errno) }
        defer { close(descriptor) }
        // A server that does not answer makes a test fail instead of hanging.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw ClientError(operation: "connect", code: errno) }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may refuse, and say so, before all has been sent.
            guard count > 0 else { break }
            sent += count
        }
        return try parse(try readToEnd(descriptor))
    }

    private func readToEnd(_ descriptor: Int32) throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw ClientError(operation: "recv", code: errno) }
            if count == 0 { return all }
            all += buffer[..<count]
        }
    }

    private func parse(_ bytes: [UInt8]) throws -> Answer {
        let separator = Array("\r\n\r\n".utf8)
        let end = try #require(bytes.indices.first { bytes[$0...].starts(with: separator) })
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: parts[0].lowercased(), value: parts.count > 1 ? String(parts[1].dropFirst()) : "")
        }
        return Answer(status: status, headers: headers, body: Array(bytes[(end + 4)...]))
    }
}

/// Trace data as tests push it.
enum Sample {
    static let traceID = "35b4bb000102030405060708090a0b0c"
    static let base64TraceID = "NbS7AAECAwQFBgcICQoLDA=="

    /// A resource-spans element of a tenant, or of none, with one span.
    static func resourceSpans(tenant: String?, span: String, traceID: String = traceID) -> String {
        let attributes =
            tenant.map { #"{"key":"tenant_id","value":{"stringValue":"\#($0)"}}"# }
            ?? #"{"key":"service.name","value":{"stringValue":"nobody"}}"#
        return
            #"{"resource":{"attributes":[\#(attributes)]},"scopeSpans":[{"scope":{"name":"lib"},"spans":[{"traceId":"\#(traceID)","spanId":"e3e7f7abc778df39","name":"\#(span)","kind":2,"startTimeUnixNano":1700000000000000001,"endTimeUnixNano":"1700000000000000002","status":{}}]}]}"#
    }

    /// The same as Tempo gives it.
    static func tempo(tenant: String, span: String) -> String {
        #"{"resource":{"attributes":[{"key":"tenant_id","value":{"stringValue":"\#(tenant)"}}]},"scopeSpans":[{"scope":{"name":"lib"},"spans":[{"traceId":"\#(base64TraceID)","spanId":"4+f3q8d43zk=","name":"\#(span)","kind":"SPAN_KIND_SERVER","startTimeUnixNano":"1700000000000000001","endTimeUnixNano":"1700000000000000002","status":{}}]}]}"#
    }

    static func request(_ elements: String...) -> String {
        #"{"resourceSpans":[\#(elements.joined(separator: ","))]}"#
    }
}
