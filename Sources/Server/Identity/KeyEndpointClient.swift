import APIRuntime
import EventLoop
import HTTPClient
import JSON
import Synchronization

/// Fetches JWK sets, over the HTTP client that upstreams are asked with: it follows no redirect, keeps no cookie and
/// decodes no content coding.
final class KeyEndpointClient: Sendable {
    /// The most bytes of an answer.
    static let mostBytes = 512 << 10
    /// The media types of a JWK set ([RFC 7517, section 8.5](https://www.rfc-editor.org/rfc/rfc7517#section-8.5)), and
    /// the one that most issuers use.
    private static let keySetTypes = ["application/jwk-set+json", "application/json"]

    /// An answer that was read to its end.
    struct Document: Sendable {
        let bytes: [UInt8]
        /// How long it is good for, as the answer says.
        let lifetime: Duration?
    }

    private struct Client {
        let origin: HTTPClientOrigin
        let http: any HTTPClient
    }

    private let endpoint: KeyEndpoint
    private let timeout: Duration
    private let configured: Client
    /// For keys that are elsewhere than the document that names their URL.
    private let other = Mutex<Client?>(nil)

    /// - Parameter timeout: for all that is asked to get the keys once.
    init(_ endpoint: KeyEndpoint, timeout: Duration) {
        self.endpoint = endpoint
        self.timeout = timeout
        configured = Self.client(of: endpoint.url.origin, endpoint.tls)
    }

    /// The JWK set of now. To be called on a shard.
    nonisolated(nonsending) func fetch() async throws(KeyEndpointFailure) -> Document {
        let (sum, overflow) = MonotonicClock.now.addingReportingOverflow(timeout.nanoseconds)
        let deadline = overflow ? UInt64.max : sum
        let url: KeyEndpointURL
        switch endpoint.location {
        case .keySet(let known): url = known
        case .issuer(let issuer):
            let document = try await get(issuer.configuration, types: ["application/json"], until: deadline)
            url = try Self.keySetURL(in: document, of: issuer)
        }
        return try await get(url, types: Self.keySetTypes, until: deadline)
    }

    /// Ends what is running and closes the connections.
    func close() async {
        await configured.http.close()
        await other.withLock { $0 }?.http.close()
    }

    // MARK: An issuer's document

    /// The `jwks_uri` of an issuer's document
    /// ([section 3](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata)), once the document is
    /// known to be that issuer's (section 4.3).
    private static func keySetURL(
        in document: Document, of issuer: OpenIDIssuer
    ) throws(KeyEndpointFailure) -> KeyEndpointURL {
        let url = issuer.configuration
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONParser.parse(document.bytes, limits: JSONLimits(bytes: mostBytes, depth: 32))
        } catch {
            // The parser's message may quote the text; its place does not.
            throw KeyEndpointFailure(url, "gave no JSON (line \(error.line), column \(error.column))")
        }
        guard let name = json["issuer"]?.stringValue, name.utf8.elementsEqual(issuer.identifier.utf8) else {
            throw KeyEndpointFailure(url, "speaks for another issuer than OIDC_ISSUER_URL, or for none")
        }
        guard let text = json["jwks_uri"]?.stringValue else {
            throw KeyEndpointFailure(url, "names no jwks_uri")
        }
        let keys: KeyEndpointURL
        do throws(InvalidSetting) {
            keys = try KeyEndpointURL(text)
        } catch {
            throw KeyEndpointFailure(url, "names a jwks_uri that \(error.message)")
        }
        guard keys.origin.scheme == .https || url.origin.scheme == .http else {
            throw KeyEndpointFailure(url, "names a jwks_uri that must begin with https://, as the issuer does")
        }
        return keys
    }

    // MARK: Asking

    nonisolated(nonsending) private func get(
        _ url: KeyEndpointURL, types: [String], until deadline: UInt64
    ) async throws(KeyEndpointFailure) -> Document {
        guard let loop = ShardLoop.current, case let now = MonotonicClock.now, now < deadline else {
            throw KeyEndpointFailure(url, "did not answer in time")
        }
        let rest = Duration.nanoseconds(Int64(clamping: deadline - now))
        let request = HTTPClientRequest(
            target: url.target, headers: ["Accept": types.joined(separator: ", ")], timeout: rest, idleTimeout: rest)
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client(of: url.origin).send(request)
        } catch {
            throw KeyEndpointFailure(url, Self.text(error))
        }
        // Each piece may come in time and the whole may not.
        let timer = LoopTimer(handler: ReadingDeadline(response.body))
        loop.schedule(timer, at: deadline)
        defer { loop.invalidate(timer) }
        if let reason = Self.reason(against: response, types: types) {
            response.body.cancel()
            throw KeyEndpointFailure(url, reason)
        }
        do {
            let bytes = try await RequestBody.stream(response.body).collect(limit: Self.mostBytes)
            return Document(bytes: bytes, lifetime: CacheLifetime.maximumAge(in: response.headers))
        } catch {
            response.body.cancel()
            if MonotonicClock.now >= deadline { throw KeyEndpointFailure(url, "did not answer in time") }
            switch error {
            case RequestBodyError.tooLarge(let limit):
                throw KeyEndpointFailure(url, "answered with more than \(limit) bytes")
            case let error as HTTPClientError: throw KeyEndpointFailure(url, Self.text(error))
            default: throw KeyEndpointFailure(url, "broke off")
            }
        }
    }

    /// Why an answer is not to be read; `nil` for one that is.
    private static func reason(against response: HTTPClientResponse, types: [String]) -> String? {
        switch response.status {
        case 200: break
        case 300..<400: return "answered with status \(response.status); redirects are not followed"
        default: return "answered with status \(response.status)"
        }
        guard let type = response.headers["content-type"].flatMap(MediaType.init(parsing:)),
            types.contains(type.essence)
        else { return "answered with another media type than \(types.joined(separator: " or "))" }
        guard !response.headers.contains("content-encoding") else { return "answered with a content coding" }
        return nil
    }

    private static func text(_ error: HTTPClientError) -> String {
        switch error {
        case .cannotConnect(let reason): "could not be reached: \(reason)"
        case .timedOut: "did not answer in time"
        case .connectionClosed: "closed the connection without an answer"
        case .cut: "broke off"
        case .malformedAnswer(let reason): "gave a malformed answer: \(reason)"
        case .unwritableRequest(let reason): "cannot be asked: \(reason)"
        case .cancelled, .closed: "was no longer asked"
        case .poolExhausted, .notOnShard, .requestBodyFailed: "could not be asked"
        }
    }

    private func client(of origin: HTTPClientOrigin) -> any HTTPClient {
        if origin == configured.origin { return configured.http }
        return other.withLock { other in
            if let other, other.origin == origin { return other.http }
            let client = Self.client(of: origin, endpoint.tls)
            other = client
            return client.http
        }
    }

    private static func client(of origin: HTTPClientOrigin, _ tls: HTTPClientTLS) -> Client {
        var configuration = HTTPClientConfiguration()
        configuration.maximumConnectionsPerShard = 2
        return switch origin.scheme {
        case .http: Client(origin: origin, http: SocketHTTPClient(origin: origin, configuration: configuration))
        case .https:
            Client(origin: origin, http: CurlHTTPClient(origin: origin, configuration: configuration, tls: tls))
        }
    }
}

/// Ends the reading of a body.
private final class ReadingDeadline: TimerHandler {
    private let body: any ByteStream

    init(_ body: any ByteStream) { self.body = body }

    func timerFired(_ timer: LoopTimer) { body.cancel() }
}
