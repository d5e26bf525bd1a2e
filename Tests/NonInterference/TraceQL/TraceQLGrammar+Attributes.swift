/// What values an attribute or an intrinsic has.
enum AttributeKind: String, CustomStringConvertible, Sendable {
    case string, integer, float, boolean, duration, status, kind, identifier

    var description: String { rawValue }
}

extension TraceQLGrammar {
    /// An attribute of any scope, or an intrinsic unless `isDynamic`.
    mutating func attribute(isDynamic: Bool = false) -> (node: QueryNode, kind: AttributeKind) {
        if !isDynamic, chance(35) { return intrinsic() }
        let (scope, text, kind): (String, String, AttributeKind) = pick([
            ("span", "span.http.method", .string), ("span", "span.http.status_code", .integer),
            ("span", "span.size", .integer), ("span", "span.retries", .integer), ("span", "span.ratio", .float),
            ("span", "span.cached", .boolean), ("span", #"span."customer id""#, .string),
            ("span", "span.http.url", .string),
            ("array", "span.parts", .integer), ("array", "resource.zones", .string),
            ("span", #"span."http".method"#, .string), ("span", "span.nothing", .string),
            ("resource", "resource.service.name", .string), ("resource", "resource.cluster", .string),
            ("resource", "resource.cores", .integer), ("resource", "resource.weight", .float),
            ("resource", "resource.k8s.pod.name", .string), ("resource", "resource.tenant_id", .string),
            ("unscoped", ".http.method", .string), ("unscoped", ".service.name", .string),
            ("unscoped", ".size", .integer),
            ("unscoped", ".cached", .boolean), ("unscoped", #"."service.name""#, .string),
            ("unscoped", ".tenant_id", .string),
            ("event", "event.message", .string), ("event", "event.attempt", .integer),
            ("link", "link.relation", .string), ("instrumentation", "instrumentation.library", .string),
        ])
        return (QueryNode(.number, "attribute \(scope)", "\(text)"), kind)
    }

    private mutating func intrinsic() -> (node: QueryNode, kind: AttributeKind) {
        let (text, kind): (String, AttributeKind) = pick([
            ("name", .string), ("duration", .duration), ("status", .status), ("statusMessage", .string),
            ("kind", .kind),
            ("span:name", .string), ("span:duration", .duration), ("span:status", .status), ("span:kind", .kind),
            ("span:statusMessage", .string), ("span:id", .identifier), ("trace:id", .identifier),
            ("event:name", .string),
            ("event:timeSinceStart", .duration), ("link:traceID", .identifier), ("link:spanID", .identifier),
            ("instrumentation:name", .string), ("instrumentation:version", .string), ("span: name", .string),
        ])
        return (QueryNode(.number, "intrinsic \(text)", "\(text)"), kind)
    }
}
