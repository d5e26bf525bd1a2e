/// A segment of a path template with text beside its parameters, such as `{id}.json` or `{from}-{to}`.
///
/// Which text is which parameter's is never in doubt: the template's text at the ends stands at the ends, each parameter
/// but the last ends where the text that follows it is first found, the last takes what is left, and none is empty.
struct MixedSegment: Sendable, Equatable {
    /// `texts[i]` stands before the parameter i, the last one behind the last parameter.
    private let texts: [[UInt8]]

    /// The names of the parameters, in order.
    let names: [String]

    /// The segment of a template; `nil` where it is only text, or a parameter as a whole.
    init?(_ segment: Substring.UTF8View) {
        guard segment.contains(UInt8(ascii: "{")) else { return nil }
        var texts: [[UInt8]] = []
        var names: [String] = []
        var rest = segment
        while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let end = rest[brace...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            texts.append(Array(rest[..<brace]))
            names.append(String(Substring(rest[rest.index(after: brace)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        texts.append(Array(rest))
        guard texts.contains(where: { !$0.isEmpty }) else { return nil }
        self.texts = texts
        self.names = names
    }

    /// How many bytes have to be just so: the more, the more special the template.
    var literalCount: Int { texts.reduce(0) { $0 + $1.count } }

    /// Whether both match the same segments, whatever their parameters are called.
    func isAlike(_ other: MixedSegment) -> Bool { texts == other.texts }

    /// The raw values of the parameters; `nil` if the segment does not match.
    func match(_ segment: Substring.UTF8View) -> [Substring.UTF8View]? {
        guard let prefix = texts.first, let suffix = texts.last, segment.count >= literalCount + names.count,
            segment.starts(with: prefix), segment.suffix(suffix.count).elementsEqual(suffix)
        else { return nil }
        var rest = segment.dropFirst(prefix.count).dropLast(suffix.count)
        var values: [Substring.UTF8View] = []
        for text in texts.dropFirst().dropLast() {
            guard let start = Self.firstPosition(of: text, in: rest.dropFirst()) else { return nil }
            values.append(rest[..<start])
            rest = rest[start...].dropFirst(text.count)
        }
        guard !rest.isEmpty else { return nil }
        values.append(rest)
        return values
    }

    private static func firstPosition(
        of text: [UInt8], in segment: Substring.UTF8View
    ) -> Substring.UTF8View.Index? {
        var rest = segment
        while rest.count >= text.count {
            if rest.starts(with: text) { return rest.startIndex }
            rest = rest.dropFirst()
        }
        return nil
    }
}
