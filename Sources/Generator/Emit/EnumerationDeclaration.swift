/// An enumeration of listed values.
enum EnumerationDeclaration {
    static func declare(
        _ name: String, _ kind: Model.EnumerationKind, _ cases: [Model.Case], _ source: inout SourceText
    ) {
        switch kind {
        case .strings:
            source.block("public enum \(name): String, Codable, CaseIterable, Sendable") { source in
                for `case` in cases {
                    source.documentation("`\(`case`.wireName)`")
                    source.line("case \(ModelsFile.rawCase(`case`.name, `case`.wireName))")
                }
            }
        case .integers(let type):
            source.block("public enum \(name): \(type.rawValue), Codable, CaseIterable, Sendable") { source in
                for `case` in cases {
                    source.documentation("`\(`case`.wireName)`")
                    source.line("case \(SwiftName.escaped(`case`.name)) = \(`case`.wireName)")
                }
            }
        case .openStrings: open(name, cases, &source)
        case .mixed: mixed(name, cases, &source)
        }
    }

    private static func mixed(_ name: String, _ cases: [Model.Case], _ source: inout SourceText) {
        source.block("public enum \(name): ListedValue") { source in
            for `case` in cases {
                source.documentation("`\(`case`.wireName)`")
                source.line("case \(SwiftName.escaped(`case`.name))")
            }
            source.line()
            source.documentation("The value.")
            source.block("public var rawValue: ListedScalar") { source in
                source.line("switch self {")
                for `case` in cases {
                    source.line("case .\(SwiftName.escaped(`case`.name)): \(`case`.value ?? "")")
                }
                source.line("}")
            }
        }
    }

    private static func open(_ name: String, _ cases: [Model.Case], _ source: inout SourceText) {
        source.block("public enum \(name): RawRepresentable, Codable, Hashable, Sendable") { source in
            for `case` in cases {
                source.documentation("`\(`case`.wireName)`")
                source.line("case \(SwiftName.escaped(`case`.name))")
            }
            source.documentation("A value that the document does not list.")
            source.line("case other(String)")
            source.line()
            source.documentation("The case that is listed for the text, else the text as `other`.")
            source.block("public init(rawValue: String)") { source in
                // By their bytes: to == on strings, what Unicode holds for the same text is equal.
                source.line("let listed: [(text: String, value: Self)] = [")
                for `case` in cases {
                    source.line(
                        "    (\(StringLiteral.quoted(`case`.wireName.text)), .\(SwiftName.escaped(`case`.name))),")
                }
                source.line("]")
                source.line(
                    "self = listed.first { $0.text.utf8.elementsEqual(rawValue.utf8) }?.value ?? .other(rawValue)")
            }
            source.line()
            source.documentation("The text.")
            source.block("public var rawValue: String") { source in
                source.line("switch self {")
                for `case` in cases {
                    source.line(
                        "case .\(SwiftName.escaped(`case`.name)): \(StringLiteral.quoted(`case`.wireName.text))")
                }
                source.line("case .other(let text): text")
                source.line("}")
            }
        }
    }
}
