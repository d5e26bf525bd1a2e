import APIRuntime
import GeneratedAPI
import JOSE
import JSON
import OTLP
import Synchronization
import Telemetry
import Tenancy

@testable import Server

/// Keeps log lines for a test to read.
final class MemorySink: LogSink {
    private let kept = Mutex<[[UInt8]]>([])

    func write(_ line: [UInt8]) { kept.withLock { $0.append(line) } }

    var lines: [JSONValue] { kept.withLock { $0.compactMap { try? JSONParser.parse($0) } } }

    var text: String { kept.withLock { $0.map { String(decoding: $0, as: UTF8.self) }.joined() } }
}

/// Tokens of the test's own key.
enum Tokens {
    static let secretText = "a secret for tests, of enough bytes"

    static func secret() throws -> SharedSecret { try SharedSecret(bytes: Array(secretText.utf8)) }

    /// A token for a tenant, or with any other claims; valid for an hour unless they say otherwise.
    static func token(_ tenant: JSONValue = "acme", _ more: JSONObject = [:]) throws -> String {
        var claims: JSONObject = [
            "tenant_id": tenant, "exp": .number(JSONNumber(Int(Timestamp.unixSeconds()) + 3_600)),
        ]
        for member in more.members { claims[member.name] = member.value }
        return try TokenSigner(secret: secret()).sign(claims)
    }
}

/// The whole gateway in-process, over an upstream of the test's.
struct TestGateway {
    let gateway: Gateway
    let sink = MemorySink()

    init(
        _ upstream: FakeUpstream, prefix: String = "", conflict: String = "and", redocBundle: RedocBundle? = nil,
        tempo: FakeUpstream? = nil, tenancy: TempoTenancy = .attribute, organisation: String? = nil,
        denial: TraceDenial = .notFound, summaries: TraceSummaries = .recomputed, maximumBytes: Int = 1 << 20,
        isolation: TempoIsolation? = nil,
        limits: TenantLimits? = nil, origins: AllowedOrigins = .none, flavor: PrometheusFlavor = .prometheus,
        queryLimits: QueryLimits = .none, metadata: MetadataProvider = MetadataProvider(source: .names, file: nil)
    ) throws {
        let policy = try TenancyPolicy(
            claim: ClaimPath("tenant_id"), label: "tenant_id", attribute: tenancy.checksSpans ? "tenant_id" : nil,
            conflict: Settings.tenantConflict.parse(conflict))
        let traces = tempo.map {
            TempoClient(
                http: $0,
                settings: TempoClient.Settings(
                    tenancy: tenancy, organisation: organisation, maximumBytes: maximumBytes, summaries: summaries),
                isolation: isolation)
        }
        let operations = PrometheusOperations(
            client: PrometheusClient(
                http: upstream,
                settings: PrometheusClient.Settings(prefix: prefix, flavor: flavor, maximumBytes: maximumBytes)),
            limits: queryLimits, metadata: metadata, pageTokens: try RulePageTokens())
        let keys = TokenKeys(
            KeyFiles.Keys(keys: [.hs256(try Tokens.secret())], warnings: [], digests: []), policy: TokenPolicy(),
            logger: Logger(sink: sink))
        let tempoOperations = TempoOperations(tempo: traces, limits: queryLimits, denial: denial)
        gateway = Gateway(
            router: Router(
                authenticator: TokenAuthenticator(keys: keys, policy: policy),
                metrics: MetricsHandlers(operations: operations),
                explain: ExplainHandlers(limits: queryLimits, timeout: .seconds(30)),
                traces: TracesHandlers(operations: tempoOperations),
                prometheus: PrometheusHandlers(operations: operations, version: "2.42.0"),
                tempo: TempoHandlers(operations: tempoOperations, version: "2.9.0"),
                health: HealthHandlers(
                    probes: [UpstreamProbe(http: upstream, target: prefix + "/-/ready")], isolation: isolation,
                    keys: keys),
                documentation: DocumentationHandlers(bundle: redocBundle),
                dashboard: DashboardHandlers()),
            logger: Logger(sink: sink), observation: Self.observation(sink), limits: limits, origins: origins)
    }

    /// One id for all traces, so that tests may compare answers as they are.
    private static func observation(_ sink: MemorySink) -> Observation {
        Observation(
            logger: Logger(sink: sink),
            tracer: Tracer(processor: nil, makeTraceID: { TraceID(0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736) }))
    }

    /// Answers a request and reads the body to its end; what the body throws is thrown.
    func send(
        _ method: HTTPMethod = .get, _ path: String, query: String? = nil, token: String? = nil,
        headers: HeaderFields = [:], form: String? = nil
    ) async throws -> Answer {
        var headers = headers
        if let token { headers.add(name: "authorization", value: "Bearer \(token)") }
        var body = RequestBody.none
        if let form {
            if !headers.contains("content-type") {
                headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            }
            body = .stream(PieceStream([form]))
        }
        let response = await gateway.respond(
            to: Request(method: method, path: path, query: query, headers: headers, body: body))
        var bytes: [UInt8] = []
        switch response.body {
        case .none: break
        case .bytes(let whole): bytes = whole
        case .stream(let stream):
            while let piece = try await stream.next() { bytes += piece }
        }
        response.onEnd?(ResponseEnd(outcome: .complete, bodyBytes: bytes.count))
        return Answer(status: response.status, headers: response.headers, bytes: bytes)
    }

    /// An instant query by GET.
    func query(_ promQL: String, token: String?, _ more: FormFields = []) async throws -> Answer {
        try await send(
            .get, "/api/v1/metrics/query",
            query: String(decoding: encodeForm([("query", promQL)] + more), as: UTF8.self), token: token)
    }
}

/// An answer, read to its end.
struct Answer: Sendable {
    let status: Int
    let headers: HeaderFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func json() throws -> JSONValue { try JSONParser.parse(bytes) }
}
