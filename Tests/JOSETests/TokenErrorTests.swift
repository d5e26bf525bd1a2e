import JSON
import Testing

@testable import JOSE

@Suite("Token errors")
struct TokenErrorTests {
    static let all: [TokenError] = [
        .tooLarge(limit: 8_192), .malformed("the header is not JSON (byte 3)"), .encrypted, .unsupportedAlgorithm,
        .unsupportedHeader("crit"), .unsupportedType, .unknownKey, .badSignature, .missingExpiry, .invalidClaim("exp"),
        .expired, .notYetValid, .wrongIssuer, .wrongAudience, .cryptographyFailed(code: -50),
    ]

    @Test("Descriptions for callers are of the characters that error_description may have", arguments: all)
    func fitsHeader(error: TokenError) {
        // RFC 6750, section 3: %x20-21 / %x23-5B / %x5D-7E.
        for text in [error.publicDescription, error.reason] {
            #expect(!text.isEmpty)
            #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 <= 0x7E && $0 != 0x22 && $0 != 0x5C })
        }
    }

    @Test("Reasons for the log differ, those for the caller do not tell which check failed")
    func separatesAudiences() {
        #expect(Set(TokenErrorTests.all.map(\.reason)).count == TokenErrorTests.all.count)
        let invalid: [TokenError] = [.unknownKey, .badSignature, .wrongIssuer, .wrongAudience, .unsupportedAlgorithm]
        #expect(Set(invalid.map(\.publicDescription)).count == 1)
    }

    @Test("No reason echoes the token")
    func neverEchoes() throws {
        let fixture = try TokenFixture()
        let marker = "MARKER"
        let tokens = [
            "\(marker).\(marker).\(marker)", marker,
            try fixture.token(header: #"{"alg":"\#(marker)"}"#),
            try fixture.token(header: #"{"alg":"HS256","typ":"\#(marker)"}"#),
            try fixture.token(header: #"{"\#(marker)":1,"\#(marker)":2}"#),
            try fixture.token(header: #"{"alg":"HS256"}"#, payload: Array(#"{"\#(marker)":1,"\#(marker)":1}"#.utf8)),
            try fixture.token(header: marker),
            try fixture.token { $0["exp"] = .string(marker) },
            try fixture.token { $0["iss"] = .string(marker) },
        ]
        for token in tokens {
            let error = try #require(fixture.refusal(of: token))
            #expect(
                !"\(error) \(error.reason) \(error.publicDescription) \(String(reflecting: error))".contains(marker))
        }
    }
}
