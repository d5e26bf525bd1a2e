/// Examples in doc comments. Whatever they hold, they stay within: a comment is made of lines, and every line of one is
/// written as a line of it.
enum ExampleText {
    /// As much as is of use in a comment.
    private static let maximumLines = 12
    private static let maximumWidth = 80

    /// The text with an example behind it: in the line where that is short, else in a block of its own, the end of long
    /// ones left out.
    ///
    /// - Parameter isBrief: whether one that needs a block is left out.
    static func appended(to text: String, _ node: Node?, isBrief: Bool = false, isText: Bool = false) -> String {
        guard let node, !node.isNull else { return text }
        if !isText || node.string == nil {
            let line = String(decoding: JSONText.text(of: node), as: UTF8.self)
            if line.unicodeScalars.count <= maximumWidth, isPlain(line) {
                return paragraphs(text, "Example: `\(line)`.")
            }
        }
        guard !isBrief else { return text }
        return paragraphs(text, "Example:\n\(block(node, isText: isText))")
    }

    /// One below the other, with one empty line between them: the first often ends with a line break.
    static func paragraphs(_ first: String, _ second: String) -> String {
        var end = first.endIndex
        while end > first.startIndex, first[first.index(before: end)].isWhitespace { end = first.index(before: end) }
        return "\(first[..<end])\n\n\(second)"
    }

    /// A block of code that nothing in it can end.
    private static func block(_ node: Node, isText: Bool) -> String {
        let plain = isText ? node.string : nil
        let text = plain ?? String(decoding: JSONText.pretty(node), as: UTF8.self)
        let all = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        var lines = all.prefix(maximumLines).map(cut)
        if all.count > maximumLines { lines.append("…") }
        let fence = String(repeating: "`", count: max(3, longestFence(in: lines) + 1))
        return "\(fence)\(plain == nil ? "json" : "")\n\(lines.joined(separator: "\n"))\n\(fence)"
    }

    private static func cut(_ line: Substring) -> String {
        let scalars = line.unicodeScalars
        guard scalars.count > maximumWidth else { return String(line) }
        return String(scalars.prefix(maximumWidth - 1)) + "…"
    }

    /// Whether it can stand between two backticks in a line.
    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar != "`" && scalar.value >= 0x20 && scalar.value != 0x7F && !scalar.properties.isPatternWhitespace
                || scalar == " "
        }
    }

    private static func longestFence(in lines: [String]) -> Int {
        lines.reduce(0) { longest, line in
            let runs = line.utf8.split { $0 != UInt8(ascii: "`") }
            return max(longest, runs.map(\.count).max() ?? 0)
        }
    }
}

extension BodyPlan.Content {
    /// A text with the example of this media type.
    func documented(_ text: String) -> String {
        switch kind {
        case .json, .form: ExampleText.appended(to: text, example)
        case .multipart, .items, .bytes: ExampleText.appended(to: text, example, isText: true)
        }
    }

    var documentation: String { documented("`\(mediaType)`") }
}

extension ResponsePlan.Content {
    var documentation: String {
        switch body {
        case .json: ExampleText.appended(to: "`\(mediaType)`", example)
        case .bytes: ExampleText.appended(to: "`\(mediaType)`", example, isText: true)
        }
    }
}
