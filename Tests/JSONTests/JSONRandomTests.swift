import JSON
import TestSupport
import Testing

@Suite("JSON with random input")
struct JSONRandomTests {
    private static func randomValue(_ depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .number(JSONNumber(Int.random(in: .min ... .max, using: &random)))
        case 3: return .number(JSONNumber(Double(bitPattern: random.next())) ?? JSONNumber(0))
        case 4: return .string(randomString(using: &random))
        case 5:
            let count = Int.random(in: 0..<6, using: &random)
            return .array((0..<count).map { _ in randomValue(depth - 1, using: &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                object[randomString(using: &random)] = randomValue(depth - 2, using: &random)
            }
            return .object(object)
        }
    }

    private static func randomString(using random: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<20, using: &random) {
            let range: ClosedRange<UInt32> =
                [0...0x7F, 0x20...0x7E, 0x80...0x7FF, 0x800...0x10FFFF]
                .randomElement(using: &random) ?? 0...0
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    @Test("Random trees survive being written and read")
    func roundTrips() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<400 {
            let value = JSONRandomTests.randomValue(5, using: &random)
            let text = value.serialized()
            let read = try JSONParser.parse(text)
            #expect(read == value)
            #expect(read.serialized() == text)
        }
    }

    @Test("Damaged texts are refused or read, never more, and alike in chunks")
    func survivesDamage() throws {
        var random = SeededGenerator(seed: 2)
        let interesting = Array("{}[]\",:\\u0dDeE+-.19tfn \n".utf8) + [0x00, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
        var accepted = 0
        for _ in 0..<3_000 {
            var text = JSONRandomTests.randomValue(3, using: &random).serialized()
            for _ in 0..<Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                let byte = interesting.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text.insert(byte, at: place)
                case 1: if place < text.count { text[place] = byte }
                default: if place < text.count { text.remove(at: place) }
                }
            }
            let cuts = (0..<2).map { _ in Int.random(in: 0...text.count, using: &random) }.sorted()
            let whole = JSONTokenizerTests.tokenize([text[...]])
            let pieces = JSONTokenizerTests.tokenize([text[..<cuts[0]], text[cuts[0]..<cuts[1]], text[cuts[1]...]])
            #expect(pieces == whole)
            if let value = try? JSONParser.parse(text) {
                #expect(whole.error == nil)
                #expect(try JSONParser.parse(value.serialized()) == value)
                accepted += 1
            }
        }
        // Both outcomes have to occur, or nothing was tried.
        #expect(accepted > 500)
        #expect(accepted < 2_500)
    }

    @Test("Random bytes are never a crash")
    func survivesNoise() {
        var random = SeededGenerator(seed: 3)
        var refused = 0
        for _ in 0..<5_000 {
            let count = Int.random(in: 0..<40, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            if (try? JSONParser.parse(bytes)) == nil { refused += 1 }
        }
        #expect(refused > 4_900)
    }
}
