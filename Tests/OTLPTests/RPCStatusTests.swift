import OTLP
import Testing

@Suite("google.rpc.Status")
struct RPCStatusTests {
    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }

    private func status(type: String, duration: [UInt8]) -> RPCStatus? {
        let detail = field(1, Array(type.utf8)) + field(2, field(1, duration))
        return RPCStatus(protobuf: [0x08, 0x0e] + field(2, Array("busy".utf8)) + field(3, detail))
    }

    @Test("code, words and the delay of a RetryInfo are read")
    func whole() {
        // Two seconds and 500 ns.
        let read = status(type: "type.googleapis.com/google.rpc.RetryInfo", duration: [0x08, 2, 0x10, 0xf4, 0x03])
        #expect(read?.code == 14)
        #expect(read?.message == "busy")
        #expect(read?.retryDelay == .seconds(2) + .nanoseconds(500))
        #expect(status(type: "google.rpc.RetryInfo", duration: [])?.retryDelay == .zero)
    }

    @Test("other details say nothing of when to send again")
    func others() {
        #expect(status(type: "type.googleapis.com/google.rpc.ErrorInfo", duration: [0x08, 2])?.retryDelay == nil)
        #expect(status(type: "type.googleapis.com/xgoogle.rpc.RetryInfo", duration: [0x08, 2])?.retryDelay == nil)
        #expect(RPCStatus(protobuf: [])?.retryDelay == nil)
    }

    @Test("a negative delay is none, and the largest one there is does not end the program")
    func extremes() {
        let minus: [UInt8] = [0x08] + [UInt8](repeating: 0xff, count: 9) + [0x01]
        #expect(status(type: "google.rpc.RetryInfo", duration: minus)?.retryDelay == .zero)
        let most: [UInt8] = [0x08] + [UInt8](repeating: 0xff, count: 8) + [0x7f]
        #expect(status(type: "google.rpc.RetryInfo", duration: most + most)?.retryDelay == .seconds(Int64.max))
    }

    @Test(
        "broken bytes are no status",
        arguments: [[0x08], [0x12, 5, 1], [0x1a, 2, 0x0a, 9], [0xff]] as [[UInt8]])
    func broken(_ bytes: [UInt8]) {
        #expect(RPCStatus(protobuf: bytes) == nil)
    }

    @Test("base64 is read with and without padding")
    func base64() {
        #expect(RPCStatus(base64: "CA4SAg==") == nil)
        #expect(RPCStatus(base64: "CA4=")?.code == 14)
        #expect(RPCStatus(base64: "CA4")?.code == 14)
        #expect(RPCStatus(base64: "*") == nil)
    }
}
