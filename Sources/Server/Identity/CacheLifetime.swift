import APIRuntime

/// How long an answer says that it is good for.
enum CacheLifetime {
    /// The `max-age` of `Cache-Control` ([RFC 9111 §5.2.2.1](https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.1));
    /// `nil` where there is none, two, one that is no number, or one that is not to be used.
    static func maximumAge(in headers: HeaderFields) -> Duration? {
        var found: Int?
        for value in headers.values("cache-control") {
            for directive in value.utf8.split(separator: UInt8(ascii: ",")) {
                let parts = trimmed(directive).split(
                    separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                guard let name = parts.first.map({ String(Substring($0)) }) else { continue }
                if asciiCaseInsensitiveEqual(name, "no-store") || asciiCaseInsensitiveEqual(name, "no-cache") {
                    return nil
                }
                guard asciiCaseInsensitiveEqual(name, "max-age") else { continue }
                guard found == nil, parts.count == 2, let seconds = seconds(parts[1]) else { return nil }
                found = seconds
            }
        }
        return found.map { .seconds($0) }
    }

    /// Digits; what does not fit is as good as 2³¹ ([RFC 9111 §1.2.2](https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2)).
    private static func seconds(_ text: Substring.UTF8View) -> Int? {
        guard !text.isEmpty, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(Substring(text)).map { min($0, 1 << 31) } ?? 1 << 31
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }
}
