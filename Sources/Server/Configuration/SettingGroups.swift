import HTTPClient
import JOSE
import PromQLSyntax
import Telemetry
import Tenancy

// The settings of each concern. An initializer is `nil` after every mistake in its settings was reported.

/// Where and how requests are taken.
struct ServerSettings: Sendable {
    let listen: HostAndPort
    /// 0 for one a processor.
    let shards: Int
    let shutdownTimeout: Duration
    let maximumHeaderBytes: Int
    let maximumBodyBytes: Int

    init?(_ reader: inout SettingReader) {
        let listen = reader.required(Settings.listen)
        let shards = reader.required(Settings.shards)
        let shutdownTimeout = reader.required(Settings.shutdownTimeout)
        let maximumHeaderBytes = reader.required(Settings.maxHeaderBytes)
        let maximumBodyBytes = reader.required(Settings.maxBodyBytes)
        guard let listen, let shards, let shutdownTimeout, let maximumHeaderBytes, let maximumBodyBytes else {
            return nil
        }
        self.listen = listen
        self.shards = shards
        self.shutdownTimeout = shutdownTimeout
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
    }
}

/// Whom the gateway asks.
struct UpstreamSettings: Sendable {
    let prometheus: UpstreamURL
    let tempo: UpstreamURL?
    let tls: HTTPClientTLS
    let authorization: UpstreamAuthorization?
    let tempoTenancy: TempoTenancy
    let tempoOrganisation: String?
    let timeout: Duration
    let maximumFilteredResponseBytes: Int

    init?(_ reader: inout SettingReader, readFile: (String) throws -> [UInt8]) {
        let prometheus = reader.required(Settings.prometheusURL)
        tempo = reader.optional(Settings.tempoURL)
        let tempoTenancy = reader.required(Settings.tempoTenancy)
        tempoOrganisation = reader.optional(Settings.tempoOrganisation)
        let isOverTLS = [prometheus, tempo].contains { $0?.scheme == .https }
        let tls = UpstreamTLS.settings(&reader, isUsed: isOverTLS, readFile: readFile)
        let authorizationFile = reader.optional(Settings.upstreamAuthorizationFile)
        authorization = authorizationFile.flatMap { file in
            reader.file(Settings.upstreamAuthorizationFile.name, file) {
                try UpstreamAuthorization(fileContents: readFile(file))
            }
        }
        let timeout = reader.required(Settings.upstreamTimeout)
        let maximumFilteredResponseBytes = reader.required(Settings.maxFilteredResponseBytes)
        guard let prometheus, let tls, let tempoTenancy, let timeout, let maximumFilteredResponseBytes,
            authorization != nil || authorizationFile == nil
        else { return nil }
        self.prometheus = prometheus
        self.tls = tls
        self.tempoTenancy = tempoTenancy
        self.timeout = timeout
        self.maximumFilteredResponseBytes = maximumFilteredResponseBytes
    }
}

/// Who callers are, and what is theirs.
struct IdentitySettings: Sendable {
    let keys: KeySet
    let tokens: TokenPolicy
    let tenancy: TenancyPolicy
    let traceDenial: TraceDenial

    init?(_ reader: inout SettingReader, tempoTenancy: TempoTenancy?, readFile: (String) throws -> [UInt8]) {
        let claim = reader.required(Settings.tenantClaim)
        let label = reader.required(Settings.tenantLabel)
        let attribute = reader.required(Settings.tenantAttribute)
        let conflict = reader.required(Settings.tenantConflict)
        let traceDenial = reader.required(Settings.traceDenial)
        let issuer = reader.optional(Settings.jwtIssuer)
        let audience = reader.optional(Settings.jwtAudience)
        let leeway = reader.required(Settings.jwtLeeway)
        let secretFile = reader.required(
            Settings.jwtSecretFile, otherwise: "must be set: without a key no token can be verified")
        let keys = secretFile.flatMap { file in
            reader.file(Settings.jwtSecretFile.name, file) {
                try KeySet([.hs256(SharedSecret(fileContents: readFile(file)))])
            }
        }
        guard let claim, let label, let attribute, let conflict, let traceDenial, let leeway, let keys,
            let tempoTenancy,
            let tenancy = try? TenancyPolicy(
                claim: claim, label: label, attribute: tempoTenancy.checksSpans ? attribute : nil, conflict: conflict)
        else { return nil }
        self.keys = keys
        self.tenancy = tenancy
        self.traceDenial = traceDenial
        tokens = TokenPolicy(issuer: issuer, audience: audience, leeway: leeway.components.seconds)
    }
}

/// What the pages about the API need.
struct DocumentationSettings: Sendable {
    let redocBundle: RedocBundle?

    init?(_ reader: inout SettingReader) {
        guard let file = reader.optional(Settings.redocBundleFile) else {
            redocBundle = nil
            return
        }
        guard let bundle = reader.file(Settings.redocBundleFile.name, file, { try RedocBundle(file: file) }) else {
            return nil
        }
        redocBundle = bundle
    }
}

/// What is logged, and how.
struct LogSettings: Sendable {
    let level: LogLevel
    let format: LogFormat

    init?(_ reader: inout SettingReader) {
        let level = reader.required(Settings.logLevel)
        let format = reader.required(Settings.logFormat)
        guard let level, let format else { return nil }
        self.level = level
        self.format = format
    }
}
