/// A media type with its parameters ([RFC 9110 §8.3.1](https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1)).
public struct MediaType: Sendable, Equatable {
    /// Type and subtype in lower case, for example `application/json`.
    public let essence: String
    /// The parameters; names in lower case, values without their quotes.
    public let parameters: [Parameter]

    /// One parameter.
    public struct Parameter: Sendable, Equatable {
        /// In lower case.
        public let name: String
        /// Without quotes.
        public let value: String
    }

    /// The media type that a `Content-Type` holds; `nil` if it is not of that form.
    public init?(parsing text: String) {
        // What nearly every answer of an upstream has; compared as bytes, and done.
        if bytesEqual(text, "application/json") {
            essence = "application/json"
            parameters = []
            return
        }
        let parts = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let first = parts.first else { return nil }
        let essence = Self.trimmed(first)
        let slash = essence.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard slash.count == 2, slash.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isToken) }) else { return nil }
        self.essence = String(Substring(essence)).lowercased()
        var parameters: [Parameter] = []
        for part in parts.dropFirst() {
            let part = Self.trimmed(part)
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = part[..<equals]
            var value = part[part.index(after: equals)...]
            if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
                value = value.dropFirst().dropLast()
            }
            guard !name.isEmpty, name.allSatisfy(Self.isToken), !value.isEmpty, value.allSatisfy(Self.isToken) else {
                return nil
            }
            parameters.append(
                Parameter(name: String(Substring(name)).lowercased(), value: String(Substring(value))))
        }
        self.parameters = parameters
    }

    /// Whether type and subtype are these, given in lower case.
    public func isEssence(_ essence: String) -> Bool { bytesEqual(essence, self.essence) }

    /// Whether this is `application/json` or a `+json` type.
    public var isJSON: Bool {
        essence == "application/json" || essence.hasSuffix("+json")
    }

    /// Whether this is a URL-encoded form in UTF-8, with no other parameter than its charset.
    var isFormURLEncoded: Bool {
        essence == "application/x-www-form-urlencoded"
            && parameters.allSatisfy { $0.name == "charset" && asciiCaseInsensitiveEqual($0.value, "utf-8") }
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
