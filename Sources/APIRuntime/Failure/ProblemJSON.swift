import JSON

extension APIFailure {
    /// The failure as problem details, `application/problem+json`
    /// ([RFC 9457 §3](https://www.rfc-editor.org/rfc/rfc9457#section-3)).
    ///
    /// - Parameter traceID: the id of the request's trace; left out if it is empty.
    public func problemResponse(requestID: String, traceID: String = "") -> Response {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("type")
        writer.string("about:blank")
        writer.name("title")
        writer.string(reasonPhrase(of: code.status))
        writer.name("status")
        writer.integer(code.status)
        writer.name("code")
        writer.string(code.rawValue)
        if let detail {
            writer.name("detail")
            writer.string(detail)
        }
        writer.name("requestId")
        writer.string(requestID)
        if !traceID.isEmpty {
            writer.name("traceId")
            writer.string(traceID)
        }
        if !violations.isEmpty {
            writer.name("violations")
            writer.beginArray()
            for violation in violations { violation.write(to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        var headers = headers
        headers["Content-Type"] = "application/problem+json"
        return Response(status: code.status, headers: headers, body: .bytes(writer.bytes))
    }
}

extension Violation {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("in")
        writer.string(location.rawValue)
        writer.name("name")
        writer.string(name)
        writer.name("rule")
        writer.string(rule)
        writer.name("message")
        writer.string(message)
        if let index {
            writer.name("index")
            writer.integer(index)
        }
        if let line {
            writer.name("line")
            writer.integer(line)
        }
        if let column {
            writer.name("column")
            writer.integer(column)
        }
        writer.endObject()
    }
}

/// The status in words ([RFC 9110 §15](https://www.rfc-editor.org/rfc/rfc9110#section-15)).
public func reasonPhrase(of status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Error"
    }
}
