import APIRuntime
import TestSupport
import Testing

/// Random text through everything that reads a caller's parameters, held against readings that are written otherwise.
@Suite("Random parameters")
struct FuzzTests {
    private static let parts = 4

    /// Bytes that mean something to one of the decoders, more often than others.
    private static func text(_ generator: inout SeededGenerator, upTo length: Int = 24) -> [UInt8] {
        let splinters = [
            "&", "=", "+", ";", "%", "%2", "%41", "%zz", "%26", "%3D", "%3b", "%C3%A9", "%ff", "%c0%af", "%ED%A0%80",
            "%F0%9F%99%82", "%00", "query", "time", "a", "7", "-1", "true", "1e3", "\0", "é", "e\u{301}", " ", "%%41",
        ]
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...length, using: &generator) {
            if Int.random(in: 0..<12, using: &generator) == 0 {
                text.append(UInt8.random(in: .min ... .max, using: &generator))
            } else {
                text += Array((splinters.randomElement(using: &generator) ?? "").utf8)
            }
        }
        return text
    }

    /// What `decodeForm` must give, read the slow way: whole text first, place by place; `nil` for an error.
    private static func reference(_ text: [UInt8]) -> [[[UInt8]]]? {
        var fields: [[[UInt8]]] = []
        for pair in text.split(separator: 0x26, omittingEmptySubsequences: true) {
            let sides = pair.split(separator: 0x3d, maxSplits: 1, omittingEmptySubsequences: false)
            var field: [[UInt8]] = []
            for side in sides {
                guard let bytes = decoded(Array(side)) else { return nil }
                field.append(bytes)
            }
            fields.append(field.count == 1 ? field + [[]] : field)
        }
        return fields
    }

    private static func decoded(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var place = 0
        while place < text.count {
            switch text[place] {
            case 0x25:
                guard place + 2 < text.count,
                    text[(place + 1)...(place + 2)].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                    let byte = UInt8(String(decoding: text[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(byte)
                place += 3
                continue
            case 0x3b: return nil
            case 0x2b: bytes.append(0x20)
            default: bytes.append(text[place])
            }
            place += 1
        }
        // What is no UTF-8 is replaced by this initializer, and so comes out as other bytes.
        return String(decoding: bytes, as: UTF8.self).utf8.elementsEqual(bytes) ? bytes : nil
    }

    @Test("a form is what a second reading of it says, or an error in both; encoded again it decodes to the same")
    func forms() throws {
        var (good, bad) = (0, 0)
        for seed in FuzzSeeds(rounds: 6_000, parts: Self.parts) {
            var generator = SeededGenerator(seed: seed)
            let text = Self.text(&generator, upTo: 8)
            let fields = try? decodeForm(text)
            let found = fields.map { $0.map { [Array($0.name.utf8), Array($0.value.utf8)] } }
            #expect(found == Self.reference(text), "seed \(seed): \(text)")
            guard let fields, let found else {
                bad += 1
                continue
            }
            good += 1
            let again = try decodeForm(encodeForm(fields)).map { [Array($0.name.utf8), Array($0.value.utf8)] }
            #expect(again == found, "seed \(seed): \(text)")
        }
        // Text that is always good, or never, would test little.
        #expect(good + bad < 100 || min(good, bad) > (good + bad) / 20)
    }

    @Test("a path segment that was encoded decodes to itself, a plus sign stays one, and damage is an error or text")
    func segments() throws {
        for seed in FuzzSeeds(rounds: 6_000, parts: Self.parts) {
            var generator = SeededGenerator(seed: seed)
            let text = Self.text(&generator, upTo: 8)
            let string = String(decoding: text, as: UTF8.self)
            var encoded: [UInt8] = []
            percentEncode(string, into: &encoded)
            #expect(encoded.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"&=+;/?#".utf8.contains($0) }, "seed \(seed)")
            #expect(try percentDecode(encoded, plusIsSpace: false).utf8.elementsEqual(string.utf8), "seed \(seed)")
            if let decoded = try? percentDecode(text, plusIsSpace: false) {
                #expect(decoded.utf8.count <= text.count, "seed \(seed)")
                #expect(decoded.utf8.filter { $0 == 0x2b }.count >= text.filter { $0 == 0x2b }.count, "seed \(seed)")
            }
        }
    }

    @Test("a media type is made of tokens, and written out again it is the same")
    func mediaTypes() {
        let whole = [
            "application/json", "Application/JSON; charset=utf-8",
            "application/x-www-form-urlencoded;charset=\"UTF-8\"",
            "application/problem+json", "text/plain; a=b; c=\"d\"", "multipart/form-data; boundary=----x",
        ]
        let splinters = [
            ";", "=", "\"", "/", " ", "\t", ",", "\\", "é", "\0", "charset=utf-16", "; boundary=x", "K", "ſ",
        ]
        let token = Set("!#$%&'*+-.^_`|~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        var (good, bad) = (0, 0)
        for seed in FuzzSeeds(rounds: 4_000, parts: Self.parts) {
            var generator = SeededGenerator(seed: seed)
            var text = Array((whole.randomElement(using: &generator) ?? "").unicodeScalars)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0...text.count, using: &generator)
                if Bool.random(using: &generator), place < text.count {
                    text.remove(at: place)
                } else {
                    text.insert(
                        contentsOf: (splinters.randomElement(using: &generator) ?? "").unicodeScalars, at: place)
                }
            }
            var string = ""
            string.unicodeScalars.append(contentsOf: text)
            guard let type = MediaType(parsing: string) else {
                bad += 1
                continue
            }
            good += 1
            let halves = type.essence.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
            #expect(halves.count == 2, "seed \(seed): \(string)")
            let parts =
                halves.map(Array.init) + type.parameters.flatMap { [Array($0.name.utf8), Array($0.value.utf8)] }
            #expect(parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(token.contains) }, "seed \(seed): \(string)")
            let written = type.essence + type.parameters.map { "; \($0.name)=\"\($0.value)\"" }.joined()
            #expect(MediaType(parsing: written) == type, "seed \(seed): \(string)")
            // Nothing is made up: what is not white space, a quote or a separator comes from the text.
            #expect(
                written.utf8.filter(token.contains).count == string.utf8.filter(token.contains).count, "seed \(seed)")
        }
        #expect(good + bad < 100 || min(good, bad) > (good + bad) / 20)
    }

    @Test("a parameter has a value only if it stands there once and keeps its schema; every other one is a violation")
    func inputs() async throws {
        var (whole, rounds) = (0, 0)
        for seed in FuzzSeeds(rounds: 3_000, parts: Self.parts) {
            rounds += 1
            var generator = SeededGenerator(seed: seed)
            let text = Self.pairs(&generator)
            let query = String(decoding: text, as: UTF8.self)
            var inQuery = InputDecoder(Request(method: .get, path: "/", query: query), path: .none)
            let fromQuery = Self.values(&inQuery, in: .query)
            #expect(fromQuery.isAsReferred(to: Self.reference(Array(query.utf8))), "seed \(seed): \(query)")

            // The same text as a form, in pieces cut by chance.
            let cut = Int.random(in: 0...query.utf8.count, using: &generator)
            let pieces = [Array(query.utf8.prefix(cut)), Array(query.utf8.dropFirst(cut))]
            var inBody = InputDecoder(
                Request(
                    method: .post, path: "/", headers: ["content-type": "application/x-www-form-urlencoded"],
                    body: .stream(ByteStreamOfPieces(pieces))), path: .none)
            try await inBody.readForm(required: true)
            #expect(Self.values(&inBody, in: .body) == fromQuery, "seed \(seed): \(query)")
            if fromQuery.violations == 0 { whole += 1 }
        }
        #expect(rounds < 1_000 || whole > rounds / 30)
    }

    /// A query string that is often right.
    private static func pairs(_ generator: inout SeededGenerator) -> [UInt8] {
        var pairs: [[UInt8]] = []
        let values = ["up", "1", "-9", "0.5", "true", "", "%41", "a%26b", "%zz", ";", "+1", "1e999", "é", "a+b"]
        for name in ["s", "i", "n", "b", "a", "other"].shuffled(using: &generator) {
            var count = 1
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: count = 0
            case 1: count = 2
            default: break
            }
            for _ in 0..<count {
                let value =
                    switch (name, Int.random(in: 0..<6, using: &generator)) {
                    case (_, 0): values.randomElement(using: &generator) ?? ""
                    case ("i", _), ("a", _): String(Int.random(in: -20...20, using: &generator))
                    case ("n", _): String(Double(Int.random(in: -20...20, using: &generator)) / 4)
                    case ("b", _): Bool.random(using: &generator) ? "true" : "false"
                    default: values[Int.random(in: 0..<8, using: &generator)]
                    }
                pairs.append(Array("\(name)=\(value)".utf8))
            }
        }
        if Int.random(in: 0..<30, using: &generator) == 0 { pairs.append(text(&generator, upTo: 3)) }
        return Array(pairs.joined(separator: [0x26]))
    }

    /// What came of the five parameters.
    private struct Values: Equatable {
        var string: String?
        var integer: Int?
        var number: Double?
        var boolean: Bool?
        var array: [Int]?
        var violations = 0

        /// Whether a second reading allows these values; `nil` stands for text that cannot be decoded.
        func isAsReferred(to reference: [[[UInt8]]]?) -> Bool {
            guard let reference else {
                return string == nil && integer == nil && number == nil && boolean == nil && array == []
                    && violations >= 1
            }
            func texts(_ name: String) -> [String] {
                reference.filter { $0[0] == Array(name.utf8) }.map { String(decoding: $0[1], as: UTF8.self) }
            }
            func only(_ name: String) -> String? { texts(name).count == 1 ? texts(name).first : nil }
            func isPlain(_ text: String) -> Bool { text.utf8.first != 0x2b }
            let expectedString = only("s").flatMap { $0.unicodeScalars.count <= 4 ? $0 : nil }
            let expectedInteger = only("i").flatMap { isPlain($0) ? Int($0) : nil }
            let expectedNumber = only("n").flatMap { isPlain($0) ? Double($0) : nil }.flatMap { $0.isFinite ? $0 : nil }
            let expectedBoolean = only("b").flatMap(Bool.init)
            let items = texts("a").map { isPlain($0) ? Int($0) : nil }
            let expectedArray = items.contains(nil) ? nil : items.compactMap(\.self)
            let missing =
                (expectedString == nil ? 1 : 0)
                + [("i", expectedInteger == nil), ("n", expectedNumber == nil), ("b", expectedBoolean == nil)].count {
                    $0.1 && !texts($0.0).isEmpty
                }
                + items.count { $0 == nil }
            return string.map { Array($0.utf8) } == expectedString.map { Array($0.utf8) } && integer == expectedInteger
                && number == expectedNumber && boolean == expectedBoolean && array == expectedArray
                && violations == missing
        }
    }

    private static func values(_ decoder: inout InputDecoder, in location: Violation.Location) -> Values {
        var values = Values()
        values.string = decoder.required("s", in: location, StringSchema(maxLength: 4))
        values.integer = decoder.optional("i", in: location, IntegerSchema<Int>())
        values.number = decoder.optional("n", in: location, NumberSchema())
        values.boolean = decoder.optional("b", in: location, BooleanSchema())
        values.array = decoder.array("a", in: location, required: false, ArraySchema(IntegerSchema<Int>()))
        do {
            try decoder.finish()
        } catch {
            values.violations = error.violations.count
        }
        return values
    }
}

/// A body in pieces of any bytes.
private final class ByteStreamOfPieces: ByteStream {
    let length: Int? = nil
    private var pieces: [[UInt8]]

    init(_ pieces: [[UInt8]]) { self.pieces = pieces.filter { !$0.isEmpty } }

    func next() async throws -> [UInt8]? { pieces.isEmpty ? nil : pieces.removeFirst() }

    func cancel() { pieces = [] }
}
