import APIRuntime

/// One request, which is sent to both sides.
struct Question: Sendable {
    var method = HTTPMethod.get
    /// The path of the gateway's own API, or of the drop-in one.
    var path: String
    var fields: FormFields
    /// Whether the token grants more tenants than are asked for, and `X-Tenant` picks.
    var picksTenant = false
    /// The names under which the report counts it.
    var constructs: Set<String>
    /// The expression that is evaluated, among the fields as `query`.
    var query: QueryNode?
    /// The field that holds it.
    var queryField = "query"
    /// What `Accept` says.
    var accept = "application/json"

    /// Whose answer it asks for: the path, with its parameter's name instead of the value.
    let endpoint: String

    init(path: String, fields: FormFields, construct: String, query: QueryNode? = nil) {
        self.path = path
        self.fields = fields
        self.query = query
        let hasParameter = path.hasSuffix("/values") || construct.contains("{")
        endpoint = hasParameter ? construct : path
        constructs = (query?.allConstructs ?? []).union([construct])
    }

    /// The same with another expression.
    func asking(_ query: QueryNode) -> Question {
        var question = self
        question.query = query
        question.fields = fields.map { $0.name == queryField ? ($0.name, query.text) : $0 }
        return question
    }

    /// The request as a person reads it.
    var description: String {
        let fields = fields.map { "\n    \($0.name) = \($0.value)" }.joined()
        let accept = accept == "application/json" ? "" : " (\(accept))"
        return "\(method) \(path)\(picksTenant ? " (X-Tenant)" : "")\(accept)\(fields)"
    }
}
