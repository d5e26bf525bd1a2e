import JOSE
import PromQLSyntax
import Telemetry

/// Every setting there is. The help text, `palisade config` and `docs/configuration.md` are made from this table.
enum Settings {
    static let listen = Setting(
        name: "LISTEN", form: "host:port", defaultText: "127.0.0.1:8080",
        documentation: "The address that requests are taken on; port 0 picks a free one.",
        parse: SettingParsers.hostAndPort)
    static let tlsCertificateFile = Setting(
        name: "TLS_CERT_FILE", form: "file", defaultText: nil,
        documentation:
            "The server's certificate in PEM, and behind it the intermediate ones. With it and `TLS_KEY_FILE` requests are taken by TLS 1.2 and 1.3 only. The TLS files are read again when they change, and on SIGHUP.",
        parse: SettingParsers.nonEmpty)
    static let tlsKeyFile = Setting(
        name: "TLS_KEY_FILE", form: "file", defaultText: nil,
        documentation: "The certificate's private key in PEM, without a password.", parse: SettingParsers.nonEmpty)
    static let tlsClientAuthoritiesFile = Setting(
        name: "TLS_CLIENT_CA_FILE", form: "file", defaultText: nil,
        documentation:
            "Certificates in PEM of authorities; only clients with a certificate of one of them are admitted then.",
        parse: SettingParsers.nonEmpty)
    static let shards = Setting(
        name: "SHARDS", form: "number", defaultText: "0",
        documentation: "How many threads serve requests; 0 is one a processor.",
        parse: SettingParsers.integer(0...1_024))
    static let shutdownTimeout = Setting(
        name: "SHUTDOWN_TIMEOUT", form: "duration", defaultText: "30s",
        documentation: "How long running requests may take to end after SIGTERM before they are cut off.",
        parse: SettingParsers.duration)
    static let prometheusURL = Setting(
        name: "PROMETHEUS_URL", form: "http or https URL", defaultText: "http://127.0.0.1:9090",
        documentation:
            "The Prometheus that holds all tenants' metrics; a path in the URL is put before the API's paths.",
        shown: UpstreamURL.masked, parse: SettingParsers.upstreamURL)
    static let prometheusFlavor = Setting(
        name: "PROMETHEUS_FLAVOR", form: PrometheusFlavor.allCases.map(\.rawValue).joined(separator: ", "),
        defaultText: "prometheus",
        documentation:
            "What `PROMETHEUS_URL` is: a Thanos querier gets its own parameters and names no stores in warnings, Mimir gets the tenant as `X-Scope-OrgID`, VictoriaMetrics gets `extra_label` or `extra_filters[]`, each in addition to the restricted query.",
        parse: SettingParsers.enumeration(PrometheusFlavor.self))
    static let prometheusVersion = Setting(
        name: "PROMETHEUS_VERSION", form: "text", defaultText: "2.42.0",
        documentation:
            "The version of Prometheus that `/prometheus/api/v1/status/buildinfo` claims, by which clients such as Grafana choose what they ask for.",
        parse: SettingParsers.nonEmpty)
    static let metadataSource = Setting(
        name: "METADATA_SOURCE", form: MetadataSource.allCases.map(\.rawValue).joined(separator: ", "),
        defaultText: "names",
        documentation:
            "Where types and descriptions of metrics come from: `names` has the tenant's metrics with what `METADATA_FILE` says of them; `targets` asks the targets that carry `TENANT_LABEL`.",
        parse: SettingParsers.enumeration(MetadataSource.self))
    static let metadataFile = Setting(
        name: "METADATA_FILE", form: "file", defaultText: nil,
        documentation:
            "Types and descriptions of metrics as Prometheus' metadata API has them, read at the start; a tenant sees those of its own metrics.",
        parse: SettingParsers.nonEmpty)
    static let maxQueryRange = Setting(
        name: "MAX_QUERY_RANGE", form: "long duration", defaultText: "0",
        documentation:
            "How much time a query may touch, such as `31d`, its offsets, ranges, subqueries and `@` counted; 0 is any. Where the beginning of series or labels is left open, they begin so long before the end.",
        parse: SettingParsers.longDuration)
    static let maxQueryPoints = Setting(
        name: "MAX_QUERY_POINTS", form: "number", defaultText: "0",
        documentation:
            "At how many instants a query, or one of its subqueries, may be evaluated; 0 is any number. A subquery without a step counts as one of a minute.",
        parse: SettingParsers.integer(0...1_000_000_000))
    static let maxQueryBytes = Setting(
        name: "MAX_QUERY_BYTES", form: "size", defaultText: "64KiB",
        documentation: "The longest query, and the longest `match[]` parameters together.",
        parse: SettingParsers.size(1...65_536))
    static let tempoURL = Setting(
        name: "TEMPO_URL", form: "http or https URL", defaultText: nil,
        documentation: "The Tempo that holds all tenants' traces; without it traces are not served.",
        shown: UpstreamURL.masked, parse: SettingParsers.upstreamURL)
    static let tempoTenancy = Setting(
        name: "TEMPO_TENANCY", form: TempoTenancy.allCases.map(\.rawValue).joined(separator: ", "),
        defaultText: "attribute",
        documentation:
            "How tenants are kept apart in Tempo: by `TENANT_ATTRIBUTE`, which is checked in every answer; by the header `X-Scope-OrgID`, trusted only while Tempo is seen to refuse calls without it; or by both.",
        parse: SettingParsers.enumeration(TempoTenancy.self))
    static let tempoOrganisation = Setting(
        name: "TEMPO_ORG_ID", form: "text", defaultText: nil,
        documentation: "The `X-Scope-OrgID` that is sent with `TEMPO_TENANCY=attribute`; none if unset.",
        parse: SettingParsers.organisation)
    static let traceDenial = Setting(
        name: "TRACE_DENIAL", form: TraceDenial.allCases.map(\.rawValue).joined(separator: ", "),
        defaultText: "not_found",
        documentation:
            "What a caller is told of another tenant's trace: that there is none, or that it is forbidden.",
        parse: SettingParsers.enumeration(TraceDenial.self))
    static let traceSummaries = Setting(
        name: "TRACE_SUMMARIES", form: TraceSummaries.allCases.map(\.rawValue).joined(separator: ", "),
        defaultText: "recomputed",
        documentation:
            "What searches say of whole traces (root, start, duration, services): `recomputed` asks Tempo once more for each trace that was found and computes it from the caller's own spans; `blank` leaves it out.",
        parse: SettingParsers.enumeration(TraceSummaries.self))
    static let tempoVersion = Setting(
        name: "TEMPO_VERSION", form: "text", defaultText: "2.9.0",
        documentation:
            "The version of Tempo that `/tempo/api/status/buildinfo` claims, by which clients such as Grafana choose what they ask for.",
        parse: SettingParsers.nonEmpty)
    static let maxFilteredResponseBytes = Setting(
        name: "MAX_FILTERED_RESPONSE_BYTES", form: "size", defaultText: "64MiB",
        documentation: "The most bytes of a caller's own that a filtered answer, such as a trace, may hold.",
        parse: SettingParsers.size(1_024...1 << 30))
    static let upstreamAuthoritiesFile = Setting(
        name: "UPSTREAM_CA_FILE", form: "file", defaultText: nil,
        documentation:
            "The certificate authorities, in PEM, that certificates of `https://` upstreams must come from; the system's if unset.",
        parse: SettingParsers.nonEmpty)
    static let upstreamClientCertificateFile = Setting(
        name: "UPSTREAM_CLIENT_CERT_FILE", form: "file", defaultText: nil,
        documentation:
            "The gateway's own certificate, with its chain, in PEM, for `https://` upstreams that demand one.",
        parse: SettingParsers.nonEmpty)
    static let upstreamClientKeyFile = Setting(
        name: "UPSTREAM_CLIENT_KEY_FILE", form: "file", defaultText: nil,
        documentation: "The key of `UPSTREAM_CLIENT_CERT_FILE`, in PEM, not encrypted.",
        parse: SettingParsers.nonEmpty)
    static let upstreamAuthorizationFile = Setting(
        name: "UPSTREAM_AUTHORIZATION_FILE", form: "file", defaultText: nil,
        documentation:
            "A file with what upstreams are sent as `Authorization`, such as `Bearer …`, in one line; read at the start. A caller's own is never passed on.",
        parse: SettingParsers.nonEmpty)
    static let upstreamTimeout = Setting(
        name: "UPSTREAM_TIMEOUT", form: "duration", defaultText: "30s",
        documentation: "How long an upstream may take until its answer begins, and fall silent within it.",
        parse: SettingParsers.duration)
    static let tenantClaim = Setting(
        name: "TENANT_CLAIM", form: "dotted path", defaultText: "tenant_id",
        documentation: "Where a token names its tenant: a string, or a list of strings.",
        parse: SettingParsers.claimPath)
    static let tenantLabel = Setting(
        name: "TENANT_LABEL", form: "label name", defaultText: "tenant_id",
        documentation: "The label that tells tenants' series apart.",
        parse: SettingParsers.tenantLabel)
    static let tenantAttribute = Setting(
        name: "TENANT_ATTRIBUTE", form: "attribute name", defaultText: "tenant_id",
        documentation: "The resource attribute that tells tenants' spans apart.", parse: SettingParsers.nonEmpty)
    static let tenantConflict = Setting(
        name: "TENANT_CONFLICT", form: "and or error", defaultText: "and",
        documentation:
            "What becomes of a caller's own matcher on the tenant label that names another tenant: `and` lets it select nothing, `error` answers 400.",
        parse: { (text: String) throws(InvalidSetting) -> TenantCondition.Conflict in
            switch text {
            case "and": return .and
            case "error": return .error
            default: throw InvalidSetting(message: "must be and or error")
            }
        })
    static let jwtPublicKeyFile = Setting(
        name: "JWT_PUBLIC_KEY_FILE", form: "file", defaultText: nil,
        documentation:
            "A file with public keys in PEM (`PUBLIC KEY`) that tokens are verified with: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519. This, `JWT_JWKS_FILE`, `JWT_HS256_SECRET_FILE`, `JWT_JWKS_URL` or `OIDC_ISSUER_URL` is required; the files are read again when they change, and on SIGHUP.",
        parse: SettingParsers.nonEmpty)
    static let jwtKeySetFile = Setting(
        name: "JWT_JWKS_FILE", form: "file", defaultText: nil,
        documentation:
            "A file with a JWK set that tokens are verified with; keys in it that cannot be used are left out with a warning.",
        parse: SettingParsers.nonEmpty)
    static let jwtSecretFile = Setting(
        name: "JWT_HS256_SECRET_FILE", form: "file", defaultText: nil,
        documentation: "A file with the secret, 32 bytes or more, that tokens are signed with by HS256.",
        parse: SettingParsers.nonEmpty)
    static let jwtKeySetURL = Setting(
        name: "JWT_JWKS_URL", form: "https URL", defaultText: nil,
        documentation:
            "Where a JWK set is fetched that tokens are verified with, beside the keys in files: at the start, every five minutes or as often as its `Cache-Control: max-age` says (from one minute to one hour), for a token that names an unknown key (at most every ten seconds), and on SIGHUP. The last keys stay in use while it cannot be fetched. `http://` for this machine only.",
        shown: UpstreamURL.masked,
        parse: { (text: String) throws(InvalidSetting) in try KeyEndpointURL(text) })
    static let openIDIssuerURL = Setting(
        name: "OIDC_ISSUER_URL", form: "https URL", defaultText: nil,
        documentation:
            "An OpenID Connect issuer, instead of `JWT_JWKS_URL`: the URL of the JWK set is in its `/.well-known/openid-configuration`, which must name the issuer exactly like this. It is also what `JWT_ISSUER` is if unset.",
        shown: UpstreamURL.masked,
        parse: { (text: String) throws(InvalidSetting) in try OpenIDIssuer(text) })
    static let jwtAuthoritiesFile = Setting(
        name: "JWT_CA_FILE", form: "file", defaultText: nil,
        documentation:
            "The certificate authorities, in PEM, that certificates of `JWT_JWKS_URL` or `OIDC_ISSUER_URL` must come from; the system's if unset.",
        parse: SettingParsers.nonEmpty)
    static let jwtAlgorithms = Setting(
        name: "JWT_ALGORITHMS", form: "list", defaultText: nil,
        documentation:
            "The algorithms that keys may be used for, with commas between them, of \(SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")). If unset, a key is for the one it names or its kind has: RS256 for RSA, HS256 for a secret.",
        parse: SettingParsers.signatureAlgorithms)
    static let jwtIssuer = Setting(
        name: "JWT_ISSUER", form: "text", defaultText: nil,
        documentation:
            "What a token's `iss` must be. Required with `JWT_JWKS_FILE` and `JWT_JWKS_URL`; with the other files alone it is not checked if unset.",
        parse: SettingParsers.nonEmpty)
    static let jwtAudience = Setting(
        name: "JWT_AUDIENCE", form: "text", defaultText: nil,
        documentation:
            "What a token's `aud` must contain. Required with `JWT_JWKS_FILE`, `JWT_JWKS_URL` and `OIDC_ISSUER_URL`; with the other files alone it is not checked if unset.",
        parse: SettingParsers.nonEmpty)
    static let jwtLeeway = Setting(
        name: "JWT_LEEWAY", form: "duration", defaultText: "60s",
        documentation: "How far the clocks of issuer and gateway may be apart.", parse: SettingParsers.duration)
    static let rateLimitPerSecond = Setting(
        name: "RATE_LIMIT_PER_SECOND", form: "decimal number", defaultText: "0",
        documentation: "How many requests of one tenant may come in a second, on all shards together; 0 is any number.",
        parse: SettingParsers.thousandths(RequestRate.thousandthsBounds))
    static let rateLimitBurst = Setting(
        name: "RATE_LIMIT_BURST", form: "number", defaultText: nil,
        documentation:
            "How many requests a tenant that has been quiet may make at once; `RATE_LIMIT_PER_SECOND`, rounded up, if unset.",
        parse: SettingParsers.integer(RequestRate.burstBounds))
    static let maxConcurrentRequestsPerTenant = Setting(
        name: "MAX_CONCURRENT_REQUESTS_PER_TENANT", form: "number", defaultText: "0",
        documentation:
            "How many requests of one tenant may run at once, until their answers are sent; 0 is any number.",
        parse: SettingParsers.integer(0...1_000_000))
    static let corsAllowedOrigins = Setting(
        name: "CORS_ALLOWED_ORIGINS", form: "origins", defaultText: nil,
        documentation:
            "The origins whose pages may read answers, with commas between them, such as `https://app.example.org`; `*` for every page, none if unset.",
        parse: SettingParsers.origins)
    static let maxHeaderBytes = Setting(
        name: "MAX_HEADER_BYTES", form: "size", defaultText: "32KiB",
        documentation: "The largest request head.", parse: SettingParsers.size(1_024...1 << 20))
    static let maxBodyBytes = Setting(
        name: "MAX_BODY_BYTES", form: "size", defaultText: "1MiB",
        documentation: "The largest request body.", parse: SettingParsers.size(1_024...1 << 30))
    static let redocBundleFile = Setting(
        name: "REDOC_BUNDLE_FILE", form: "file", defaultText: nil,
        documentation:
            "Redoc's bundle, redoc.standalone.js, for the page `/docs`; if unset, the page is a plain list.",
        parse: SettingParsers.nonEmpty)
    static let logLevel = Setting(
        name: "LOG_LEVEL", form: LogLevel.allCases.map(\.rawValue).joined(separator: ", "), defaultText: "info",
        documentation: "The least important lines that are logged.", parse: SettingParsers.enumeration(LogLevel.self))
    static let logFormat = Setting(
        name: "LOG_FORMAT", form: LogFormat.allCases.map(\.rawValue).joined(separator: ", "), defaultText: "json",
        documentation: "How lines are logged.", parse: SettingParsers.enumeration(LogFormat.self))

    /// All of them, in the order in which people read them.
    static let all: [SettingRow] =
        [
            SettingRow(listen), SettingRow(tlsCertificateFile), SettingRow(tlsKeyFile),
            SettingRow(tlsClientAuthoritiesFile), SettingRow(shards), SettingRow(shutdownTimeout),
            SettingRow(prometheusURL),
            SettingRow(prometheusFlavor), SettingRow(prometheusVersion), SettingRow(metadataSource),
            SettingRow(metadataFile),
            SettingRow(tempoURL), SettingRow(tempoTenancy), SettingRow(tempoOrganisation), SettingRow(traceDenial),
            SettingRow(traceSummaries), SettingRow(tempoVersion),
            SettingRow(upstreamAuthoritiesFile), SettingRow(upstreamClientCertificateFile),
            SettingRow(upstreamClientKeyFile), SettingRow(upstreamAuthorizationFile),
            SettingRow(upstreamTimeout), SettingRow(tenantClaim), SettingRow(tenantLabel),
            SettingRow(tenantAttribute), SettingRow(tenantConflict), SettingRow(maxFilteredResponseBytes),
            SettingRow(jwtPublicKeyFile), SettingRow(jwtKeySetFile), SettingRow(jwtSecretFile),
            SettingRow(jwtKeySetURL),
            SettingRow(openIDIssuerURL), SettingRow(jwtAuthoritiesFile), SettingRow(jwtAlgorithms),
            SettingRow(jwtIssuer), SettingRow(jwtAudience), SettingRow(jwtLeeway),
            SettingRow(rateLimitPerSecond), SettingRow(rateLimitBurst), SettingRow(maxConcurrentRequestsPerTenant),
            SettingRow(maxQueryRange), SettingRow(maxQueryPoints), SettingRow(maxQueryBytes),
            SettingRow(corsAllowedOrigins),
            SettingRow(maxHeaderBytes), SettingRow(maxBodyBytes), SettingRow(redocBundleFile), SettingRow(logLevel),
            SettingRow(logFormat),
        ] + tracing
}
