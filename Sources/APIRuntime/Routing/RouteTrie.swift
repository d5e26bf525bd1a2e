/// Values of a matched path's parameters, percent-decoded once.
public struct PathParameters: Sendable {
    private let names: [String]
    private let values: [String]
    /// The same as they were sent, still percent-encoded.
    private let rawValues: [String]

    /// No parameters.
    public static let none = PathParameters(names: [], values: [], rawValues: [])

    /// Values in the order of their names.
    init(names: [String], values: [String], rawValues: [String]) {
        self.names = names
        self.values = values
        self.rawValues = rawValues
    }

    /// The value as it was sent.
    func raw(_ name: String) -> String? {
        for (candidate, value) in zip(names, rawValues) where candidate.utf8.elementsEqual(name.utf8) { return value }
        return nil
    }

    /// The value of the parameter with that name.
    public subscript(name: String) -> String? {
        for (candidate, value) in zip(names, values) where candidate.utf8.elementsEqual(name.utf8) { return value }
        return nil
    }
}

/// What a method and a path lead to.
public enum RouteMatch<Operation: Sendable>: Sendable {
    /// An operation, with the parameters in its path.
    case operation(Operation, PathParameters)
    /// The path exists, but not with this method; these are the ones it has.
    case methodNotAllowed([HTTPMethod])
    /// There is no such path.
    case notFound
}

/// Operations by path and method, segment by segment.
///
/// A path matches to the byte or not at all: a trailing slash, a doubled one, a dot segment or a percent-encoded literal
/// is another path. A literal segment goes before one with text beside its parameters, such as `{id}.json`, of which the
/// one with most text goes first, and that before a parameter alone. HEAD is answered wherever GET is.
///
/// A template may have a query, which OpenAPI does not know: `/responses?beta=true`. The request then has to have each of
/// its pairs; of several templates that differ in nothing else the one with most pairs goes first.
public struct RouteTrie<Operation: Sendable>: Sendable {
    private var tree = RouteTree()
    private let operations: [Operation]

    /// A trie of path templates such as `/traces/{trace_id}`.
    public init(_ routes: [(method: HTTPMethod, template: String, operation: Operation)]) {
        operations = routes.map(\.operation)
        for (number, route) in routes.enumerated() { tree.insert(route.method, route.template, number) }
    }

    /// The operation that answers a request. `path` and `query` are the target's, still percent-encoded.
    public func match(_ method: HTTPMethod, path: String, query: String? = nil) -> RouteMatch<Operation> {
        switch tree.match(method, path: path, query: query) {
        case .operation(let number, let parameters): .operation(operations[number], parameters)
        case .methodNotAllowed(let allowed): .methodNotAllowed(allowed)
        case .notFound: .notFound
        }
    }
}
