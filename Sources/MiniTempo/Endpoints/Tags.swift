import APIRuntime
import JSON
import TraceQLSyntax

/// `/api/search/tags` and `/api/v2/search/tags`: which attributes there are
/// ([Tempo's API](https://grafana.com/docs/tempo/latest/api_docs/#search-tags-v2)). Version 1 ignores `q`.
struct Tags: Sendable {
    let store: TraceStore

    /// The scopes in the order in which they are told.
    private enum Scope: String, CaseIterable {
        case resource, span, event, link, instrumentation, intrinsic
    }

    /// What Tempo has columns for: told if any span has it, whatever the filter.
    private static let dedicated: [Scope: Set<[UInt8]>] = [
        .resource: names([
            "service.name", "cluster", "namespace", "pod", "container", "k8s.cluster.name", "k8s.namespace.name",
            "k8s.pod.name", "k8s.container.name",
        ]),
        .span: names(["http.method", "http.url", "http.status_code"]),
    ]

    private static let intrinsics = [
        "duration", "event:name", "event:timeSinceStart", "instrumentation:name", "instrumentation:version", "kind",
        "link:spanID", "link:traceID", "name", "rootName", "rootServiceName", "span:duration", "span:id", "span:kind",
        "span:name", "span:status", "span:statusMessage", "status", "statusMessage", "trace:duration", "trace:id",
        "trace:rootName", "trace:rootService", "traceDuration",
    ]

    /// Version 1: names without their scopes.
    func names(_ request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        let scopes = try found(parameters, nil, owners)
        // The intrinsic ones have to be asked for.
        let asked = parameters["scope"] != nil
        let names = scopes.filter { asked || $0.scope != .intrinsic }.flatMap(\.names)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("tagNames")
        Self.write(Set(names), parameters: try parameters.count("limit"), to: &writer)
        writer.name("metrics")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        return .json(writer.bytes)
    }

    /// Version 2: names by their scopes.
    func scopes(_ request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        let limit = try parameters.count("limit")
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("scopes")
        writer.beginArray()
        for (scope, names) in try found(parameters, parameters["q"], owners) {
            writer.beginObject()
            writer.text("name", scope.rawValue)
            writer.name("tags")
            Self.write(names, parameters: limit, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.name("metrics")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        return .json(writer.bytes)
    }

    private static func write(_ names: Set<[UInt8]>, parameters limit: Int?, to writer: inout JSONWriter) {
        writer.beginArray()
        let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
        for name in limit.map({ $0 == 0 ? sorted[...] : sorted.prefix($0) }) ?? sorted[...] {
            writer.string(String(decoding: name, as: UTF8.self))
        }
        writer.endArray()
    }

    private func found(
        _ parameters: QueryParameters, _ query: String?, _ owners: Organizations
    ) throws(Refusal) -> [(scope: Scope, names: Set<[UInt8]>)] {
        let asked = parameters["scope"]
        guard asked == nil || asked == "none" || Scope(rawValue: asked ?? "") != nil else {
            throw Refusal("invalid scope: \(asked ?? "")")
        }
        let filter = try TagFilter(query)
        let evaluator = Evaluator()
        var names: [Scope: Set<[UInt8]>] = [.intrinsic: Self.names(Self.intrinsics)]
        for trace in store.traces(in: owners, during: try parameters.seconds()) {
            for span in trace.spans {
                let isIncluded = filter.includes(span, of: trace, evaluator)
                for (scope, table) in Self.tables(of: span) {
                    for name in table.names where isIncluded || Self.dedicated[scope]?.contains(name) == true {
                        names[scope, default: []].insert(name)
                    }
                }
            }
        }
        return Scope.allCases.compactMap { scope in
            guard asked == nil || asked == "none" || asked == scope.rawValue else { return nil }
            return names[scope].map { (scope, $0) }
        }
    }

    private static func tables(of span: SearchSpan) -> [(Scope, AttributeTable)] {
        [(.resource, span.resource), (.span, span.attributes), (.instrumentation, span.instrumentation.attributes)]
            + span.events.map { (.event, $0.attributes) } + span.links.map { (.link, $0.attributes) }
    }

    private static func names(_ texts: [String]) -> Set<[UInt8]> {
        Set(texts.map { Array($0.utf8) })
    }
}
