import JSON

/// Keeps the resource spans of one owner out of a trace that Tempo answers with, while the answer arrives.
///
/// It reads the answers of Tempo's trace-by-id API, version 2 (`{"trace":{"resourceSpans":[…]},…}`) and version 1
/// (`{"batches":[…]}`), and a bare `{"resourceSpans":[…]}`. Of those it keeps a resource-spans element only if its
/// resource has exactly one attribute with the given key, and if that attribute's value is a string, nothing else, whose
/// bytes are those of one of the given values. All else is dropped: what has no such attribute, what has it twice, what
/// could be read in two ways, and everything around the resource spans (`metrics`, `status`), as that tells about the
/// whole trace.
///
/// ```swift
/// var filter = ResourceSpansFilter(attribute: "tenant_id", values: ["acme"], maximumBytes: 64 << 20)
/// for chunk in chunks { try filter.append(chunk) }
/// let trace = try filter.finish()
/// ```
///
/// Dropped elements cost no memory, if their resource comes first as Tempo writes it; otherwise at most `maximumBytes`
/// until their resource has come. One single string or number of the answer, whoever's, may have as many bytes as the
/// kept part, and values may be nested some 250 deep.
public struct ResourceSpansFilter: Sendable {
    /// How many resource spans have been kept so far.
    public private(set) var keptResourceSpans = 0

    /// How many resource spans have been dropped so far. For logs only: it is a function of everybody's data.
    public private(set) var droppedResourceSpans = 0

    private let owner: Owner
    private let form: Form
    private let envelope: TraceEnvelope
    private let maximumBytes: Int
    private var tokenizer: JSONTokenizer
    private var place = Place.document
    private var element: ResourceSpansElement?
    private var kept = ByteRope()
    private var failure: ResourceSpansFilterError?

    /// Whose resource spans are kept.
    enum Owner {
        /// All of them: somebody else has seen to it that there are no others.
        case everybody
        /// Those whose resource has the attribute of this key with one of these values.
        case attribute(String, values: [String])
    }

    /// How the kept elements are written.
    public enum Form: Sendable {
        /// As OTLP/JSON has them: identifiers in hexadecimal, enumerations as numbers.
        case otlp
        /// As they came, but for white space.
        case asReceived
    }

    private enum Place {
        /// Before the text's value.
        case document
        /// In the text's object, or in its `trace`.
        case envelope(Envelope)
        /// Before the value of a member of it.
        case member(Member, of: Envelope)
        /// In the array of the resource spans.
        case list(in: Envelope)
        /// In one of them.
        case element(in: Envelope)
        /// In a value that is not kept, which began at that depth.
        case skipped(depth: Int, in: Envelope)
        case end
    }

    private enum Envelope {
        case top, trace
    }

    private enum Member {
        case trace, resourceSpans, other
    }

    /// Members that were there.
    private var hasTrace = false
    private var hasResourceSpans = false
    private var hasMetrics = false
    private var hasOther = false

    /// A filter that keeps the resource spans whose resource has the attribute of this key with one of these values.
    ///
    /// - Parameters:
    ///   - form: how what is kept is written.
    ///   - envelope: what is written around it, whichever of them the answer has.
    ///   - maximumBytes: how many bytes the kept elements may have as they are written. Dropped ones do not count.
    public init(
        attribute key: String, values: [String], as form: Form = .otlp, in envelope: TraceEnvelope = .tracesData,
        maximumBytes: Int
    ) {
        self.init(.attribute(key, values: values), form, envelope, maximumBytes)
    }

    /// A filter that keeps all resource spans: for answers that the trace store has confined already.
    ///
    /// - Parameter maximumBytes: how many bytes they may have as they are written.
    public init(
        keepingAllWithin maximumBytes: Int, as form: Form = .otlp, in envelope: TraceEnvelope = .tracesData
    ) {
        self.init(.everybody, form, envelope, maximumBytes)
    }

    private init(_ owner: Owner, _ form: Form, _ envelope: TraceEnvelope, _ maximumBytes: Int) {
        self.owner = owner
        self.form = form
        self.envelope = envelope
        self.maximumBytes = max(0, maximumBytes)
        tokenizer = JSONTokenizer(
            limits: JSONLimits(
                bytes: .max, depth: JSONLimits.greatestDepth, members: .max,
                tokenBytes: max(1 << 20, self.maximumBytes)))
    }

    /// Reads the next bytes of the answer.
    ///
    /// - Throws: ``ResourceSpansFilterError``, the same again on every further call.
    public mutating func append(_ chunk: [UInt8]) throws(ResourceSpansFilterError) {
        if let failure { throw failure }
        tokenizer.append(chunk)
        try drain()
    }

    /// Says that the answer ends here.
    ///
    /// - Throws: ``ResourceSpansFilterError``; also if the answer is not whole.
    public mutating func finish() throws(ResourceSpansFilterError) -> FilteredTrace {
        if let failure { throw failure }
        tokenizer.finish()
        try drain()
        defer { kept = ByteRope() }
        return FilteredTrace(
            json: kept, in: envelope, keptResourceSpans: keptResourceSpans,
            droppedResourceSpans: droppedResourceSpans)
    }

    private mutating func drain() throws(ResourceSpansFilterError) {
        do throws(ResourceSpansFilterError) {
            while let token = try nextToken() { try take(token) }
        } catch {
            failure = error
            element = nil
            kept = ByteRope()
            throw error
        }
    }

    private mutating func nextToken() throws(ResourceSpansFilterError) -> JSONToken? {
        do throws(JSONError) {
            return try tokenizer.next()
        } catch {
            throw .malformed(error)
        }
    }

    // MARK: Around the resource spans

    private mutating func take(_ token: JSONToken) throws(ResourceSpansFilterError) {
        switch place {
        case .element(let envelope): try inElement(token, envelope)
        case .skipped(let depth, let envelope):
            if tokenizer.depth == depth { place = .envelope(envelope) }
        case .document:
            guard token.kind == .beginObject else { throw unexpected("expected an object", token) }
            place = .envelope(.top)
        case .envelope(let envelope):
            if token.kind == .name {
                place = .member(try member(token, of: envelope), of: envelope)
            } else {
                try end(envelope, token)
            }
        case .member(let member, of: let envelope): try begin(member, of: envelope, token)
        case .list(in: let envelope):
            switch token.kind {
            case .beginObject:
                place = .element(in: envelope)
                let comma = keptResourceSpans > 0 ? 1 : 0
                element = ResourceSpansElement(
                    token, tokenizer, owner: owner, form: form, maximumBytes: maximumBytes - kept.count - comma)
            case .endArray: place = .envelope(envelope)
            default: throw unexpected("expected resource spans, an object", token)
            }
        case .end: break
        }
    }

    private mutating func member(
        _ token: JSONToken, of envelope: Envelope
    ) throws(ResourceSpansFilterError) -> Member {
        let name = tokenizer.string(of: token).utf8
        if name.elementsEqual("resourceSpans".utf8) || name.elementsEqual("batches".utf8) {
            // There is one list, under one of its names, in one place.
            if hasResourceSpans || hasTrace && envelope == .top {
                throw unexpected("the trace is there twice", token)
            }
            hasResourceSpans = true
            return .resourceSpans
        }
        guard envelope == .top else { return .other }
        if name.elementsEqual("trace".utf8) {
            if hasTrace || hasResourceSpans { throw unexpected("the trace is there twice", token) }
            hasTrace = true
            return .trace
        }
        if name.elementsEqual("metrics".utf8) { hasMetrics = true }
        hasOther = true
        return .other
    }

    private mutating func begin(
        _ member: Member, of envelope: Envelope, _ token: JSONToken
    ) throws(ResourceSpansFilterError) {
        switch (member, token.kind) {
        case (.other, .beginObject), (.other, .beginArray):
            place = .skipped(depth: tokenizer.depth - 1, in: envelope)
        case (.other, _), (_, .null): place = .envelope(envelope)
        case (.trace, .beginObject): place = .envelope(.trace)
        case (.resourceSpans, .beginArray): place = .list(in: envelope)
        case (.trace, _): throw unexpected("expected the trace, an object", token)
        case (.resourceSpans, _): throw unexpected("expected an array of resource spans", token)
        }
    }

    private mutating func end(_ envelope: Envelope, _ token: JSONToken) throws(ResourceSpansFilterError) {
        guard envelope == .top else {
            place = .envelope(.top)
            return
        }
        // An error in JSON, say, is not a trace without spans; Protobuf's JSON leaves out what is empty, though.
        guard hasTrace || hasResourceSpans || hasMetrics || !hasOther else {
            throw unexpected("an object without a trace", token)
        }
        place = .end
    }

    private func unexpected(_ message: String, _ token: JSONToken) -> ResourceSpansFilterError {
        .unexpectedShape(message, at: token.position)
    }

    // MARK: Within resource spans

    private mutating func inElement(_ token: JSONToken, _ envelope: Envelope) throws(ResourceSpansFilterError) {
        guard let outcome = element?.take(token, tokenizer) else { return }
        element = nil
        place = .list(in: envelope)
        switch outcome {
        case .foreign: droppedResourceSpans += 1
        case .failed(.tooLarge): throw .tooLarge(maximumBytes: maximumBytes)
        case .failed(.unexpectedShape(let message, let position)): throw .unexpectedShape(message, at: position)
        case .own(let bytes):
            if keptResourceSpans > 0 { kept.append([UInt8(ascii: ",")]) }
            kept.append(bytes)
            keptResourceSpans += 1
        }
    }
}
