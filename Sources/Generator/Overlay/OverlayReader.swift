/// Reads an overlay of version 1.0 or 1.1.
struct OverlayReader {
    let diagnostics: Diagnostics

    private static let overlay = ObjectKind(
        "an overlay", read: ["overlay", "info", "extends", "actions"])
    private static let info = ObjectKind(
        "the info object of an overlay", read: ["title", "version"], documentation: ["description"])
    private static let action = ObjectKind(
        "an action", read: ["target", "update", "remove", "copy"], documentation: ["description"])

    /// The overlay of a file, or nil after reporting why there is none.
    static func read(_ file: SourceFile, diagnostics: Diagnostics) -> Overlay? {
        guard let root = YAMLReader.read(file, diagnostics: diagnostics) else { return nil }
        return OverlayReader(diagnostics: diagnostics).overlay(root)
    }

    private func overlay(_ node: Node) -> Overlay? {
        guard let object = ObjectReader(node, Self.overlay, diagnostics: diagnostics),
            let version = object.requiredString("overlay")
        else { return nil }
        let isVersion11 = version.value.hasPrefix("1.1.")
        guard isVersion11 || version.value.hasPrefix("1.0.") else {
            diagnostics.report(
                .unsupportedVersion, at: version.location, "overlays of version `\(version.value)` are not supported",
                advice: "1.0.x and 1.1.x are")
            return nil
        }
        if let info = object.required("info").flatMap({ ObjectReader($0, Self.info, diagnostics: diagnostics) }) {
            _ = info.requiredString("title")
            _ = info.requiredString("version")
        }
        var overlay = Overlay(extends: object.string("extends"))
        guard let actions = object.required("actions"), object.sequence("actions") != nil else { return overlay }
        if actions.sequence?.isEmpty == true {
            diagnostics.report(.invalidValue, at: actions.location, "an overlay needs at least one action")
        }
        overlay.actions = (actions.sequence ?? []).compactMap { action($0, isVersion11: isVersion11) }
        return overlay
    }

    private func action(_ node: Node, isVersion11: Bool) -> Overlay.Action? {
        guard let object = ObjectReader(node, Self.action, diagnostics: diagnostics) else { return nil }
        let target = object.requiredString("target").flatMap(path)
        let changes = ["update", "copy", "remove"].filter { name in
            object.node(Name(name)) != nil && (name != "remove" || object.boolean("remove")?.value == true)
        }
        guard let target, let change = changes.first else {
            if changes.isEmpty {
                diagnostics.report(
                    .missingKeyword, at: node.location,
                    "an action needs `update`, `remove: true`"
                        + (isVersion11 ? " or `copy`" : ""))
            }
            return nil
        }
        guard changes.count == 1 else {
            let names = changes.map { "`\($0)`" }.joined(separator: " and ")
            diagnostics.report(.invalidValue, at: node.location, "an action cannot have \(names)")
            return nil
        }
        switch change {
        case "update": return object.node("update").map { Overlay.Action(target: target, change: .update($0)) }
        case "remove": return Overlay.Action(target: target, change: .remove)
        default:
            guard isVersion11 else {
                if let copy = object.entry("copy") {
                    diagnostics.report(
                        .unknownKeyword, at: copy.keyLocation, "an action of an overlay 1.0 has no keyword `copy`",
                        advice: "`overlay: 1.1.0` has it")
                }
                return nil
            }
            return object.requiredString("copy").flatMap(path).map {
                Overlay.Action(target: target, change: .copy($0))
            }
        }
    }

    private func path(_ text: Located<String>) -> Located<JSONPath>? {
        do throws(JSONPath.Problem) {
            return Located(try JSONPath(text.value), at: text.location)
        } catch {
            let before = String(decoding: text.value.utf8.prefix(error.offset), as: UTF8.self)
            diagnostics.report(
                .overlayTarget, at: text.location,
                "`\(text.value)` is no JSONPath: \(error.message), after `\(before)`",
                advice: "https://www.rfc-editor.org/rfc/rfc9535 describes it")
            return nil
        }
    }
}
