import Compression
import Testing

@Suite("Reading gzip")
struct GunzipTests {
    @Test("what was compressed comes back, within the limit", arguments: [0, 1, 1_000, 100_000])
    func roundTrip(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let coded = try #require(gzip(bytes))
        #expect(gunzip(coded, limit: max(1, count)) == bytes)
        if count > 1 { #expect(gunzip(coded, limit: count - 1) == nil) }
    }

    @Test("what is no gzip, is cut or goes on behind its end gives nothing")
    func broken() throws {
        let coded = try #require(gzip(Array("some text".utf8)))
        #expect(gunzip([], limit: 100) == nil)
        #expect(gunzip(Array("plain".utf8), limit: 100) == nil)
        #expect(gunzip(Array(coded.dropLast()), limit: 100) == nil)
        #expect(gunzip(coded + [0], limit: 100) == nil)
        var wrong = coded
        wrong[wrong.count - 6] ^= 1
        #expect(gunzip(wrong, limit: 100) == nil)
    }
}
