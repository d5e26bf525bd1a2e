/// The page that shows a document with Redoc.
enum RedocPage {
    /// What the page may load and run. Redoc needs, tried with version 2.5.4:
    /// - `style-src` with three hashes: of nothing, for the style elements that it fills by script; of the style of its
    ///   scroll bars; of ``style``;
    /// - `img-src data:` for the pictures within it, `connect-src` for the document, `worker-src` for its search.
    ///
    /// https://www.w3.org/TR/CSP3/
    static let contentSecurityPolicy = "\(withinPage); frame-ancestors 'none'"

    /// The policy without what counts in a header field only.
    private static let withinPage =
        "default-src 'none'; script-src 'self'; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' "
        + "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc=' 'sha256-Pme0qVBbJGACcvHOa2d2xK4uveiPdlWdSipR9gLYAMQ='; "
        + "img-src data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'"

    /// The page's own style; the policy names its SHA-256.
    static let style: StaticString = "body { margin: 0; }"

    /// The page that the gateway serves as `/docs`. Its addresses are relative, for proxies that put a path before ours.
    static func served(title: String) -> [UInt8] {
        html(title: title, bundle: "docs/redoc.standalone.js", policy: nil)
    }

    /// The page for a folder that holds the document and the bundle beside it; it carries its policy itself.
    static func published(title: String) -> [UInt8] {
        html(title: title, bundle: "redoc.standalone.js", policy: withinPage)
    }

    private static func html(title: String, bundle: String, policy: String?) -> [UInt8] {
        var html = HTMLWriter()
        html.markup("<!DOCTYPE html>\n")
        html.element("html", ["lang": "en"]) { html in
            html.element("head") { html in
                html.startTag("meta", ["charset": "utf-8"])
                if let policy {
                    html.startTag("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
                }
                html.startTag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                html.element("title", text: title)
                html.element("style") { $0.markup(style) }
            }
            html.element("body") { html in
                html.element(
                    "redoc",
                    ["spec-url": "openapi.json", "show-extensions": "true", "native-scrollbars": "true"]
                ) { _ in }
                html.markup(
                    "<noscript>This page needs JavaScript; the document itself is <a href=\"openapi.yaml\">openapi.yaml</a>.</noscript>"
                )
                html.element("script", ["src": bundle]) { _ in }
            }
        }
        html.markup("\n")
        return html.bytes
    }
}
