import APIRuntime

/// The form in which a failure is answered. It follows from the path alone, so that also what has no operation is
/// answered as the clients of that path expect.
enum FailureFormat: CaseIterable {
    /// Problem details: the gateway's own API.
    case problem
    /// Prometheus' envelope: everything below `/prometheus/`.
    case prometheus
    /// Plain text, as Tempo answers: everything below `/tempo/`.
    case text

    /// The form for a request's path, as it was sent.
    static func of(path: String) -> FailureFormat {
        if path.utf8.starts(with: "/prometheus/".utf8) { return .prometheus }
        if path.utf8.starts(with: "/tempo/".utf8) { return .text }
        return .problem
    }

    /// The media type that the document names for failures of operations in this form.
    var mediaType: String {
        switch self {
        case .problem: "application/problem+json"
        case .prometheus: "application/json"
        case .text: "text/plain; charset=utf-8"
        }
    }

    /// The answer to a failed request.
    func response(to failure: APIFailure, requestID: String, traceID: String = "") -> Response {
        let body: [UInt8]
        switch self {
        case .problem: return failure.problemResponse(requestID: requestID, traceID: traceID)
        case .prometheus: body = failure.prometheusEnvelope()
        case .text: body = Array(failure.sentence(as: self).utf8)
        }
        var headers = failure.headers
        headers["Content-Type"] = mediaType
        return Response(status: failure.code.status, headers: headers, body: .bytes(body))
    }
}

extension APIFailure {
    /// Everything that the caller may know in one text.
    func sentence(as format: FailureFormat) -> String {
        guard !violations.isEmpty else { return detail ?? reasonPhrase(of: code.status) }
        return violations.map { $0.sentence(as: format) }.joined(separator: "; ")
    }
}

extension Violation {
    /// In Prometheus' words: `invalid parameter "query": 1:5: parse error: …`; in Tempo's `invalid TraceQL query: parse
    /// error at line 1, col 5: …`.
    fileprivate func sentence(as format: FailureFormat) -> String {
        var message = message
        if format == .text, let line, let column {
            return "invalid TraceQL query: parse error at line \(line), col \(column): \(message)"
        }
        if let line, let column { message = "\(line):\(column): parse error: \(message)" }
        let parameter = parameterName
        return parameter.isEmpty ? "invalid request: \(message)" : "invalid parameter \"\(parameter)\": \(message)"
    }

    /// The parameter's name, also where the violation has a pointer into a form
    /// ([RFC 6901 §4](https://www.rfc-editor.org/rfc/rfc6901#section-4)).
    private var parameterName: String {
        guard location == .body, name.utf8.first == UInt8(ascii: "/") else { return name }
        var plain: [UInt8] = []
        var isEscape = false
        for byte in name.utf8.dropFirst() {
            if isEscape {
                plain.append(byte == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
                isEscape = false
            } else if byte == UInt8(ascii: "~") {
                isEscape = true
            } else {
                plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
