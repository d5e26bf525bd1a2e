/// Keeps the resource spans of one owner out of a trace in Protobuf, while it arrives: ``ResourceSpansFilter`` for answers
/// of the media type `application/protobuf`.
///
/// What is kept is kept byte for byte, so that fields which are not known here survive, and is checked: an own message
/// that is malformed is an error. Of what is dropped only the lengths are looked at, and the resource. Dropped elements
/// cost no memory, if their resource comes first as Tempo writes it; otherwise at most `maximumBytes`.
public struct ProtobufResourceSpansFilter: Sendable {
    /// How many resource spans have been kept so far.
    public private(set) var keptResourceSpans = 0

    /// How many resource spans have been dropped so far. For logs only: it is a function of everybody's data.
    public private(set) var droppedResourceSpans = 0

    private let owner: ProtobufResourceOwnership?
    private let maximumBytes: Int
    private let envelope: TraceEnvelope

    /// What has arrived and is not read, from `start` on.
    private var input: [UInt8] = []
    private var start = 0
    /// How many bytes were read before `input[start]`.
    private var offset = 0
    private var isFinished = false

    private var skipping = 0
    /// Where the message within the answer ends that holds the resource spans.
    private var traceEnd: Int?
    private var hasTrace = false
    private var element: Element?
    /// All bytes of the element so far; apart from it, so that they grow in place.
    private var elementBytes: [UInt8] = []
    private var kept = ByteRope()
    private var failure: ResourceSpansFilterError?

    /// Resource spans that are being read.
    private struct Element {
        let end: Int
        let begin: Int
        var verdict = ResourceOwnership.Verdict.undecided
        /// There is room for it.
        let fits: Bool
        /// How many bytes of a field, other than the resource, are still to come.
        var fieldRest = 0
    }

    /// A filter that keeps the resource spans whose resource has the attribute of this key with one of these values.
    ///
    /// - Parameters:
    ///   - envelope: what the answer is.
    ///   - maximumBytes: how many bytes the kept elements may have. Dropped ones do not count.
    public init(attribute key: String, values: [String], in envelope: TraceEnvelope, maximumBytes: Int) {
        self.init(ProtobufResourceOwnership(key: key, values: values), envelope, maximumBytes)
    }

    /// A filter that keeps all resource spans: for answers that the trace store has confined already.
    public init(keepingAllWithin maximumBytes: Int, in envelope: TraceEnvelope) {
        self.init(nil, envelope, maximumBytes)
    }

    private init(_ owner: ProtobufResourceOwnership?, _ envelope: TraceEnvelope, _ maximumBytes: Int) {
        self.owner = owner
        self.envelope = envelope
        self.maximumBytes = max(0, maximumBytes)
    }

    /// Reads the next bytes of the answer.
    ///
    /// - Throws: ``ResourceSpansFilterError``, the same again on every further call.
    public mutating func append(_ chunk: [UInt8]) throws(ResourceSpansFilterError) {
        if let failure { throw failure }
        if start > 0, start == input.count {
            input = chunk
            start = 0
        } else {
            if start > input.count / 2 {
                input.removeFirst(start)
                start = 0
            }
            input += chunk
        }
        try drain()
    }

    /// Says that the answer ends here.
    ///
    /// - Throws: ``ResourceSpansFilterError``; also if the answer is not whole.
    public mutating func finish() throws(ResourceSpansFilterError) -> FilteredTrace {
        if let failure { throw failure }
        isFinished = true
        try drain()
        defer { kept = ByteRope() }
        return FilteredTrace(
            protobuf: kept, in: envelope, keptResourceSpans: keptResourceSpans,
            droppedResourceSpans: droppedResourceSpans)
    }

    private mutating func drain() throws(ResourceSpansFilterError) {
        do throws(ResourceSpansFilterError) {
            while try step() {}
            if isFinished, available > 0 || skipping > 0 || element != nil || traceEnd.map({ $0 != offset }) == true {
                throw malformed("the answer is cut short")
            }
        } catch {
            failure = error
            element = nil
            elementBytes = []
            kept = ByteRope()
            input = []
            start = 0
            throw error
        }
    }

    private var available: Int { input.count - start }

    private func malformed(_ message: String) -> ResourceSpansFilterError {
        .malformedProtobuf(ProtobufError(message, at: offset))
    }

    private mutating func advance(_ count: Int) {
        start += count
        offset += count
    }

    // MARK: Steps

    /// Goes on by one field or a part of it; false if more bytes are needed.
    private mutating func step() throws(ResourceSpansFilterError) -> Bool {
        if skipping > 0 {
            let count = min(skipping, available)
            skipping -= count
            advance(count)
            return count > 0
        }
        if let element { return try step(in: element) }
        if traceEnd == offset { traceEnd = nil }
        guard let header = try header(end: traceEnd) else { return false }
        switch (header.number, header.type) {
        case (1, .bytes):
            advance(header.byteCount)
            if envelope == .traceByIDResponse, traceEnd == nil {
                guard !hasTrace else { throw malformed("the trace is there twice") }
                hasTrace = true
                traceEnd = offset + header.length
                if header.length == 0 { traceEnd = nil }
            } else {
                begin(header.length)
            }
        case (1, _): throw malformed("the resource spans have another type")
        default:
            advance(header.byteCount)
            skipping = header.length
        }
        return true
    }

    private mutating func begin(_ length: Int) {
        let prefix = ProtobufWriter.prefix(1, byteCount: length).count
        var element = Element(
            end: offset + length, begin: offset, fits: kept.count + prefix + length <= maximumBytes)
        elementBytes = []
        if element.fits { elementBytes.reserveCapacity(length) }
        if owner == nil { element.verdict = .own }
        self.element = element
    }

    private mutating func step(in current: Element) throws(ResourceSpansFilterError) -> Bool {
        if current.verdict == .foreign || !current.fits && current.verdict == .own {
            return try end(current)
        }
        if current.fieldRest > 0 {
            let count = min(current.fieldRest, available)
            take(count)
            element?.fieldRest -= count
            return count > 0
        }
        if offset == current.end { return try end(current) }
        guard let header = try header(end: current.end) else { return false }
        guard header.number == 1, owner != nil else {
            take(header.byteCount)
            element?.fieldRest = header.length
            return true
        }
        return try resource(header, in: current)
    }

    /// The resource is looked at in one piece.
    private mutating func resource(_ header: Header, in current: Element) throws(ResourceSpansFilterError) -> Bool {
        guard header.type == .bytes, current.verdict == .undecided, header.length <= maximumBytes, let owner else {
            // Two resources, or one that nobody could be given.
            element?.verdict = .foreign
            return true
        }
        guard available >= header.byteCount + header.length else { return false }
        let begin = start + header.byteCount
        element?.verdict = owner.isOwn(input[begin..<begin + header.length]) ? .own : .foreign
        take(header.byteCount + header.length)
        return true
    }

    /// Takes bytes of the element.
    private mutating func take(_ count: Int) {
        if element?.fits == true { elementBytes.append(contentsOf: input[start..<start + count]) }
        advance(count)
    }

    private mutating func end(_ current: Element) throws(ResourceSpansFilterError) -> Bool {
        element = nil
        let bytes = elementBytes
        elementBytes = []
        guard current.verdict == .own else {
            droppedResourceSpans += 1
            skipping = current.end - offset
            return true
        }
        guard current.fits else { throw .tooLarge(maximumBytes: maximumBytes) }
        do throws(ProtobufError) {
            try TraceMessage.resourceSpans.check(bytes[...])
        } catch {
            throw .malformedProtobuf(ProtobufError(error.message, at: current.begin + error.offset))
        }
        kept.append(ProtobufWriter.prefix(1, byteCount: bytes.count))
        kept.append(bytes)
        keptResourceSpans += 1
        return true
    }

    // MARK: Headers of fields

    private struct Header {
        let number: UInt32
        let type: ProtobufReader.WireType
        /// Of the tag, and of the length where there is one.
        let byteCount: Int
        /// Of the value.
        let length: Int
    }

    /// The longest tag and length, each a varint.
    private static let longestHeader = 20

    /// The next field's tag and length; nil if more bytes are needed, or none are left.
    private func header(end: Int?) throws(ResourceSpansFilterError) -> Header? {
        guard available > 0 else { return nil }
        let most = min(available, Self.longestHeader, end.map { $0 - offset } ?? .max)
        let mayGrow = !isFinished && most == available
        var bytes = input[start..<start + most]
        guard let tag = ProtobufReader.varint(&bytes) else {
            if mayGrow { return nil }
            throw malformed("a field's tag is broken")
        }
        guard let (number, type) = ProtobufReader.split(tag: tag) else {
            throw malformed("a field has no valid number or type")
        }
        let length: UInt64
        switch type {
        case .fixed64: length = 8
        case .fixed32: length = 4
        case .bytes:
            guard let read = ProtobufReader.varint(&bytes) else {
                if mayGrow { return nil }
                throw malformed("a field's length is broken")
            }
            length = read
        case .varint:
            guard ProtobufReader.varint(&bytes) != nil else {
                if mayGrow { return nil }
                throw malformed("a number is broken")
            }
            length = 0
        }
        let byteCount = most - bytes.count
        guard length <= UInt64(Int32.max), end.map({ offset + byteCount + Int(length) <= $0 }) != false else {
            throw malformed("a field is longer than what it stands in")
        }
        return Header(number: number, type: type, byteCount: byteCount, length: Int(length))
    }
}
