import APIRuntime
import Dashboard
import GeneratedAPI

/// The operations tagged Dashboard: the page that people look at the gateway with, as it was built in.
struct DashboardHandlers: DashboardAPI {
    /// What the page may load, run and reach: its own style and scripts, and this gateway. Whatever would make markup or
    /// code of a text is refused by the browser itself (Trusted Types, where it has them).
    ///
    /// https://www.w3.org/TR/CSP3/ and https://www.w3.org/TR/trusted-types/
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    /// Copies are asked for again before each use: a new version of the gateway brings a new page.
    private static let caching = "no-cache"

    /// A file with its tag.
    private struct Document {
        let bytes: [UInt8]
        let entityTag: String

        init(_ file: DashboardFile) {
            bytes = file.bytes
            entityTag = EntityTag.of(bytes)
        }
    }

    /// By path; made when the page is first asked for.
    private static let documents = Dictionary(
        uniqueKeysWithValues: DashboardFile.all.map { ($0.path, Document($0)) })

    func getDashboardPage(_ input: GetDashboardPage.Input) async throws -> GetDashboardPage.Output {
        let page = try document("index.html")
        if EntityTag.matches(input.ifNoneMatch, page.entityTag) {
            return .notModified(.init(eTag: page.entityTag, cacheControl: Self.caching))
        }
        return .ok(
            .init(
                eTag: page.entityTag, cacheControl: Self.caching, contentSecurityPolicy: Self.contentSecurityPolicy,
                body: .bytes(page.bytes)))
    }

    func getDashboardStyle(_ input: GetDashboardStyle.Input) async throws -> GetDashboardStyle.Output {
        let style = try document("style.css")
        if EntityTag.matches(input.ifNoneMatch, style.entityTag) {
            return .notModified(.init(eTag: style.entityTag, cacheControl: Self.caching))
        }
        return .ok(.init(eTag: style.entityTag, cacheControl: Self.caching, body: .bytes(style.bytes)))
    }

    func getDashboardScript(_ input: GetDashboardScript.Input) async throws -> GetDashboardScript.Output {
        let script = try document("scripts/\(input.name)")
        if EntityTag.matches(input.ifNoneMatch, script.entityTag) {
            return .notModified(.init(eTag: script.entityTag, cacheControl: Self.caching))
        }
        return .ok(.init(eTag: script.entityTag, cacheControl: Self.caching, body: .bytes(script.bytes)))
    }

    private func document(_ path: String) throws(APIFailure) -> Document {
        guard let document = Self.documents[path] else { throw .notFound }
        return document
    }
}
