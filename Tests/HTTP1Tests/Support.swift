import HTTP1
import Testing

/// A message as the caller of a parser puts it together again.
struct ReadMessage: Equatable {
    var start: String
    var fields: [[String]] = []
    var framing: HTTP1Framing = .none
    var keepAlive = true
    var expectsContinue = false
    var body: [UInt8] = []
    var isWhole = false
}

/// All that came of some input.
struct Transcript: Equatable {
    var messages: [ReadMessage] = []
    var error: HTTP1Error?
    /// Bytes that were given and not consumed.
    var left = 0

    var statuses: [Int] { error.map { [$0.status] } ?? [] }
}

func bytes(_ text: String) -> [UInt8] {
    Array(text.utf8)
}

func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}

/// What a parser under test is: requests and answers are driven alike.
protocol TestedParser {
    associatedtype Head: Sendable
    mutating func step(_ input: UnsafeRawBufferPointer) throws(HTTP1Error) -> HTTP1Progress<Head>
    mutating func messageEnded()
    func describe(_ head: Head) -> ReadMessage
}

struct TestedRequests: TestedParser {
    var parser: HTTP1RequestParser

    mutating func step(_ input: UnsafeRawBufferPointer) throws(HTTP1Error) -> HTTP1Progress<HTTP1RequestHead> {
        try parser.next(input)
    }

    mutating func messageEnded() {}

    func describe(_ head: HTTP1RequestHead) -> ReadMessage {
        let query = head.query.map { " ?\($0)" } ?? ""
        return ReadMessage(
            start: "\(head.method) \(head.path)\(query) 1.\(head.minorVersion)",
            fields: head.fields.map { [$0.name, $0.value] }, framing: head.framing, keepAlive: head.keepAlive,
            expectsContinue: head.expectsContinue)
    }
}

struct TestedAnswers: TestedParser {
    var parser: HTTP1ResponseParser
    /// Methods of the requests whose answers are still to begin.
    var methods: ArraySlice<String>

    init(_ methods: [String], limits: HTTP1Limits = HTTP1Limits()) {
        parser = HTTP1ResponseParser(limits: limits)
        self.methods = methods[...]
        messageEnded()
    }

    mutating func step(_ input: UnsafeRawBufferPointer) throws(HTTP1Error) -> HTTP1Progress<HTTP1ResponseHead> {
        try parser.next(input)
    }

    mutating func messageEnded() {
        if let method = methods.popFirst() { parser.expect(responseTo: method) }
    }

    func describe(_ head: HTTP1ResponseHead) -> ReadMessage {
        ReadMessage(
            start: "\(head.status) 1.\(head.minorVersion)", fields: head.fields.map { [$0.name, $0.value] },
            framing: head.framing, keepAlive: head.keepAlive)
    }
}

/// Feeds pieces as a connection would: what is not consumed stays in front of the next piece.
func feed<Parser: TestedParser>(_ parser: inout Parser, _ pieces: [ArraySlice<UInt8>]) -> Transcript {
    var transcript = Transcript()
    var kept: [UInt8] = []
    for piece in pieces {
        kept.append(contentsOf: piece)
        var start = 0
        var steps = 0
        while true {
            let step: Result<(HTTP1Progress<Parser.Head>, [UInt8]), HTTP1Error> = kept.withUnsafeBytes { input in
                let rest = UnsafeRawBufferPointer(rebasing: input[start...])
                return Result { () throws(HTTP1Error) in
                    let progress = try parser.step(rest)
                    guard case .body(let range) = progress.event else { return (progress, []) }
                    guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= progress.consumed else {
                        throw HTTP1Error(status: 0, detail: "The range \(range) is outside what was consumed.")
                    }
                    return (progress, Array(rest[range]))
                }
            }
            switch step {
            case .failure(let error):
                transcript.error = error
                return transcript
            case .success(let (progress, body)):
                guard (0...(kept.count - start)).contains(progress.consumed) else {
                    transcript.error = HTTP1Error(status: 0, detail: "\(progress.consumed) bytes were consumed.")
                    return transcript
                }
                start += progress.consumed
                steps += 1
                guard steps < 4 * piece.count + kept.count + 8 else {
                    transcript.error = HTTP1Error(status: 0, detail: "The parser does not come to an end.")
                    return transcript
                }
                if let event = progress.event {
                    switch event {
                    case .head(let head): transcript.messages.append(parser.describe(head))
                    case .body: transcript.messages[transcript.messages.count - 1].body += body
                    case .end:
                        transcript.messages[transcript.messages.count - 1].isWhole = true
                        parser.messageEnded()
                    }
                    continue
                }
            }
            break
        }
        kept.removeFirst(start)
    }
    transcript.left = kept.count
    return transcript
}

/// The outcome of the input in one piece, after checking that byte by byte, and cut in two at every place (at 200
/// places for long input), gives the same.
func readInAllPieces<Parser: TestedParser>(
    _ input: [UInt8], _ make: () -> Parser, _ location: SourceLocation = #_sourceLocation
) -> Transcript {
    var parser = make()
    let whole = feed(&parser, [input[...]])
    parser = make()
    let dripped = feed(&parser, input.indices.map { input[$0...$0] })
    #expect(dripped == whole, "byte by byte", sourceLocation: location)
    for cut in stride(from: 0, through: input.count, by: max(1, input.count / 200)) {
        parser = make()
        let halves = feed(&parser, [input[..<cut], input[cut...]])
        if halves != whole {
            #expect(halves == whole, "cut at \(cut)", sourceLocation: location)
        }
    }
    return whole
}

func readRequests(
    _ input: [UInt8], limits: HTTP1Limits = HTTP1Limits(), _ location: SourceLocation = #_sourceLocation
) -> Transcript {
    readInAllPieces(input, { TestedRequests(parser: HTTP1RequestParser(limits: limits)) }, location)
}

func readRequests(
    _ input: String, limits: HTTP1Limits = HTTP1Limits(), _ location: SourceLocation = #_sourceLocation
) -> Transcript {
    readRequests(bytes(input), limits: limits, location)
}

func readAnswers(
    _ input: String, to methods: [String] = ["GET"], limits: HTTP1Limits = HTTP1Limits(),
    _ location: SourceLocation = #_sourceLocation
) -> Transcript {
    readAnswers(bytes(input), to: methods, limits: limits, location)
}

func readAnswers(
    _ input: [UInt8], to methods: [String] = ["GET"], limits: HTTP1Limits = HTTP1Limits(),
    _ location: SourceLocation = #_sourceLocation
) -> Transcript {
    readInAllPieces(input, { TestedAnswers(methods, limits: limits) }, location)
}

/// One line of a table of messages: what is special about it, its bytes, and what must come of it.
struct Row<Expected: Sendable>: Sendable, CustomTestStringConvertible {
    let name: String
    let input: [UInt8]
    let expected: Expected

    init(_ name: String, _ input: String, _ expected: Expected) {
        self.init(name, bytes(input), expected)
    }

    init(_ name: String, _ input: [UInt8], _ expected: Expected) {
        self.name = name
        self.input = input
        self.expected = expected
    }

    var testDescription: String { name }
}
