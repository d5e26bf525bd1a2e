import APIRuntime

/// Whether the caller would rather have an answer in gzip than as it is, by its `Accept-Encoding`
/// ([RFC 9110 §12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)). What cannot be read asks for nothing.
func prefersGzip(_ headers: HeaderFields) -> Bool {
    var gzip: Int?
    var identity: Int?
    var others: Int?
    for value in headers.values("accept-encoding") {
        for element in value.utf8.split(separator: UInt8(ascii: ",")) {
            let parts = element.split(
                separator: UInt8(ascii: ";"), maxSplits: 1, omittingEmptySubsequences: false
            ).map(trimmed)
            guard let coding = parts.first, !coding.isEmpty else { continue }
            guard let weight = parts.count == 2 ? thousandths(parts[1]) : 1_000 else { return false }
            switch String(coding).lowercased() {
            case "gzip", "x-gzip": gzip = max(gzip ?? 0, weight)
            case "identity": identity = weight
            case "*": others = weight
            default: break
            }
        }
    }
    guard let weight = gzip ?? others, weight > 0 else { return false }
    return weight >= identity ?? 0
}

private func trimmed(_ text: Substring.UTF8View.SubSequence) -> Substring {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var text = text.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return Substring(text)
}

/// A weight such as `q=0.5`, in thousandths; `nil` for anything else.
private func thousandths(_ text: Substring) -> Int? {
    var bytes = text.utf8[...]
    guard let name = bytes.popFirst(), name | 0x20 == UInt8(ascii: "q"), bytes.popFirst() == UInt8(ascii: "=") else {
        return nil
    }
    return qualityValue(String(Substring(bytes)))
}
