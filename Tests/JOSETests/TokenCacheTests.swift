import Testing

@testable import JOSE

@Suite("Token cache")
struct TokenCacheTests {
    private func digest(_ text: String) throws -> SHA256Digest {
        let bytes = Array(text.utf8)
        let digest = SHA256Digest(bytes.span)
        return try #require(digest)
    }

    private func token(expiresAt: Int64) throws -> VerifiedToken {
        let fixture = try TokenFixture()
        let text = try fixture.token { $0["exp"] = .number(.init(Int(expiresAt))) }
        return try fixture.verifier.verify(text, now: TokenFixture.now)
    }

    @Test("A digest is that of the text: equal for equal texts, different for others")
    func digests() throws {
        let abc = try digest("abc")
        #expect(try abc == digest("abc") && abc.hashValue == digest("abc").hashValue)
        for other in ["", "ab", "abd", "abcd", "Abc"] { #expect(try abc != digest(other)) }
    }

    @Test("A value is there until the token expires")
    func expires() throws {
        let cache = TokenCache<String>()
        let now = TokenFixture.now
        let key = try digest("a")
        cache.insert("a", for: key, of: try token(expiresAt: now + 100), now: now)
        #expect(cache.value(for: key, now: now) == "a")
        #expect(cache.value(for: key, now: now + 99) == "a")
        #expect(try cache.value(for: digest("b"), now: now) == nil)
        #expect(cache.value(for: key, now: now + 100) == nil)
        #expect(cache.count == 0)
    }

    @Test("A value is there for at most five minutes, however often it is used")
    func expiresAfterFiveMinutes() throws {
        let cache = TokenCache<String>()
        let now = TokenFixture.now
        let key = try digest("a")
        cache.insert("a", for: key, of: try token(expiresAt: now + 100_000), now: now)
        for second in Int64(0)..<300 { #expect(cache.value(for: key, now: now + second) == "a") }
        #expect(cache.value(for: key, now: now + 300) == nil)
    }

    @Test("A token that only the leeway lets pass is not kept, nor is one given out before its time")
    func refusesLeeway() throws {
        let cache = TokenCache<String>()
        let now = TokenFixture.now
        let key = try digest("a")
        cache.insert("a", for: key, of: try token(expiresAt: now - 10), now: now)
        cache.insert("a", for: key, of: try token(expiresAt: now), now: now)
        #expect(cache.count == 0)
        cache.insert("a", for: key, of: try token(expiresAt: now + 10), now: now)
        #expect(cache.value(for: key, now: now - 1) == nil)
    }

    @Test("It is bounded, and the least recently used go first")
    func isBounded() throws {
        let cache = TokenCache<Int>(capacity: 100)
        let now = TokenFixture.now
        let token = try token(expiresAt: now + 100)
        let favourite = try digest("favourite")
        cache.insert(-1, for: favourite, of: token, now: now)
        for number in 0..<1_000 {
            cache.insert(number, for: try digest("\(number)"), of: token, now: now)
            #expect(cache.count <= 100)
            #expect(cache.value(for: favourite, now: now) == -1)
        }
        #expect(try cache.value(for: digest("999"), now: now) == 999)
        #expect(try cache.value(for: digest("0"), now: now) == nil)
        cache.removeAll()
        #expect(cache.count == 0)
        #expect(cache.value(for: favourite, now: now) == nil)
    }
}
