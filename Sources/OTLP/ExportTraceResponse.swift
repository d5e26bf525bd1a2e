import JSON

/// The answer to an ``ExportTraceRequest`` that was taken, as far as a sender needs it
/// ([partial success](https://opentelemetry.io/docs/specs/otlp/#partial-success)).
public struct ExportTraceResponse: Sendable, Equatable {
    /// How many of the spans were not taken; sending them again would not help.
    public var rejectedSpans = 0
    /// Why, or a warning.
    public var message = ""

    /// Everything was taken.
    public init() {}

    /// Reads an `ExportTraceServiceResponse`. What cannot be read says nothing.
    public init(protobuf: [UInt8]) {
        var reader = ProtobufReader(protobuf[...])
        while let field = try? reader.next() {
            guard field.number == 1, case .bytes(let bytes) = field.value else { continue }
            var inner = ProtobufReader(bytes)
            while let field = try? inner.next() {
                switch (field.number, field.value) {
                case (1, .varint(let count)): rejectedSpans = Int(clamping: count)
                case (2, .bytes(let text)): message = String(decoding: text, as: UTF8.self)
                default: break
                }
            }
        }
    }

    /// The same in JSON.
    public init(json: [UInt8]) {
        guard let partial = (try? JSONParser.parse(json))?["partialSuccess"] else { return }
        let rejected = partial["rejectedSpans"]
        rejectedSpans = rejected?.stringValue.flatMap { Int($0) } ?? rejected?.numberValue.flatMap { Int($0.text) } ?? 0
        message = partial["errorMessage"]?.stringValue ?? ""
    }
}
