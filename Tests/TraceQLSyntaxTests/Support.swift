import Testing

@testable import TraceQLSyntax

/// The canonical text of a query.
func printed(_ query: String) throws -> String {
    try TraceQLExpression.parse(query).printed()
}

/// The text of a query as Tempo prints it.
func printedAsTempo(_ query: String) throws -> String {
    String(decoding: Printer.print(try TraceQLExpression.parse(query).tree, style: .tempo), as: UTF8.self)
}

/// How a query is refused: `1:5: parse error: …`; nil if it is accepted.
func refusal(_ query: String) -> String? {
    do {
        _ = try TraceQLExpression.parse(query)
        return nil
    } catch {
        return error.description
    }
}

/// `resource.tenant_id = "a"`.
func tenantA(conflict: TenantCondition.Conflict = .and) throws -> TenantCondition {
    try TenantCondition(attribute: "tenant_id", values: ["a"], conflict: conflict)
}

/// The query restricted to tenant a.
func restricted(_ query: String) throws -> String {
    try restrict(query, by: tenantA()).text
}

/// Why the query cannot be restricted to tenant a: `unsafe 1:5: …`; nil if it can.
func restrictionRefusal(_ query: String, conflict: TenantCondition.Conflict = .and) throws -> String? {
    do {
        _ = try restrict(query, by: try tenantA(conflict: conflict))
        return nil
    } catch let error as RestrictionError {
        switch error {
        case .invalid(let error): return "invalid \(error)"
        case .unsafe(let error): return "unsafe \(error)"
        case .conflict(let error): return "conflict \(error)"
        case .unverified(let reason): return "unverified \(reason)"
        }
    }
}

/// Compares as bytes: Swift's `==` takes different names for equal.
func expectSame(
    _ text: String, _ expected: String, _ note: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        text.utf8.elementsEqual(expected.utf8), "\(text) is not \(expected) \(note)", sourceLocation: sourceLocation)
}
