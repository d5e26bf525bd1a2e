/// Descriptions of the document as HTML: paragraphs, lists, fenced code, code spans and links to the web.
///
/// Of [CommonMark](https://spec.commonmark.org/0.31.2/) that is what such descriptions are made of; everything else,
/// raw HTML first of all, is shown as the text that it is.
enum DescriptionText {
    /// Writes a description of one or more blocks.
    static func writeBlocks(_ description: String, to html: inout HTMLWriter) {
        var blocks = BlockWriter()
        for line in description.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            blocks.read(line, &html)
        }
        blocks.end(&html)
    }

    /// Writes the text of one line or paragraph.
    static func writeInline(_ text: String, to html: inout HTMLWriter) {
        var rest = text.utf8[...]
        var plain = rest.startIndex
        while let special = rest.firstIndex(where: { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "[") }) {
            let before = text[plain..<special]
            rest = text.utf8[special...]
            if let span = CodeSpan(rest) {
                html.text(String(before))
                html.element("code", text: span.code)
                rest = rest[span.end...]
                plain = span.end
            } else if let link = Link(rest) {
                html.text(String(before))
                html.element("a", ["href": link.address]) { writeInline(link.text, to: &$0) }
                rest = rest[link.end...]
                plain = link.end
            } else {
                rest = rest.dropFirst()
            }
        }
        html.text(String(text[plain...]))
    }
}

/// `` `code` ``
private struct CodeSpan {
    let code: String
    let end: String.Index

    init?(_ text: Substring.UTF8View) {
        guard text.first == UInt8(ascii: "`"), let closing = text.dropFirst().firstIndex(of: UInt8(ascii: "`"))
        else { return nil }
        code = String(Substring(text[..<closing].dropFirst()))
        end = text.index(after: closing)
    }
}

/// `[text](https://…)`; other addresses than those of the web are none.
private struct Link {
    let text: String
    let address: String
    let end: String.Index

    init?(_ source: Substring.UTF8View) {
        guard source.first == UInt8(ascii: "["), let middle = source.firstIndex(of: UInt8(ascii: "]")),
            case let opening = source.index(after: middle), opening < source.endIndex,
            source[opening] == UInt8(ascii: "("), let closing = source[opening...].firstIndex(of: UInt8(ascii: ")"))
        else { return nil }
        address = String(Substring(source[source.index(after: opening)..<closing]))
        guard address.utf8.starts(with: "https://".utf8) || address.utf8.starts(with: "http://".utf8) else {
            return nil
        }
        text = String(Substring(source[..<middle].dropFirst()))
        end = source.index(after: closing)
    }
}

/// Puts lines together to blocks.
private struct BlockWriter {
    private enum Block {
        case none
        case paragraph(String)
        case list([String])
        case code(String)
    }

    private var block = Block.none

    mutating func read(_ line: Substring.UTF8View, _ html: inout HTMLWriter) {
        let trimmed = String(Substring(line.drop { $0 == UInt8(ascii: " ") }))
        let isFence = trimmed.utf8.starts(with: "```".utf8)
        switch block {
        case .code(let code):
            if isFence { end(&html) } else { block = .code(code + String(Substring(line)) + "\n") }
            return
        case .paragraph, .list, .none: break
        }
        if isFence {
            end(&html)
            block = .code("")
        } else if trimmed.utf8.isEmpty {
            end(&html)
        } else if trimmed.utf8.starts(with: "- ".utf8) || trimmed.utf8.starts(with: "* ".utf8) {
            let item = String(trimmed.utf8.dropFirst(2)) ?? trimmed
            if case .list(let items) = block {
                block = .list(items + [item])
            } else {
                end(&html)
                block = .list([item])
            }
        } else {
            switch block {
            case .paragraph(let text): block = .paragraph(text + "\n" + trimmed)
            case .list(var items):
                if let last = items.popLast() { block = .list(items + [last + "\n" + trimmed]) }
            case .none, .code: block = .paragraph(trimmed)
            }
        }
    }

    mutating func end(_ html: inout HTMLWriter) {
        switch block {
        case .none: break
        case .paragraph(let text): html.element("p") { DescriptionText.writeInline(text, to: &$0) }
        case .list(let items):
            html.element("ul") { html in
                for item in items { html.element("li") { DescriptionText.writeInline(item, to: &$0) } }
            }
        case .code(let code): html.element("pre") { $0.element("code", text: code) }
        }
        block = .none
    }
}
