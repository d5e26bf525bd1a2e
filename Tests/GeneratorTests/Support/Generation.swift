import Testing

@testable import Generator

/// What the generator makes of texts, without files.
struct Generation {
    var files: [String: String]
    /// Everything that would be printed.
    var problems: String
    var diagnostics: [Diagnostic]

    /// `beside` are files that the document may refer to, by their paths.
    init(_ spec: String, configuration: String? = nil, beside: [String: String] = [:]) {
        self.init(Array(spec.utf8), configuration: configuration, beside: beside)
    }

    init(_ spec: [UInt8], configuration: String? = nil, beside: [String: String] = [:]) {
        let diagnostics = Diagnostics()
        let files = Pipeline.generate(
            spec: SourceFile(path: "api.yaml", bytes: spec),
            configuration: configuration.map { SourceFile(path: "generator.yaml", bytes: Array($0.utf8)) },
            diagnostics: diagnostics,
            load: { path in beside[path].map { SourceFile(path: path, bytes: Array($0.utf8)) } })
        self.init(files, diagnostics)
    }

    init(_ files: [(name: String, text: String)], _ diagnostics: Diagnostics) {
        self.files = Dictionary(uniqueKeysWithValues: files)
        problems = diagnostics.rendered()
        self.diagnostics = diagnostics.all
    }

    var rules: [Rule] { diagnostics.map(\.rule) }

    /// The text of a file, without the spaces that lead its lines.
    func file(_ name: String) throws -> String {
        let text = try #require(files[name], Comment(rawValue: problems))
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }.joined(separator: "\n")
    }

    /// Whether the lines stand in the file one after another.
    func has(_ lines: String, in name: String) throws -> Bool {
        let wanted = lines.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
        return try file(name).contains(wanted)
    }
}

/// Pieces that make a snippet a whole document.
enum Snippet {
    /// One public operation that answers 204.
    static let operation = """
        paths:
          /a:
            get:
              operationId: getA
              tags: [T]
              responses:
                "204": {description: Nothing.}

        """

    static let head = """
        openapi: 3.1.0
        info: {title: T, version: "1"}

        """

    /// A document with these schemas, each indented by four spaces.
    static func schemas(_ schemas: String, version: String = "3.1.0") -> String {
        let indented = schemas.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        return
            "openapi: \(version)\ninfo: {title: T, version: \"1\"}\n\(operation)components:\n  schemas:\n\(indented)\n"
    }

    /// A document whose only operation answers with this content.
    static func answer(_ content: String) -> String {
        operation("").replacing(
            "\"204\": {description: Nothing.}", with: "\"200\": {description: Something., content: {\(content)}}")
    }

    /// A document whose only operation has this content, indented by six spaces, at a path.
    static func operation(_ content: String, path: String = "/a", method: String = "get", rest: String = "") -> String {
        let indented = content.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        return """
            \(head)\(rest)
            paths:
              \(path):
                \(method):
                  operationId: getA
                  tags: [T]
                  responses:
                    "204": {description: Nothing.}
            \(indented)

            """
    }
}
