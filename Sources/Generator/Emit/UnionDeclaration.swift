/// An enumeration with a case for each alternative of a schema.
enum UnionDeclaration {
    static func declare(
        _ name: String, _ cases: [Model.UnionCase], schema: Int, _ nested: [Model], _ source: inout SourceText
    ) {
        source.block("public enum \(name): Codable, Sendable") { source in
            for `case` in cases {
                source.documentation(`case`.documentation)
                source.line(
                    "\(`case`.isBoxed ? "indirect " : "")case \(SwiftName.escaped(`case`.name))(\(`case`.type.text))")
            }
            source.line()
            source.documentation(
                "Reads the alternative that the value is: the one that it fits, or that its discriminator names.")
            source.block("public init(from decoder: any Decoder) throws") { source in
                source.line("let value = try Union(decoder, Schemas.all, schema: \(schema))")
                source.line("switch value.alternative {")
                for `case` in cases {
                    source.line(
                        "case \(`case`.position): self = .\(SwiftName.escaped(`case`.name))(try value.decode(\(`case`.type.text).self))"
                    )
                }
                source.line("default: throw value.failure")
                source.line("}")
            }
            source.line()
            source.documentation("Writes the alternative as it is.")
            source.block("public func encode(to encoder: any Encoder) throws") { source in
                source.line("switch self {")
                for `case` in cases {
                    source.line("case .\(SwiftName.escaped(`case`.name))(let value): try value.encode(to: encoder)")
                }
                source.line("}")
            }
            for model in nested {
                source.line()
                ModelsFile.declare(model, &source)
            }
        }
    }
}
