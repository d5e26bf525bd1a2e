import Testing

/// What every transport behind `HTTPClient` must do, as checks that each run against a scripted upstream.
struct HTTPClientConformance: Sendable, CustomTestStringConvertible {
    /// The behaviour.
    let name: String
    let check: @Sendable (ClientFactory) async throws -> Void

    var testDescription: String { name }

    init(_ name: String, _ check: @escaping @Sendable (ClientFactory) async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// All checks.
    static let all = framing + requests + broken + timing + leaving
}
