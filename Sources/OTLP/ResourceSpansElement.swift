import JSON

/// One resource-spans element while it is read: whose it is, and what would be kept of it.
struct ResourceSpansElement {
    private let depth: Int
    /// Nil where all elements are own.
    private var ownership: ResourceOwnership?
    /// Nil after a failure.
    private var rewriter: ResourceSpansRewriter?
    /// Why it cannot be kept; it matters only if the element turns out to be own, as nobody is to notice others' data.
    private var failure: ResourceSpansRewriter.Failure?

    /// What becomes of an element that has ended.
    enum Outcome {
        case own(ByteRope)
        case failed(ResourceSpansRewriter.Failure)
        case foreign
    }

    /// An element whose first token the tokenizer has just given.
    init(
        _ token: JSONToken, _ tokenizer: borrowing JSONTokenizer, owner: ResourceSpansFilter.Owner,
        form: ResourceSpansFilter.Form, maximumBytes: Int
    ) {
        depth = tokenizer.depth
        switch owner {
        case .everybody: ownership = nil
        case .attribute(let key, let values):
            ownership = ResourceOwnership(key: key, values: values, elementDepth: depth)
        }
        rewriter = ResourceSpansRewriter(form: form, maximumBytes: maximumBytes)
        rewrite(token, tokenizer)
    }

    /// Takes the next token. Gives the outcome with the last one.
    mutating func take(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) -> Outcome? {
        let depth = tokenizer.depth
        let isEnd = depth < self.depth
        if !isEnd { ownership?.observe(token, depth: depth, tokenizer) }
        if ownership?.verdict == .foreign {
            // Passed over from here on, and what was held for the case that it is own is given back.
            rewriter = nil
            return isEnd ? .foreign : nil
        }
        rewrite(token, tokenizer)
        return isEnd ? outcome() : nil
    }

    private func outcome() -> Outcome {
        guard ownership == nil || ownership?.verdict == .own else { return .foreign }
        if let failure { return .failed(failure) }
        return rewriter.map { .own($0.written()) } ?? .foreign
    }

    private mutating func rewrite(_ token: JSONToken, _ tokenizer: borrowing JSONTokenizer) {
        do throws(ResourceSpansRewriter.Failure) {
            try rewriter?.rewrite(token, tokenizer)
        } catch {
            rewriter = nil
            failure = error
        }
    }
}
