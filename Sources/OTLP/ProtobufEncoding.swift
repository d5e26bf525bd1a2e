import JSON

extension ResourceSpans {
    /// The resource spans as a message `ResourceSpans` in
    /// [Protobuf](https://opentelemetry.io/docs/specs/otlp/#binary-protobuf-encoding).
    ///
    /// - Throws: ``OTLPError`` for values that no document read by this module has.
    public func protobuf() throws(OTLPError) -> [UInt8] {
        try Self.protobuf(json: tempoJSON())
    }

    /// Resource spans in JSON, of OTLP or as Tempo has it, as a message in Protobuf.
    ///
    /// - Throws: ``OTLPError`` for the first offending place.
    public static func protobuf(json: [UInt8]) throws(OTLPError) -> [UInt8] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(json, limits: JSONLimits(bytes: .max, members: .max))
        } catch {
            throw OTLPError(malformed: error)
        }
        return try TraceMessage.resourceSpans.protobuf(OTLPObject(value, at: ""))
    }
}
