import APIRuntime
import JSON
import TraceQLSyntax

/// `/api/search/tag/{name}/values` and `/api/v2/search/tag/{name}/values`: which values an attribute has
/// ([Tempo's API](https://grafana.com/docs/tempo/latest/api_docs/#search-tag-values-v2)). Version 1 ignores `q`.
struct TagValues: Sendable {
    let store: TraceStore

    /// Version 1: a name without a scope, values as texts.
    func texts(of name: String, _ request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        let attribute: TraceQLAttribute =
            switch name {
            case "name": .intrinsic(.name)
            case "status", "status.code": .intrinsic(.status)
            case "root.name": .intrinsic(.rootName)
            case "root.service.name": .intrinsic(.rootServiceName)
            default: .named(scope: .none, name: Array(name.utf8), isParent: false)
            }
        let values = try found(attribute, parameters, nil, owners).map(\.text)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("tagValues")
        writer.beginArray()
        for text in Self.limited(Array(Set(values)).sorted(), try parameters.count("limit")) { writer.string(text) }
        writer.endArray()
        writer.name("metrics")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        return .json(writer.bytes)
    }

    /// Version 2: a name as it stands in queries, values with their types.
    func typed(of name: String, _ request: Request, for owners: Organizations) throws(Refusal) -> Response {
        let parameters = QueryParameters(request.query)
        guard let attribute = Query.attribute(name) else {
            throw Refusal("tag name is not valid intrinsic or scoped attribute: \(name)")
        }
        let values = try found(attribute, parameters, parameters["q"], owners)
            .map { (type: Self.type($0), text: $0.text) }
            .sorted { ($0.type, $0.text) < ($1.type, $1.text) }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("tagValues")
        writer.beginArray()
        for value in Self.limited(values, try parameters.count("limit")) {
            writer.beginObject()
            writer.text("type", value.type)
            writer.text("value", value.text)
            writer.endObject()
        }
        writer.endArray()
        writer.name("metrics")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        return .json(writer.bytes)
    }

    private static func limited<Element>(_ values: [Element], _ limit: Int?) -> ArraySlice<Element> {
        guard let limit, limit > 0 else { return values[...] }
        return values.prefix(limit)
    }

    private func found(
        _ attribute: TraceQLAttribute, _ parameters: QueryParameters, _ query: String?, _ owners: Organizations
    ) throws(Refusal) -> Set<Value> {
        let filter = try TagFilter(query)
        if let fixed = Self.fixed(attribute) { return Set(fixed) }
        let echoed = filter.literals(for: attribute)
        if !echoed.isEmpty { return Set(echoed.map { Value($0) }) }
        let evaluator = Evaluator()
        var values: Set<Value> = []
        for trace in store.traces(in: owners, during: try parameters.seconds()) {
            for span in trace.spans where filter.includes(span, of: trace, evaluator) {
                for value in Self.values(attribute, of: span, in: trace) { values.insert(value) }
            }
        }
        return values
    }

    /// Of a name without a scope those of the span and those of the resource.
    private static func values(_ attribute: TraceQLAttribute, of span: SearchSpan, in trace: SearchTrace) -> [Value] {
        if case .named(.none, let name, false) = attribute {
            return span.value(.span, name).elements + span.value(.resource, name).elements
        }
        return trace.value(attribute, of: span).elements.filter { $0 != .string([]) }
    }

    /// What is the same in every store; nil for what has to be looked up.
    private static func fixed(_ attribute: TraceQLAttribute) -> [Value]? {
        guard case .intrinsic(let intrinsic) = attribute else { return nil }
        return switch intrinsic {
        case .status: [.status(.error), .status(.ok), .status(.unset)]
        case .kind:
            [
                .kind(.client), .kind(.consumer), .kind(.internal), .kind(.producer), .kind(.server),
                .kind(.unspecified),
            ]
        case .name, .statusMessage, .rootName, .rootServiceName, .eventName, .instrumentationName,
            .instrumentationVersion:
            nil
        // Numbers, durations and identifiers are not listed.
        default: []
        }
    }

    private static func type(_ value: Value) -> String {
        switch value {
        case .integer: "int"
        case .float: "float"
        case .boolean: "bool"
        case .duration: "duration"
        case .status, .kind: "keyword"
        default: "string"
        }
    }
}
