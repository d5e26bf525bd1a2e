/// Why a collector refused an export, as gRPC's `grpc-status-details-bin` has it
/// ([google.rpc.Status](https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto)).
public struct RPCStatus: Sendable, Equatable {
    /// The code, in gRPC's numbers.
    public var code = 0
    /// For people.
    public var message = ""
    /// When to send again, of its
    /// [RetryInfo](https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto); `nil` without
    /// one. Never negative.
    public var retryDelay: Duration?

    /// Reads the message in Protobuf; `nil` for bytes that are none.
    public init?(protobuf: [UInt8]) {
        do throws(ProtobufError) {
            var reader = ProtobufReader(protobuf[...])
            while let field = try reader.next() {
                switch (field.number, field.value) {
                case (1, .varint(let code)): self.code = Int(truncatingIfNeeded: Int32(truncatingIfNeeded: code))
                case (2, .bytes(let text)): message = String(decoding: text, as: UTF8.self)
                case (3, .bytes(let detail)): if let delay = try Self.retryDelay(detail) { retryDelay = delay }
                default: break
                }
            }
        } catch {
            return nil
        }
    }

    /// Reads the value of a binary field of gRPC: base64, with or without padding.
    public init?(base64: String) {
        guard let bytes = Base64.decode(base64.utf8) else { return nil }
        self.init(protobuf: bytes)
    }

    /// The delay of a `google.protobuf.Any` that holds a `RetryInfo`; `nil` of any other.
    private static func retryDelay(_ detail: ArraySlice<UInt8>) throws(ProtobufError) -> Duration? {
        var type = ""
        var value: ArraySlice<UInt8> = []
        var reader = ProtobufReader(detail)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let text)): type = String(decoding: text, as: UTF8.self)
            case (2, .bytes(let bytes)): value = bytes
            default: break
            }
        }
        // What stands before the slash is where the type is described.
        let name = type.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
        guard name.elementsEqual("google.rpc.RetryInfo".utf8) else { return nil }
        var delay = Duration.zero
        var info = ProtobufReader(value)
        while let field = try info.next() {
            guard field.number == 1, case .bytes(let bytes) = field.value else { continue }
            var seconds: Int64 = 0
            var nanoseconds: Int32 = 0
            var duration = ProtobufReader(bytes)
            while let field = try duration.next() {
                switch (field.number, field.value) {
                case (1, .varint(let value)): seconds = Int64(bitPattern: value)
                case (2, .varint(let value)): nanoseconds = Int32(truncatingIfNeeded: value)
                default: break
                }
            }
            delay = .seconds(seconds) + .nanoseconds(Int64(nanoseconds))
        }
        return max(.zero, delay)
    }
}
