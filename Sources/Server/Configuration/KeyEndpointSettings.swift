import HTTPClient
import JOSE

/// Where keys for tokens are fetched.
struct KeyEndpointSettings: Sendable {
    /// `nil` for nowhere.
    let endpoint: KeyEndpoint?

    /// `nil` after every mistake in the settings was reported.
    ///
    /// - Parameter allowed: `nil` if that is among the mistakes.
    init?(
        _ reader: inout SettingReader, allowed: AllowedAlgorithms?, readFile: (String) throws -> [UInt8]
    ) {
        let before = reader.messages.count
        let keySet = reader.optional(Settings.jwtKeySetURL)
        let issuer = reader.optional(Settings.openIDIssuerURL)
        let authorities = reader.optional(Settings.jwtAuthoritiesFile)
        if reader.isSet(Settings.jwtKeySetURL), reader.isSet(Settings.openIDIssuerURL) {
            reader.report(
                Settings.jwtKeySetURL.name, "and OIDC_ISSUER_URL must not both be set: an issuer names the URL itself")
        }
        let location = keySet.map(KeyEndpoint.Location.keySet) ?? issuer.map(KeyEndpoint.Location.issuer)
        let url = keySet ?? issuer?.configuration
        if let authorities {
            if reader.messages.count == before, url?.origin.scheme != .https {
                reader.report(
                    Settings.jwtAuthoritiesFile.name,
                    "is set, but neither JWT_JWKS_URL nor OIDC_ISSUER_URL is an https:// URL")
            } else {
                _ = reader.file(Settings.jwtAuthoritiesFile.name, authorities) {
                    try UpstreamTLS.isCertificate(readFile(authorities))
                }
            }
        }
        guard reader.messages.count == before, let allowed else { return nil }
        let tls = HTTPClientTLS(authoritiesFile: authorities)
        endpoint = location.map { KeyEndpoint(location: $0, tls: tls, allowed: allowed) }
    }
}

/// Whom tokens must be from and for.
struct TokenExpectations: Sendable {
    let issuer: String?
    let audience: String?

    /// `nil` after every mistake in the settings was reported.
    ///
    /// The keys of a JWK set are an issuer's, who signs tokens for others too: which one and for whom must be said.
    ///
    /// - Parameter issuer: The one that the keys are of, where that is known.
    init?(_ reader: inout SettingReader, issuer known: OpenIDIssuer?) {
        let before = reader.messages.count
        let issuer = reader.optional(Settings.jwtIssuer)
        audience = reader.optional(Settings.jwtAudience)
        let needing = [
            (Settings.jwtKeySetFile.name, reader.isSet(Settings.jwtKeySetFile)),
            (Settings.jwtKeySetURL.name, reader.isSet(Settings.jwtKeySetURL)),
            (Settings.openIDIssuerURL.name, reader.isSet(Settings.openIDIssuerURL)),
        ].filter(\.1).map(\.0)
        if let first = needing.first {
            let reason = "must be set where \(first) is: such keys sign tokens for others as well"
            if issuer == nil, !reader.isSet(Settings.openIDIssuerURL) { reader.report(Settings.jwtIssuer.name, reason) }
            if audience == nil { reader.report(Settings.jwtAudience.name, reason) }
        }
        if let issuer, let known, !issuer.utf8.elementsEqual(known.identifier.utf8) {
            reader.report(Settings.jwtIssuer.name, "must be the same as OIDC_ISSUER_URL, byte for byte, or not be set")
        }
        guard reader.messages.count == before else { return nil }
        self.issuer = issuer ?? known?.identifier
    }
}
