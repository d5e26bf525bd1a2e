import FoundationEssentials

/// Files as a Swift source of literals. A literal of text compiles in no time, one of numbers does not.
struct EmbeddedSource {
    /// Why a file cannot be embedded.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    let text: String

    /// - Throws: ``Unusable`` for a file that is not below the root, or is not plain text in UTF-8.
    init(root: String, files: [String]) throws {
        let prefix = root.hasSuffix("/") ? root : root + "/"
        var text = "/// Every file by its path.\nlet embeddedFiles: [(path: String, text: StaticString)] = [\n"
        for file in files {
            guard file.hasPrefix(prefix) else { throw Unusable(description: "\(file) is not below \(root)") }
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
            guard let content = String(validating: bytes, as: UTF8.self), !content.utf8.contains(where: Self.isControl)
            else { throw Unusable(description: "\(file) is not plain text in UTF-8 with line feeds") }
            text += "    (\"\(file.dropFirst(prefix.count))\", \(Self.literal(content))),\n"
        }
        self.text = text + "]\n"
    }

    /// Leaves a file alone that would not change, so that nothing is compiled again for it.
    func write(to path: String) throws {
        let url = URL(filePath: path)
        let bytes = Data(text.utf8)
        if let present = try? Data(contentsOf: url), present == bytes { return }
        try bytes.write(to: url)
    }

    /// A literal over several lines whose value is the text to the byte, with as many `#` as it takes.
    private static func literal(_ text: String) -> String {
        var marks = "#"
        while text.contains("\"\"\"\(marks)") || text.contains("\\\(marks)") { marks += "#" }
        return "\(marks)\"\"\"\n\(text)\n\"\"\"\(marks)"
    }

    /// Line feeds alone may stand in it.
    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != UInt8(ascii: "\n") || byte == 0x7F }
}
