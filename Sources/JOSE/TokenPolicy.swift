/// What a token has to say, apart from being signed, to be accepted.
public struct TokenPolicy: Sendable, Equatable {
    /// What `iss` must be, byte for byte; nil: anything, or nothing.
    public let issuer: String?

    /// What `aud` must be or include, byte for byte; nil: anything, or nothing.
    public let audience: String?

    /// By how many seconds the clocks of issuer and verifier may differ, for `exp` and `nbf`.
    public let leeway: Int64

    /// The most bytes a token may have.
    public let maximumTokenBytes: Int

    /// Makes a policy; a negative leeway or size counts as 0.
    public init(
        issuer: String? = nil, audience: String? = nil, leeway: Int64 = 60, maximumTokenBytes: Int = 8_192
    ) {
        self.issuer = issuer
        self.audience = audience
        self.leeway = max(0, leeway)
        self.maximumTokenBytes = max(0, maximumTokenBytes)
    }
}
