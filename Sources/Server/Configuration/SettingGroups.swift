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
    let allowedOrigins: AllowedOrigins
    /// The listener for operators; `nil` for none.
    let adminListen: HostAndPort?
    /// `/metrics` counts by tenant too.
    let showsTenants: Bool

    init?(_ reader: inout SettingReader) {
        let listen = reader.required(Settings.listen)
        let shards = reader.required(Settings.shards)
        let shutdownTimeout = reader.required(Settings.shutdownTimeout)
        let maximumHeaderBytes = reader.required(Settings.maxHeaderBytes)
        let maximumBodyBytes = reader.required(Settings.maxBodyBytes)
        allowedOrigins = reader.optional(Settings.corsAllowedOrigins) ?? .none
        adminListen = reader.optional(Settings.adminListen) ?? nil
        showsTenants = reader.optional(Settings.metricsTenantLabel) ?? false
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

/// Whether, and as whom, the gateway speaks TLS with its callers.
struct TLSSettings: Sendable {
    /// Nil for plain HTTP.
    let certificate: (files: CertificateFiles, loaded: CertificateFiles.Loaded)?

    init?(_ reader: inout SettingReader, readFile: @escaping @Sendable (String) throws -> [UInt8]) {
        let chain = reader.optional(Settings.tlsCertificateFile)
        let key = reader.optional(Settings.tlsKeyFile)
        let authorities = reader.optional(Settings.tlsClientAuthoritiesFile)
        if chain == nil, key == nil {
            guard authorities != nil else {
                certificate = nil
                return
            }
            reader.report(
                Settings.tlsClientAuthoritiesFile.name,
                "needs TLS_CERT_FILE and TLS_KEY_FILE: without them no client is asked for a certificate")
            return nil
        }
        guard let chain, let key else {
            let missing = chain == nil ? Settings.tlsCertificateFile : Settings.tlsKeyFile
            let given = chain == nil ? Settings.tlsKeyFile : Settings.tlsCertificateFile
            reader.report(missing.name, "must be set if \(given.name) is")
            return nil
        }
        let files = CertificateFiles(
            certificateChain: chain, privateKey: key, clientAuthorities: authorities, readFile: readFile)
        do throws(CertificateFiles.Invalid) {
            certificate = (files, try files.load())
        } catch {
            reader.report(error.setting, error.message)
            return nil
        }
    }
}

/// Whom the gateway asks.
struct UpstreamSettings: Sendable {
    let prometheus: UpstreamURL
    let flavor: PrometheusFlavor
    /// The version of Prometheus that is claimed.
    let claimedVersion: String
    let metadataSource: MetadataSource
    let metadataFile: MetadataFile?
    let tempo: UpstreamURL?
    let tls: HTTPClientTLS
    let authorization: UpstreamAuthorization?
    let tempoTenancy: TempoTenancy
    let tempoOrganisation: String?
    let traceSummaries: TraceSummaries
    /// The version of Tempo that is claimed.
    let claimedTempoVersion: String
    let timeout: Duration
    let maximumFilteredResponseBytes: Int

    init?(_ reader: inout SettingReader, readFile: (String) throws -> [UInt8]) {
        let prometheus = reader.required(Settings.prometheusURL)
        let flavor = reader.required(Settings.prometheusFlavor)
        let claimedVersion = reader.required(Settings.prometheusVersion)
        let metadataSource = reader.required(Settings.metadataSource)
        let metadataPath = reader.optional(Settings.metadataFile)
        metadataFile = metadataPath.flatMap { file in
            reader.file(Settings.metadataFile.name, file) { try MetadataFile(fileContents: readFile(file)) }
        }
        if metadataPath != nil, metadataSource == .targets {
            reader.report(Settings.metadataFile.name, "has no effect with METADATA_SOURCE=targets")
        }
        tempo = reader.optional(Settings.tempoURL)
        let tempoTenancy = reader.required(Settings.tempoTenancy)
        tempoOrganisation = reader.optional(Settings.tempoOrganisation)
        let traceSummaries = reader.required(Settings.traceSummaries)
        let claimedTempoVersion = reader.required(Settings.tempoVersion)
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
        guard let prometheus, let flavor, let claimedVersion, let metadataSource,
            metadataFile != nil || metadataPath == nil, let tls, let tempoTenancy,
            let traceSummaries, let claimedTempoVersion, let timeout,
            let maximumFilteredResponseBytes,
            authorization != nil || authorizationFile == nil
        else { return nil }
        self.prometheus = prometheus
        self.flavor = flavor
        self.claimedVersion = claimedVersion
        self.metadataSource = metadataSource
        self.tls = tls
        self.tempoTenancy = tempoTenancy
        self.traceSummaries = traceSummaries
        self.claimedTempoVersion = claimedTempoVersion
        self.timeout = timeout
        self.maximumFilteredResponseBytes = maximumFilteredResponseBytes
    }
}

/// Who callers are, and what is theirs.
struct IdentitySettings: Sendable {
    let keyFiles: KeyFiles
    /// What stands in the files.
    let keys: KeyFiles.Keys
    /// Where further keys are fetched; `nil` for nowhere.
    let keyEndpoint: KeyEndpoint?
    let tokens: TokenPolicy
    let tenancy: TenancyPolicy
    let traceDenial: TraceDenial

    init?(
        _ reader: inout SettingReader, tempoTenancy: TempoTenancy?,
        readFile: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        let claim = reader.required(Settings.tenantClaim)
        let label = reader.required(Settings.tenantLabel)
        let attribute = reader.required(Settings.tenantAttribute)
        let conflict = reader.required(Settings.tenantConflict)
        let operatorClaim = reader.optional(Settings.operatorClaim)
        let traceDenial = reader.required(Settings.traceDenial)
        let leeway = reader.required(Settings.jwtLeeway)
        let keyFiles = KeyFiles(&reader, readFile: readFile)
        let keys = keyFiles.flatMap { reader.keys($0) }
        let endpoint = KeyEndpointSettings(&reader, allowed: keyFiles?.allowed, readFile: readFile)
        let expected = TokenExpectations(&reader, issuer: endpoint?.endpoint?.issuer)
        guard let claim, let label, let attribute, let conflict, let traceDenial, let leeway, let keyFiles,
            let keys, let endpoint, let expected, let tempoTenancy,
            let tenancy = try? TenancyPolicy(
                claim: claim, label: label, attribute: tempoTenancy.checksSpans ? attribute : nil, conflict: conflict,
                operatorClaim: operatorClaim.map { ($0.path, $0.value) })
        else { return nil }
        self.keyFiles = keyFiles
        self.keys = keys
        self.tenancy = tenancy
        self.traceDenial = traceDenial
        keyEndpoint = endpoint.endpoint
        tokens = TokenPolicy(
            issuer: expected.issuer, audience: expected.audience, leeway: leeway.components.seconds)
    }
}

extension KeyFiles {
    /// The files that the settings name; `nil` after reporting that keys come from nowhere.
    fileprivate init?(_ reader: inout SettingReader, readFile: @escaping @Sendable (String) throws -> [UInt8]) {
        let settings: [(Setting<String>, Form)] = [
            (Settings.jwtPublicKeyFile, .publicKeys), (Settings.jwtKeySetFile, .keySet),
            (Settings.jwtSecretFile, .secret),
        ]
        var files: [File] = []
        for (setting, form) in settings {
            guard let path = reader.optional(setting) else { continue }
            files.append(File(setting: setting.name, path: path, form: form))
        }
        let mistakes = reader.messages.count
        allowed = AllowedAlgorithms(reader.optional(Settings.jwtAlgorithms))
        let hasAlgorithms = reader.messages.count == mistakes
        let hasEndpoint = reader.isSet(Settings.jwtKeySetURL) || reader.isSet(Settings.openIDIssuerURL)
        if files.isEmpty, !hasEndpoint {
            let names = settings.map(\.0.name) + [Settings.jwtKeySetURL.name, Settings.openIDIssuerURL.name]
            reader.report(
                names.dropLast().joined(separator: ", ") + " or " + (names.last ?? ""),
                "must be set: without a key no token can be verified")
        }
        guard !files.isEmpty || hasEndpoint, hasAlgorithms else { return nil }
        self.files = files
        self.readFile = readFile
    }
}

extension SettingReader {
    /// The keys in the files; `nil` after reporting what is wrong with them.
    fileprivate mutating func keys(_ files: KeyFiles) -> KeyFiles.Keys? {
        do throws(KeyFiles.Invalid) {
            return try files.keys(in: files.read())
        } catch {
            for mistake in error.mistakes { report(mistake.setting, mistake.message) }
            return nil
        }
    }
}

/// What a tenant may do at most.
struct LimitSettings: Sendable {
    /// `nil` for any rate.
    let rate: RequestRate?
    /// `nil` for any number.
    let mostRunning: Int?
    /// What a query may touch.
    let queries: QueryLimits

    init?(_ reader: inout SettingReader) {
        let thousandths = reader.required(Settings.rateLimitPerSecond)
        let burst = reader.optional(Settings.rateLimitBurst)
        let mostRunning = reader.required(Settings.maxConcurrentRequestsPerTenant)
        let range = reader.required(Settings.maxQueryRange)
        let points = reader.required(Settings.maxQueryPoints)
        let bytes = reader.required(Settings.maxQueryBytes)
        guard let thousandths, let mostRunning, let range, let points, let bytes else { return nil }
        queries = QueryLimits(
            range: range == 0 ? nil : range, points: points == 0 ? nil : Int64(points), bytes: bytes)
        rate = thousandths == 0 ? nil : RequestRate(thousandthsPerSecond: thousandths, burst: burst)
        self.mostRunning = mostRunning == 0 ? nil : mostRunning
    }

    /// What holds tenants to these limits; `nil` if there are none.
    func tenantLimits() -> TenantLimits? {
        rate == nil && mostRunning == nil ? nil : TenantLimits(rate: rate, mostRunning: mostRunning)
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
    /// Where audit lines go.
    let auditFile: String?

    init?(_ reader: inout SettingReader) {
        let level = reader.required(Settings.logLevel)
        let format = reader.required(Settings.logFormat)
        auditFile = reader.optional(Settings.auditLogFile)
        guard let level, let format else { return nil }
        self.level = level
        self.format = format
    }
}
