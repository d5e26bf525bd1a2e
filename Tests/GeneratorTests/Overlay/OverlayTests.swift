import Foundation
import Testing

@testable import Generator

@Suite("Overlays")
struct OverlayTests {
    static let document = """
        openapi: 3.1.0
        info: {title: A, version: "1"}
        tags: [{name: a}]
        paths:
          /a:
            get: {operationId: a, tags: [x], parameters: [{name: p, in: query}, {name: q, in: query}], responses: {"200": {description: d}}}
            put: {operationId: b, x-internal: true, responses: {"200": {description: d}}}
          /b:
            get: {operationId: c, x-internal: true, responses: {"200": {description: d}}}
        """

    /// The document after the actions as JSON, and what was reported.
    static func apply(_ actions: String, version: String = "1.1.0") -> (json: String, problems: [String]) {
        let diagnostics = Diagnostics()
        let overlay = "overlay: \(version)\ninfo: {title: o, version: \"1\"}\nactions:\n\(actions)"
        guard
            let root = YAMLReader.read(
                SourceFile(path: "api.yaml", bytes: Array(document.utf8)), diagnostics: diagnostics),
            let read = OverlayReader.read(
                SourceFile(path: "o.yaml", bytes: Array(overlay.utf8)), diagnostics: diagnostics)
        else { return ("", heads(diagnostics)) }
        let result = OverlayApplication(diagnostics: diagnostics).apply(read, to: root)
        return (String(decoding: JSONText.text(of: result), as: UTF8.self), heads(diagnostics))
    }

    static func heads(_ diagnostics: Diagnostics) -> [String] {
        diagnostics.rendered().split(separator: "\n").filter { $0.hasPrefix("o.yaml:") }.map { String($0) }
    }

    @Test(
        "actions update, remove and copy",
        arguments: [
            ("  - {target: $.info, update: {title: B, x-a: [1]}}", #""info":{"title":"B","version":"1","x-a":[1]}"#),
            (
                "  - {target: $, update: {info: {description: d}}}",
                #""info":{"title":"A","version":"1","description":"d"}"#
            ),
            ("  - {target: $.tags, update: {name: b}}", #""tags":[{"name":"a"},{"name":"b"}]"#),
            (
                "  - {target: $.tags, update: [{name: b}, {name: c}]}",
                #""tags":[{"name":"a"},{"name":"b"},{"name":"c"}]"#
            ),
            ("  - {target: $, update: {tags: [{name: b}]}}", #""tags":[{"name":"a"},{"name":"b"}]"#),
            ("  - {target: $.info.title, update: B}", #""info":{"title":"B","version":"1"}"#),
            ("  - {target: \"$.paths.*[?@['x-internal']]\", remove: true}", #""description":"d"}}}},"/b":{}}"#),
            (
                "  - {target: \"$..parameters[?@.name == 'p']\", remove: true}",
                #""parameters":[{"name":"q","in":"query"}]"#
            ),
            ("  - {target: \"$..parameters[*]\", remove: true}", #""parameters":[]"#),
            ("  - {target: $.info, copy: \"$.tags[0]\"}", #""info":{"title":"A","version":"1","name":"a"}"#),
            ("  - {target: $.info, update: {x-a: 1}}\n  - {target: $.info.x-a, remove: true}", "is no JSONPath"),
            (
                "  - {target: $.info, update: {x_a: 1}}\n  - {target: $.info.x_a, remove: true}",
                #""info":{"title":"A","version":"1"}"#
            ),
            (
                "  - {target: \"$.paths.*.get\", update: {deprecated: true}}",
                #"{"200":{"description":"d"}},"deprecated":true},"put""#
            ),
        ])
    func actions(actions: String, expected: String) {
        let (json, problems) = Self.apply(actions)
        #expect("\(json) \(problems)".contains(expected), "\(json) \(problems)")
    }

    @Test(
        "what cannot be done is told where the action stands",
        arguments: [
            (
                "  - {target: $.nothing, remove: true}",
                "o.yaml:4:14: warning: the target selects nothing, so that the action does nothing [overlay-target]"
            ),
            (
                "  - {target: $.tags, update: {a: 1}}\n  - {target: $.info, update: 1}",
                "o.yaml:5:30: error: an integer cannot be merged into an object, which the target selects [overlay-update]"
            ),
            (
                "  - {target: $, update: {info: [1]}}",
                "o.yaml:4:32: error: an array cannot be merged into an object, which `info` is [overlay-update]"
            ),
            (
                "  - {target: $, remove: true}",
                "o.yaml:4:14: error: the whole document cannot be removed [overlay-target]"
            ),
            (
                "  - {target: paths, remove: true}",
                "o.yaml:4:14: error: `paths` is no JSONPath: a query begins with `$`, after `` [overlay-target]"
            ),
            (
                "  - {target: \"$[?foo(@)]\", remove: true}",
                "o.yaml:4:14: error: `$[?foo(@)]` is no JSONPath: there is no function `foo`; there are length, count, match, search and value, after `$[?` [overlay-target]"
            ),
            (
                "  - {target: $.info}",
                "o.yaml:4:5: error: an action needs `update`, `remove: true` or `copy` [missing-keyword]"
            ),
            (
                "  - {target: $.info, update: {}, remove: true}",
                "o.yaml:4:5: error: an action cannot have `update` and `remove` [invalid-value]"
            ),
            (
                "  - {target: $.info, copy: \"$..get\"}",
                "o.yaml:4:28: error: what is copied has to be one value, and `copy` selects 2 [overlay-target]"
            ),
            (
                "  - {target: $.info, updat: {}}",
                "o.yaml:4:22: error: an action has no keyword `updat` [unknown-keyword]"
            ),
            ("  []", "o.yaml:4:3: error: an overlay needs at least one action [invalid-value]"),
        ])
    func problems(actions: String, expected: String) {
        #expect(Self.apply(actions).problems.contains(expected), "\(Self.apply(actions).problems)")
    }

    @Test("version 1.0 has no copy, and other versions are refused")
    func versions() {
        let copy = Self.apply("  - {target: $.info, copy: \"$.tags[0]\"}", version: "1.0.0").problems
        #expect(copy == ["o.yaml:4:22: error: an action of an overlay 1.0 has no keyword `copy` [unknown-keyword]"])
        let other = Self.apply("  - {target: $.info, remove: true}", version: "2.0.0").problems
        #expect(other == ["o.yaml:1:10: error: overlays of version `2.0.0` are not supported [unsupported-version]"])
    }

    @Test(
        "generate applies the overlays of the configuration and then its own, and what is wrong in them is found there")
    func generate() throws {
        func generate(_ action: String, configured: String? = nil) -> (files: [String: String], problems: String) {
            func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, bytes: Array(text.utf8)) }
            func overlay(_ action: String) -> String {
                "overlay: 1.0.0\ninfo: {title: o, version: \"1\"}\nactions: [\(action)]"
            }
            let diagnostics = Diagnostics()
            var input = Pipeline.Input(spec: file("api.yaml", Snippet.operation("")))
            input.overlays = [file("o.yaml", overlay(action))]
            if let configured {
                input.configuration = file("conf/generator.yaml", "overlays: [../c.yaml]")
                input.load = { $0 == "c.yaml" ? file($0, overlay(configured)) : nil }
            }
            let files = Pipeline.generate(input, diagnostics: diagnostics)
            return (Dictionary(uniqueKeysWithValues: files), diagnostics.rendered())
        }
        let renamed = generate(
            "{target: \"$..[?@.operationId == 'first']\", update: {operationId: second}}",
            configured: "{target: \"$..[?@.operationId]\", update: {operationId: first}}")
        #expect(renamed.files["Protocols.swift"]?.contains("func second(") == true, "\(renamed.problems)")
        #expect(renamed.files["OpenAPIDocument.swift"]?.contains("operationId: second") == true)
        let broken = generate("{target: $.info, update: {titel: B}}")
        #expect(
            broken.problems.hasPrefix("o.yaml:3:37: error: the info object has no keyword `titel`"),
            "\(broken.problems)")
        #expect(broken.files.isEmpty)
        let diagnostics = Diagnostics()
        var input = Pipeline.Input(spec: SourceFile(path: "api.yaml", bytes: Array(Snippet.operation("").utf8)))
        input.configuration = SourceFile(path: "generator.yaml", bytes: Array("overlays: [c.yaml]".utf8))
        #expect(Pipeline.generate(input, diagnostics: diagnostics).isEmpty)
        #expect(diagnostics.rendered().hasPrefix("generator.yaml:1:12: error: the overlay `c.yaml` cannot be read"))
    }

    @Test("the command prints the document that the overlay extends, in YAML or JSON")
    func command() throws {
        try Tools.withFolder { folder in
            func write(_ name: String, _ text: String) throws -> String {
                let url = folder.appending(path: name)
                try Data(text.utf8).write(to: url)
                return url.path(percentEncoded: false)
            }
            let document = try write("api.yaml", "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n")
            let overlay = try write(
                "o.yaml",
                "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nextends: ./api.yaml\nactions: [{target: $.info, update: {title: B}}]"
            )
            let result = try Tools.generate(["overlay", overlay])
            #expect(
                result.output
                    == "openapi: 3.1.0\ninfo:\n  title: B\n  version: \"1\"\npaths: {}\n".replacing(
                        "openapi: 3.1.0", with: "openapi: 3.1.0"))
            #expect(result.status == 0)
            let json = try Tools.generate(["overlay", "--spec", document, overlay, overlay, "--json"])
            #expect(json.output.hasPrefix("{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\n    \"title\": \"B\""))
            let other = try write(
                "p.yaml", "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions: [{target: $.x, remove: true}]")
            let unknown = try Tools.generate(["overlay", other])
            #expect(unknown.status == 1)
            #expect(unknown.errors.hasPrefix("\(other):3:20: error: the overlay does not say what it `extends`"))
            let none = try Tools.generate(["overlay", other, "--spec", document])
            #expect(none.status == 0)
            #expect(none.errors.hasPrefix("\(other):3:20: warning: the target selects nothing"))
        }
    }
}
