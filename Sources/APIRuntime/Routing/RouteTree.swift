/// Numbers of routes by path and method, segment by segment. It knows no operations, so that no code of it is generic: what
/// another module's type specialises is not compiled for that type.
struct RouteTree: Sendable {
    private struct Endpoint: Sendable {
        let method: HTTPMethod
        let parameterNames: [String]
        /// The pairs that the request's query has to have.
        let pairs: FormFields
        /// The number of the route.
        let route: Int
    }

    private struct Node: Sendable {
        var literals: [(segment: [UInt8], node: Int)] = []
        /// Those with most text first.
        var mixed: [(segment: MixedSegment, node: Int)] = []
        var parameter: Int?
        var endpoints: [Endpoint] = []
    }

    private var nodes = [Node()]
    private var depth = 0
    private var hasQueries = false
    /// The nodes of templates without parameters by their whole path, and these by their length: most requests need no
    /// walk.
    private var plainPaths: [[(path: String, node: Int)]] = []

    /// The number of the route that answers a request.
    func match(_ method: HTTPMethod, path: String, query: String?) -> RouteMatch<Int> {
        guard path.utf8.first == UInt8(ascii: "/") else { return .notFound }
        if let node = plainNode(path) { return match(method, at: node, query, [], []) }
        let segments = path.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), maxSplits: depth, omittingEmptySubsequences: false)
        var values: [String] = []
        var rawValues: [String] = []
        guard segments.count <= depth, let node = find(segments[...], from: 0, &values, &rawValues) else {
            return .notFound
        }
        return match(method, at: node, query, values, rawValues)
    }

    private func plainNode(_ path: String) -> Int? {
        let count = path.utf8.count
        guard count < plainPaths.count else { return nil }
        for plain in plainPaths[count] where bytesEqual(plain.path, path) { return plain.node }
        return nil
    }

    private func match(
        _ method: HTTPMethod, at node: Int, _ query: String?, _ values: [String], _ rawValues: [String]
    ) -> RouteMatch<Int> {
        let endpoints = hasQueries ? self.endpoints(of: nodes[node], query) : nodes[node].endpoints
        if endpoints.isEmpty { return .notFound }
        let wanted = method == .head && !endpoints.contains { $0.method == .head } ? .get : method
        if let found = endpoints.first(where: { $0.method == wanted }) {
            return .operation(
                found.route, PathParameters(names: found.parameterNames, values: values, rawValues: rawValues))
        }
        var allowed = endpoints.map(\.method)
        if allowed.contains(.get), !allowed.contains(.head) { allowed.append(.head) }
        if !allowed.contains(.options) { allowed.append(.options) }
        return .methodNotAllowed(allowed.sorted { $0.rawValue < $1.rawValue })
    }

    /// The endpoints whose pairs the query has.
    private func endpoints(of node: Node, _ query: String?) -> [Endpoint] {
        guard node.endpoints.contains(where: { !$0.pairs.isEmpty }) else { return node.endpoints }
        // What cannot be decoded has no pairs; the operation will say what is wrong with it.
        let fields = query.flatMap { try? decodeForm($0.utf8) } ?? []
        return node.endpoints.filter { endpoint in
            endpoint.pairs.allSatisfy { pair in
                fields.contains { bytesEqual($0.name, pair.name) && bytesEqual($0.value, pair.value) }
            }
        }
    }

    private func find(
        _ segments: ArraySlice<Substring.UTF8View>, from node: Int, _ values: inout [String],
        _ rawValues: inout [String]
    ) -> Int? {
        guard let segment = segments.first else { return nodes[node].endpoints.isEmpty ? nil : node }
        if let literal = nodes[node].literals.first(where: { $0.segment.elementsEqual(segment) }),
            let found = find(segments.dropFirst(), from: literal.node, &values, &rawValues)
        {
            return found
        }
        for (mixed, next) in nodes[node].mixed {
            guard let raw = mixed.match(segment) else { continue }
            let decoded = raw.compactMap { try? percentDecode($0, plusIsSpace: false) }
            guard decoded.count == raw.count else { continue }
            values += decoded
            rawValues += raw.map { String(Substring($0)) }
            if let found = find(segments.dropFirst(), from: next, &values, &rawValues) { return found }
            values.removeLast(raw.count)
            rawValues.removeLast(raw.count)
        }
        guard let parameter = nodes[node].parameter, !segment.isEmpty,
            let value = try? percentDecode(segment, plusIsSpace: false)
        else { return nil }
        values.append(value)
        rawValues.append(value.utf8.count == segment.count ? value : String(Substring(segment)))
        if let found = find(segments.dropFirst(), from: parameter, &values, &rawValues) { return found }
        values.removeLast()
        rawValues.removeLast()
        return nil
    }

    /// Adds a route.
    mutating func insert(_ method: HTTPMethod, _ template: String, _ route: Int) {
        var node = 0
        var names: [String] = []
        let path = template.utf8.prefix { $0 != UInt8(ascii: "?") }
        let pairs = (try? decodeForm(template.utf8.dropFirst(path.count + 1))) ?? []
        let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        depth = max(depth, segments.count)
        for segment in segments {
            if let mixed = MixedSegment(segment) {
                names += mixed.names
                node = nodes[node].mixed.first { $0.segment.isAlike(mixed) }?.node ?? append(mixed, to: node)
            } else if segment.first == UInt8(ascii: "{"), segment.last == UInt8(ascii: "}") {
                names.append(String(Substring(segment.dropFirst().dropLast())))
                node = nodes[node].parameter ?? append(to: node) { $0.parameter = $1 }
            } else {
                node =
                    nodes[node].literals.first { $0.segment.elementsEqual(segment) }?.node
                    ?? append(to: node) { $0.literals.append((Array(segment), $1)) }
            }
        }
        if names.isEmpty, nodes[node].endpoints.isEmpty {
            let length = path.count
            while plainPaths.count <= length { plainPaths.append([]) }
            plainPaths[length].append((String(Substring(path)), node))
        }
        if !pairs.isEmpty { hasQueries = true }
        let endpoint = Endpoint(method: method, parameterNames: names, pairs: pairs, route: route)
        let position = nodes[node].endpoints.firstIndex { $0.pairs.count < pairs.count }
        nodes[node].endpoints.insert(endpoint, at: position ?? nodes[node].endpoints.endIndex)
    }

    private mutating func append(_ segment: MixedSegment, to parent: Int) -> Int {
        append(to: parent) { node, index in
            let position = node.mixed.firstIndex { $0.segment.literalCount < segment.literalCount }
            node.mixed.insert((segment, index), at: position ?? node.mixed.endIndex)
        }
    }

    private mutating func append(to parent: Int, _ link: (inout Node, Int) -> Void) -> Int {
        nodes.append(Node())
        link(&nodes[parent], nodes.count - 1)
        return nodes.count - 1
    }
}
