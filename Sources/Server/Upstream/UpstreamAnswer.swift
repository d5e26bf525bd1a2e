import APIRuntime
import Compression
import HTTPClient
import JSON

/// What becomes of an upstream's answer to a confined query.
enum UpstreamAnswer {
    /// The most that is read of an error's body, in bytes.
    private static let mostErrorBytes = 65_536

    /// The body of a good answer, as it comes in.
    ///
    /// - Parameters:
    ///   - mediaTypes: the types that were asked for, such as `application/json`.
    ///   - takesGzip: whether it was asked for in gzip.
    /// - Throws: ``UpstreamFailure`` for every other answer.
    static func body(
        _ response: HTTPClientResponse, of mediaTypes: [String], takesGzip: Bool = false
    ) async throws -> UpstreamBody {
        switch response.status {
        case 200..<300: return try goodBody(response, of: mediaTypes, takesGzip: takesGzip)
        case 400, 404, 422, 503:
            let envelope = await errorEnvelope(response)
            // Only the query API's own envelope speaks of the query; any other 503 is the server's.
            throw UpstreamFailure.refused(
                status: response.status, message: envelope?["error"]?.stringValue,
                kind: envelope?["errorType"]?.stringValue.flatMap { knownKinds.contains($0) ? $0 : nil })
        default:
            response.body.cancel()
            throw UpstreamFailure.unusableStatus(response.status)
        }
    }

    /// The kinds of error that Prometheus has
    /// ([format](https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview)).
    private static let knownKinds: Set<String> = [
        "bad_data", "canceled", "execution", "internal", "not_acceptable", "not_found", "timeout", "unavailable",
    ]

    /// The body of an answer whose status is good, if it is of one of the media types.
    ///
    /// - Throws: ``UpstreamFailure/unexpectedMediaType``.
    static func goodBody(
        _ response: HTTPClientResponse, of mediaTypes: [String], takesGzip: Bool = false
    ) throws(UpstreamFailure) -> UpstreamBody {
        let coding = response.headers["content-encoding"]
        let isGzip =
            coding.map { asciiCaseInsensitiveEqual($0, "gzip") && response.headers.count("content-encoding") == 1 }
            ?? false
        guard let type = response.headers["content-type"].flatMap(MediaType.init(parsing:)),
            mediaTypes.contains(where: type.isEssence), coding == nil || isGzip && takesGzip
        else {
            response.body.cancel()
            throw .unexpectedMediaType
        }
        return UpstreamBody(stream: response.body, coding: isGzip ? "gzip" : nil, mediaType: type)
    }

    /// Prometheus' envelope of an error; `nil` if the body is not one.
    private static func errorEnvelope(_ response: HTTPClientResponse) async -> JSONValue? {
        guard let type = response.headers["content-type"].flatMap(MediaType.init(parsing:)), type.isJSON,
            var bytes = try? await RequestBody.stream(response.body).collect(limit: mostErrorBytes)
        else {
            response.body.cancel()
            return nil
        }
        if let coding = response.headers["content-encoding"] {
            guard asciiCaseInsensitiveEqual(coding, "gzip"), let plain = gunzip(bytes, limit: mostErrorBytes) else {
                return nil
            }
            bytes = plain
        }
        guard let envelope = try? JSONParser.parse(bytes), envelope["status"]?.stringValue == "error" else {
            return nil
        }
        return envelope
    }
}
