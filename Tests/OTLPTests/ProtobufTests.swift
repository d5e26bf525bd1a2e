import JSON
import OTLP
import Testing

@Suite("OTLP in Protobuf")
struct ProtobufTests {
    /// A trace as protoc encodes it, with every field that is known here.
    private static let encoded = bytes(
        hexadecimal: """
            0ab4020a290a130a0974656e616e745f696412060a0461636d650a100a016e120b18f9ffffffffffffffff0110021282020a130a03
            6c69621203312e321a070a01621202100012e6010a1035bb000102030405060708090a0b0c0d1208e3e7f7abc778df391a03613d31
            220800000000000000012a07474554202fc3a9300239157f996c3cf286184115608f723cf286184a0e0a0164120921000000000000
            d03f4a130a0161120e2a0c0a030a01780a0318ac020a004a120a016b120d320b0a090a017912043a0200ff4a070a016512020a0050
            015a1d09167f996c3cf28618120265761a0e0a0178120921000000000000f07f60ac026a260a1035bb000102030405060708090a0b
            0c0e1208e3e7f7abc778df3a1a03623d32350101000070037a0612026e6f18028501000100001a0273311a027332
            """)

    private static let json = #"""
        {"resourceSpans":[{"resource":{"attributes":[{"key":"tenant_id","value":{"stringValue":"acme"}},
        {"key":"n","value":{"intValue":"-7"}}],"droppedAttributesCount":2},"scopeSpans":[{"scope":{"name":"lib",
        "version":"1.2","attributes":[{"key":"b","value":{"boolValue":false}}]},"spans":[{
        "traceId":"35bb000102030405060708090a0b0c0d","spanId":"e3e7f7abc778df39","traceState":"a=1",
        "parentSpanId":"0000000000000001","name":"GET /é","kind":2,"startTimeUnixNano":"1767366245123456789",
        "endTimeUnixNano":"1767366245223456789","attributes":[{"key":"d","value":{"doubleValue":0.25}},
        {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":"300"},{}]}}},
        {"key":"k","value":{"kvlistValue":{"values":[{"key":"y","value":{"bytesValue":"AP8="}}]}}},
        {"key":"e","value":{"stringValue":""}}],"droppedAttributesCount":1,"events":[{
        "timeUnixNano":"1767366245123456790","name":"ev","attributes":[{"key":"x","value":{"doubleValue":"Infinity"}}]}],
        "droppedEventsCount":300,"links":[{"traceId":"35bb000102030405060708090a0b0c0e","spanId":"e3e7f7abc778df3a",
        "traceState":"b=2","flags":257}],"droppedLinksCount":3,"status":{"message":"no","code":2},"flags":256}],
        "schemaUrl":"s1"}],"schemaUrl":"s2"}]}
        """#

    @Test("What protoc encodes reads the same as its JSON")
    func decoding() throws {
        let request = try ExportTraceRequest(protobuf: Self.encoded)
        #expect(try request == ExportTraceRequest(json: Array(Self.json.utf8)))
        #expect(request.resourceSpans.count == 1)
    }

    @Test("Resource spans are encoded to the byte as protoc does")
    func encoding() throws {
        let request = try ExportTraceRequest(json: Array(Self.json.utf8))
        #expect(try request.resourceSpans.flatMap { Wire.bytes(1, try $0.protobuf()) } == Self.encoded)
    }

    @Test("Fields that are not known are passed over when decoding")
    func unknownFields() throws {
        let element = Wire.element(Wire.attribute("a", "b") + Wire.bytes(3, [1, 2]) + Wire.number(9, 1 << 40))
        let request = try ExportTraceRequest(protobuf: Wire.trace(element) + Wire.bytes(7, [0xFF]))
        #expect(
            request.resourceSpans.first?.resource?.attributes == [Attribute(key: "a", value: .string("b"))])
    }

    @Test(
        "Bytes that are no such message are an error with their place",
        arguments: [
            [0x0A], [0x0A, 5, 1], [0x08, 1], [0x07], [0x00, 0], [0x0B], [0x0A, 0xFF],
            // A group, a tag of 11 bytes, a span whose identifier has 3 bytes, a name that is not UTF-8.
            Wire.trace([0x0B, 0x0C]), Wire.trace([UInt8](repeating: 0x80, count: 10) + [1]),
            Wire.trace(Wire.bytes(2, Wire.bytes(2, Wire.bytes(1, [1, 2, 3])))),
            Wire.trace(Wire.bytes(2, Wire.bytes(2, Wire.bytes(5, [0xC3])))),
            // A name that is a number, resources twice.
            Wire.trace(Wire.bytes(2, Wire.bytes(2, Wire.number(5, 1)))),
            Wire.trace(Wire.bytes(1, []) + Wire.bytes(1, [])),
        ])
    func malformed(_ bytes: [UInt8]) {
        #expect(throws: ProtobufError.self) { () throws in try ExportTraceRequest(protobuf: bytes) }
    }

    @Test("Values nested without end are refused, not followed")
    func nesting() {
        var value = Wire.text(1, "x")
        for _ in 0..<20_000 { value = Wire.bytes(5, Wire.bytes(1, value)) }
        let element = Wire.element(Wire.bytes(1, Wire.text(1, "deep") + Wire.bytes(2, value)))
        #expect(throws: ProtobufError.self) { () throws in try ExportTraceRequest(protobuf: Wire.trace(element)) }
    }

    @Test("Tempo's JSON and OTLP's give the same message")
    func bothForms() throws {
        let tempo = Array(
            #"{"scopeSpans":[{"spans":[{"traceId":"NbsAAQIDBAUGBwgJCgsMDQ==","spanId":"4+f3q8d43zk=","kind":"SPAN_KIND_SERVER"}]}]}"#
                .utf8)
        let otlp = Array(
            #"{"scopeSpans":[{"spans":[{"traceId":"35bb000102030405060708090a0b0c0d","spanId":"e3e7f7abc778df39","kind":2}]}]}"#
                .utf8)
        #expect(try ResourceSpans.protobuf(json: tempo) == ResourceSpans.protobuf(json: otlp))
        #expect(throws: OTLPError.self) { () throws in
            try ResourceSpans.protobuf(json: Array(#"{"scopeSpans":[{"spans":[{"spanId":"zz"}]}]}"#.utf8))
        }
    }
}
