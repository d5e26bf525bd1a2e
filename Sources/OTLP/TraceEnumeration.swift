/// The enumerations of
/// [trace.proto](https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto):
/// numbers in OTLP/JSON, names in Tempo's answers.
enum TraceEnumeration: Sendable {
    case spanKind, statusCode

    /// The name of a number; nil for numbers that came later.
    func name(of number: Int32) -> String? {
        guard let index = Int(exactly: number), names.indices.contains(index) else { return nil }
        return String(decoding: names[index], as: UTF8.self)
    }

    /// The number of a name.
    func number(of name: some Collection<UInt8>) -> Int32? {
        names.firstIndex { $0.count == name.count && $0.elementsEqual(name) }.map { Int32($0) }
    }

    /// For messages.
    var expectation: String {
        "one of \(names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")) or its number"
    }

    private var names: [[UInt8]] {
        switch self {
        case .spanKind: Self.spanKinds
        case .statusCode: Self.statusCodes
        }
    }

    private static let spanKinds = [
        "SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER",
        "SPAN_KIND_CONSUMER",
    ].map { Array($0.utf8) }
    private static let statusCodes = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"].map { Array($0.utf8) }
}
