/// The components that something outside of them leads to.
struct ReachableComponents {
    private struct Component: Hashable {
        var kind: Name
        var name: Name
    }

    private let root: Node
    private var reached: Set<Component> = []
    /// Another file may lead back to any component.
    private var refersToFiles = false

    init(_ root: Node) {
        self.root = root
        var pending: [Component] = []
        for entry in root.mapping?.entries ?? [] where entry.key != "components" { collect(entry.value, &pending) }
        while let component = pending.popLast() {
            guard reached.insert(component).inserted, let node = node(component) else { continue }
            collect(node, &pending)
        }
    }

    /// The document without the others. Security schemes are not referred to, but named, and stay.
    func pruned() -> Node {
        guard !refersToFiles, var mapping = root.mapping,
            let index = mapping.entries.firstIndex(where: { $0.key == "components" }),
            var components = mapping.entries[index].value.mapping
        else { return root }
        components.entries = components.entries.compactMap { kind in
            guard kind.key != "securitySchemes", !kind.key.hasPrefix("x-"), var named = kind.value.mapping else {
                return kind
            }
            named.entries.removeAll { !reached.contains(Component(kind: kind.key, name: $0.key)) }
            guard !named.entries.isEmpty else { return nil }
            var kind = kind
            kind.value.content = .mapping(named)
            return kind
        }
        mapping.entries[index].value.content = .mapping(components)
        var result = root
        result.content = .mapping(mapping)
        return result
    }

    private func node(_ component: Component) -> Node? {
        root.mapping?["components"]?.value.mapping?[component.kind]?.value.mapping?[component.name]?.value
    }

    private mutating func collect(_ node: Node, _ pending: inout [Component]) {
        switch node.content {
        case .scalar: break
        case .sequence(let nodes): for node in nodes { collect(node, &pending) }
        case .mapping(let mapping):
            for entry in mapping.entries {
                if entry.key == "$ref", let text = entry.value.string { add(text, &pending) }
                if entry.key == "discriminator" { collectTargets(entry.value, &pending) }
                collect(entry.value, &pending)
            }
        }
    }

    /// The schemas that a discriminator leads to, by reference or by name.
    private mutating func collectTargets(_ discriminator: Node, _ pending: inout [Component]) {
        let mapping = discriminator.mapping
        let targets =
            (mapping?["mapping"]?.value.mapping?.entries.map(\.value) ?? [])
            + [mapping?["defaultMapping"]?.value].compactMap { $0 }
        for target in targets {
            guard let text = target.string else { continue }
            let component = Component(kind: "schemas", name: Name(text))
            if node(component) != nil { pending.append(component) } else { add(text, &pending) }
        }
    }

    private mutating func add(_ reference: String, _ pending: inout [Component]) {
        guard reference.utf8.first == UInt8(ascii: "#") else {
            refersToFiles = true
            return
        }
        guard let pointer = JSONPointer(fragment: Substring(reference).utf8.dropFirst()), pointer.tokens.count >= 3,
            pointer.tokens[0] == "components"
        else { return }
        pending.append(Component(kind: pointer.tokens[1], name: pointer.tokens[2]))
    }
}
