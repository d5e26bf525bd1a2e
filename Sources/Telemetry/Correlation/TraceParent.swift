internal import OTLP

/// The field `traceparent` ([W3C Trace Context §3.2](https://www.w3.org/TR/trace-context/#traceparent-header)).
enum TraceParent {
    /// Reads a value; `nil` for one that is malformed, which is to be ignored.
    ///
    /// Of versions after 00 the parts that are known are read and what follows another dash is passed over; version ff
    /// does not exist. Hexadecimal digits are in lower case, and identifiers are not zero.
    static func parse(_ text: String) -> TraceContext? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = lowerCaseHexadecimal(bytes[0..<2]), version != 0xff,
            bytes.count == 55 || version > 0 && bytes[55] == dash,
            let trace = lowerCaseHexadecimal(bytes[3..<35]), trace != 0,
            let span = lowerCaseHexadecimal(bytes[36..<52]), span != 0,
            let flags = lowerCaseHexadecimal(bytes[53..<55])
        else { return nil }
        return TraceContext(
            traceID: TraceID(trace), spanID: SpanID(UInt64(truncatingIfNeeded: span)), isSampled: flags & 1 == 1)
    }

    private static let dash = UInt8(ascii: "-")
}

/// The number of at most 32 hexadecimal digits in lower case.
func lowerCaseHexadecimal(_ digits: some Sequence<UInt8>) -> UInt128? {
    var value: UInt128 = 0
    for byte in digits {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
        default: return nil
        }
        value = value << 4 | UInt128(digit)
    }
    return value
}
