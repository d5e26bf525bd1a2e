import PromQLSyntax
import Testing

/// The canonical text of a query.
func printed(_ query: String) throws -> String {
    try PromQLExpression.parse(query).printed()
}

/// How a query is refused: `1:5: parse error: …`; nil if it is accepted.
func refusal(_ query: String) -> String? {
    do {
        _ = try PromQLExpression.parse(query)
        return nil
    } catch {
        return error.description
    }
}

/// `tenant_id="a"`.
func tenantA(conflict: TenantCondition.Conflict = .and) throws -> TenantCondition {
    try TenantCondition(label: "tenant_id", values: ["a"], conflict: conflict)
}

/// The query restricted to tenant a.
func restricted(_ query: String) throws -> String {
    try restrict(query, by: tenantA()).text
}

/// Compares as bytes: Swift's `==` takes different label values for equal.
func expectSame(
    _ text: String, _ expected: String, _ note: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        text.utf8.elementsEqual(expected.utf8), "\(text) is not \(expected) \(note)", sourceLocation: sourceLocation)
}
