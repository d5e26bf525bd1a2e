/// Names that are taken in one scope and in those around it. Names are handed out in the document's order, so the same
/// document always gives the same names.
final class NameScope {
    private let parent: NameScope?
    private var taken: Set<String>

    init(inside parent: NameScope? = nil, taken: Set<String> = []) {
        self.parent = parent
        self.taken = taken
    }

    /// The preferred name if it is free, else with the suffix, else with the suffix and a number. An empty name, of a
    /// text without letters and digits, becomes the fallback.
    func claim(_ preferred: String, suffix: String, fallback: String = "value") -> String {
        let base = preferred.isEmpty || preferred == "_" ? fallback : preferred
        var candidate = isTaken(base) ? base + suffix : base
        var number = 2
        while isTaken(candidate) {
            candidate = "\(base)\(suffix)\(number)"
            number += 1
        }
        taken.insert(candidate)
        return candidate
    }

    private func isTaken(_ name: String) -> Bool {
        taken.contains(name) || parent?.isTaken(name) == true
    }
}

extension NameScope {
    /// Names of types that a generated type must not hide, because generated code uses them or Swift forbids them.
    static let reservedTypes: Set<String> = [
        // Swift
        "Any", "AnyObject", "Array", "Bool", "CaseIterable", "Codable", "CodingKey", "CodingKeys", "Decodable",
        "Decoder", "Dictionary", "Double", "Encodable", "Encoder", "Equatable", "Error", "Float", "Hashable", "Int",
        "Int32", "Int64", "Never", "Optional", "Protocol", "RawValue", "Result", "Self", "Sendable", "Set",
        "StaticString", "String", "Swift", "Type", "UInt8", "Void",
        // The runtime
        "APIFailure", "APIRuntime", "ItemContent", "ItemFormat", "RequestItems", "ServerSentEvent",
        "AcceptedMediaTypes", "ArraySchema", "BooleanSchema", "ByteContent",
        "EnumerationSchema", "HTTPMethod", "AuthenticatedCaller", "BasicCredentials", "Box", "MultipartBody",
        "Presence",
        "AnswerSchemas", "Schemas", "SchemaSet", "TypedContent", "Union", "RequestBody", "HeaderFields", "InputDecoder",
        "IntegerSchema",
        "JSON",
        "FormFile", "JSONContent", "JSONText", "JSONValue", "ListedScalar", "ListedValue", "MultipartField",
        "MultipartFormModel", "MultipartValues", "MultipartWriter", "TypedMultipartBody", "NumberSchema",
        "OperationDescription", "PathParameters", "Request", "RequestContext", "Response", "ResponseBody", "RouteMatch",
        "RouteTrie", "StringSchema",
        // Generated, of fixed names
        "Authenticator", "Body", "ContentType", "Input", "OpenAPIDocument", "OperationID", "Output", "Responses",
        "Router",
    ]

    /// The same for what clients use.
    static let reservedClientTypes: Set<String> = [
        "APIClient", "BodyStream", "ByteContent", "Client", "ClientAnswer", "ClientConfiguration", "ClientFailure",
        "ClientScheme", "ClientTransport", "CredentialSource", "Credentials", "EventStream", "JSONLines",
        "MultipartForm", "RequestEncoder", "ServerURL", "Servers", "TypedEventStream", "UndocumentedAnswer",
    ]

    /// Names of the client's own members.
    static let reservedClientMembers: Set<String> = ["base", "credentials"]

    /// Names of members that Swift gives a meaning of its own.
    static let reservedMembers: Set<String> = ["self", "init", "Type", "Protocol", "Self", "allCases", "rawValue"]

    /// Names of cases that would be mistaken for those of an optional: `kind == .none`.
    static let reservedCases: Set<String> = reservedMembers.union(["none", "some"])

    /// Names that the router uses itself.
    static let reservedLabels: Set<String> = [
        "authenticate", "authenticator", "credential", "input", "match", "operation", "path", "perform", "request",
        "respond", "trie",
    ]
}
