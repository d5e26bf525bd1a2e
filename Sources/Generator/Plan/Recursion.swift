/// Types that would contain themselves. Swift can store those only in an array or a dictionary, or behind a box.
extension Planner {
    func checkRecursion() {
        var byPointer: [JSONPointer: Model] = [:]
        for case (let pointer?, let model) in models { byPointer[pointer] = model }
        let pointers = document.schemaOrder.filter { byPointer[$0] != nil }

        // An alias of itself has no meaning at all, not even behind an array.
        let aliases = cycles(in: pointers) { pointer in
            guard case .alias(let type) = byPointer[pointer]?.shape else { return [] }
            return mentioned(in: type).filter { target in
                if case .alias = byPointer[target]?.shape { true } else { false }
            }
        }
        for cycle in aliases {
            guard let first = cycle.first, let model = byPointer[first] else { continue }
            diagnostics.report(
                .referenceCycle, at: model.location, "`\(model.name)` is defined by itself: \(path(cycle, byPointer))")
        }
        let stored = cycles(in: pointers) { pointer in
            byPointer[pointer].map { storage(of: $0.shape, nested: []) } ?? []
        }
        for cycle in stored where !aliases.contains(where: { $0.contains(where: cycle.contains) }) {
            guard let first = cycle.first, let model = byPointer[first] else { continue }
            diagnostics.report(
                .recursiveModel, at: model.location,
                "`\(model.name)` would contain itself, which is not supported yet: \(path(cycle, byPointer))",
                advice: "put one of the references into an array")
        }
    }

    private func path(_ cycle: [JSONPointer], _ models: [JSONPointer: Model]) -> String {
        (cycle + cycle.prefix(1)).compactMap { models[$0]?.name }.joined(separator: " → ")
    }

    /// The models whose values are stored within a value of the shape.
    private func storage(of shape: Model.Shape, nested outer: [Model]) -> [JSONPointer] {
        switch shape {
        case .enumeration: return []
        case .alias(let type): return storage(of: type, nested: outer)
        case .structure(let properties, let nested):
            return properties.flatMap { storage(of: $0.type, nested: nested + outer) }
        }
    }

    private func storage(of type: TypeReference, nested: [Model]) -> [JSONPointer] {
        switch type {
        case .model(let pointer, _): [pointer]
        case .nullable(let type): storage(of: type, nested: nested)
        case .nested(let name):
            nested.first { $0.name == name }.map { storage(of: $0.shape, nested: nested) } ?? []
        case .string, .boolean, .integer, .double, .json, .array, .dictionary: []
        }
    }

    private func mentioned(in type: TypeReference) -> [JSONPointer] {
        switch type {
        case .model(let pointer, _): [pointer]
        case .array(let type), .dictionary(let type), .nullable(let type): mentioned(in: type)
        case .string, .boolean, .integer, .double, .json, .nested: []
        }
    }
}
