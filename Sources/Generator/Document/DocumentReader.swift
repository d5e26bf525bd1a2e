/// Reads located nodes into a ``Document`` and reports everything that it cannot read.
final class DocumentReader {
    let diagnostics: Diagnostics
    let root: Node
    var version: Document.Version = .v31
    var extensionSites: [Document.ExtensionSite] = []
    var outgoing: [Document.Outgoing] = []
    private var readCallbacks: Set<JSONPointer> = []
    // What references lead to is read once, however many lead there.
    var schemas: [JSONPointer: SchemaUse] = [:]
    var parameters: [JSONPointer: Parameter?] = [:]
    var headers: [JSONPointer: Header?] = [:]
    var requestBodies: [JSONPointer: RequestBody?] = [:]
    var responses: [JSONPointer: Response?] = [:]
    var nodes: [JSONPointer: Node] = [:]
    /// The schemas that have a place of their own, in the order in which they were met.
    var schemaQueue: [JSONPointer] = []
    var queuedSchemas: Set<JSONPointer> = []

    private init(root: Node, diagnostics: Diagnostics) {
        self.root = root
        self.diagnostics = diagnostics
    }

    /// The document of a tree of nodes, or nil where not even its frame is there. What it holds is complete only if
    /// nothing was reported.
    static func read(_ root: Node, diagnostics: Diagnostics) -> Document? {
        DocumentReader(root: root, diagnostics: diagnostics).document()
    }

    private func document() -> Document? {
        if let swagger = root.mapping?["swagger"] {
            diagnostics.report(
                .unsupportedVersion, at: swagger.keyLocation, "Swagger 2 is not supported",
                advice: "convert the document to OpenAPI 3")
            return nil
        }
        guard readVersion(), let object = object(root, .document) else { return nil }
        guard let info = object.required("info").flatMap({ self.object($0, .info) }),
            let title = info.requiredString("title"), let apiVersion = info.requiredString("version")
        else { return nil }
        var document = Document(root: root, version: version, title: title, apiVersion: apiVersion)
        document.servers = servers(object)
        for node in object.sequence("tags") ?? [] {
            guard let tag = self.tag(node) else { continue }
            if let first = document.tags.first(where: { Name($0.name.value) == Name(tag.name.value) }) {
                diagnostics.report(
                    .invalidValue, at: tag.name.location, "there is a tag `\(tag.name.value)` already",
                    notes: [.init(location: first.name.location, message: "first defined here")])
            } else {
                document.tags.append(tag)
            }
        }
        let components = object.node("components").flatMap { self.object($0, .components) }
        document.securitySchemes = securitySchemes(components)
        readComponents(components)
        let common = object.entry("security").map { securityRequirements($0.value) } ?? []
        if let paths = object.node("paths") {
            document.operations = operations(paths, commonSecurity: common)
        } else if version == .v30 || object.node("webhooks") == nil && object.node("components") == nil {
            _ = object.required("paths")
        }
        readWebhooks(object)
        document.outgoing = outgoing
        readQueuedSchemas()
        checkSecurity(document.operations)
        document.schemas = schemas
        document.nodes = nodes
        document.schemaOrder = schemaQueue.filter { schemas[$0] != nil }
        document.extensionSites = extensionSites
        return document
    }

    private func readWebhooks(_ document: ObjectReader) {
        let pointer = JSONPointer.root.appending("webhooks")
        for entry in document.map("webhooks")?.entries ?? [] {
            readOutgoing(entry.value, name: entry.key.text, pointer: pointer.appending(entry.key))
        }
    }

    private func readVersion() -> Bool {
        guard let mapping = root.mapping else {
            diagnostics.report(
                .unexpectedType, at: root.location,
                "an OpenAPI document has to be an object, not \(root.kindDescription)")
            return false
        }
        guard let entry = mapping["openapi"] else {
            diagnostics.report(.missingKeyword, at: root.location, "an OpenAPI document needs `openapi`")
            return false
        }
        let text = entry.value.scalar?.text ?? ""
        if text.utf8.starts(with: "3.1.".utf8), entry.value.string != nil {
            version = .v31
        } else if text.utf8.starts(with: "3.0.".utf8), entry.value.string != nil {
            version = .v30
        } else if text.utf8.starts(with: "3.2.".utf8), entry.value.string != nil {
            version = .v32
        } else {
            diagnostics.report(
                .unsupportedVersion, at: entry.value.location, "OpenAPI `\(text)` is not supported",
                advice: "3.0.x, 3.1.x and 3.2.x are")
            return false
        }
        return true
    }

    private func tag(_ node: Node) -> Document.Tag? {
        guard let object = object(node, .tag), let name = object.requiredString("name") else { return nil }
        return Document.Tag(name: name, description: object.string("description")?.value)
    }

    /// Reads what nothing may refer to as well, so that mistakes in it are reported.
    private func readComponents(_ components: ObjectReader?) {
        guard let components else { return }
        let pointer = JSONPointer.root.appending("components")
        func each(_ key: Name, _ body: (Mapping.Entry, JSONPointer) -> Void) {
            for entry in components.map(key)?.entries ?? [] {
                body(entry, pointer.appending(key).appending(entry.key))
            }
        }
        each("schemas") { _, pointer in enqueueSchema(at: pointer) }
        each("parameters") { _ = parameter($0.value, pointer: $1) }
        each("headers") { _ = header($0, pointer: $1) }
        each("requestBodies") { _ = requestBody($0.value, pointer: $1) }
        each("responses") { _ = response($0.value, pointer: $1, status: Located(.exactly(200), at: $0.keyLocation)) }
        each("pathItems") { entry, _ in _ = object(entry.value, .pathItem) }
        each("links") { entry, pointer in readLink(entry.value, pointer: pointer) }
        each("callbacks") { entry, pointer in readCallback(entry.value, name: entry.key.text, pointer: pointer) }
        each("mediaTypes") { entry, _ in _ = object(entry.value, .mediaType) }
    }

    func readLink(_ node: Node, pointer: JSONPointer) {
        guard let node = dereferenced(node, pointer: pointer)?.node, let link = object(node, .link) else { return }
        if link.node("operationRef") == nil, link.node("operationId") == nil {
            diagnostics.report(
                .missingKeyword, at: node.location, "a link needs `operationId` or `operationRef`")
        }
    }

    /// A callback is a map from URLs, which only a request knows, to path items.
    func readCallback(_ node: Node, name: String, pointer: JSONPointer) {
        guard let (node, pointer) = dereferenced(node, pointer: pointer), readCallbacks.insert(pointer).inserted else {
            return
        }
        guard let mapping = node.mapping else {
            diagnostics.report(
                .unexpectedType, at: node.location, "a callback has to be an object, not \(node.kindDescription)")
            return
        }
        for entry in mapping.entries where !entry.key.hasPrefix("x-") {
            readOutgoing(entry.value, name: name, pointer: pointer.appending(entry.key))
        }
    }

    /// An object of the document; its extensions are remembered.
    func object(_ node: Node, _ kind: ObjectKind) -> ObjectReader? {
        guard let object = ObjectReader(node, kind, diagnostics: diagnostics) else { return nil }
        if kind.allowsExtensions {
            for entry in object.extensions {
                extensionSites.append(
                    Document.ExtensionSite(name: entry.key, location: entry.keyLocation, kind: kind.name))
            }
        }
        return object
    }
}
