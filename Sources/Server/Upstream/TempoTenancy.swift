/// How Tempo keeps tenants apart, and how it is asked.
enum TempoTenancy: String, CaseIterable, Sendable {
    /// By a resource attribute alone: every span is checked here.
    case attribute
    /// By the header `X-Scope-OrgID` alone: trusted only while Tempo is seen to refuse calls without it.
    case header
    /// By both.
    case both

    /// Whether spans are checked by their attribute.
    var checksSpans: Bool { self != .header }

    /// Whether the tenant is sent as the organisation.
    var sendsTenant: Bool { self != .attribute }
}
