/// Writes HTML. Names of elements and attributes are constants of the program; whatever else goes in is escaped.
///
/// https://html.spec.whatwg.org/multipage/syntax.html
struct HTMLWriter {
    /// What is written so far, in UTF-8.
    private(set) var bytes: [UInt8] = []

    /// Text, escaped so that it is the same text in an element and in a quoted attribute.
    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case UInt8(ascii: "'"): append("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    /// Markup that is a constant of the program.
    mutating func markup(_ markup: StaticString) {
        append(markup)
    }

    /// An element with what `content` writes in it.
    mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ content: (inout HTMLWriter) -> Void
    ) {
        startTag(name, attributes)
        content(&self)
        append("</")
        append(name)
        append(">")
    }

    /// An element that holds text only.
    mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
    ) {
        element(name, attributes) { $0.text(text) }
    }

    /// The start tag of an element, for those that have no end tag.
    mutating func startTag(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
        append("<")
        append(name)
        for (name, value) in attributes {
            append(" ")
            append(name)
            append("=\"")
            text(value)
            append("\"")
        }
        append(">")
    }

    private mutating func append(_ constant: StaticString) {
        constant.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
