import Testing

@testable import JOSE

@Suite("Base64url")
struct Base64URLTests {
    private func decode(_ text: String) -> [UInt8]? {
        Base64URL.decode(Array(text.utf8).span)
    }

    private func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        Base64URL.encode(bytes, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    @Test(
        "The vectors of RFC 4648 and RFC 7515, without padding",
        arguments: [
            ("", []), ("Zg", Array("f".utf8)), ("Zm8", Array("fo".utf8)), ("Zm9v", Array("foo".utf8)),
            ("Zm9vYg", Array("foob".utf8)), ("Zm9vYmE", Array("fooba".utf8)), ("Zm9vYmFy", Array("foobar".utf8)),
            ("A-z_4ME", [3, 236, 255, 224, 193]),
        ] as [(String, [UInt8])])
    func vectors(text: String, bytes: [UInt8]) {
        #expect(decode(text) == bytes)
        #expect(encode(bytes) == text)
    }

    @Test(
        "Anything but the canonical text is refused",
        arguments: [
            "Zg==", "Zg=", "Zm8=", "Z", "Zm9vY", "Zh", "Zi", "Zm9", "Zm 8", "Zm8 ", "\nZm8", "Zm8\n", "Zm+v", "Zm/v",
            "Zm.v", "Zm\u{0}v", "Zmév", "=", "====", "Zm9v=", "%5A",
        ])
    func refuses(text: String) {
        #expect(decode(text) == nil)
    }

    @Test("Of all texts of two and three characters just the encodings decode")
    func isCanonical() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var decoded = 0
        for first in alphabet {
            for second in alphabet {
                for text in [[first, second], [first, second, 0x41], [0x41, first, second]] {
                    guard let bytes = Base64URL.decode(text.span) else { continue }
                    decoded += 1
                    #expect(encode(bytes).utf8.elementsEqual(text))
                }
            }
        }
        // 256 of one byte; of two bytes, those whose last character has its low two bits clear.
        #expect(decoded == 256 + 4_096 + 1_024)
    }
}
