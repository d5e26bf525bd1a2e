/// Swift source that is being written, line by line.
struct SourceText {
    private(set) var text = ""
    private var depth = 0

    /// The longest line of a doc comment.
    static let width = 120

    /// A file of generated code; `publicImports` are the modules whose types stand in public declarations.
    init(publicImports: [String], imports: [String] = []) {
        line("// Generated from the OpenAPI document. Changes made here are lost with the next build.")
        let lines = publicImports.map { "public import \($0)" } + imports.map { "import \($0)" }
        for text in lines.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { line(text) }
    }

    mutating func line(_ content: String = "") {
        if !content.isEmpty {
            text += String(repeating: "    ", count: depth)
            text += content
        }
        text += "\n"
    }

    /// Braces around what the body writes.
    mutating func block(_ head: String, _ body: (inout SourceText) -> Void) {
        line("\(head) {")
        depth += 1
        body(&self)
        depth -= 1
        line("}")
    }

    /// What the body writes, one step further in.
    mutating func indented(_ body: (inout SourceText) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// A call or declaration with arguments: in one line if it fits, else the arguments in a line of their own or, if
    /// that is too long, one a line.
    mutating func arguments(_ head: String, _ arguments: [String], _ tail: String) {
        let oneLine = "\(head)(\(arguments.joined(separator: ", ")))\(tail)"
        guard depth * 4 + oneLine.unicodeScalars.count > Self.width, !arguments.isEmpty else {
            line(oneLine)
            return
        }
        line("\(head)(")
        depth += 1
        let joined = arguments.joined(separator: ", ")
        if depth * 4 + joined.unicodeScalars.count <= Self.width {
            line(joined)
        } else {
            for (index, argument) in arguments.enumerated() {
                line(index + 1 < arguments.count ? "\(argument)," : argument)
            }
        }
        depth -= 1
        line(")\(tail)")
    }

    /// A doc comment. Line breaks are kept, longer lines are wrapped.
    mutating func documentation(_ comment: String) {
        let prefix = String(repeating: "    ", count: depth) + "///"
        // Most comments are one line of plain ASCII.
        if Self.isPlain(comment[...]), !comment.isEmpty, prefix.utf8.count + 1 + comment.utf8.count <= Self.width {
            text += prefix
            text += " "
            text += comment
            text += "\n"
            return
        }
        var lines = comment.split(omittingEmptySubsequences: false) { $0.isNewline }.map(Self.trimmed)
        while lines.last?.isEmpty == true { lines.removeLast() }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        if lines.isEmpty { lines = ["Not described."] }
        for line in lines {
            for piece in Self.wrapped(line, Self.width - prefix.unicodeScalars.count - 1) {
                text += piece.isEmpty ? "\(prefix)\n" : "\(prefix) \(piece)\n"
            }
        }
    }

    /// That the compiler is to warn whoever uses what comes next.
    mutating func deprecated(_ what: String) {
        line("@available(*, deprecated, message: \(StringLiteral.quoted("\(what) is deprecated.")))")
    }

    /// Whether a text is ASCII without control characters and white space at its end.
    private static func isPlain(_ text: Substring) -> Bool {
        text.utf8.last != 0x20 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    private static func trimmed(_ line: Substring) -> String {
        if isPlain(line) { return String(line) }
        var scalars = line.unicodeScalars
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        // Control characters other than the tab have no place in source code.
        return String(String.UnicodeScalarView(scalars.map { $0.value < 0x20 && $0 != "\t" ? " " : $0 }))
    }

    private static func wrapped(_ line: String, _ width: Int) -> [String] {
        guard line.utf8.count > width, line.unicodeScalars.count > width else { return [line] }
        let indentation = line.prefix { $0 == " " }
        var lines: [String] = []
        var current = String(indentation)
        var isEmpty = true
        for word in line.split(separator: " ") {
            if !isEmpty, current.unicodeScalars.count + 1 + word.unicodeScalars.count > width {
                lines.append(current)
                current = String(indentation)
                isEmpty = true
            }
            current += isEmpty ? word : " \(word)"
            isEmpty = false
        }
        lines.append(current)
        return lines
    }
}
