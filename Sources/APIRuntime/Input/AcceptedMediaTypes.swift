/// The media types that a caller accepts, by its `Accept`
/// ([RFC 9110 §12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).
///
/// A caller that sends none accepts any. What of the field cannot be read accepts nothing.
public struct AcceptedMediaTypes: Sendable {
    private struct Range: Sendable {
        /// `text/plain`, `text/*` or `*/*`, in lower case.
        let essence: String
        /// The more, the narrower: 0 for `*/*`, 1 for `text/*`, else 2, and one more for each parameter.
        let precision: Int
        let parameters: [MediaType.Parameter]
        /// In thousandths.
        let weight: Int
    }

    private let ranges: [Range]?

    /// Every media type, each as good as another.
    public static let any = AcceptedMediaTypes([:])

    /// What the header fields say.
    public init(_ headers: HeaderFields) {
        let values = headers.values("accept").filter { !$0.isEmpty }
        guard !values.isEmpty else {
            ranges = nil
            return
        }
        ranges = values.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }.compactMap { Self.range($0) }
    }

    /// How much the caller wants a media type, in thousandths; 0 if it does not accept it. The narrowest range that
    /// holds the media type decides.
    public func weight(of mediaType: MediaType) -> Int {
        guard let ranges else { return 1_000 }
        var narrowest: Range?
        for range in ranges where Self.holds(range, mediaType) {
            let isNarrower = narrowest.map { range.precision > $0.precision } ?? true
            let isEqual = narrowest.map { range.precision == $0.precision && range.weight > $0.weight } ?? false
            if isNarrower || isEqual { narrowest = range }
        }
        return narrowest?.weight ?? 0
    }

    /// Whether the caller names the media type itself, in lower case and without parameters, whatever else it accepts.
    public func names(_ essence: String) -> Bool {
        (ranges ?? []).contains { $0.weight > 0 && $0.essence.utf8.elementsEqual(essence.utf8) }
    }

    /// Those of the media types that the caller accepts, the most wanted first; among equals the order is kept.
    public func ordered<ContentType: RawRepresentable & CaseIterable>(
        _ contentTypes: ContentType.Type
    ) -> [ContentType] where ContentType.RawValue == String {
        let weighted = contentTypes.allCases.enumerated().compactMap { position, contentType in
            let weight = MediaType(parsing: contentType.rawValue).map(weight) ?? 0
            return weight > 0 ? (contentType: contentType, weight: weight, position: position) : nil
        }
        return weighted.sorted { ($1.weight, $0.position) < ($0.weight, $1.position) }.map(\.contentType)
    }

    /// The most wanted of the media types; `nil` if the caller accepts none of them.
    public func preferred<ContentType: RawRepresentable & CaseIterable>(
        _ contentTypes: ContentType.Type
    ) -> ContentType? where ContentType.RawValue == String {
        ordered(contentTypes).first
    }

    private static func range(_ element: Substring.UTF8View) -> Range? {
        guard let parsed = MediaType(parsing: String(Substring(element))) else { return nil }
        let isOfAnySubtype = parsed.essence.utf8.suffix(2).elementsEqual("/*".utf8)
        let isOfAnyType = parsed.essence.utf8.starts(with: "*/".utf8)
        guard isOfAnySubtype || !isOfAnyType else { return nil }
        // The weight ends the parameters of the media type; what follows it is no longer defined.
        let end = parsed.parameters.firstIndex { $0.name == "q" } ?? parsed.parameters.endIndex
        var weight = 1_000
        if end < parsed.parameters.endIndex {
            guard let value = qualityValue(parsed.parameters[end].value) else { return nil }
            weight = value
        }
        let parameters = parsed.parameters[..<end].filter { !isUTF8($0) }
        let breadth = isOfAnyType ? 0 : isOfAnySubtype ? 1 : 2
        return Range(
            essence: parsed.essence, precision: breadth + parameters.count, parameters: parameters, weight: weight)
    }

    private static func holds(_ range: Range, _ mediaType: MediaType) -> Bool {
        let isOfAnyType = range.essence.utf8.starts(with: "*/".utf8)
        let isOfAnySubtype = range.essence.utf8.last == UInt8(ascii: "*")
        let isEssenceRight =
            isOfAnyType
            || (isOfAnySubtype
                ? mediaType.essence.utf8.starts(with: range.essence.utf8.dropLast())
                : mediaType.essence.utf8.elementsEqual(range.essence.utf8))
        return isEssenceRight
            && range.parameters.allSatisfy { wanted in
                mediaType.parameters.contains {
                    $0.name.utf8.elementsEqual(wanted.name.utf8) && asciiCaseInsensitiveEqual($0.value, wanted.value)
                }
            }
    }

    /// All our text is UTF-8, whether its media type says so or not.
    private static func isUTF8(_ parameter: MediaType.Parameter) -> Bool {
        parameter.name == "charset" && asciiCaseInsensitiveEqual(parameter.value, "utf-8")
    }
}

/// The number of a weight such as `0.5` in thousandths; `nil` for anything else
/// ([RFC 9110 §12.4.2](https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2)).
public func qualityValue(_ text: String) -> Int? {
    var bytes = Array(text.utf8)[...]
    guard let whole = bytes.popFirst(), whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return nil }
    var value = Int(whole - UInt8(ascii: "0")) * 1_000
    guard let point = bytes.popFirst() else { return value }
    guard point == UInt8(ascii: "."), bytes.count <= 3 else { return nil }
    var unit = 100
    for digit in bytes {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value += Int(digit - UInt8(ascii: "0")) * unit
        unit /= 10
    }
    return value <= 1_000 ? value : nil
}
