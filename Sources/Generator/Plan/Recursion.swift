/// Types that would contain themselves. Swift can store those in an array or a dictionary, or behind a box: one reference
/// of each circle is boxed.
extension Planner {
    /// A type of the plan: by its own name behind the names of those that it is nested in.
    private struct Place: Hashable {
        var path: [String]
    }

    private struct Edge {
        /// Which property or case.
        var position: Int
        var target: Place
    }

    func checkRecursion() {
        guard checkAliases() else { return }
        var edges: [Place: [Edge]] = [:]
        var order: [Place] = []
        for (_, model) in models { collect(model, inside: [], into: &edges, &order) }
        let boxed = backwardEdges(order, edges)
        guard !boxed.isEmpty else { return }
        for index in models.indices { box(&models[index].model, inside: [], boxed) }
    }

    /// Swift has no alias of itself. Where an array or a dictionary lies between, its values are JSON; they are held to
    /// their schema all the same. Otherwise there is no meaning at all.
    private func checkAliases() -> Bool {
        while true {
            let pointers = document.schemaOrder.filter { aliased[$0] != nil }
            let found = cycles(in: pointers) { pointer in
                aliased[pointer].map { mentioned(in: $0).filter { self.aliased[$0] != nil } } ?? []
            }
            if found.isEmpty { return true }
            var isMeaningless = false
            for cycle in found where !loosen(cycle) {
                isMeaningless = true
                guard let first = cycle.first, let use = document.schemas[first] else { continue }
                let path = (cycle + [first]).compactMap { modelNames[$0] }.joined(separator: " → ")
                diagnostics.report(
                    .referenceCycle, at: use.location, "`\(modelNames[first] ?? "")` is defined by itself: \(path)")
            }
            if isMeaningless { return false }
        }
    }

    /// Makes JSON of what the first container of a circle of aliases holds.
    private func loosen(_ cycle: [JSONPointer]) -> Bool {
        func holding(_ type: TypeReference, isInside: Bool) -> TypeReference {
            switch type {
            case .model(let pointer, _): isInside && cycle.contains(pointer) ? .json : type
            case .array(let type): .array(holding(type, isInside: true))
            case .dictionary(let type): .dictionary(holding(type, isInside: true))
            case .jsonText(let type): .jsonText(holding(type, isInside: isInside))
            case .nullable(let type):
                switch holding(type, isInside: isInside) {
                // JSON has a null of its own.
                case .json: .json
                case let held: .nullable(held)
                }
            case .string, .boolean, .integer, .double, .format, .json, .nested: type
            }
        }
        for index in models.indices {
            guard let pointer = models[index].pointer, cycle.contains(pointer),
                case .alias(let type) = models[index].model.shape
            else { continue }
            let held = holding(type, isInside: false)
            guard held != type else { continue }
            models[index].model.shape = .alias(held)
            aliasCache = nil
            return true
        }
        return false
    }

    /// Models that are only another name, by the address of their schema.
    private var aliased: [JSONPointer: TypeReference] {
        if let known = aliasCache { return known }
        var found: [JSONPointer: TypeReference] = [:]
        for case (let pointer?, let model) in models {
            if case .alias(let type) = model.shape { found[pointer] = type }
        }
        aliasCache = found
        return found
    }

    private func collect(
        _ model: Model, inside path: [String], into edges: inout [Place: [Edge]], _ order: inout [Place]
    ) {
        let own = path + [model.name]
        let place = Place(path: own)
        var found: [Edge] = []
        var nested: [Model] = []
        switch model.shape {
        case .structure(let properties, let models):
            nested = models
            for (index, property) in properties.enumerated() {
                found += targets(of: property.type, from: own).map { Edge(position: index, target: $0) }
            }
        case .union(let cases, _, let models):
            nested = models
            for (index, `case`) in cases.enumerated() {
                found += targets(of: `case`.type, from: own).map { Edge(position: index, target: $0) }
            }
        case .enumeration, .alias: break
        }
        edges[place] = found
        order.append(place)
        for model in nested { collect(model, inside: own, into: &edges, &order) }
    }

    /// The types whose values are stored within a value of the type.
    private func targets(of type: TypeReference, from path: [String]) -> [Place] {
        switch type {
        case .model(let pointer, let name):
            if let alias = aliased[pointer] { return targets(of: alias, from: []) }
            return [Place(path: [name])]
        case .jsonText(let type), .nullable(let type): return targets(of: type, from: path)
        // A type is nested where it is used, or beside it.
        case .nested(let name): return [Place(path: path + [name]), Place(path: path.dropLast() + [name])]
        case .string, .boolean, .integer, .double, .format, .json, .array, .dictionary: return []
        }
    }

    /// The edges that lead back to a type that is still being walked; every circle has one.
    private func backwardEdges(_ order: [Place], _ edges: [Place: [Edge]]) -> [Place: Set<Int>] {
        enum State { case open, done }
        var state: [Place: State] = [:]
        var found: [Place: Set<Int>] = [:]
        for start in order where state[start] == nil {
            var work = [(place: start, next: 0)]
            state[start] = .open
            while let (place, next) = work.last {
                let targets = edges[place] ?? []
                guard next < targets.count else {
                    state[place] = .done
                    work.removeLast()
                    continue
                }
                work[work.count - 1].next += 1
                let edge = targets[next]
                guard edges[edge.target] != nil else { continue }
                switch state[edge.target] {
                case nil:
                    state[edge.target] = .open
                    work.append((edge.target, 0))
                case .open: found[place, default: []].insert(edge.position)
                case .done: break
                }
            }
        }
        return found
    }

    private func box(_ model: inout Model, inside path: [String], _ boxed: [Place: Set<Int>]) {
        let own = path + [model.name]
        let positions = boxed[Place(path: own)] ?? []
        switch model.shape {
        case .structure(var properties, var nested):
            for position in positions { properties[position].isBoxed = true }
            for index in nested.indices { box(&nested[index], inside: own, boxed) }
            model.shape = .structure(properties, nested: nested)
        case .union(var cases, let schema, var nested):
            for position in positions { cases[position].isBoxed = true }
            for index in nested.indices { box(&nested[index], inside: own, boxed) }
            model.shape = .union(cases, schema: schema, nested: nested)
        case .enumeration, .alias: break
        }
    }

    private func mentioned(in type: TypeReference) -> [JSONPointer] {
        switch type {
        case .model(let pointer, _): [pointer]
        case .array(let type), .dictionary(let type), .jsonText(let type), .nullable(let type): mentioned(in: type)
        case .string, .boolean, .integer, .double, .format, .json, .nested: []
        }
    }
}
