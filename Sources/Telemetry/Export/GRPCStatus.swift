internal import APIRuntime
internal import HTTPClient
internal import OTLP

/// How a call of gRPC ended ([status codes](https://grpc.io/docs/guides/status-codes/)).
struct GRPCStatus: Equatable {
    /// The standard's codes.
    enum Code: Int, CaseIterable {
        case ok = 0
        case cancelled, unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists, permissionDenied
        case resourceExhausted, failedPrecondition, aborted, outOfRange, unimplemented, `internal`, unavailable
        case dataLoss, unauthenticated

        /// As the standard writes it.
        var name: String {
            switch self {
            case .ok: "OK"
            case .cancelled: "CANCELLED"
            case .unknown: "UNKNOWN"
            case .invalidArgument: "INVALID_ARGUMENT"
            case .deadlineExceeded: "DEADLINE_EXCEEDED"
            case .notFound: "NOT_FOUND"
            case .alreadyExists: "ALREADY_EXISTS"
            case .permissionDenied: "PERMISSION_DENIED"
            case .resourceExhausted: "RESOURCE_EXHAUSTED"
            case .failedPrecondition: "FAILED_PRECONDITION"
            case .aborted: "ABORTED"
            case .outOfRange: "OUT_OF_RANGE"
            case .unimplemented: "UNIMPLEMENTED"
            case .internal: "INTERNAL"
            case .unavailable: "UNAVAILABLE"
            case .dataLoss: "DATA_LOSS"
            case .unauthenticated: "UNAUTHENTICATED"
            }
        }
    }

    let code: Code
    /// The server's words.
    let message: String
    /// When it wants to be asked again, if it says so.
    let retryDelay: Duration?
    /// A good answer without a status: whoever finishes one says how it went, so it ended on the way, as the answers of a
    /// collector do that is being stopped.
    private let brokeOff: Bool

    /// The status in an answer's trailers, or, where there is no body, in its head; without one, what follows from the
    /// status of HTTP ([mapping](https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md)).
    init(_ answer: HTTP2Answer) {
        let fields = answer.trailers.contains("grpc-status") ? answer.trailers : answer.headers
        guard let text = fields["grpc-status"] else {
            code = Self.code(httpStatus: answer.status)
            message = "the answer has status \(answer.status) and no grpc-status"
            retryDelay = nil
            brokeOff = answer.status == 200
            return
        }
        code = Int(text).flatMap { Code(rawValue: $0) } ?? .unknown
        message = Self.percentDecoded(fields["grpc-message"] ?? "")
        let details = fields["grpc-status-details-bin"].flatMap { RPCStatus(base64: $0) }
        retryDelay = details?.retryDelay
        brokeOff = false
    }

    /// Whether the same may be sent again ([OTLP's list](https://opentelemetry.io/docs/specs/otlp/#failures)).
    var isRetryable: Bool {
        if brokeOff { return true }
        return switch code {
        case .cancelled, .deadlineExceeded, .aborted, .outOfRange, .unavailable, .dataLoss: true
        case .resourceExhausted: retryDelay != nil
        default: false
        }
    }

    /// The code and the server's words, these within bounds.
    var reason: String {
        let words = String(decoding: message.utf8.prefix(300), as: UTF8.self)
        return "the collector answered \(code.name)" + (words.isEmpty ? "" : ": \(words)")
    }

    private static func code(httpStatus: Int) -> Code {
        switch httpStatus {
        case 400: .internal
        case 401: .unauthenticated
        case 403: .permissionDenied
        case 404: .unimplemented
        case 429, 502, 503, 504: .unavailable
        default: .unknown
        }
    }

    /// What is no escape is left as it stands, as the protocol demands.
    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
