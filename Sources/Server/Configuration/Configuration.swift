import JOSE
import PromQLSyntax
import Telemetry
import Tenancy

/// Everything `palisade serve` is told, checked.
struct Configuration: Sendable {
    let listen: HostAndPort
    let shards: Int
    let shutdownTimeout: Duration
    let prometheus: UpstreamURL
    let upstreamTimeout: Duration
    let tenancy: TenancyPolicy
    let keys: KeySet
    let tokens: TokenPolicy
    let maximumHeaderBytes: Int
    let maximumBodyBytes: Int
    let logLevel: LogLevel
    let logFormat: LogFormat

    /// What is wrong, every mistake at once.
    struct Invalid: Error {
        let messages: [String]
    }

    /// Reads and checks every setting and the files that they name.
    ///
    /// - Throws: ``Invalid`` with every mistake there is.
    init(_ source: SettingSource, readFile: (String) throws -> [UInt8] = readSmallFile) throws(Invalid) {
        var reader = SettingReader(source)
        let listen = reader.required(Settings.listen)
        let shards = reader.required(Settings.shards)
        let shutdownTimeout = reader.required(Settings.shutdownTimeout)
        let prometheus = reader.required(Settings.prometheusURL)
        let upstreamTimeout = reader.required(Settings.upstreamTimeout)
        let claim = reader.required(Settings.tenantClaim)
        let label = reader.required(Settings.tenantLabel)
        let conflict = reader.required(Settings.tenantConflict)
        let secretFile = reader.required(
            Settings.jwtSecretFile, otherwise: "must be set: without a key no token can be verified")
        let issuer = reader.optional(Settings.jwtIssuer)
        let audience = reader.optional(Settings.jwtAudience)
        let leeway = reader.required(Settings.jwtLeeway)
        let maximumHeaderBytes = reader.required(Settings.maxHeaderBytes)
        let maximumBodyBytes = reader.required(Settings.maxBodyBytes)
        let logLevel = reader.required(Settings.logLevel)
        let logFormat = reader.required(Settings.logFormat)
        var keys: KeySet?
        if let secretFile {
            do {
                keys = try KeySet([.hs256(SharedSecret(fileContents: readFile(secretFile)))])
            } catch {
                reader.report(Settings.jwtSecretFile.name, "\(secretFile): \(error)")
            }
        }
        guard let listen, let shards, let shutdownTimeout, let prometheus, let upstreamTimeout, let claim, let label,
            let conflict, let keys, let leeway, let maximumHeaderBytes, let maximumBodyBytes, let logLevel,
            let logFormat, let tenancy = try? TenancyPolicy(claim: claim, label: label, conflict: conflict)
        else { throw Invalid(messages: reader.messages) }
        self.listen = listen
        self.shards = shards
        self.shutdownTimeout = shutdownTimeout
        self.prometheus = prometheus
        self.upstreamTimeout = upstreamTimeout
        self.tenancy = tenancy
        self.keys = keys
        tokens = TokenPolicy(issuer: issuer, audience: audience, leeway: leeway.components.seconds)
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
        self.logLevel = logLevel
        self.logFormat = logFormat
    }
}
