/// Applies overlays to a document. What an overlay brings in keeps its place in the overlay's file.
struct OverlayApplication {
    let diagnostics: Diagnostics

    /// The document after all actions; what cannot be done is reported where the action stands.
    func apply(_ overlay: Overlay, to root: Node) -> Node {
        var root = root
        for action in overlay.actions {
            let selected = action.target.value.select(from: root)
            if selected.isEmpty {
                diagnostics.report(
                    Diagnostic(
                        location: action.target.location, rule: .overlayTarget,
                        message: "the target selects nothing, so that the action does nothing", severity: .warning))
                continue
            }
            switch action.change {
            case .remove: remove(selected.map(\.path), action, from: &root)
            case .update(let node): update(selected, with: node, in: &root)
            case .copy(let source):
                let found = source.value.select(from: root)
                guard found.count == 1, let node = found.first?.node else {
                    diagnostics.report(
                        .overlayTarget, at: source.location,
                        "what is copied has to be one value, and `copy` selects \(found.count)")
                    continue
                }
                update(selected, with: node, at: source.location, in: &root)
            }
        }
        return root
    }

    private func remove(_ paths: [NodePath], _ action: Overlay.Action, from root: inout Node) {
        guard !paths.contains(where: \.isEmpty) else {
            diagnostics.report(.overlayTarget, at: action.target.location, "the whole document cannot be removed")
            return
        }
        // The last element of an array goes first, for those behind it would move.
        for path in Set(paths).sorted(by: Self.isLater) {
            guard let last = path.last else { continue }
            root.modify(at: path.dropLast()) { parent in
                switch (parent.content, last) {
                case (.mapping(var mapping), .key(let name)):
                    mapping.entries.removeAll { $0.key == name }
                    parent.content = .mapping(mapping)
                case (.sequence(var nodes), .index(let index)) where nodes.indices.contains(index):
                    nodes.remove(at: index)
                    parent.content = .sequence(nodes)
                default: break
                }
            }
        }
    }

    private static func isLater(_ left: NodePath, _ right: NodePath) -> Bool {
        for (a, b) in zip(left, right) where a != b {
            switch (a, b) {
            case (.index(let a), .index(let b)): return a > b
            case (.key(let a), .key(let b)): return a > b
            case (.index, .key): return true
            case (.key, .index): return false
            }
        }
        return left.count > right.count
    }

    private func update(
        _ selected: [JSONPathEvaluation.Selected], with update: Node, at location: Location? = nil, in root: inout Node
    ) {
        for (path, _) in selected {
            root.modify(at: path[...]) { target in
                merge(update, into: &target, name: nil, location: location ?? update.location)
            }
        }
    }

    /// https://spec.openapis.org/overlay/v1.1.0.html#action-object
    private func merge(_ update: Node, into target: inout Node, name: Name?, location: Location) {
        switch (target.content, update.content) {
        case (.mapping(var mapping), .mapping(let changes)):
            // So that what is changed is nobody else's.
            target.content = .sequence([])
            for change in changes.entries {
                if let index = mapping.entries.firstIndex(where: { $0.key == change.key }) {
                    merge(
                        change.value, into: &mapping.entries[index].value, name: change.key,
                        location: change.value.location)
                } else {
                    mapping.entries.append(change)
                }
            }
            target.content = .mapping(mapping)
        case (.sequence(let nodes), .sequence(let further)): target.content = .sequence(nodes + further)
        case (.sequence(let nodes), _) where name == nil: target.content = .sequence(nodes + [update])
        case (.scalar, .scalar): target = update
        default:
            diagnostics.report(
                .overlayUpdate, at: location,
                "\(update.kindDescription) cannot be merged into \(target.kindDescription)"
                    + (name.map { ", which `\($0)` is" } ?? ", which the target selects"),
                notes: [.init(location: target.location, message: "this one")],
                advice: "remove the old value with an action before this one")
        }
    }
}

extension Node {
    /// Changes the value that a way leads to; does nothing where there is none.
    mutating func modify(at path: ArraySlice<NodeStep>, _ body: (inout Node) -> Void) {
        guard let step = path.first else {
            body(&self)
            return
        }
        switch (content, step) {
        case (.mapping(var mapping), .key(let name)):
            guard let index = mapping.entries.firstIndex(where: { $0.key == name }) else { return }
            content = .sequence([])
            mapping.entries[index].value.modify(at: path.dropFirst(), body)
            content = .mapping(mapping)
        case (.sequence(var nodes), .index(let index)):
            guard nodes.indices.contains(index) else { return }
            content = .sequence([])
            nodes[index].modify(at: path.dropFirst(), body)
            content = .sequence(nodes)
        default: break
        }
    }
}
