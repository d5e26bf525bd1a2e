import HTTPClient
import JOSE

/// Whom the keys for tokens are fetched from.
struct KeyEndpoint: Sendable {
    /// What is there.
    enum Location: Sendable {
        /// A JWK set.
        case keySet(KeyEndpointURL)
        /// An issuer's document that says where its JWK set is.
        case issuer(OpenIDIssuer)
    }

    let location: Location
    let tls: HTTPClientTLS
    let allowed: AllowedAlgorithms

    /// Whose keys they are, where that is known.
    var issuer: OpenIDIssuer? {
        if case .issuer(let issuer) = location { return issuer }
        return nil
    }

    /// What is asked first.
    var url: KeyEndpointURL {
        switch location {
        case .keySet(let url): url
        case .issuer(let issuer): issuer.configuration
        }
    }
}

/// Why keys could not be fetched; the text names the URL, and shows nothing of an answer's body.
struct KeyEndpointFailure: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ url: KeyEndpointURL, _ reason: String) {
        description = "\(url) \(reason)"
    }
}
