import GeneratedAPI

/// The gateway's version: that of the document it was built from.
enum Version {
    static let current = OpenAPIDocument.version
}
