import APIRuntime

extension Response {
    /// Plain text.
    static func text(_ status: Int, _ text: String, _ headers: HeaderFields = [:]) -> Response {
        var headers = headers
        headers["Content-Type"] = "text/plain; charset=utf-8"
        headers["X-Content-Type-Options"] = "nosniff"
        return Response(status: status, headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// A good answer in JSON.
    static func json(_ bytes: [UInt8]) -> Response {
        Response(status: 200, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// An answer in Protobuf.
    static func protobuf(_ bytes: [UInt8], status: Int = 200) -> Response {
        Response(status: status, headers: ["Content-Type": "application/x-protobuf"], body: .bytes(bytes))
    }
}

/// A small message in [Protobuf's encoding](https://protobuf.dev/programming-guides/encoding/).
struct ProtobufMessage {
    private(set) var bytes: [UInt8] = []

    /// A field of a whole number; zero is not written.
    mutating func integer(_ number: UInt64, _ value: UInt64) {
        guard value != 0 else { return }
        varint(number << 3)
        varint(value)
    }

    /// A field of text, bytes or a message.
    mutating func bytes(_ number: UInt64, _ value: [UInt8]) {
        varint(number << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    private mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
