import APIRuntime
import HTTPClient
import JSON

/// What becomes of an upstream's answer to a confined query.
enum UpstreamAnswer {
    /// The most that is read of an error's body, in bytes.
    private static let mostErrorBytes = 65_536

    /// The body of a good answer, as it comes in.
    ///
    /// - Throws: ``UpstreamFailure`` for every other answer.
    static func json(_ response: HTTPClientResponse) async throws -> any ByteStream {
        switch response.status {
        case 200..<300: return try jsonBody(response)
        case 400, 404, 422, 503:
            let message = await errorMessage(response)
            // Only the query API's own envelope speaks of the query; any other 503 is the server's.
            throw UpstreamFailure.refused(status: response.status, message: message)
        default:
            response.body.cancel()
            throw UpstreamFailure.unusableStatus(response.status)
        }
    }

    /// The body, if it is plain JSON.
    ///
    /// - Throws: ``UpstreamFailure/unexpectedMediaType``.
    static func jsonBody(_ response: HTTPClientResponse) throws(UpstreamFailure) -> any ByteStream {
        guard let type = response.headers["content-type"].flatMap(MediaType.init(parsing:)),
            type.essence == "application/json", !response.headers.contains("content-encoding")
        else {
            response.body.cancel()
            throw .unexpectedMediaType
        }
        return response.body
    }

    /// The `error` of Prometheus' envelope
    /// ([format](https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview)); `nil` if the body is not one.
    private static func errorMessage(_ response: HTTPClientResponse) async -> String? {
        guard let type = response.headers["content-type"].flatMap(MediaType.init(parsing:)), type.isJSON,
            let bytes = try? await RequestBody.stream(response.body).collect(limit: mostErrorBytes),
            let envelope = try? JSONParser.parse(bytes), envelope["status"]?.stringValue == "error"
        else {
            response.body.cancel()
            return nil
        }
        return envelope["error"]?.stringValue
    }
}
