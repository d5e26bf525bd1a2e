import APIRuntime
import GeneratedAPI

/// The operations tagged Documentation: the document that this server was built from.
struct DocumentationHandlers: DocumentationAPI {
    func getOpenAPIYAML(_ input: GetOpenAPIYAML.Input) async throws -> GetOpenAPIYAML.Output {
        let tag = "\"\(OpenAPIDocument.yamlETag)\""
        if matches(input.ifNoneMatch, tag) { return .notModified(.init(eTag: tag)) }
        return .ok(.init(eTag: tag, body: .bytes(OpenAPIDocument.yaml)))
    }

    func getOpenAPIJSON(_ input: GetOpenAPIJSON.Input) async throws -> GetOpenAPIJSON.Output {
        let tag = "\"\(OpenAPIDocument.jsonETag)\""
        if matches(input.ifNoneMatch, tag) { return .notModified(.init(eTag: tag)) }
        return .ok(.init(eTag: tag, body: .bytes(OpenAPIDocument.json)))
    }

    /// Weak comparison against a list of tags ([RFC 9110 §13.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2)).
    private func matches(_ ifNoneMatch: String?, _ tag: String) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch.split(separator: ",").contains { candidate in
            var candidate = candidate.drop { $0 == " " || $0 == "\t" }
            while candidate.last == " " || candidate.last == "\t" { candidate.removeLast() }
            if candidate == "*" { return true }
            if candidate.hasPrefix("W/") { candidate = candidate.dropFirst(2) }
            return candidate == tag
        }
    }
}
