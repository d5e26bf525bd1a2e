import APIRuntime
import JSON

extension Response {
    /// Plain text.
    static func text(_ status: Int, _ text: String, _ headers: HeaderFields = [:]) -> Response {
        var headers = headers
        headers["Content-Type"] = "text/plain; charset=utf-8"
        headers["X-Content-Type-Options"] = "nosniff"
        return Response(status: status, headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// A good answer in JSON.
    static func json(_ bytes: [UInt8]) -> Response {
        Response(status: 200, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// A failure as [OTLP/HTTP](https://opentelemetry.io/docs/specs/otlp/#failures-1) tells it: a `Status` with a
    /// [code](https://grpc.github.io/grpc/core/md_doc_statuscodes.html) of gRPC.
    static func status(_ status: Int, code: Int, _ message: String) -> Response {
        let body: JSONValue = ["code": .number(JSONNumber(code)), "message": .string(message)]
        return Response(
            status: status, headers: ["Content-Type": "application/json"], body: .bytes(body.serialized()))
    }
}
