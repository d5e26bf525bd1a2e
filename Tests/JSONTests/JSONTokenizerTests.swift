import JSON
import Testing

@Suite("JSON tokenizer")
struct JSONTokenizerTests {
    /// A token with its content, or the error that ended the text.
    struct Outcome: Equatable {
        var tokens: [JSONToken] = []
        var contents: [String] = []
        var bytes: [[UInt8]] = []
        var error: JSONError?
    }

    /// What a text gives when it arrives in these chunks.
    static func tokenize(_ chunks: [ArraySlice<UInt8>], limits: JSONLimits = JSONLimits()) -> Outcome {
        var tokenizer = JSONTokenizer(limits: limits)
        var outcome = Outcome()
        func drain() throws(JSONError) {
            while let token = try tokenizer.next() {
                outcome.tokens.append(token)
                outcome.contents.append(tokenizer.string(of: token))
                outcome.bytes.append(Array(tokenizer.bytes(of: token)))
            }
        }
        do throws(JSONError) {
            for (number, chunk) in chunks.enumerated() {
                // Both ways to give a chunk take part.
                if number % 2 == 0 {
                    tokenizer.append(Array(chunk))
                } else {
                    chunk.withUnsafeBufferPointer { tokenizer.append($0) }
                }
                try drain()
            }
            tokenizer.finish()
            try drain()
        } catch {
            outcome.error = error
        }
        return outcome
    }

    static let texts: [String] =
        [
            "{\"näme\\n\\uD834\\uDD1E\": [1, -2.50e+10, true, false, null, \"\u{10FFFF}\", {}, []],\r\n \"x\":\"\" } ",
            "123", " -0.5e-7 ", "\"a string of more than eight bytes, \\\"quoted\\\"\"", "[[[[]]]]",
            "{\"é\":1,\n\"é€𝄞\" 2}", "[1,2", "[\"abc\u{1}\"]", "[1e]", "[nul]", "\"\\uD834\\uDD1",
        ] + JSONParserTests.valid.map(\.text) + JSONParserTests.invalid.map(\.text)

    @Test("A text cut in two anywhere gives the same tokens, or the same error", arguments: texts)
    func survivesEverySplit(text: String) {
        let bytes = Array(text.utf8)
        let whole = JSONTokenizerTests.tokenize([bytes[...]])
        for cut in 0...bytes.count {
            #expect(JSONTokenizerTests.tokenize([bytes[..<cut], bytes[cut...]]) == whole)
        }
        #expect(JSONTokenizerTests.tokenize(bytes.indices.map { bytes[$0...$0] }) == whole)
    }

    @Test("Limits strike at the same place however a text is cut")
    func limitsIndependentOfSplits() {
        let text = Array("{\"abcdef\": [\"ghé\\u0041ijk\", 1234567, [[1]]], \"l\": 2}   ".utf8)
        for limit in 0..<text.count + 2 {
            for limits in [
                JSONLimits(bytes: limit), JSONLimits(depth: limit), JSONLimits(members: limit),
                JSONLimits(tokenBytes: limit),
            ] {
                let whole = JSONTokenizerTests.tokenize([text[...]], limits: limits)
                for cut in text.indices {
                    #expect(JSONTokenizerTests.tokenize([text[..<cut], text[cut...]], limits: limits) == whole)
                }
            }
        }
    }

    @Test("Tokens tell where they stand and what they hold")
    func locatesTokens() throws {
        let text = Array("{\"é\": [12,\n  \"a\\tb\"]}".utf8)
        let outcome = JSONTokenizerTests.tokenize([text[...]])
        #expect(outcome.error == nil)
        #expect(
            outcome.tokens.map(\.kind) == [
                .beginObject, .name, .beginArray, .number, .string, .endArray, .endObject,
            ])
        #expect(outcome.tokens.map(\.position.offset) == [0, 1, 7, 8, 14, 20, 21])
        #expect(outcome.tokens.map(\.position.line) == [1, 1, 1, 1, 2, 2, 2])
        #expect(outcome.tokens.map(\.position.column) == [1, 2, 7, 8, 3, 9, 10])
        #expect(outcome.tokens.map(\.hasEscapes) == [false, false, false, false, true, false, false])
        #expect(outcome.contents == ["{", "é", "[", "12", "a\tb", "]", "}"])
        for (token, bytes) in zip(outcome.tokens, outcome.bytes) {
            #expect(Array(text[token.range]) == bytes)
        }
    }

    @Test("Content is compared by bytes, escapes resolved")
    func comparesContent() throws {
        var tokenizer = JSONTokenizer()
        tokenizer.append(Array("[\"caf\u{E9}\",\"\\u0063af\u{E9}\",\"cafe\u{301}\"]".utf8))
        _ = try tokenizer.next()
        var equal: [Bool] = []
        while let token = try tokenizer.next(), token.kind == .string {
            equal.append(tokenizer.content(of: token, equals: "caf\u{E9}"))
        }
        #expect(equal == [true, true, false])
    }

    @Test("Depth, offset and completeness are told while a text arrives")
    func reportsProgress() throws {
        var tokenizer = JSONTokenizer()
        tokenizer.append(Array("[{\"a\":12".utf8))
        while try tokenizer.next() != nil {}
        #expect(tokenizer.depth == 2)
        #expect(tokenizer.offset == 6)
        #expect(!tokenizer.isComplete)
        tokenizer.append(Array("3}] ".utf8))
        let number = try #require(try tokenizer.next())
        #expect(tokenizer.string(of: number) == "123")
        while try tokenizer.next() != nil {}
        #expect(tokenizer.depth == 0)
        #expect(tokenizer.isComplete)
        tokenizer.append(Array("1".utf8))
        #expect(throws: JSONError.self) { try tokenizer.next() }
        #expect(!tokenizer.isComplete)
    }

    @Test("An error is thrown again on every further call")
    func staysFailed() throws {
        var tokenizer = JSONTokenizer()
        tokenizer.append(Array("[x".utf8))
        _ = try tokenizer.next()
        let first = #expect(throws: JSONError.self) { try tokenizer.next() }
        tokenizer.append(Array("1]".utf8))
        let second = #expect(throws: JSONError.self) { try tokenizer.next() }
        #expect(first == second)
    }

    @Test("Bytes of a token that is gone are empty")
    func forgetsConsumedTokens() throws {
        var tokenizer = JSONTokenizer()
        tokenizer.append(Array("[1,".utf8))
        let token = try #require(try tokenizer.next())
        #expect(Array(tokenizer.bytes(of: token)) == [0x5B])
        tokenizer.append(Array("2]".utf8))
        #expect(tokenizer.bytes(of: token).isEmpty)
        #expect(tokenizer.string(of: token).isEmpty)
    }

    @Test("A long string in small chunks is scanned once")
    func resumesLongStrings() throws {
        // Scanning from the string's start for each chunk would take four thousand million steps.
        var tokenizer = JSONTokenizer()
        tokenizer.append([0x22])
        let chunk = [UInt8](repeating: 0x61, count: 16)
        for _ in 0..<20_000 {
            tokenizer.append(chunk)
            #expect(try tokenizer.next() == nil)
        }
        tokenizer.append([0x22])
        let token = try #require(try tokenizer.next())
        #expect(token.length == 320_002)
    }
}
