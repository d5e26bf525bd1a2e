@testable import Generator

extension Pipeline {
    static func generate(
        spec: SourceFile, configuration: SourceFile?, diagnostics: Diagnostics, allowsUnsupported: Bool = false,
        load: @escaping (String) -> SourceFile? = { _ in nil }
    ) -> [(name: String, text: String)] {
        generate(
            Input(spec: spec, configuration: configuration, allowsUnsupported: allowsUnsupported, load: load),
            diagnostics: diagnostics)
    }

    static func plan(
        spec: SourceFile, configuration: SourceFile?, diagnostics: Diagnostics, allowsUnsupported: Bool = false,
        load: @escaping (String) -> SourceFile? = { _ in nil }
    ) -> (Plan, Node)? {
        plan(
            Input(spec: spec, configuration: configuration, allowsUnsupported: allowsUnsupported, load: load),
            diagnostics: diagnostics)
    }
}
