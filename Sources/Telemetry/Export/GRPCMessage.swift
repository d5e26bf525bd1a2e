/// A message of gRPC as it stands in a body: a byte that says whether it is compressed, four bytes of length, the message
/// ([Length-Prefixed-Message](https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests)).
struct GRPCMessage: Equatable {
    var isCompressed: Bool
    var bytes: [UInt8]

    init(_ bytes: [UInt8], isCompressed: Bool = false) {
        self.bytes = bytes
        self.isCompressed = isCompressed
    }

    /// The only message of a body; `nil` where there is none, more than one, or not the whole of it.
    init?(body: [UInt8]) {
        guard body.count >= 5, body[0] <= 1 else { return nil }
        let length = body[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard body.count - 5 == length else { return nil }
        isCompressed = body[0] == 1
        bytes = Array(body[5...])
    }

    /// With its prefix; `nil` for 2^32 bytes or more.
    var framed: [UInt8]? {
        guard let count = UInt32(exactly: bytes.count) else { return nil }
        var framed: [UInt8] = []
        framed.reserveCapacity(bytes.count + 5)
        framed.append(isCompressed ? 1 : 0)
        for shift in stride(from: 24, through: 0, by: -8) { framed.append(UInt8(truncatingIfNeeded: count >> shift)) }
        framed += bytes
        return framed
    }
}
