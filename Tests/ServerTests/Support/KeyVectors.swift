/// Public keys of P-256 and tokens for the tenant acme, which expire in 2100, that other software signed with their
/// private halves; those were thrown away.
enum KeyVectors {
    /// The tokens' `iss` and `aud`.
    static let issuer = "https://issuer.example"
    static let audience = "palisade"

    static let firstPEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1HUGFAirwPCGmNuWcRPFooTNaerE
        hD22Fh8Xk1sy5if/J8ExkedKMBhBObM7A9iRWC5Zfr1eK5V2qG+F9uD1bQ==
        -----END PUBLIC KEY-----

        """
    static let firstJWK =
        #"{"kty":"EC","crv":"P-256","kid":"1","x":"1HUGFAirwPCGmNuWcRPFooTNaerEhD22Fh8Xk1sy5ic","y":"_yfBMZHnS"#
        + #"jAYQTmzOwPYkVguWX69XiuVdqhvhfbg9W0"}"#
    static let firstToken =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEifQ.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMCwidGVuY"
        + "W50X2lkIjoiYWNtZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJhdWQiOiJwYWxpc2FkZSJ9.1R6dMBbRxAYC8WVQ"
        + "IGFGYCD30vArXtWquT1APVpbafrLUlkxb1v8buq6EcMW9uTfmmfc2srR37Bgsh4qxEb8WA"

    static let secondPEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE//6dFtUf6Hsq0IDPUYr06anmUhUg
        e6G94NaimcoNxskgkrWloUVPvluSWww/Sm+0bG8BpDNExTmBHIBGletG4w==
        -----END PUBLIC KEY-----

        """
    static let secondJWK =
        #"{"kty":"EC","crv":"P-256","kid":"2","x":"__6dFtUf6Hsq0IDPUYr06anmUhUge6G94NaimcoNxsk","y":"IJK1paFFT"#
        + #"75bklsMP0pvtGxvAaQzRMU5gRyARpXrRuM"}"#
    static let secondToken =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjIifQ.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMCwidGVuY"
        + "W50X2lkIjoiYWNtZSIsImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJhdWQiOiJwYWxpc2FkZSJ9._bU-bdX9zSs9-Lng"
        + "1bjwD2HhWrale7PWz5U3uWkVc9g6Q7dmCs_RpBHmtp7NloefTtTQg32lNRb7IL-5G0UqGg"
}
