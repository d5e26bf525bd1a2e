import APIRuntime
import JSON

/// A Thanos querier's answer whose warnings name no stores: that there is a store, its address and what it answered are
/// the operator's business. Warnings of the evaluation itself stay; everything else passes to the byte.
final class StoreWarnings: ByteStream {
    /// A warning may come out longer or shorter than it went in.
    let length: Int? = nil

    /// What stands in the place of a warning that may name a store.
    static let replacement = "A store of the upstream gave no complete answer."

    private let body: any ByteStream
    private var tokenizer = JSONTokenizer(
        limits: JSONLimits(bytes: .max, depth: JSONLimits.greatestDepth, members: .max, tokenBytes: 64 << 20))
    /// What has come in and not gone out; it begins at `offset` of the whole.
    private var held: [UInt8] = []
    private var offset = 0
    private var isInWarnings = false
    private var isAtEnd = false

    /// The answer in `body`.
    init(hiding body: any ByteStream) {
        self.body = body
    }

    func next() async throws -> [UInt8]? {
        while !isAtEnd {
            var output: [UInt8] = []
            if let piece = try await body.next() {
                tokenizer.append(piece)
                held += piece
            } else {
                tokenizer.finish()
                isAtEnd = true
            }
            do {
                try take(into: &output)
            } catch {
                body.cancel()
                throw UpstreamFailure.unreadable("\(error)")
            }
            if isAtEnd { release(upTo: offset + held.count, into: &output) }
            if !output.isEmpty { return output }
        }
        return nil
    }

    func cancel() {
        isAtEnd = true
        held = []
        body.cancel()
    }

    private func take(into output: inout [UInt8]) throws(JSONError) {
        while let token = try tokenizer.next() {
            switch token.kind {
            case .name where tokenizer.depth == 1:
                isInWarnings = tokenizer.content(of: token, equals: "warnings")
            case .string where isInWarnings:
                let text = tokenizer.string(of: token)
                guard !Self.isOfTheEvaluation(text) else { continue }
                release(upTo: token.range.lowerBound, into: &output)
                var writer = JSONWriter()
                writer.string(Self.replacement)
                output += writer.bytes
                drop(upTo: token.range.upperBound)
            default: break
            }
        }
        // What has been tokenized can go; the rest of a cut token may be a warning.
        release(upTo: tokenizer.offset, into: &output)
    }

    /// What Prometheus' engine and API say of a query speaks of what the query selected.
    private static func isOfTheEvaluation(_ warning: String) -> Bool {
        warning.utf8.starts(with: "PromQL warning: ".utf8) || warning.utf8.starts(with: "PromQL info: ".utf8)
            || warning.utf8.elementsEqual("results truncated due to limit".utf8)
    }

    private func release(upTo end: Int, into output: inout [UInt8]) {
        let count = min(max(0, end - offset), held.count)
        guard count > 0 else { return }
        output += held[..<count]
        drop(upTo: offset + count)
    }

    private func drop(upTo end: Int) {
        let count = min(max(0, end - offset), held.count)
        held.removeFirst(count)
        offset += count
    }
}
