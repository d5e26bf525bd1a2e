import APIRuntime
import GeneratedAPI
import JSON

/// The operations tagged Documentation: the document that this server was built from.
struct DocumentationHandlers: DocumentationAPI {
    /// Copies are asked for again before each use: a new version of the gateway brings a new document.
    private static let documentCaching = "no-cache"
    private static let bundleCaching = "public, max-age=3600"

    private let bundle: RedocBundle?

    /// Without a bundle, the page needs no script.
    init(bundle: RedocBundle?) {
        self.bundle = bundle
    }

    /// Made when it is first asked for: most gateways are never asked, and starting is to be quick.
    ///
    /// - Throws: never for a document that the generator has read; it would be a fault of the build.
    private static let plainPage = Result { PlainPage.html(of: try JSONParser.parse(OpenAPIDocument.json)) }

    func getOpenAPIYAML(_ input: GetOpenAPIYAML.Input) async throws -> GetOpenAPIYAML.Output {
        let tag = "\"\(OpenAPIDocument.yamlETag)\""
        if EntityTag.matches(input.ifNoneMatch, tag) {
            return .notModified(.init(eTag: tag, cacheControl: Self.documentCaching))
        }
        return .ok(.init(eTag: tag, cacheControl: Self.documentCaching, body: .bytes(OpenAPIDocument.yaml)))
    }

    func getOpenAPIJSON(_ input: GetOpenAPIJSON.Input) async throws -> GetOpenAPIJSON.Output {
        let tag = "\"\(OpenAPIDocument.jsonETag)\""
        if EntityTag.matches(input.ifNoneMatch, tag) {
            return .notModified(.init(eTag: tag, cacheControl: Self.documentCaching))
        }
        return .ok(.init(eTag: tag, cacheControl: Self.documentCaching, body: .bytes(OpenAPIDocument.json)))
    }

    func getDocumentationPage(_ input: GetDocumentationPage.Input) async throws -> GetDocumentationPage.Output {
        guard bundle != nil else {
            return .ok(
                .init(contentSecurityPolicy: PlainPage.contentSecurityPolicy, body: .bytes(try Self.plainPage.get())))
        }
        let page = RedocPage.served(title: "\(OpenAPIDocument.title) \(OpenAPIDocument.version)")
        return .ok(.init(contentSecurityPolicy: RedocPage.contentSecurityPolicy, body: .bytes(page)))
    }

    func getRedocBundle(_ input: GetRedocBundle.Input) async throws -> GetRedocBundle.Output {
        guard let bundle else { throw APIFailure.notFound }
        if EntityTag.matches(input.ifNoneMatch, bundle.entityTag) {
            return .notModified(.init(eTag: bundle.entityTag, cacheControl: Self.bundleCaching))
        }
        return .ok(
            .init(eTag: bundle.entityTag, cacheControl: Self.bundleCaching, body: .bytes(bundle.bytes)))
    }
}
